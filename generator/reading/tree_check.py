"""What must hold of 指标表: points that can add up, groups and fixed indicators that fit."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from generator.amounts import ZERO, plain
from generator.domain.forms import Form
from generator.domain.trees import FixedIndicator, Group, IndicatorTable, Level2
from generator.findings import Finding, Place
from generator.reading.refusals import error
from generator.suggestions import ask_meant

_LEVELS_WITH_LEVEL2 = 3


def check_trees(form: Form) -> Iterator[Finding]:
    """Yield tables whose points or parts contradict each other whatever the data are."""
    for table in form.tables:
        yield from _levels(table)
        yield from _goals(table)
        yield from _absent(table.groups)
        for group in table.groups:
            yield from _fixed(table, group.fixed)
            yield from _absent(group.level2)
            for level in group.level2:
                yield from _fixed(table, level.fixed)
        if table.is_scored:
            yield from _points(table)


def _levels(table: IndicatorTable) -> Iterator[Finding]:
    count = len(table.levels)
    if count > 1 and not table.groups:
        yield _refuse(table.place, f"指标表「{table.name}」有 {count} 层，要写「组」")
    if count == 1 and table.groups:
        yield _refuse(table.place, f"指标表「{table.name}」只有一层，不写「组」")
    for group in table.groups:
        if count == _LEVELS_WITH_LEVEL2 and not group.level2:
            yield _refuse(group.place, f"「{group.name}」要写「二级」：指标表有三层")
        if count < _LEVELS_WITH_LEVEL2 and group.level2:
            yield _refuse(group.place, f"「{group.name}」不能有「二级」：指标表只有 {count} 层")
        if count == _LEVELS_WITH_LEVEL2 and (group.fixed or group.least_rows):
            what = "固定指标" if group.fixed else "最少行"
            yield _refuse(group.place, f"「{group.name}」的「{what}」应写在二级里：指标表有三层")
        yield from _bounds(table, group)
        for level in group.level2:
            yield from _bounds(table, level)


def _bounds(table: IndicatorTable, above: Group | Level2) -> Iterator[Finding]:
    """Yield points that no data could have, and a 空行 that is never printed."""
    points = above.points
    if points is not None and not table.is_scored:
        yield _refuse(above.place, f"「{above.name}」有分值，指标表「{table.name}」不计分")
    least = points.least if points and points.least is not None else ZERO
    most = points.most if points and points.most is not None else None
    if points and (points.value < least or (most is not None and points.value > most)):
        ends = f"{plain(least)} 至 {plain(most) if most is not None else '不限'}"
        yield _refuse(
            above.place, f"「{above.name}」缺省分值 {plain(points.value)}，应在 {ends} 之间"
        )
    if above.blank_row and not above.least_rows:
        yield _refuse(above.place, f"「{above.name}」有「空行」，没有「最少行」")


def _goals(table: IndicatorTable) -> Iterator[Finding]:
    goals = table.goals
    if goals is not None and goals.most is not None and goals.most < goals.least:
        message = f"目标组最少 {goals.least} 个，最多 {goals.most} 个"
        yield _refuse(table.place, message)
    for name in re.findall(r"\{([^{}]*)\}", goals.title) if goals is not None else ():
        if name not in ("序号", "分值", "目标"):
            message = f"标题样式里的「{{{name}}}」不认识"
            yield _refuse(table.place, message, "可写：{序号}、{分值}、{目标}")


def _absent(levels: Sequence[Group | Level2]) -> Iterator[Finding]:
    """Yield groups or level 2 whose points could not go where 转入 says."""
    names = {level.name: level for level in levels}
    for level in levels:
        goes_to = level.points_go_to
        if not goes_to:
            continue
        start = f"「{level.name}」缺时转入「{goes_to}」"
        target = names.get(goes_to)
        if target is None:
            yield _refuse(level.place, f"{start}，没有这一项", ask_meant(goes_to, names))
            continue
        if target.may_be_absent:
            yield _refuse(level.place, f"{start}，那一项自己也可缺")
        for one in (level, target):
            if one.points is None:
                yield _refuse(level.place, f"{start}，「{one.name}」没有分值")


def _fixed(table: IndicatorTable, fixed: tuple[FixedIndicator, ...]) -> Iterator[Finding]:
    for entry in fixed:
        if not table.is_scored and entry.points is not None:
            yield _refuse(entry.place, f"「{entry.name}」有分值，指标表「{table.name}」不计分")


def _points(table: IndicatorTable) -> Iterator[Finding]:
    """Yield levels whose parts all state points that do not make those of the level."""
    groups = [_value(group) for group in table.groups]
    if table.points is not None and table.goals is None:
        label = f"指标表「{table.name}」"
        yield from _sum(label, table.points, groups, place=table.place, is_bendable=_bends(table))
    for group in table.groups:
        for level in group.level2:
            yield from _level2(group, level)
        own = group.points.value if group.points is not None else None
        if own is None or group.points is None or group.points.may_change:
            continue
        if group.fixed and not group.takes_own:
            parts = [entry.points for entry in group.fixed]
            yield from _sum(f"「{group.name}」", own, parts, place=group.place)
        if group.level2 and not any(level.may_be_absent for level in group.level2):
            changes = any(level.points and level.points.may_change for level in group.level2)
            parts = [_level2_value(group, level) for level in group.level2]
            yield from _sum(f"「{group.name}」", own, parts, place=group.place, is_bendable=changes)


def _level2(group: Group, level: Level2) -> Iterator[Finding]:
    if level.points is None or level.points.may_change or not level.fixed or group.takes_own:
        return
    parts = [entry.points for entry in level.fixed]
    yield from _sum(f"「{level.name}」", level.points.value, parts, place=level.place)


def _bends(table: IndicatorTable) -> bool:
    return any(group.points and group.points.may_change for group in table.groups)


def _value(group: Group) -> Decimal | None:
    """Return the points of a group: its own, else those of its level 2 or fixed indicators."""
    if group.points is not None:
        return group.points.value
    if group.level2:
        parts = [_level2_value(group, level) for level in group.level2]
    else:
        parts = [entry.points for entry in group.fixed] if not group.takes_own else []
    known = [part for part in parts if part is not None]
    return sum(known, ZERO) if known and len(known) == len(parts) else None


def _level2_value(group: Group, level: Level2) -> Decimal | None:
    if level.points is not None:
        return level.points.value
    parts = [entry.points for entry in level.fixed] if not group.takes_own else []
    known = [part for part in parts if part is not None]
    return sum(known, ZERO) if known and len(known) == len(parts) else None


def _sum(
    label: str,
    whole: Decimal,
    parts: list[Decimal | None],
    *,
    place: Place,
    is_bendable: bool = False,
) -> Iterator[Finding]:
    known = [part for part in parts if part is not None]
    if not parts or len(known) != len(parts) or is_bendable or sum(known, ZERO) == whole:
        return
    added = " + ".join(plain(part) for part in known)
    message = f"{label}分值 {plain(whole)}，下面各项合计 {plain(sum(known, ZERO))}"
    yield _refuse(place, message, f"{added} 应等于 {plain(whole)}，更正其一")


def _refuse(place: Place, message: str, hint: str = "") -> Finding:
    return error("R222", "form-points", place, message, hint=hint)
