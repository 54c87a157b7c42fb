"""A part that knows how its rows were printed is judged as one that does not know it."""

import pathlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.rendering.body import find_body
from generator.rendering.compiled import compile_template
from generator.rendering.finish import finish
from generator.rendering.markup import LINE_BREAK, Markup
from generator.rendering.merge_flags import flag_merges
from generator.rendering.printed_rows import Printed
from generator.rendering.seal import Seal
from generator.rendering.xml_tree import XmlError
from tests.conftest import ROOT
from tests.rendering.conftest import Workshop, paragraphs
from tests.rendering.test_docxtpl import INVENTED, documents_of
from tests.rendering.test_quick_code import compile_part

MAIN = "word/document.xml"
SEAL = Seal("2020/甲/乙", "自评表", "mof-project", "2020", {})
SAID = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
CELL = "<w:tc><w:tcPr>{}</w:tcPr><w:p>{}</w:p></w:tc>"
FLAGGED = '{% if 行["并"]["甲"] is not 续 %}' + SAID.format('{{ 行["甲"] }}') + "{% endif %}"
ROWS = (
    CELL.format('{{ 行["并"]["甲"] }}', FLAGGED) + CELL.format("", SAID.format('{{ 行["乙"] }}')),
    CELL.format("", SAID.format("第 3% {{ 行.甲 }} 页"))
    + CELL.format("", SAID.format('{{ 行["乙"] }}') + SAID.format(' {{ 行["甲"] }}')),
    CELL.format("", SAID.format("甲")) + CELL.format("", "<w:r><w:t>{{ 行.乙 }}</w:t></w:r>"),
    CELL.format("", "") + CELL.format("", '{% if 行["甲"] %}<w:r/>{% endif %}'),
)
ABOVE = CELL.format("", SAID.format("{{ 题 }}")) + CELL.format("", "")
TEXTS = st.one_of(
    st.text("a甲 <&'\"", max_size=3),
    st.sampled_from(
        ("", " ", "　", "{{ x }}", "%", "]]>", "\n", "\0", "\x01", "\ufffe", "{", "%b")
    ),
)
VALUES = st.one_of(TEXTS, TEXTS, TEXTS.map(lambda text: Markup(LINE_BREAK.join((text, "乙")))))
LISTS = st.lists(st.tuples(VALUES, VALUES, st.integers(0, 1)), max_size=5)


@pytest.fixture(scope="module")
def members(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The members of a document, for a table to be put in."""
    folder: pathlib.Path = tmp_path_factory.mktemp("rows")
    return Workshop(folder).compile(paragraphs("甲")).render_parts({})


@given(row=st.sampled_from(ROWS), rows=LISTS, title=TEXTS)
@settings(max_examples=500, deadline=None)
def test_a_loop_over_rows_is_judged_the_same(
    members: dict[str, bytes], row: str, rows: list[tuple[str, str, int]], title: str
) -> None:
    loop = f"<w:tr>{ABOVE}</w:tr>{{% for 行 in 表 %}}<w:tr>{row}</w:tr>{{% endfor %}}"
    grid = "<w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>"
    begin, end = members[MAIN].decode().split("<w:p>", 1)
    source = f"{begin}<w:tbl>{grid}{loop}</w:tbl><w:p>{end}".replace("行.甲", '行["甲"]')
    flat = [{"甲": one, "乙": other} for one, other, _ in rows]
    context = {"表": flag_merges(flat, {"甲": [group for _, _, group in rows]}), "题": title}
    part = compile_part(source.replace("行.乙", '行["乙"]')).render(context)
    told, plain = ({**members, MAIN: one} for one in (part, bytes(part)))
    assert outcome(told) == outcome(plain)
    if (one := find_body(told)) is not None:
        other = find_body(plain)
        assert other is not None
        assert (one.uses, "\n".join(one.printed)) == (other.uses, "\n".join(other.printed))


def outcome(members: dict[str, bytes]) -> object:
    try:
        return finish(members, SEAL)
    except XmlError as fault:
        return str(fault)


@pytest.mark.parametrize("case", INVENTED, ids=lambda case: case.parent.name)
def test_what_is_known_of_the_rows_of_a_form_is_so(
    case: pathlib.Path, copied_root: pathlib.Path
) -> None:
    told = 0
    for template, context in documents_of(case, copied_root):
        parts = compile_template(ROOT / template).render_parts(context)
        told += any(isinstance(blob, Printed) for blob in parts.values())
        plain = {name: bytes(blob) for name, blob in parts.items()}
        assert find_body(parts) is not None
        assert find_body(parts) == find_body(plain)
    assert told
