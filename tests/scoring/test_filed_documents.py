"""What the printed rules give for the filed documents, worked out without any typed score."""

import re
from collections import Counter
from decimal import Decimal

import pytest

from generator.pipeline import load_project, open_workbench
from generator.reading.discovery import find_file
from tests.conftest import ROOT

MANUFACTURING = "suzhou/manufacturing-base"


@pytest.fixture(scope="module")
def bench():
    return open_workbench(ROOT)


def result_of(bench, name, root=ROOT):
    return load_project(bench, find_file(root, root / f"data/2020/{name}.yaml"))


def scores(result):
    return {row.indicator.subject: row for row in result.sheet.rows}


def test_the_data_of_suzhou_hold_no_score_and_points_only_where_the_form_is_free():
    text = (ROOT / f"data/2020/{MANUFACTURING}.yaml").read_text(encoding="utf-8")
    assert not re.search(r"[{ ]得分:", text)
    assert len(re.findall(r"[{ ]分值:", text)) == 10


def test_shares_add_up_with_the_remainder_in_the_last_row(bench):
    rows = result_of(bench, MANUFACTURING).sheet.rows
    points = {}
    for row in rows:
        points.setdefault(row.indicator.group.name, []).append(str(row.points))
    assert Counter(points["产出目标"]) == {"0.38": 52, "0.24": 1}
    assert points["产出目标"][-1] == "0.24"
    assert Counter(points["结果目标"]) == {"1.40": 20}
    assert Counter(points["影响力目标"]) == {"0.67": 8, "0.64": 1}
    assert len(rows) == 92
    assert len(result_of(bench, MANUFACTURING).project.values["子项目"]) == 58


def test_the_computed_total_is_the_printed_one(bench):
    sheet = result_of(bench, MANUFACTURING).sheet
    assert (sheet.total, sheet.full) == (Decimal("77.38"), Decimal(80))


def test_only_one_row_was_judged(copied_root):
    """Without the 等次 of the judged row the rule gives full marks: 0.67 instead of 0.54."""
    file = copied_root / f"data/2020/{MANUFACTURING}.yaml"
    text = file.read_text(encoding="utf-8")
    assert text.count("等次: ") == 1
    file.write_text(re.sub(r", 等次: [^,}]+", "", text), encoding="utf-8")
    sheet = result_of(open_workbench(copied_root), MANUFACTURING, copied_root).sheet
    assert sheet.total == Decimal("77.38") + Decimal("0.67") - Decimal("0.54")


@pytest.mark.parametrize(
    ("indicator", "score"),
    [
        ("投入目标/预算执行率", "7.96"),  # 99.9 %: 8 × (1 − 0.1 × 5 %)
        ("投入目标/资金节约率", "1"),  # an upper bound, met with 0.3 %
        ("产出目标/化解玻璃产能重量箱/年", "0"),
        ("结果目标/淘汰落后产能节约标煤", "0"),  # 23 points short
        ("结果目标/参加企业数量", "1.4"),  # 277 %, no cap on 结果
        ("影响力目标/规模以上工业增加值率提高", "0"),  # no figure, no explanation
        ("影响力目标/促进我市软件产业高质量发展，保持全省第二的位置", "0.54"),  # 80 % of 0.67
    ],
)
def test_a_row_of_suzhou_is_scored_by_the_printed_rule(bench, indicator, score):
    assert scores(result_of(bench, MANUFACTURING))[indicator].score == Decimal(score)


@pytest.mark.parametrize(
    ("name", "indicator", "score"),
    [
        ("innovation", "投入/资金落实/预算执行率", "2.47"),  # 3 × 284.17 ÷ 345
        ("innovation", "投入/资金落实/资金到位率", "3"),
        ("new-momentum", "投入/资金落实/资金到位率", "0.75"),  # 3 × 5000 ÷ 20000
        ("new-momentum", "投入/资金落实/预算执行率", "3"),
    ],
)
def test_funds_feed_the_score_sheet_of_jinzhong(bench, name, indicator, score):
    row = scores(result_of(bench, f"jinzhong/{name}"))[indicator]
    assert row.indicator.score is None
    assert row.score == Decimal(score)


@pytest.mark.parametrize(
    ("figure", "shown"),
    [
        ("预算完成率", "90.76%"),  # 11123.37 ÷ 12256.15
        ("预算调整率", "46.22%"),  # 10504.26 ÷ 22728.40
        ("支付进度率", "100%"),
        ("结转结余率", "10.18%"),  # 1132.78 ÷ 11123.37
    ],
)
def test_the_ratios_of_a_department_are_formulas_over_its_header(bench, figure, shown):
    assert result_of(bench, "jinzhong/department").scope.names["派生"][figure] == shown
