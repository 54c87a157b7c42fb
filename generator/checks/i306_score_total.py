"""The filed total is the sum of the scores (FIELD §3, 1).

Rule: 总分.组成 in rubric.yaml; sums add rounded scores.
Source: 自评表表样.

PASS: 8.99 + 42 + … = 95.99，报送 95.99
FAIL: 各项得分相加 88，报送 98
"""

from collections.abc import Iterator

from generator.amounts import is_equal, plain
from generator.checks.about import About
from generator.checks.review import Remark, Review
from generator.findings import Severity

CODE = "I306"
RULE = "score-total"
SEVERITY = Severity.ERROR
IS_LAW = True
ABOUT = About(
    what="已报送的总分不等于各项得分之和。",
    basis="表样",
    example="总分报送 98，各项得分合计 93.51，差 4.49",
    subject="`已报送.总分`",
    remedy="更正总分，或核对各项得分",
    reason="原报送件印作98，应为93.51",
)


def check(review: Review) -> Iterator[Remark]:
    """Yield a filed total that is not the computed one."""
    filed, sheet = review.project.filed.total, review.sheet
    if filed is None or sheet.total is None or is_equal(filed.value, sheet.total):
        return
    total = review.project.rubric.total if review.project.rubric else None
    levels = [level for level in sheet.sums if len(level.path) == 2]  # noqa: PLR2004 - groups
    levels = levels or [level for level in sheet.sums if len(level.path) == 1]
    parts = [f"{level.name} {plain(level.score)}" for level in levels]
    if sheet.rate is not None and sheet.rate.score is not None and sheet.rate.points:
        parts.insert(0, f"执行率 {plain(sheet.rate.score)}")
    open_note = "（还有未评定的得分）" if sheet.has_open_scores else ""
    yield Remark(
        place=review.place("已报送", "总分"),
        message=(
            f"{total.name if total else '总分'}报送 {filed.text}，各项得分合计 {plain(sheet.total)}"
            f"{open_note}，差 {plain(filed.value - sheet.total)}"
        ),
        subject="已报送.总分",
        expected=plain(sheet.total),
        basis=f"{plain(sheet.total)} = {' + '.join(parts)}",
        hint="先评定还没有得分的指标"
        if sheet.has_open_scores
        else f"核对各项得分；更正为 {plain(sheet.total)}，或删去这一项，由程序计算",
    )
