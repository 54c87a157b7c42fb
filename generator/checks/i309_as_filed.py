"""A filed subtotal or score is the computed one (FIELD §3, 1).

Rule: 小计 and 得分 under 已报送; names of groups and level 2, paths of indicators.
Source: the filed document.

PASS: `小计: {产出指标: 42}` where the scores of 产出指标 add up to 42
FAIL: `小计: {产出指标: 45}` with the same scores
"""

from collections.abc import Iterator

from generator.amounts import is_equal, plain
from generator.checks.review import Remark, Review
from generator.findings import Severity

CODE = "I309"
RULE = "as-filed"
SEVERITY = Severity.ERROR
IS_LAW = True


def check(review: Review) -> Iterator[Remark]:
    """Yield filed subtotals and scores that differ from the computed ones."""
    yield from _subtotals(review)
    yield from _scores(review)


def _subtotals(review: Review) -> Iterator[Remark]:
    for name, filed in (review.project.filed.subtotals or {}).items():
        level = next((s for s in review.sheet.sums if s.name == name), None)
        if level is None:
            yield Remark(
                place=review.key_place("已报送", "小计", name),
                message=f"已报送的小计「{name}」，表里没有这一组",
                subject=f"已报送.小计.{name}",
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
