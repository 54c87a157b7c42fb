"""A score lies inside the interval of the level that was chosen (FIELD §3, 16).

Rule: 标度 with 区间 in rubric.yaml, ends as written; a level must exist.
Source: 填表说明 of the form.

PASS: 等次 部分达成 [60%, 80%)，分值 10，得分 7.9
FAIL: 等次 部分达成 [60%, 80%)，分值 10，得分 8
"""

from collections.abc import Iterator

from generator.amounts import percent, plain, round_half_up
from generator.checks.about import About
from generator.checks.review import Remark, Review
from generator.domain.results import RowScore
from generator.domain.rubrics import Scale
from generator.findings import Severity

CODE = "I311"
RULE = "graded-band"
SEVERITY = Severity.ERROR
IS_LAW = True
ABOUT = About(
    what="等次不是标度里的；或得分不在等次的区间里。",
    basis="表式的标度",
    example="「行业智能化水平」等次「达成预期指标」应得分值的 [80%, 100%]，得分 7.9 是 79%",
    subject="指标，如 `补助项目数`",
    remedy="更正等次或得分",
)


def check(review: Review) -> Iterator[Remark]:
    """Yield levels that the scale does not have, and scores outside their interval."""
    for row in review.sheet.rows:
        scale = row.rule.scale if row.rule and row.rule.method == "定性" else None
        wanted = row.indicator.level
        if scale is None:
            continue
        yield from _contradiction(review, row, scale)
        if not wanted:
            yield from _fixed(review, row, scale)
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


def _contradiction(review: Review, row: RowScore, scale: Scale) -> Iterator[Remark]:
    """Yield a 完成值 that names one level beside an 等次 that names another."""
    level, actual = row.indicator.level, row.indicator.measures[0].actual.strip()
    if level and actual != level and any(one.name == actual for one in scale.levels):
        yield Remark(
            place=review.place(*row.indicator.path, "等次"),
            message=f"「{row.indicator.name}」完成值写「{actual}」，等次写「{level}」",
            subject=row.indicator.subject,
            basis=f"标度「{scale.name}」",
            hint="两样写成一样，或只写一样",
        )


def _fixed(review: Review, row: RowScore, scale: Scale) -> Iterator[Remark]:
    """Yield a score that no level of a fixed scale gives, where none was named."""
    shares = [level.coefficient for level in scale.levels]
    if row.computed is not None or row.indicator.score is None or row.points is None:
        return
    known = {share for share in shares if share is not None}
    if len(known) < len(scale.levels):
        return
    places = row.rule.places if row.rule else 2
    scores = [round_half_up(row.points * share, places) for share in shares if share is not None]
    if row.indicator.score.value not in scores:
        given = "、".join(
            f"{level.name} {plain(score)}"
            for level, score in zip(scale.levels, scores, strict=True)
        )
        yield Remark(
            place=review.place(*row.indicator.path, "得分"),
            message=(
                f"「{row.indicator.name}」得分 {row.indicator.score.text}，"
                f"标度里没有这一档：{given}"
            ),
            subject=row.indicator.subject,
            basis=f"标度「{scale.name}」",
            hint="填等次，由程序计算得分",
        )
