"""A filed subtotal or score is the computed one (FIELD §3, 1).

Rule: 小计 and 得分 under 已报送; names of groups and level 2, paths of indicators.
Source: the filed document.

PASS: `小计: {产出指标: 42}`，产出指标各项得分相加 42
FAIL: `小计: {产出指标: 45}`，得分相同
"""

from collections.abc import Iterator

from generator.amounts import is_equal, plain
from generator.checks.about import About
from generator.checks.review import Remark, Review
from generator.findings import Severity

CODE = "I309"
RULE = "as-filed"
SEVERITY = Severity.ERROR
IS_LAW = True
ABOUT = About(
    what="已报送的小计、逐行得分与算出的不同；或表里没有这一组、这个指标。",
    basis="算术",
    example="小计「产出指标」报送 50，各项得分合计 45，差 5",
    subject="`已报送.小计.产出指标`、`已报送.得分.补助项目数`",
    remedy="更正",
    reason="原报送件印作50，应为45",
)


def check(review: Review) -> Iterator[Remark]:
    """Yield filed subtotals and scores that differ from the computed ones."""
    yield from _uncomputed(review)
    if review.sheet.total is not None:
        yield from _subtotals(review)
        yield from _scores(review)


def _uncomputed(review: Review) -> Iterator[Remark]:
    """Yield filed figures that the form does not compute, so that nothing could print them."""
    sheet, rubric, filed = review.sheet, review.project.rubric, review.project.filed
    has_total, rate = sheet.total is not None, sheet.rate
    stated = {
        "总分": (filed.total is not None, has_total),
        "等级": (filed.grade is not None, has_total and bool(rubric and rubric.grades)),
        "执行率": (bool(filed.rate), rate is not None),
        "执行率得分": (filed.rate_score is not None, rate is not None and bool(rate.points)),
        "小计": (bool(filed.subtotals), has_total),
        "得分": (bool(filed.scores), has_total),
    }
    for name, (is_filed, is_computed) in stated.items():
        if is_filed and not is_computed:
            yield Remark(
                place=review.key_place("已报送", name),
                message=f"已报送写了{name}，这张表不算{name}",
                subject=f"已报送.{name}",
                hint="删去这一项，或改用算它的表式",
            )


def _subtotals(review: Review) -> Iterator[Remark]:
    for name, filed in (review.project.filed.subtotals or {}).items():
        wanted = tuple(name.split("/"))
        levels = [s for s in review.sheet.sums if s.path[-len(wanted) :] == wanted]
        level = levels[0] if levels else None
        if level is None or len(levels) > 1:
            count = f"有 {len(levels)} 组叫这个名称" if levels else "表里没有这一组"
            known = ["/".join(s.path[1:]) for s in levels or review.sheet.sums if s.path[1:]]
            yield Remark(
                place=review.key_place("已报送", "小计", name),
                message=f"已报送的小计「{name}」：{count}",
                subject=f"已报送.小计.{name}",
                hint=f"可以写：{'；'.join(known)}",
            )
        elif not is_equal(level.score, filed.value):
            yield Remark(
                place=review.place("已报送", "小计", name),
                message=(
                    f"小计「{name}」报送 {filed.text}，各项得分合计 {plain(level.score)}，"
                    f"差 {plain(filed.value - level.score)}"
                ),
                subject=f"已报送.小计.{name}",
                expected=plain(level.score),
                hint=f"更正为 {plain(level.score)}，或核对各项得分",
            )


def _scores(review: Review) -> Iterator[Remark]:
    for path, filed in (review.project.filed.scores or {}).items():
        rows = [row for row in review.sheet.rows if row.indicator.answers_to(path)]
        if len(rows) != 1:
            count = "表里没有这个指标" if not rows else f"有 {len(rows)} 个指标叫这个名称"
            yield Remark(
                place=review.key_place("已报送", "得分", path),
                message=f"已报送的得分「{path}」：{count}",
                subject=f"已报送.得分.{path}",
                hint="写全：" + "；".join(row.indicator.subject for row in rows) if rows else "",
            )
        elif rows[0].score is not None and not is_equal(rows[0].score, filed.value):
            yield Remark(
                place=review.place("已报送", "得分", path),
                message=f"「{path}」得分报送 {filed.text}，按规则应为 {plain(rows[0].score)}",
                subject=f"已报送.得分.{path}",
                expected=plain(rows[0].score),
                basis="；".join(rows[0].steps),
            )
