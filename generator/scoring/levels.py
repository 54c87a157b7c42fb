"""The levels above the rows: what points are stated of each, and what its rows add up to."""

from collections.abc import Iterator
from decimal import Decimal

from generator.amounts import ZERO
from generator.domain.model import Goal, Project
from generator.domain.results import LevelSum, RowScore
from generator.domain.trees import Group, IndicatorTable
from generator.scoring.apportion import level2_points, move_absent, stated_points


def scored_tables(project: Project) -> tuple[IndicatorTable, ...]:
    """Return the tables that make up the total."""
    total = project.rubric.total if project.rubric else None
    return tuple(t for t in project.form.tables if total and t.is_scored and t.name in total.parts)


def goals_of(project: Project, table: IndicatorTable) -> tuple[Goal | None, ...]:
    """Return the goals of a table; where it has none, one that is None."""
    return project.goals.get(table.name, ()) if table.goals is not None else (None,)


def level_points(
    project: Project, table: IndicatorTable, goal: Goal | None = None
) -> dict[str, Decimal | None]:
    """Return the points of each group, after 组分值 and 转入; they hold inside each goal."""
    present = frozenset(
        row.group.name
        for row in project.indicators
        if row.table is table and row.group and row.goal == goal
    )
    return move_absent(table, stated_points(table, project.group_points), present)


def goal_points(project: Project, table: IndicatorTable, goal: Goal | None) -> Decimal | None:
    """Return the points of a goal: its own, else the table's where it is the only one."""
    if goal is None or len(goals_of(project, table)) == 1:
        stated = goal.points if goal else None
        return stated.value if stated else table.points
    return goal.points.value if goal.points else None


def points_of_level2(
    project: Project, group: Group, goal: Goal | None
) -> dict[str, Decimal | None]:
    """Return the points of each level 2 of a group, after 组分值 and 转入."""
    present = frozenset(
        row.level2.name
        for row in project.indicators
        if row.group is group and row.level2 and row.goal == goal
    )
    return level2_points(group, project.group_points, present)


def points_above(
    project: Project, table: IndicatorTable
) -> dict[tuple[str, str, str], Decimal | None]:
    """Return the points above the rows by (goal, group, level 2), blank where there is none."""
    totals: dict[tuple[str, str, str], Decimal | None] = {}
    for goal in goals_of(project, table):
        name = goal.name if goal else ""
        totals[name, "", ""] = goal_points(project, table, goal)
        for group, points in level_points(project, table, goal).items():
            totals[name, group, ""] = points
        for own in table.groups:
            for level, points in points_of_level2(project, own, goal).items():
                totals[name, own.name, level] = points
    return totals


def list_tree(project: Project) -> Iterator[tuple[str, ...]]:
    """Yield the path of every goal, group and level 2 of the scored tables, with rows or not."""
    for table in scored_tables(project):
        for goal in goals_of(project, table):
            names = (table.name, goal.name) if goal else (table.name,)
            if goal is not None:
                yield names
            for group in table.groups:
                yield (*names, group.name)
                for level in group.level2:
                    yield (*names, group.name, level.name)


def sum_levels(project: Project, rows: tuple[RowScore, ...]) -> Iterator[LevelSum]:
    """Yield the sums of each table, goal, group and level 2 that have rows or stated points."""
    for table in scored_tables(project):
        mine = [row for row in rows if row.indicator.table is table]
        yield _sum(project, (table.name,), table.points, mine)
        for goal in goals_of(project, table):
            inside = [row for row in mine if row.indicator.goal == goal]
            names = (table.name, goal.name) if goal else (table.name,)
            if goal is not None:
                yield _sum(project, names, goal_points(project, table, goal), inside)
            yield from _sum_groups(project, table, goal, names=names, rows=inside)


def _sum_groups(
    project: Project,
    table: IndicatorTable,
    goal: Goal | None,
    *,
    names: tuple[str, ...],
    rows: list[RowScore],
) -> Iterator[LevelSum]:
    points = level_points(project, table, goal)
    for group in table.groups:
        inside = [row for row in rows if row.indicator.group is group]
        stated = points[group.name]
        if not inside and not stated:
            continue
        yield _sum(project, (*names, group.name), stated, inside)
        own_points = points_of_level2(project, group, goal)
        for level in group.level2:
            below = [row for row in inside if row.indicator.level2 is level]
            own = own_points[level.name]
            if below or own:
                yield _sum(project, (*names, group.name, level.name), own, below)


def _sum(
    project: Project, path: tuple[str, ...], stated: Decimal | None, rows: list[RowScore]
) -> LevelSum:
    points = sum((row.points or ZERO for row in rows), ZERO)
    score = sum((row.score or ZERO for row in rows), ZERO)
    at = len(path)
    while at > 1 and path[:at] not in project.listed_levels:
        at -= 1
    place = project.listed_levels.get(path[:at], path[:1])
    return LevelSum(path[-1], path, place, stated, points, score)
