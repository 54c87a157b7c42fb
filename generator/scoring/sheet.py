"""The score sheet of a project: points, rows, 执行率, sums, total and grade, each once."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from generator.amounts import HUNDRED, ONE, ZERO, round_half_up
from generator.domain.forms import IndicatorTable
from generator.domain.model import Indicator, Project
from generator.domain.results import LevelSum, RateScore, Reading, RowScore, ScoreSheet
from generator.domain.rubrics import Execution, Rubric, Terms
from generator.scoring.apportion import (
    fits,
    move_absent,
    points_of,
    share_rows,
    stated_points,
)
from generator.scoring.figures import evaluate_figures
from generator.scoring.methods import METHODS, Case, find_band
from generator.scoring.rows import RowScorer, finish
from generator.scoring.targets import TargetReader, make_reader


def score_project(project: Project, terms: Terms) -> ScoreSheet:
    """Work out every number of a project that its form can compute."""
    figures, problems = evaluate_figures(project)
    rubric = project.rubric
    if rubric is None or rubric.total is None:
        return ScoreSheet(figures, (), None, (), None, None, None, "", problems)
    reader = make_reader(terms, year=project.year)
    rows = _score_rows(project, rubric, reader, figures)
    rate = _score_rate(rubric.execution, figures) if rubric.execution else None
    sums = tuple(_sum_levels(project, rows))
    total_points, total = _total(rubric, rows=rows, rate=rate)
    grade = grade_of(rubric, total) if _is_whole(rows, rate) else ""
    return ScoreSheet(
        figures, rows, rate, sums, total_points, total, rubric.total.full, grade, problems
    )


def scored_tables(project: Project) -> tuple[IndicatorTable, ...]:
    """Return the tables that make up the total."""
    total = project.rubric.total if project.rubric else None
    return tuple(t for t in project.form.tables if total and t.is_scored and t.name in total.parts)


def level_points(project: Project, table: IndicatorTable) -> dict[str, Decimal | None]:
    """Return the points of each group, after 组分值 and 转入."""
    present = frozenset(
        row.group.name for row in project.indicators if row.table is table and row.group
    )
    return move_absent(table, stated_points(table, project.group_points), present)


def _score_rows(
    project: Project,
    rubric: Rubric,
    reader: TargetReader,
    figures: Mapping[str, Decimal | None],
) -> tuple[RowScore, ...]:
    scorer = RowScorer(rubric.scoring_rules, reader, figures)
    scored: list[RowScore] = []
    for table in scored_tables(project):
        rows = [row for row in project.indicators if row.table is table and row.is_scored]
        points = _row_points(project, table, rows)
        scored += [scorer.score(row, points[index]) for index, row in enumerate(rows)]
    return tuple(scored)


def _row_points(
    project: Project, table: IndicatorTable, rows: list[Indicator]
) -> list[Decimal | None]:
    rules = project.rubric.points_rules if project.rubric else ()
    groups = level_points(project, table)
    totals: dict[tuple[str, str], Decimal | None] = {(n, ""): v for n, v in groups.items()}
    for group in table.groups:
        for level in group.level2:
            totals[group.name, level.name] = level.points.value if level.points else None
    points: list[Decimal | None] = [None] * len(rows)
    chosen = []
    for row in rows:
        fitting = [rule for rule in rules if fits(rule.selector, row, "")]
        best = max((rule.selector.specificity for rule in fitting), default=None)
        chosen.append(next((r for r in fitting if r.selector.specificity == best), None))
    for index, (row, rule) in enumerate(zip(rows, chosen, strict=True)):
        if rule is not None and rule.mode != "均分":
            points[index] = points_of(row, rule)
    for rule in dict.fromkeys(r for r in chosen if r is not None and r.mode == "均分"):
        places = [index for index, own in enumerate(chosen) if own is rule]
        shares = share_rows([rows[place] for place in places], rule, totals)
        for member, share in shares.items():
            points[places[member]] = share
    return points


def _score_rate(execution: Execution, figures: Mapping[str, Decimal | None]) -> RateScore | None:
    """Score 执行率 in its own row; a blank ratio is ruled by 分母为零."""
    rate, rule = figures.get(execution.ratio), execution.rule
    if rule is None:
        return RateScore(rate, ZERO, None, ())
    if rate is None:
        given = {"满分": execution.points, "0": ZERO}.get(execution.zero_denominator)
        return RateScore(None, execution.points, given, ("预算数为零或未填",))
    whole = Reading("定量", "≥", ONE, None, "%")
    reached = Reading("定量", "≥", rate, None, "%")
    case = Case(rule, execution.points, whole, reached, "", "", "", None, completion=rate)
    score, steps = finish(METHODS[rule.method](case), rule, execution.points)
    return RateScore(rate, execution.points, score, steps)


def _sum_levels(project: Project, rows: tuple[RowScore, ...]) -> Iterator[LevelSum]:
    """Yield the sums of each table, group and level 2 that the data has rows for."""
    for table in scored_tables(project):
        groups = level_points(project, table)
        mine = [row for row in rows if row.indicator.table is table]
        yield _sum((table.name,), table.points, mine)
        for group in table.groups:
            inside = [row for row in mine if row.indicator.group is group]
            stated = groups[group.name]
            if not inside and not stated:
                continue
            yield _sum((table.name, group.name), stated, inside)
            for level in group.level2:
                below = [row for row in inside if row.indicator.level2 is level]
                if below or level.points:
                    value = level.points.value if level.points else None
                    yield _sum((table.name, group.name, level.name), value, below)


def _sum(path: tuple[str, ...], stated: Decimal | None, rows: list[RowScore]) -> LevelSum:
    points = sum((row.points or ZERO for row in rows), ZERO)
    return LevelSum(path[-1], path, stated, points, sum((row.score or ZERO for row in rows), ZERO))


def _total(
    rubric: Rubric, *, rows: tuple[RowScore, ...], rate: RateScore | None
) -> tuple[Decimal, Decimal]:
    """Return points and score over everything that 组成 names; sums add rounded scores."""
    points = sum((row.points or ZERO for row in rows), ZERO)
    score = sum((row.score or ZERO for row in rows), ZERO)
    total = rubric.total
    if rate is not None and total is not None and "执行率" in total.parts:
        points, score = points + rate.points, score + (rate.score or ZERO)
    if total is not None and total.places is not None:
        score = round_half_up(score, total.places)
    return points, score


def _is_whole(rows: tuple[RowScore, ...], rate: RateScore | None) -> bool:
    """Say whether no score is missing; a part of a total has no grade."""
    return all(row.score is not None or row.points == 0 for row in rows) and (
        rate is None or rate.score is not None or not rate.points
    )


def grade_of(rubric: Rubric, total: Decimal) -> str:
    """Return the label of the band that a total falls into; blank where the form has no grade."""
    grades = rubric.grades
    if grades is None or rubric.total is None:
        return ""
    value = total / rubric.total.full * HUNDRED if grades.by == "得分率" else total
    band = find_band(value, grades.bands)
    return band.name if band else ""
