"""Target and actual of a quantitative row are in the same unit (FIELD §3, 24).

Rule: 万, 亿 and % are folded before comparing; a unit written on one side only is no mismatch.
Source: re-checkers' practice.

PASS: 目标 ≥2亿元，完成 15000万元
FAIL: 目标 ≥20个，完成 15家
"""

from collections.abc import Iterator

from generator.checks.about import About
from generator.checks.review import Remark, Review
from generator.domain.results import RowScore
from generator.findings import Severity

CODE = "I312"
RULE = "unit-mismatch"
SEVERITY = Severity.WARNING
IS_LAW = False
ABOUT = About(
    what="目标值和完成值的单位不同。万、亿、% 先折算；只有一边写了单位的不算。",
    basis="复核的惯例",
    example="「补助项目数」目标值「20个以上」与完成值「15家」单位不同：个、家",
    subject="指标，如 `补助项目数`",
    remedy="改成同一单位",
)


def check(review: Review) -> Iterator[Remark]:
    """Yield rows whose target and actual cannot be compared."""
    for row in review.sheet.rows:
        target, actual = row.target.unit, row.actual.unit
        if row.indicator.is_shared:
            continue
        if row.target.kind == row.actual.kind == "定量" and not row.actual.shown[2]:
            yield from _multiple(review, row)
        if not target or not actual or target == actual:
            continue
        measure = row.indicator.measures[0]
        yield Remark(
            place=review.place(*measure.path, "完成值"),
            message=(
                f"「{row.indicator.name}」目标值「{measure.target}」与完成值「{measure.actual}」"
                f"单位不同：{target}、{actual}"
            ),
            subject=row.indicator.subject,
            hint="改成同一单位",
        )


def _multiple(review: Review, row: RowScore) -> Iterator[Remark]:
    """Yield an actual without unit beside a target in 万 or 亿: it counts as single ones."""
    unit, measure = row.target.shown[2], row.indicator.measures[0]
    is_folded = row.target.unit not in (unit, "%")
    if not is_folded or row.actual.low == 0:
        return
    yield Remark(
        place=review.place(*measure.path, "完成值"),
        message=(
            f"「{row.indicator.name}」目标值「{measure.target}」以{unit}计，"
            f"完成值「{measure.actual}」没有写单位"
        ),
        subject=row.indicator.subject,
        hint=f"写明单位，如 {measure.actual}{unit}",
        severity=Severity.ERROR,
    )
