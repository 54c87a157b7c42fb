"""A target that holds a figure can be read as one (FIELD §3, 23).

Rule: the words of templates/用语.yaml; only where a rule would compute the score.
Source: re-checkers' practice.

PASS: `目标值: 20个以上`
FAIL: `目标值: 对企业问题12小时联系，7天内办结` under a computed rule
"""

from collections.abc import Iterator

from generator.checks.review import Remark, Review
from generator.findings import Severity

CODE = "I313"
RULE = "target-unclear"
SEVERITY = Severity.WARNING
IS_LAW = False


def check(review: Review) -> Iterator[Remark]:
    """Yield 定性 rows whose target holds a digit and whose score is not simply judged."""
    for row in review.sheet.rows:
        measure = row.indicator.measures[0]
        is_judged = row.rule is None or row.rule.method == "评定" or row.indicator.is_shared
        if is_judged or row.target.kind != "定性" or measure.written_out is not None:
            continue
        if any(character.isdigit() for character in measure.target):
            yield Remark(
                place=review.place(*measure.path, "目标值"),
                message=f"「{row.indicator.name}」目标「{measure.target}」有数而读不出",
                subject=row.indicator.subject,
                hint="改成「20个以上」「2-3次」这样的写法，或写成 {方向: ≥, 值: 20, 单位: 个}",
            )
