"""A target that holds a figure can be read as one (FIELD §3, 23).

Rule: the words of templates/用语.yaml; only where a rule would compute the score.
Source: re-checkers' practice.

PASS: `目标值: 20个以上`
FAIL: `目标值: 对企业问题12小时联系，7天内办结`，这一行按规则计分
"""

from collections.abc import Iterator

from generator.checks.about import About
from generator.checks.review import Remark, Review
from generator.findings import Severity

CODE = "I313"
RULE = "target-unclear"
SEVERITY = Severity.WARNING
IS_LAW = False
ABOUT = About(
    what="目标里有数，程序却读不出是多少，这一行只好由人评分。只查按规则计分的行。",
    basis="复核的惯例；templates/用语.yaml",
    example="「补助项目数」目标「支持20个项目，培训3次」有数而读不出",
    subject="指标，如 `补助项目数`",
    remedy="改写法，或把目标分开写，见[编写数据](编写数据.md) 6.2",
)


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
