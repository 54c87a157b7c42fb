"""The model to what a template sees: the names of prose, and the rows of the indicator tables."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from generator.amounts import plain
from generator.domain.forms import Form, Format, Group, IndicatorTable, Level2
from generator.domain.model import Indicator, Measure, Passage, Project
from generator.domain.narrative import Section
from generator.domain.results import RowScore, ScoreSheet
from generator.rendering.markup import lines
from generator.rendering.merge_flags import flag_merges
from generator.scoring.printing import find_format, show, show_amount, show_group
from generator.scoring.scope import Printed, Scope
from generator.scoring.sheet import level_points


def build_context(project: Project, sheet: ScoreSheet, scope: Scope) -> dict[str, object]:
    """Return everything a template of this project's form may name."""
    context: dict[str, object] = {name: _broken(value) for name, value in scope.names.items()}
    writer = _RowWriter(project, sheet, scope)
    for table in project.form.tables:
        context[table.name] = writer.write(table)
    context["备注"] = list(project.form.notes)
    context["报告"] = _sections(project.report or (), scope)
    context["表名"] = project.form.title
    return context


def _broken(value: Printed) -> object:
    """Return values with their line breaks as Word has them."""
    if isinstance(value, str):
        return lines(value.strip())
    if isinstance(value, list):
        return [_broken(item) for item in value]
    return {name: _broken(item) for name, item in value.items()}


def _sections(passages: tuple[Passage, ...], scope: Scope) -> tuple[Section, ...]:
    return tuple(
        Section(
            passage.heading,
            tuple(line.strip() for line in scope.fill(passage.text).splitlines() if line.strip()),
            _sections(passage.below, scope),
        )
        for passage in passages
    )


@dataclass(frozen=True, slots=True)
class _Line:
    """One printed row with the group ids that decide its merges."""

    cells: dict[str, object]
    group: str
    level2: tuple[str, str]
    shared: int | None  # id of the indicator whose 分值 and 得分 stand over several rows


class _RowWriter:
    """Writes the flat rows of a table, in the form's order, with their merges."""

    def __init__(self, project: Project, sheet: ScoreSheet, scope: Scope) -> None:
        self._project = project
        self._scope = scope
        self._scores = {id(row.indicator): row for row in sheet.rows}

    def write(self, table: IndicatorTable) -> tuple[dict[str, object], ...]:
        written = list(self._lines(table))
        groups: dict[str, list[Hashable | None]] = {
            "一级指标": [line.group for line in written],
            "二级指标": [line.level2 for line in written],
            "分值": [line.shared for line in written],
            "得分": [line.shared for line in written],
        }
        return flag_merges([line.cells for line in written], groups)

    def _lines(self, table: IndicatorTable) -> Iterator[_Line]:
        own = [row for row in self._project.indicators if row.table is table]
        if not table.groups:
            for row in own:
                yield from self._indicator(row, "", ("", ""))
            return
        points = level_points(self._project, table)
        for group in table.groups:
            if (table.name, group.name) not in self._project.listed_levels:
                continue
            label = show_group(group.label, points[group.name], self._format(table, "一级指标"))
            for level in group.level2 or (None,):
                yield from self._level(table, group, level, label=label, own=own)

    def _level(
        self,
        table: IndicatorTable,
        group: Group,
        level: Level2 | None,
        *,
        label: str,
        own: list[Indicator],
    ) -> Iterator[_Line]:
        """Yield the rows of a level 2; one that the data leave empty prints a blank row."""
        rows = [row for row in own if row.group is group and row.level2 is level]
        second = level.label if level else ""
        for row in rows:
            yield from self._indicator(row, label, (label, second))
        stands = level and (table.name, group.name, level.name) in self._project.listed_levels
        if stands and not rows:
            yield _Line(_blank(label, second, table), label, (label, second), None)

    def _indicator(self, row: Indicator, label: str, second: tuple[str, str]) -> Iterator[_Line]:
        scored = self._scores.get(id(row))
        shared = id(row) if row.is_shared else None
        for measure in (*row.measures, *row.details):
            cells = self._cells(row, measure, scored)
            cells |= {"一级指标": label, "二级指标": second[1]}
            yield _Line(cells, label, second, shared if not measure.is_detail else None)

    def _cells(
        self, row: Indicator, measure: Measure, scored: RowScore | None
    ) -> dict[str, object]:
        table = row.table
        points = scored.points if scored and not measure.is_detail else None
        filed = self._filed(row)
        score = scored.score if scored and not measure.is_detail else None
        own_reason = row.reason if measure is row.measures[0] else ""
        return {
            "名称": lines(measure.name),
            "目标值": lines(measure.target),
            "完成值": lines(measure.actual),
            "分值": self._number(table, "分值", points),
            "得分": filed if filed and score is not None else self._number(table, "得分", score),
            "偏差原因": lines(self._scope.fill(measure.reason or own_reason)),
            "核心": "是" if row.is_core else "",
            **{name: lines(text) for name, text in row.extra.items()},
        }

    def _filed(self, row: Indicator) -> str:
        """Return a score that the data give as filed, blank when they give none."""
        scores = self._project.filed.scores or {}
        found = [amount for path, amount in scores.items() if row.answers_to(path)]
        return show_amount(found[0], None) if found else ""

    def _number(self, table: IndicatorTable, takes: str, value: Decimal | None) -> str:
        """Return a number in its column's format, or what the column prints for a blank."""
        column = next((column for column in table.columns if column.takes == takes), None)
        if value is None:
            return column.blank if column else ""
        form = self._format(table, takes)
        return show(value, form) if form else plain(value)

    def _format(self, table: IndicatorTable, takes: str) -> Format | None:
        form: Form = self._project.form
        column = next((column for column in table.columns if column.takes == takes), None)
        return find_format(form.formats, column.format) if column else None


def _blank(label: str, second: str, table: IndicatorTable) -> dict[str, object]:
    names = ("名称", "目标值", "完成值", "分值", "得分", "偏差原因", "核心")
    extra = (field.name for field in table.extra_fields)
    return {**dict.fromkeys((*names, *extra), ""), "一级指标": label, "二级指标": second}
