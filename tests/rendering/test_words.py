"""Each word of the vocabulary (TEMPLATES §2), in a template and in the finished document."""

import pytest
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from generator.domain.narrative import Section
from generator.rendering.markup import lines
from generator.rendering.merge_flags import flag_merges
from tests.rendering.conftest import (
    Workshop,
    cells_of,
    merges_of,
    paragraphs,
    table,
    texts_of,
)


def test_a_value_is_printed_by_its_path(workshop: Workshop) -> None:
    build = paragraphs("拨付 {{ 资金.全年执行数 }} 万元")
    assert texts_of(workshop.render(build, {"资金": {"全年执行数": "470.00"}})) == [
        "拨付 470.00 万元"
    ]


def test_keys_come_before_attributes(workshop: Workshop) -> None:
    build = paragraphs("{{ 行.items }}{{ 行.keys }}")
    assert texts_of(workshop.render(build, {"行": {"items": "甲", "keys": "乙"}})) == ["甲乙"]


def test_a_tag_may_be_split_over_runs(workshop: Workshop) -> None:
    build = paragraphs("前{¦{ ¦资金¦.全年¦执行数 ¦}¦}后")
    assert texts_of(workshop.render(build, {"资金": {"全年执行数": "470"}})) == ["前470后"]


def test_full_width_punctuation_is_understood(workshop: Workshop) -> None:
    build = paragraphs("{{　资金．合计．年初｜小数（1）　}}", "{%　若　甲　＝　“乙”　%}是{% 完 %}")
    context = {"资金": {"合计": {"年初": "500"}}, "甲": "乙"}
    assert texts_of(workshop.render(build, context)) == ["500.0", "是"]


def test_line_breaks_of_a_value_become_breaks(workshop: Workshop) -> None:
    document = workshop.render(paragraphs("{{ 目标 }}"), {"目标": lines("A<B\n第二行")})
    assert texts_of(document) == ["A<B\n第二行"]
    assert document.element.body.xpath("count(.//w:br)") == 1


def test_a_row_is_printed_for_each_item(workshop: Workshop) -> None:
    build = table(("名称", "分值"), ("{% 每行 指标 %}{{ 行.名称 }}", "{{ 行.分值 }}"))
    rows = [{"名称": "甲", "分值": "5"}, {"名称": "乙", "分值": "6"}]
    assert cells_of(workshop.render(build, {"指标": rows})) == [
        ["名称", "分值"],
        ["甲", "5"],
        ["乙", "6"],
    ]


def test_rows_are_filled_up_and_named(workshop: Workshop) -> None:
    build = table(("{% 每行 子 于 清单 至少 3 %}{{ 子.名 }}", "{{ 子.类 }}{% 合并 %}"))
    rows = flag_merges([{"名": "甲", "类": "一"}], {"类": [0]})
    assert cells_of(workshop.render(build, {"清单": rows})) == [["甲", "一"], ["", ""], ["", ""]]


def test_cells_merge_down_by_the_data(workshop: Workshop) -> None:
    build = table(
        ("一级", "二级", "名称", "分值"),
        (
            "{% 每行 指标 %}{{ 行.一级 }}{%¦ 合并 %}",
            "{{ 行.二级 }}{% 合并 %}",
            "{{ 行.名称 }}",
            "{{ 行.分值 }}{% 合并 分值 %}",
        ),
    )
    rows = [
        {"一级": "产出", "二级": "数量", "名称": "甲", "分值": "10"},
        {"一级": "产出", "二级": "数量", "名称": "乙", "分值": ""},
        {"一级": "产出", "二级": "质量", "名称": "丙", "分值": ""},
        {"一级": "效益", "二级": "经济", "名称": "丁", "分值": "5"},
    ]
    flagged = flag_merges(
        rows, {"一级": [1, 1, 1, 2], "二级": [1, 1, 2, 3], "分值": [None, 7, 7, None]}
    )
    document = workshop.render(build, {"指标": flagged})
    assert merges_of(document) == ["....", "rr..", "cc.r", "c..c", "...."]
    assert cells_of(document)[2] == ["产出", "数量", "乙", ""]


def test_a_fixed_text_merges_by_a_named_column(workshop: Workshop) -> None:
    build = table(("", "名"), ("{% 每行 指标 %}绩效指标{% 合并 整表 %}", "{{ 行.名 }}"))
    rows = flag_merges([{"名": "甲"}, {"名": "乙"}], {})
    document = workshop.render(build, {"指标": rows})
    assert merges_of(document) == ["..", "r.", "c."]
    assert document.tables[0]._tbl.tr_lst[2].tc_lst[0].xpath("count(.//w:t)") == 0


@pytest.mark.parametrize(
    ("note", "expected"), [("附表", ["前", "附件：附表", "后"]), ("", ["前", "后"])]
)
def test_a_line_is_printed_only_if(workshop: Workshop, note: str, expected: list[str]) -> None:
    build = paragraphs("前", "{% 段若 附件 %}附件：{{ 附件 }}", "后")
    assert texts_of(workshop.render(build, {"附件": note})) == expected


def test_a_paragraph_is_printed_for_each_item(workshop: Workshop) -> None:
    build = paragraphs("{% 每段 备注 %}{{ 段 }}", "{% 每段 项 于 备注 %}{{ 项 }}。")
    assert texts_of(workshop.render(build, {"备注": ["一", "二"]})) == ["一", "二", "一。", "二。"]


def test_a_row_is_printed_only_if(workshop: Workshop) -> None:
    build = table(
        ("表头", ""),
        ("{% 每行 行们 %}{% 行若 行.小计 %}{{ 行.名 }}", "小计"),
        ("{% 行若 非 有 %}没有", ""),
    )
    context = {"行们": [{"名": "甲", "小计": ""}, {"名": "乙", "小计": "是"}], "有": "1"}
    assert cells_of(workshop.render(build, context)) == [["表头", ""], ["乙", "小计"]]


def test_the_narrative_is_written_by_style(workshop: Workshop) -> None:
    report = (Section("概况", ("第一段", "**粗**体"), (Section("背景"),)), Section("结论"))
    document = workshop.render(paragraphs("{% 正文 报告 %}"), {"报告": report})
    assert [(p.style.name, p.text) for p in document.paragraphs] == [
        ("Heading 1", "一、概况"),
        ("公文正文", "第一段"),
        ("公文正文", "粗体"),
        ("Heading 2", "（一）背景"),
        ("Heading 1", "二、结论"),
    ]
    assert [run.bold for run in document.paragraphs[2].runs] == [True, None]


@pytest.mark.parametrize(
    ("note", "expected"), [("好", ["有备注：好", "完了"]), ("", ["没有备注", "完了"])]
)
def test_paragraphs_between_if_and_else(workshop: Workshop, note: str, expected: list[str]) -> None:
    build = paragraphs(
        "{% 若 备注 %}", "有备注：{{ 备注 }}", "{% 否则 %}", "没有备注", "{% 完 %}", "完了"
    )
    assert texts_of(workshop.render(build, {"备注": note})) == expected


def test_else_if_and_words_of_conditions(workshop: Workshop) -> None:
    build = paragraphs(
        "{% 若 级 等于 “优” 或 级 属于 （“良”，“中”） %}合格"
        "{% 否则若 级 不等于 “差” 且 非 空 %}其他{% 否则 %}差{% 完 %}"
    )
    results = [
        texts_of(workshop.render(build, {"级": grade, "空": ""}))[0]
        for grade in ("优", "中", "无", "差")
    ]
    assert results == ["合格", "合格", "其他", "差"]


def test_numbers_are_compared_as_numbers(workshop: Workshop) -> None:
    build = paragraphs(
        "{% 若 金额 ＞ 600 %}大{% 否则 %}小{% 完 %}{% 若 率 >= “90%” %}高{% 完 %}"
        "{% 若 分 等于 10 %}满{% 完 %}"
    )
    context = {"金额": "1000", "率": "95.5%", "分": "10.0"}
    assert texts_of(workshop.render(build, context)) == ["大高满"]


def test_paragraphs_for_each(workshop: Workshop) -> None:
    build = paragraphs("{% 每 项 于 清单 %}", "{{ 项.名 }}", "——", "{% 完 %}")
    context = {"清单": [{"名": "甲"}, {"名": "乙"}]}
    assert texts_of(workshop.render(build, context)) == ["甲", "——", "乙", "——"]


def test_rows_for_each_with_subtotals(workshop: Workshop) -> None:
    build = table(
        ("表头", ""),
        ("{% 每 行 于 清单 %}", ""),
        ("{% 行若 非 行.小计 %}{{ 行.名 }}", "{{ 行.名 }}{% 合并 %}"),
        ("{% 行若 行.小计 %}", "{{ 行.小计 }}"),
        ("{% 完 %}", ""),
    )
    rows = flag_merges(
        [{"名": "甲", "小计": ""}, {"名": "", "小计": "合计 5"}], {"名": [None, None]}
    )
    assert cells_of(workshop.render(build, {"清单": rows})) == [
        ["表头", ""],
        ["甲", "甲"],
        ["", "合计 5"],
    ]


def test_each_and_if_inside_a_sentence(workshop: Workshop) -> None:
    build = paragraphs(
        "共{% 每 项 于 清单 %}{{ 项 }}、{% 完 %}等，{% 若 有 %}有{% 否则 %}无{% 完 %}"
    )
    assert texts_of(workshop.render(build, {"清单": ["甲", "乙"], "有": ""})) == [
        "共甲、乙、等，无"
    ]


def test_a_cell_covers_its_neighbours_by_condition(workshop: Workshop) -> None:
    build = table(("{% 每行 清单 %}{% 右并 2 若 行.合 %}{{ 行.名 }}", "二", "三", "四"), ("a",) * 4)
    document = workshop.render(build, {"清单": [{"名": "甲", "合": ""}, {"名": "乙", "合": "是"}]})
    assert cells_of(document) == [
        ["甲", "二", "三", "四"],
        ["乙", "乙", "乙", "四"],
        ["a", "a", "a", "a"],
    ]


@pytest.mark.parametrize(
    ("tag", "value", "expected"),
    [
        ("小数（2）", "3", "3.00"),
        ("小数（2）", "2.675", "2.68"),
        ("小数（1）", "-0.04", "0.0"),
        ("小数（2）", "约三成", "约三成"),
        ("千分位", "11123.370", "11,123.370"),
        ("千分位（1）", "-1234.25", "-1,234.3"),
        ("百分比（1）", "0.9985", "99.9%"),
        ("百分比", "1", "100%"),
        ("空作（“——”）", "", "——"),
        ("空作（“——”）", "0", "0"),
        ("勾选（“经常性”）", "经常性", "☑"),
        ("勾选(‘一次性’)", "经常性", "□"),
        ("勾选（“乙”）", ["甲", "乙"], "☑"),
    ],
)
def test_formats(workshop: Workshop, tag: str, value: object, expected: str) -> None:
    assert texts_of(workshop.render(paragraphs(f"{{{{ 值｜{tag} }}}}"), {"值": value})) == [
        expected
    ]


def test_notes_are_numbered(workshop: Workshop) -> None:
    build = paragraphs("{% 每段 备注｜编号（“备注：”） %}{{ 段 }}")
    notes = {"备注": ["甲", "乙"]}
    assert texts_of(workshop.render(build, notes)) == ["备注：1. 甲", "　　　2. 乙"]
    assert texts_of(workshop.render(build, {"备注": ["甲"]})) == ["备注：甲"]


def test_comments_print_nothing(workshop: Workshop) -> None:
    build = paragraphs("前{# 给同事的话 #}后", "{#p 整段都不要 #}")
    assert texts_of(workshop.render(build, {})) == ["前后"]


def test_a_long_merge_is_divided_and_says_its_text_again(workshop: Workshop) -> None:
    rows = flag_merges([{"名": f"{n}"} for n in range(7)], {"类": [1, 2, 2, 2, 2, 2, None]})
    build = table(("a", "b"), ("{% 每行 表 %}甲{% 合并 类 至多 2 行 %}", "{{ 行.名 }}"))
    made = workshop.render(build, {"表": rows}).tables[0]
    cells = [tr.tc_lst[0] for tr in made._tbl.tr_lst[1:]]
    assert [cell.vMerge for cell in cells] == [
        None,
        "restart",
        "continue",
        "restart",
        "continue",
        None,
        None,
    ]
    assert [cell.xpath("string(.)") for cell in cells] == ["甲", "甲", "", "甲", "", "甲", "甲"]
    dotted = [cell.xpath("name(w:tcPr/w:tcBorders/*[1])") for cell in cells]
    assert dotted == ["", "", "w:bottom", "w:top", "w:bottom", "w:top", ""]


def test_a_cell_with_lines_of_its_own_is_not_divided(workshop: Workshop) -> None:
    def build(document: WordDocument) -> None:
        table(("a",), ("{% 每行 表 %}甲{% 合并 类 至多 2 行 %}",))(document)
        properties = document.tables[0].cell(1, 0)._tc.get_or_add_tcPr()
        properties.append(parse_xml(f"<w:tcBorders {nsdecls('w')}/>"))

    assert [problem.message for problem in workshop.refuse(build)] == [
        "{% 合并 类 至多 2 行 %}：这一格自己有框线，合并不能分段"
    ]
