"""The filed 执行率 is executed ÷ budget, to the places that were printed (FIELD §3, 3).

Rule: 执行率.比率 in rubric.yaml names the ratio; half-up to the typed places.
Source: the note below the form (“执行率” = “全年执行数” / “全年预算数”).

PASS: 508 ÷ 600，报送 84.67%
FAIL: 508 ÷ 600，报送 84.66%
"""

from collections.abc import Iterator

from generator.amounts import HUNDRED, parse_percent, plain, round_half_up
from generator.checks.about import About
from generator.checks.review import Remark, Review
from generator.findings import Severity

CODE = "F203"
RULE = "execution-rate"
SEVERITY = Severity.ERROR
IS_LAW = True
ABOUT = About(
    what="已报送的执行率与执行数 ÷ 预算数不同（按填报的位数四舍五入）。",
    basis="表下的备注；表式的执行率公式",
    example="执行率报送 84.66%，按公式应为 84.67%，差 -0.01 个百分点",
    subject="`已报送.执行率`",
    remedy="更正",
    reason="原报送件印作84.66%，应为84.67%",
)


def check(review: Review) -> Iterator[Remark]:
    """Yield a filed rate that is not the computed one."""
    filed, rate = review.project.filed.rate, review.sheet.rate
    value = parse_percent(filed) if filed else None
    if value is None or rate is None or rate.rate is None:
        return
    digits = filed.rstrip("%％")
    places = len(digits.partition(".")[2])
    should = round_half_up(rate.rate * HUNDRED, places)
    if should == value * HUNDRED:
        return
    gap = value * HUNDRED - should
    times = plain(value / rate.rate) if rate.rate else ""
    is_shifted = times in ("100", "0.01", "1000", "0.001")
    slipped = "（小数点错位）" if is_shifted else ""
    yield Remark(
        place=review.place("已报送", "执行率"),
        message=f"执行率报送 {filed}，按公式应为 {should:f}%，差 {plain(gap)} 个百分点",
        subject="已报送.执行率",
        expected=f"{should:f}%",
        basis=_basis(review),
        hint=f"更正为 {should:f}%{slipped}，或删去这一项，由程序计算",
    )


def _basis(review: Review) -> str:
    rubric = review.project.rubric
    ratio = rubric.execution.ratio if rubric and rubric.execution else ""
    rule = next((rule for rule in review.project.form.derived if rule.name == ratio), None)
    if rule is None:
        return ""
    return f"公式：{rule.name} = {rule.formula}（{rule.place.file}:{rule.place.line}）"
