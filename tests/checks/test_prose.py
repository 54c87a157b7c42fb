"""Reading figures in prose: their value, their unit, and what they are said of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.amounts import plain
from generator.checks.prose.naming import name_of, name_words
from generator.checks.prose.quantities import QuantityReader, read_han
from generator.pipeline import open_workbench
from tests.conftest import ROOT

TERMS = open_workbench(ROOT).terms


def read(text):
    """Return the figures of a text: `值 单位`, with what else is known of them."""
    return [
        f"{plain(one.value)}{'-' + plain(one.high) if one.high is not None else ''} {one.unit}"
        f"{' 约' if one.is_near else ''}{' ' + one.sign if one.sign else ''}"
        f"{' 每' if one.is_each else ''}"
        for one in QuantityReader(TERMS).read(text)
    ]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("拨付408万元", ["4080000 元"]),
        ("拨付1.2亿元、３５千元、1,234.5元", ["120000000 元", "35000 元", "1234.5 元"]),
        ("奖励3000万（追加）", ["30000000 "]),
        ("培训15-20人次、2至3场，30万-50万/家", ["15-20 人次", "2-3 场", "300000-500000  每"]),
        ("三家、十二个、一百零五名、两场", ["3 家", "12 个", "105 名", "2 场"]),
        ("占５％、提高2.1个百分点", ["5 %", "2.1 个百分点"]),
        (
            "近70家、40余家、1.5万余户、80人左右",
            ["70 家 约", "40 家 约", "15000 户 约", "80 人 约"],
        ),
        ("20个以上、不低于30万元、≥5家", ["20 个 ≥", "300000 元 ≥", "5 家 ≥"]),
        ("2020年3月5日、11月底、2020-11-30、2020年度", []),
        ("某某〔2020〕15号、第3条、第十九届、《二十五条措施》", []),
        ("1、做法\n（2）做法\n3.做法", []),
        ("电话0354-2639507、13900001234，7*24小时", []),
        ("12:30开会，5G、500强", []),
        ("服务、监理费用2054.5万元", ["20545000 元"]),
        ("统一部署、一般、一是、第一家、一批、二期、“两个确立”", []),
        ("装机1.7亿千瓦、3000千米", ["170000000 千瓦", "3000 千米"]),
    ],
)
def test_figures_of_prose(text, figures):
    assert read(text) == figures


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("全市要实现上云企业达到", "上云"),
        ("完成年度上云企业", "上云"),
        ("上云目标", "上云"),
        ("打造省级“上云”标杆企业", "省级上云标杆"),
        ("核心云服务机构", "核心云服务机构"),
        ("支持人工智能示范应用项目个数", "人工智能示范应用"),
        ("企业", ""),
        ("资金", ""),
        ("共支持了", ""),
        ("", ""),
    ],
)
def test_what_a_figure_is_said_of(text, name):
    assert name_of(text, name_words(TERMS.prose)) == name


@given(st.integers(min_value=0, max_value=9999))
def test_chinese_numerals_are_read_as_they_are_written(number):
    digits = "零一二三四五六七八九"
    written, has_gap = "", False
    for unit, size in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit = number // size % 10
        if digit:
            written += ("零" if has_gap and written else "") + digits[digit] + unit
        has_gap = not digit
    assert read_han(written or "零") == number


@given(
    st.text(
        alphabet="0123456789.,-~至〇一二十百千万亿元家个%约余以上《》〔〕年月日第：；。、共 \n",
        max_size=80,
    )
)
def test_any_text_is_read_without_a_fault(text):
    for one in QuantityReader(TERMS).read(text):
        assert text[one.start : one.end].strip() == one.typed
        assert one.typed
