"""The actual of a quantitative target can be read as a figure (FIELD §3, 23).

Rule: the words of templates/用语.yaml; only where a rule computes the score (缺值 then decides).
Source: 某项指标无法提供具体数值的评分规定 of the form.

PASS: 目标 ≥20个，完成 15个
FAIL: 目标 ≥20个，完成 约15个
"""

from collections.abc import Iterator

from generator.amounts import plain
from generator.checks.about import About
from generator.checks.review import Remark, Review
from generator.findings import Severity
from generator.scoring.methods import NEEDS_RATE

CODE = "I316"
RULE = "actual-unclear"
SEVERITY = Severity.WARNING
IS_LAW = False
ABOUT = About(
    what="目标是数，完成值却读不出数（如“约15个”“已完成”），程序只能按缺值计分。",
    basis="填表说明：不能提供具体数值的怎样得分",
    example="「试点个数」目标「20个以上」是数，完成「约15个」读不出数，按规则得 0",
    subject="指标，如 `补助项目数`",
    remedy="完成值写成“15个”“98%”这样的数",
)


def check(review: Review) -> Iterator[Remark]:
    """Yield computed rows whose target is a figure and whose actual is none."""
    for row in review.sheet.rows:
        measure = row.indicator.measures[0]
        is_computed = row.rule is not None and row.rule.method in NEEDS_RATE
        if not is_computed or row.indicator.is_shared or not measure.actual.strip():
            continue
        is_signed = row.actual.typed_sign not in ("", "=") and row.actual.sign != "区间"
        if is_signed and row.actual.low != row.target.low:
            yield Remark(
                place=review.place(*measure.path, "完成值"),
                message=(
                    f"「{row.indicator.name}」完成「{measure.actual}」带着「{row.actual.typed_sign}」，"
                    f"又与目标「{measure.target}」不同"
                ),
                subject=row.indicator.subject,
                hint="完成值写实有的数，不写不等号",
            )
        if row.target.kind == "定量" and row.actual.kind != "定量":
            shown = plain(row.computed) if row.computed is not None else "待评定"
            yield Remark(
                place=review.place(*measure.path, "完成值"),
                message=(
                    f"「{row.indicator.name}」目标「{measure.target}」是数，"
                    f"完成「{measure.actual}」读不出数，按规则得 {shown}"
                ),
                subject=row.indicator.subject,
                basis="；".join(row.steps),
                hint="完成值写成「15个」「98%」这样的数",
            )
