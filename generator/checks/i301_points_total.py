"""分值 add up at every level: level 2, group, table, and the whole to the full mark (FIELD §3, 2).

Rule: 分值 in form.yaml, 组分值 in the data, 满分 in rubric.yaml.
Source: 自评表表样 and 填表说明 (权重合计).

PASS: 产出指标 50 = 10 + 10 + 15 + 15
FAIL: 产出指标 50，各行 10 + 10 + 10 + 10
"""

from collections.abc import Iterator

from generator.amounts import ZERO, is_equal, plain
from generator.checks.about import About
from generator.checks.review import Remark, Review
from generator.domain.results import LevelSum
from generator.domain.trees import Group, Level2
from generator.findings import Severity
from generator.scoring.levels import level_points, scored_tables

CODE = "I301"
RULE = "points-total"
SEVERITY = Severity.ERROR
IS_LAW = True
ABOUT = About(
    what="分值加不起来：二级、一级、整张表、连同执行率的满分，逐级核对；也报没有写分值的行。",
    basis="表样和填表说明里的分值",
    example="产出指标：各项分值合计 45，应为 50，差 -5",
    subject=(
        "一级 `产出指标`；二级 `产出指标/数量指标`；整张 `分值合计`；改过的组分值 `组分值`；"
        "没有分值的行写指标"
    ),
    remedy="补齐漏列的指标，或更正分值",
    reason="原报送件漏列一项，各项合计45",
)


def check(review: Review) -> Iterator[Remark]:
    """Yield levels whose points do not add up, then the stated groups, then the whole."""
    for level in review.sheet.sums:
        if level.stated is not None and not is_equal(level.stated, level.points):
            yield _level(review, level)
    yield from _goal_points(review)
    yield from _row_points(review)
    yield from _changed_points(review)
    yield from _stated_groups(review)
    yield from _whole(review)


def _level(review: Review, level: LevelSum) -> Remark:
    rows = [
        row for row in review.sheet.rows if row.indicator.tree_path[: len(level.path)] == level.path
    ]
    added = " + ".join(plain(row.points) for row in rows if row.points is not None) or "没有指标"
    stated = level.stated if level.stated is not None else ZERO
    return Remark(
        place=review.key_place(*level.data_path),
        message=(
            f"{level.name}：各项分值合计 {plain(level.points)}，应为 {plain(stated)}，"
            f"差 {plain(level.points - stated)}"
        ),
        subject="/".join(level.path[1:]) or level.path[0],
        expected=plain(level.points),
        basis=f"{plain(level.points)} = {added}",
        hint="核对各项分值，或补齐漏列的指标",
    )


def _goal_points(review: Review) -> Iterator[Remark]:
    """Yield goals without points, where there are several."""
    for table in scored_tables(review.project):
        goals = review.project.goals.get(table.name, ())
        for goal in goals if len(goals) > 1 else ():
            if goal.points is None:
                yield Remark(
                    place=review.place(*goal.path),
                    message=f"{goal.name}没有写分值；有几个目标的，每个都要写",
                    subject=goal.name,
                    hint="补填这个目标的分值",
                )


def _changed_points(review: Review) -> Iterator[Remark]:
    """Yield group points that the data changed beyond what the form allows."""
    for name, changed in review.project.group_points.items():
        level = _find_level(review, name)
        points = level.points if level else None
        if level is None or points is None:
            continue
        least, most = points.least, points.most
        is_low = least is not None and changed.value < least
        is_high = most is not None and changed.value > most
        if is_low or is_high:
            ends = f"{plain(least or ZERO)} 至 {plain(most) if most is not None else '不限'}"
            yield Remark(
                place=review.place("组分值", name),
                message=f"{level.label}的组分值填 {changed.text}，应在 {ends} 之间",
                subject=f"组分值.{name}",
                basis=f"表样（{level.place.file}:{level.place.line}）",
            )


def _find_level(review: Review, name: str) -> Group | Level2 | None:
    """Return the group or level 2 that a key of 组分值 names."""
    group_name, _, level_name = name.rpartition("/")
    for table in scored_tables(review.project):
        for group in table.groups:
            if group.name == name:
                return group
            for level in group.level2:
                if level.name == level_name and group_name in ("", group.name):
                    return level
    return None


def _row_points(review: Review) -> Iterator[Remark]:
    for row in review.sheet.rows:
        if row.points is None:
            yield Remark(
                place=review.place(*row.indicator.path),
                message=f"「{row.indicator.name}」没有分值",
                subject=row.indicator.subject,
                hint="补填分值",
            )
        elif row.points < 0 or (row.points == 0 and row.indicator.points is None):
            yield Remark(
                place=review.place(*row.indicator.path),
                message=f"「{row.indicator.name}」均分后分值为 {plain(row.points)}，应大于 0",
                subject=row.indicator.subject,
                hint="指标太多或小数位太少：减少指标，或改表式的分值规则",
            )
        elif row.indicator.points is not None and row.indicator.points.value != row.points:
            typed = row.indicator.points.text
            yield Remark(
                place=review.place(*row.indicator.path, "分值"),
                message=f"「{row.indicator.name}」分值填 {typed}，按规则应为 {plain(row.points)}",
                subject=row.indicator.subject,
                hint="删去分值，由程序计算，或更正",
            )


def _stated_groups(review: Review) -> Iterator[Remark]:
    """Compare the points printed beside the groups, with 执行率, with the full mark."""
    total = review.project.rubric.total if review.project.rubric else None
    if total is None or not review.project.group_points:
        return
    stated: list[tuple[str, object]] = []
    added = ZERO
    for table in scored_tables(review.project):
        if table.goals is not None:
            return  # the points of its groups hold inside each goal
        for name, points in level_points(review.project, table).items():
            if points is None:
                return
            stated.append((name, points))
            added += points
    if review.sheet.rate is not None and "执行率" in total.parts:
        stated.append(("执行率", review.sheet.rate.points))
        added += review.sheet.rate.points
    if not is_equal(added, total.full):
        parts = " + ".join(f"{name} {points}" for name, points in stated)
        yield Remark(
            place=review.place("组分值"),
            message=(
                f"各组分值合计 {plain(added)}，应为 {plain(total.full)}，"
                f"差 {plain(added - total.full)}"
            ),
            subject="组分值",
            expected=plain(added),
            basis=f"{plain(added)} = {parts}（{total.basis}）",
            hint="更正组分值",
        )


def _whole(review: Review) -> Iterator[Remark]:
    sheet = review.sheet
    if sheet.full is None or sheet.total_points is None or is_equal(sheet.full, sheet.total_points):
        return
    total = review.project.rubric.total if review.project.rubric else None
    yield Remark(
        place=review.key_place(scored_tables(review.project)[0].name),
        message=(
            f"分值合计 {plain(sheet.total_points)}，应为 {plain(sheet.full)}，"
            f"差 {plain(sheet.total_points - sheet.full)}"
        ),
        subject="分值合计",
        expected=plain(sheet.total_points),
        basis=total.basis if total else "",
        hint="核对各组分值，或补齐漏列的指标",
    )
