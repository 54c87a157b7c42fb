"""Little money spent and everything done needs a second look (FIELD §3, 34).

Rule: 执行率 below 阈值 while every row under 二级 (quantities) has all of its points; in tables
without points, while every one of them reached its target.
Source: re-checkers' practice.

PASS: 执行率 95%；或 执行率 60%，有一个数量指标没有完成
FAIL: 执行率 60%，数量指标全部满分
"""

from collections.abc import Iterator

from generator.amounts import percent
from generator.checks.about import About
from generator.checks.quality_rows import all_rows, is_full, level_name
from generator.checks.review import Remark, Review
from generator.domain.results import RowScore
from generator.findings import Severity

CODE = "Q611"
RULE = "low-execution"
SEVERITY = Severity.WARNING
IS_LAW = False
PARAMETERS = {"阈值": "执行率低于多少才查", "二级": "数量指标的名称"}
ABOUT = About(
    what="执行率低，数量指标却全部完成：预算做多了，目标定低了，或数字填错了。",
    basis="复核的惯例",
    example="执行率 60%，低于 80%，2 行数量指标却全部完成",
    subject="`执行率`",
    remedy="核对执行数和数量；属实的，在报告里写明节余的原因",
    reason="节余属政府采购节约，报告已写明",
)


def check(review: Review) -> Iterator[Remark]:
    """Yield one remark where the money stayed and every quantity was reached."""
    setting, sheet = review.setting(RULE), review.sheet
    limit, rate = setting.number("阈值"), sheet.rate.rate if sheet.rate else None
    if limit is None or rate is None or rate >= limit:
        return
    levels = frozenset(setting.words("二级"))
    rows = [row for row in all_rows(review) if level_name(row) in levels]
    if not rows or not all(_is_reached(row) for row in rows):
        return
    yield Remark(
        place=review.place("资金"),
        message=(
            f"执行率 {percent(rate, 2)}，低于 {percent(limit, 2)}，"
            f"{len(rows)} 行{level_name(rows[0])}却全部完成"
        ),
        subject="执行率",
        hint="核对执行数和数量；属实的，在报告里写明资金节余的原因",
    )


def _is_reached(row: RowScore) -> bool:
    return is_full(row) if row.indicator.table.is_scored else bool(row.is_met)
