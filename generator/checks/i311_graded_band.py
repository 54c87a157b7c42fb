"""A score lies inside the interval of the level that was chosen (FIELD §3, 16).

Rule: 标度 with 区间 in rubric.yaml, ends as written; a level must exist.
Source: 填表说明 of the form.

PASS: 等次 部分达成 [60%, 80%), 分值 10, 得分 7.9
FAIL: 等次 部分达成 [60%, 80%), 分值 10, 得分 8
"""

from collections.abc import Iterator

from generator.amounts import percent, plain
from generator.checks.review import Remark, Review
from generator.findings import Severity

CODE = "I311"
RULE = "graded-band"
SEVERITY = Severity.ERROR
IS_LAW = True


def check(review: Review) -> Iterator[Remark]:
    """Yield levels that the scale does not have, and scores outside their interval."""
    for row in review.sheet.rows:
        scale = row.rule.scale if row.rule else None
        wanted = row.indicator.level
        if scale is None or not wanted:
            continue
        level = next((one for one in scale.levels if one.name == wanted), None)
        names = "、".join(one.name for one in scale.levels)
        if level is None:
            yield Remark(
                place=review.place(*row.indicator.path, "等次"),
                message=f"「{row.indicator.name}」等次写作「{wanted}」，应为{names}之一",
                subject=row.indicator.subject,
                basis=f"标度「{scale.name}」",
            )
            continue
        if level.interval is None or not row.points or row.score is None:
            continue
        share = row.score / row.points
        if not level.interval.holds(share):
            yield Remark(
                place=review.place(*row.indicator.path, "得分"),
                message=(
                    f"「{row.indicator.name}」等次「{wanted}」应得分值的 {level.interval.text}，"
                    f"得分 {plain(row.score)} 是 {percent(share, 2)}"
                ),
                subject=row.indicator.subject,
                basis=f"标度「{scale.name}」",
                hint="更正等次或得分",
            )
