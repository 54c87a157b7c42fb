"""The small pieces: expressions, names, merge flags, headings, the base, the four templates."""

import contextlib
import pathlib

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from generator.rendering.base_template import write_base_template
from generator.rendering.compiled import compile_template
from generator.rendering.expressions import ExpressionError, parse_loop, quote, translate
from generator.rendering.jinja_environment import check_expression
from generator.rendering.merge_flags import CONTINUE, NONE, RESTART, flag_merges
from generator.rendering.names import Role
from generator.rendering.narrative import chinese_number, heading_number
from generator.rendering.validity import find_problems
from tests.rendering.conftest import Workshop, paragraphs, table

TEMPLATES = pathlib.Path(__file__).parents[2] / "templates"


@pytest.mark.parametrize(
    ("typed", "jinja"),
    [
        ("资金.全年执行数", '资金["全年执行数"]'),
        ("资金．合计．全年", '资金["合计"]["全年"]'),
        ("指标[“企业满意度”].完成值", '指标["企业满意度"]["完成值"]'),
        ("甲 且 非 乙 或 丙", "甲 and not 乙 or 丙"),
        ("甲 = “乙”", '甲 == "乙"'),
        ("甲 ！= 乙", "甲 != 乙"),
        ("甲 ＞＝ 1.5", "甲 >= 1.5"),
        ("甲 不属于 （1，2）", "甲 not in (1,2)"),
        ("值｜小数（2）", "值|小数(2)"),
        ("值|空作(‘a．b’)", '值|空作("a．b")'),
        ("“且 = ，”", '"且 = ，"'),
        ("“经常性“", '"经常性"'),
        ("行.2020年", '行["2020年"]'),
    ],
)
def test_expressions_are_translated(typed: str, jinja: str) -> None:
    assert translate(typed) == jinja


@given(st.text(max_size=60))
def test_no_text_breaks_the_translator(text: str) -> None:
    with contextlib.suppress(ExpressionError):  # and nothing else
        check_expression(translate(text))


@given(st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=40))
def test_any_literal_survives(text: str) -> None:
    check_expression(quote(text.replace("\r", "")))


def test_loops_are_read() -> None:
    loop = parse_loop("子项目　于　资金.清单 至少 10", variable="行")
    assert loop.code == '{% for 子项目 in 资金["清单"]|至少(10) %}'
    assert parse_loop("清单", variable="行").code == "{% for 行 in 清单 %}"


def test_uses_name_the_list_of_a_loop_variable(workshop: Workshop) -> None:
    def build(document: object) -> None:
        condition = "{% 若 甲 且 指标[乙].丙 %}"
        paragraphs("{{ 资金.合计.全年|小数(1) }}", condition, "{% 完 %}")(document)
        paragraphs("{% 正文 报告 %}", "{% 每段 备注｜编号 %}{{ 段 }}")(document)
        first = "{% 每行 资金.表 至少 2 %}{{ 行.名 }}{% 合并 %}"
        table(("a", "b"), (first, "{{ 行.名 }}"))(document)

    uses = workshop.compile(build).uses
    assert [("/".join(use.path), use.role, use.tag.where) for use in uses] == [
        ("资金/合计/全年", Role.VALUE, "段落 1"),
        ("甲", Role.ASKED, "段落 2"),
        ("指标/*/丙", Role.ASKED, "段落 2"),
        ("乙", Role.VALUE, "段落 2"),
        ("报告", Role.NARRATIVE, "段落 4"),
        ("备注", Role.LIST, "段落 5"),
        ("备注/*", Role.VALUE, "段落 5"),
        ("资金/表", Role.LIST, "表 1 行 2 列 1"),
        ("资金/表/*/并/名", Role.VALUE, "表 1 行 2 列 1"),
        ("资金/表/*/并/名", Role.ASKED, "表 1 行 2 列 1"),
        ("资金/表/*/名", Role.VALUE, "表 1 行 2 列 1"),
        ("资金/表/*/名", Role.VALUE, "表 1 行 2 列 2"),
    ]


def test_groups_of_columns_need_not_nest() -> None:
    rows: list[dict[str, object]] = [{} for _ in range(4)]
    flagged = flag_merges(rows, {"一级": [1, 1, 1, 2], "分值": [None, 5, 5, 5]})
    assert [row["并"] for row in flagged] == [
        {"整表": RESTART, "一级": RESTART, "分值": NONE},
        {"整表": CONTINUE, "一级": CONTINUE, "分值": RESTART},
        {"整表": CONTINUE, "一级": CONTINUE, "分值": CONTINUE},
        {"整表": CONTINUE, "一级": NONE, "分值": CONTINUE},
    ]
    assert rows == [{}] * 4


def test_headings_are_numbered() -> None:
    assert [heading_number(level, 12) for level in range(4)] == [
        "十二、",
        "（十二）",
        "12.",
        "（12）",
    ]
    assert [chinese_number(n) for n in (1, 10, 11, 20, 99, 100)] == [
        "一", "十", "十一", "二十", "九十九", "100",
    ]  # fmt: skip


def test_the_base_template_has_the_same_bytes(tmp_path: pathlib.Path) -> None:
    first, second = tmp_path / "a.docx", tmp_path / "b.docx"
    write_base_template(first)
    write_base_template(second)
    assert first.read_bytes() == second.read_bytes()
    assert find_problems(first.read_bytes()) == ()


def test_every_style_names_its_fonts(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "a.docx"
    write_base_template(path)
    for style in Document(path).styles:
        fonts = style.element.find(qn("w:rPr") + "/" + qn("w:rFonts"))
        if fonts is not None:
            names = {key: fonts.get(qn(f"w:{key}")) for key in ("ascii", "hAnsi", "eastAsia")}
            assert names["ascii"] == names["hAnsi"] == "Times New Roman"
            assert names["eastAsia"]
            assert not [name for name in fonts.attrib if "Theme" in name]


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*/*.docx")), ids=str)
def test_the_templates_compile_and_are_valid(path: pathlib.Path) -> None:
    assert find_problems_of_template(path) == ()
    assert compile_template(path).uses


def find_problems_of_template(path: pathlib.Path) -> tuple[str, ...]:
    return tuple(p for p in find_problems(path.read_bytes()) if "留有标签" not in p)
