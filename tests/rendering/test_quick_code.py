"""The quick code of a template prints what Jinja's own prints, and fails where that fails."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Template, UndefinedError

from generator.rendering.compiled_part import CompiledPart
from generator.rendering.jinja_environment import make_environment, parse_source
from generator.rendering.markup import Markup
from generator.rendering.prepared import PreparedPart
from generator.rendering.problems import TagFailedError, UnusableValueError
from generator.rendering.tag_tree import Constant, Item, Loop, Name, Output, Tree
from generator.rendering.tree_reading import read_tree

FAILED = object()
FAULTS = (UndefinedError, UnusableValueError, TagFailedError, TypeError)  # no loop over a number
SOURCES = (
    "<w:t>{{ 甲 }}</w:t>{{ 乙 }}",
    '{{ 甲["乙"] }}、{{ 甲["乙"]["丙"] }}{{ 甲[0] }}',
    '{% for 项 in 甲 %}{{ 项 }}{% for 项 in 项["乙"] %}{{ 项 }}{% endfor %}{% endfor %}',
    "{% for 项 in 甲 %}{{ 项 }}{% else %}无{% endfor %}",
    '{% if 甲 %}{{ 乙["丙"] }}{% elif 乙["丙"] == "a" %}b{% else %}{{ 丙 }}{% endif %}',
    '{% if "a" in (甲, 乙["丙"]) or 乙 %}是{% endif %}',
    '{% filter 保留段落("<w:p/>") %}{% if 甲 %}<w:p>{{ 乙 }}</w:p>{% endif %}{% endfilter %}',
    '{{ 甲|空作("—") }}{{ 甲["乙"]|小数(1) }}{% if 甲["乙"] > 3 %}大{% endif %}',
    '{{ 甲["并"]["乙"] }}{% if 甲["并"]["乙"] is not 续 %}{{ 甲["乙"] }}{% endif %}',
    '{% for 项 in 甲 %}<w:tr><w:t xml:space="preserve">{{ 项["乙"] }}</w:t></w:tr>{% endfor %}',
    '{% for 项 in 甲 %}<w:tr>%{{ 项["并"] }}{% if 项["丙"] is not 续 %}、{{ 项["乙"] }}'
    "{% elif 乙 %}{{ 丙 }}{% endif %}</w:tr>{% endfor %}{{ 乙 }}",
    "{% for 项 in 甲 %}{% for 项 in 项 %}{{ 项 }}{% else %}无{% endfor %}{% endfor %}{{ 项 }}",
    '{% filter 保留段落("{}") %}{% for 项 in 甲 %}<w:tr>{{ 项 }}</w:tr>{% endfor %}{% endfilter %}',
    '{% if not (甲 == 1.5) and 1 < 乙 <= "3" and "a" not in ["a", 丙] %}{{ "<" }}{% endif %}',
    "{% for 项 in 甲|至少(3) %}{{ 项 }}{% if not 项 %}空{% endif %}{% endfor %}",
)
TEXTS = st.text("a3<>&\"'\n甲", max_size=4)
NUMBERS = st.decimals(-9999, 9999)
PRINTED = st.one_of(
    TEXTS, TEXTS.map(Markup), st.none(), st.booleans(), st.integers(), st.decimals()
)
KEYS = st.sampled_from(("甲", "乙", "丙", "并"))
VALUES = st.recursive(
    PRINTED,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=3)),
    max_leaves=6,
)


def compile_part(source: str) -> CompiledPart:
    tree = read_tree(parse_source(make_environment({}), source))
    return CompiledPart(PreparedPart("甲", source, {}, tree), {})


@given(st.sampled_from(SOURCES), st.dictionaries(KEYS, VALUES))
def test_quick_code_does_what_jinja_does(source: str, context: dict[str, object]) -> None:
    environment = make_environment({})
    tree = parse_source(environment, source)
    exact = Template.from_code(environment, environment.compile(tree), {})
    expected: object
    try:
        expected = exact.render(context)
    except FAULTS:
        expected = FAILED
    printed: object
    try:
        printed = compile_part(source).render(context).decode()
    except FAULTS:
        printed = FAILED
    assert printed == expected


@pytest.mark.parametrize("count", [0, 1, 99, 100, 101, 1000])
def test_nothing_is_lost_behind_what_prints_nothing(count: int) -> None:
    part = compile_part("{% for 项 in 甲 %}{{ 项 }}{% endfor %}末")
    assert part.render({"甲": [""] * count}) == "末".encode()


@pytest.mark.parametrize("text", ["甲]; 1/0", "甲", "\n 1/0", "{0}", "'", '"""'])
def test_what_a_tree_says_is_never_code(text: str) -> None:
    tree: Tree = (
        Output((text, Item(Name(text), Constant(text)))),
        Loop(text, Name(text), (Output((Name(text),)),), ()),
    )
    part = CompiledPart(PreparedPart(text, "", {}, tree), {})
    assert part.render({text: {text: text}}).decode() == text + f"{Markup.escape(text)}" * 2
