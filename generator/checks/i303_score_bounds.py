"""A score lies within 0 and its 分值 (FIELD §3, 14).

Rule: every form.
Source: arithmetic.

PASS: 分值 10，得分 9.5
FAIL: 分值 10，得分 12
"""

from collections.abc import Iterator

from generator.amounts import ONE, ZERO, plain
from generator.checks.about import About
from generator.checks.review import Remark, Review
from generator.findings import Severity

CODE = "I303"
RULE = "score-bounds"
SEVERITY = Severity.ERROR
IS_LAW = True
ABOUT = About(
    what="得分小于 0，或大于分值。",
    basis="算术",
    example="「行业智能化水平」得分 12，应在 0 至 10 之间",
    subject="指标，如 `行业智能化水平`",
    remedy="更正得分或分值",
)


def check(review: Review) -> Iterator[Remark]:
    """Yield typed scores below 0 or above their points."""
    for row in review.sheet.rows:
        if row.score is None or row.points is None:
            continue
        if ZERO <= row.score <= row.points:
            continue
        most = row.points * max(ONE, row.rule.cap) if row.rule else row.points
        if ZERO <= row.score <= most:
            continue
        yield Remark(
            place=review.place(*row.indicator.path, "得分"),
            message=(
                f"「{row.indicator.name}」得分 {plain(row.score)}，应在 0 至 {plain(most)} 之间"
            ),
            subject=row.indicator.subject,
            hint="更正得分或分值",
        )
