"""`ziping format` moves lines sideways and nothing else: values, words and comments stay."""

import re

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from generator.reading.yaml_format import lay_out
from generator.reading.yaml_source import parse_yaml
from tests.conftest import ROOT

FILES = sorted([*ROOT.glob("data/*/*/*.yaml"), *ROOT.glob("tests/golden/*/*/input.yaml")])
UNTIDY = """\
# 开头
表式: a
资金:                       # 说明
    年初: 010
    # 里面
    多行: 一段
        续行
    块: |
          第一行\u0020\u0020
            第二行

          第三行
列表:
- 名称: 甲
  值: 1
-   名称: 乙
    值: {a: 1,
      b: "二 # 不是注释"}
-
   名称: 丙
   内:
   -   - x
       - y
   # 尾
其他: "引号
  续"
"""
TIDY = """\
# 开头
表式: a
资金:                       # 说明
  年初: 010
  # 里面
  多行: 一段
      续行
  块: |
    第一行\u0020\u0020
      第二行

    第三行
列表:
  - 名称: 甲
    值: 1
  - 名称: 乙
    值: {a: 1,
      b: "二 # 不是注释"}
  -
    名称: 丙
    内:
      - - x
        - y
      # 尾
其他: "引号
  续"
"""


def laid(text):
    """Lay out a text that can be read."""
    source = parse_yaml(text.encode(), file="例.yaml")
    assert source.is_readable, source.findings
    return lay_out(source)


def test_an_untidy_file_becomes_tidy():
    assert laid(UNTIDY).text == TIDY
    assert laid(UNTIDY).is_safe
    assert laid(TIDY).text == TIDY


def test_marks_of_other_systems_go():
    text = "\ufeff甲: 1\r\n乙:\r\n    - a\r\n\r\n\r\n"
    source = parse_yaml(text.encode(), file="x")
    assert lay_out(source).text == "甲: 1\n乙:\n  - a\n"


@pytest.mark.parametrize("path", FILES, ids=lambda path: "/".join(path.parts[-3:]))
def test_the_files_of_the_repository_say_the_same(path):
    text = path.read_text(encoding="utf-8")
    wide = re.sub(r"^( *)(- )?", lambda m: m[1] * 2 + ("-   " if m[2] else ""), text, flags=re.M)
    source, doubled = (parse_yaml(t.encode(), file="x") for t in (text, wide))
    assert lay_out(source).is_safe
    assert lay_out(doubled).is_safe
    assert parse_yaml(lay_out(doubled).text.encode(), file="x").value == doubled.value


WORDS = st.text(alphabet="甲乙丙 #:-01.9%“，{}'\"", max_size=12)
VALUES = st.recursive(
    WORDS,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3)
        | st.dictionaries(st.sampled_from(["子", "丑", "寅", "卯"]), inner, min_size=1, max_size=3)
    ),
    max_leaves=12,
)


@st.composite
def untidy(draw):
    """Write a tree with indents, comments, blanks and styles as they come."""
    tree = draw(st.dictionaries(st.sampled_from(["甲", "乙", "丙"]), VALUES, min_size=1))
    lines = []

    def blank():
        return " " * draw(st.integers(0, 2))

    def comment(indent):
        if draw(st.integers(0, 4)) == 0:
            lines.append(" " * indent + f"# 注{len(lines)}{blank()}")
        if draw(st.integers(0, 6)) == 0:
            lines.append(blank())

    def scalar(text, indent):
        kind = draw(st.sampled_from(["quoted", "single", "block", "folded"]))
        if kind in ("block", "folded") and text.strip() and text[0] not in " ":
            mark = "|" if kind == "block" else ">"
            lines[-1] += f" {mark}"
            lines.append(" " * (indent + draw(st.integers(1, 4))) + text)
        elif kind == "single":
            inner = text.replace("'", "''")
            lines[-1] += f" '{inner}'{blank()}"
        else:
            inner = text.replace('"', '\\"')
            lines[-1] += f' "{inner}"  # 值{blank()}'

    def value(node, parent):
        if isinstance(node, dict):
            inside = parent + draw(st.integers(1, 5))
            for key, item in node.items():
                comment(inside)
                lines.append(" " * inside + f"{key}:")
                value(item, inside)
        elif isinstance(node, list):
            inside = parent + draw(st.integers(1, 5))
            for item in node:
                comment(inside)
                lines.append(" " * inside + "-" + " " * draw(st.integers(0, 2)))
                value(item, inside)
        else:
            scalar(node, parent)

    for key, item in tree.items():
        comment(0)
        lines.append(f"{key}:")
        value(item, 0)
    return "\n".join(lines) + "\n"


@settings(max_examples=300, deadline=None)
@given(text=untidy())
@example(text='甲: ""  # 值\n乙: |\n 0\n  \n丙: ""  # 值\n')
def test_values_and_comments_stay_and_twice_is_once(text):
    source = parse_yaml(text.encode(), file="x")
    assume(source.is_readable)
    found = lay_out(source)
    assert found.is_safe
    again = parse_yaml(found.text.encode(), file="x")
    assert again.value == source.value
    assert [x.strip() for x in again.lines if x.strip().startswith("#")] == [
        x.strip() for x in source.lines if x.strip().startswith("#")
    ]
    assert lay_out(again).text == found.text
