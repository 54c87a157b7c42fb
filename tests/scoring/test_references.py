"""References in prose: paths and nothing else, in any width and with any quotes."""

import pytest

from generator.scoring.references import ReferenceFault, fill, find_references, parse_names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("资金.全年执行数", ("资金", "全年执行数")),
        (" 指标[“企业满意度”].完成值 ", ("指标", "企业满意度", "完成值")),
        (
            "指标［'产出指标/数量指标/甲'］．完成值．值",
            ("指标", "产出指标/数量指标/甲", "完成值", "值"),
        ),
        ('子项目["检测费（一）"].金额', ("子项目", "检测费（一）", "金额")),
        ("年度", ("年度",)),
        ("结果.总分 + 1", ()),
        ("资金.", ()),
        ("f(x)", ()),
        ("资金|length", ()),
        ("", ()),
        ("1 + 1", ()),
    ],
)
def test_names_of_a_reference(text, names):
    assert parse_names(text) == names


def test_a_text_is_filled_and_what_leads_nowhere_stays():
    def resolve(names):
        if names != ("甲",):
            raise ReferenceFault("没有")
        return "470"

    assert fill("到位{{ 甲 }}万元，{{乙}}，{{甲}}", resolve) == "到位470万元，{{乙}}，470"
    assert fill("没有引用 { 甲 }", resolve) == "没有引用 { 甲 }"


def test_a_reference_knows_where_it_stands():
    text = "拨付{{ 甲 }}，使用{{ 乙.丙 }}"
    found = list(find_references(text))
    assert [text[one.start : one.end] for one in found] == ["{{ 甲 }}", "{{ 乙.丙 }}"]
