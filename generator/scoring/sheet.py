"""The score sheet of a project: points, rows, 执行率, sums, total and grade, each once."""

from collections.abc import Mapping
from decimal import Decimal

from generator.amounts import HUNDRED, ONE, ZERO, round_half_up
from generator.domain.model import Indicator, Path, Project
from generator.domain.results import RateScore, Reading, RowScore, ScoreSheet
from generator.domain.rubrics import Execution, PointsRule, Rubric, Terms
from generator.domain.trees import IndicatorTable
from generator.scoring.apportion import choose_rules, points_of, share_rows
from generator.scoring.figures import Figures
from generator.scoring.levels import points_above, scored_tables, sum_levels
from generator.scoring.methods import Case, Verdict, find_band
from generator.scoring.rows import RowScorer, decide, find_missing, finish
from generator.scoring.targets import make_reader

_READ = ("类型", "目标值.方向", "目标值.值", "目标值.单位", "完成值.值")  # columns that print parts


def score_project(project: Project, terms: Terms, figures: Figures) -> ScoreSheet:
    """Work out every number of a project that its form can compute."""
    rubric, known = project.rubric, figures.values
    rate = _score_rate(project, rubric.execution, known) if rubric and rubric.execution else None
    scorer = RowScorer(
        rubric.scoring_rules if rubric else (), make_reader(terms, year=project.year), known
    )
    readings = _read_lines(project, scorer)
    listed = tuple(scorer.read_only(r) for r in project.indicators if not r.table.is_scored)
    if rubric is None or rubric.total is None:
        problems = figures.problems
        return ScoreSheet(known, (), rate, (), None, None, None, "", problems, readings, listed)
    rows = _score_rows(project, scorer)
    sums = tuple(sum_levels(project, rows))
    total_points, total = _total(rubric, rows=rows, rate=rate)
    grade = grade_of(rubric, total) if _is_whole(rows, rate) else ""
    return ScoreSheet(
        known,
        rows,
        rate,
        sums,
        total_points,
        total,
        rubric.total.full,
        grade,
        figures.problems,
        readings,
        listed,
    )


def _read_lines(project: Project, scorer: RowScorer) -> dict[Path, tuple[Reading, Reading]]:
    """Read target and actual of every line of the tables that print parts of them."""
    return {
        measure.path: scorer.read(row, measure)
        for table in project.form.tables
        if any(column.takes in _READ for column in table.columns)
        for row in project.indicators
        if row.table is table
        for measure in (*row.measures, *row.details)
    }


def _score_rows(project: Project, scorer: RowScorer) -> tuple[RowScore, ...]:
    scored: list[RowScore] = []
    for table in scored_tables(project):
        rows = [row for row in project.indicators if row.table is table and row.is_scored]
        readings = [scorer.read(row, row.measures[0]) for row in rows]
        points = _row_points(project, table, rows, [target.kind for target, _ in readings])
        scored += map(scorer.score, rows, points, readings)
    return tuple(scored)


def _row_points(
    project: Project, table: IndicatorTable, rows: list[Indicator], kinds: list[str]
) -> list[Decimal | None]:
    rules = project.rubric.points_rules if project.rubric else ()
    points: list[Decimal | None] = []
    shared: dict[PointsRule, list[int]] = {}  # the rows under one 均分 rule
    for index, (row, kind) in enumerate(zip(rows, kinds, strict=True)):
        rule = next(iter(choose_rules(rules, row, kind)), None)
        if rule is not None and rule.mode == "均分":
            shared.setdefault(rule, []).append(index)
            points.append(None)
        else:
            points.append(points_of(row, rule))
    totals = points_above(project, table) if shared else {}
    for rule, places in shared.items():
        shares = share_rows([rows[place] for place in places], rule, totals)
        for member, share in shares.items():
            points[places[member]] = share
    return points


def _score_rate(
    project: Project, execution: Execution, figures: Mapping[str, Decimal | None]
) -> RateScore | None:
    """Score 执行率 in its own row; a blank ratio is ruled by 分母为零."""
    rate, rule = figures.get(execution.ratio), execution.rule
    if rule is None:
        return RateScore(rate, ZERO, None, ())
    if rate is None:
        given = {"满分": execution.points, "0": ZERO}.get(execution.zero_denominator)
        filed = project.filed.rate_score
        if execution.zero_denominator == "评定" and filed is not None:
            given = filed.value
        return RateScore(None, execution.points, given, ("预算数为零或未填",))
    whole = Reading("定量", "≥", ONE, None, "%")
    reached = Reading("定量", "≥", rate, None, "%")
    case = Case(rule, execution.points, whole, reached, "", "", "", None, rate, figures)
    missing = find_missing(case, has_reason=False)
    score, told = finish(decide(case, Verdict(rate, ()), missing), rule, execution.points)
    return RateScore(rate, execution.points, score, told)


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
