"""The flat rows of an indicator table as a template sees them, with their merges."""

from collections.abc import Hashable, Iterator, Mapping
from decimal import Decimal

from msgspec import Struct, field

from generator.amounts import ZERO, plain
from generator.domain.model import Goal, Indicator, Measure, Project
from generator.domain.results import RowScore, ScoreSheet
from generator.domain.trees import Column, Group, IndicatorTable, Level2
from generator.rendering.merge_flags import flag_merges
from generator.rendering.row_cells import NUMBER, Cell, find_cells
from generator.scoring.apportion import find_fixed
from generator.scoring.levels import goal_points, goals_of, level_points, points_of_level2
from generator.scoring.names import filed_subtotal
from generator.scoring.printing import find_format, show_amount, show_group
from generator.scoring.scope import Scope, read_digits

MERGED = ("目标", "目标标题", "一级指标", "二级指标", "分值", "得分")
_YES = "是"


class _Above(Struct, frozen=True):
    """What stands above a row: goal, group and level 2 as they are printed."""

    goal: Goal | None = None
    title: str = ""
    group: str = ""
    level2: str = ""

    @property
    def cells(self) -> dict[str, Cell]:
        text = self.goal.text if self.goal else ""
        names = zip(MERGED[:4], (text, self.title, self.group, self.level2), strict=True)
        return dict(names)


class _Line(Struct):
    """One printed row: what its columns take, and the ids that decide its merges."""

    above: _Above
    takes: dict[str, Cell]
    flags: dict[str, str] = field(default_factory=dict)
    shared: int | None = None  # id of the indicator whose 分值 and 得分 stand over several rows
    number: int = 0
    is_first: bool = True  # of the lines of an indicator

    @property
    def is_sum(self) -> bool:
        return "小计" in self.flags

    @property
    def groups(self) -> tuple[Hashable | None, ...]:
        """Return a group id for each of MERGED."""
        above = self.above
        goal = above.goal.name if above.goal else None
        group = None if self.is_sum else (goal, above.group)
        level = None if self.is_sum else (goal, above.group, above.level2)
        return goal, goal, group, level, self.shared, self.shared


class RowWriter(Struct, frozen=True):
    """Writes the rows of a project's tables, in the form's order."""

    project: Project
    sheet: ScoreSheet
    scope: Scope
    scores: Mapping[int, RowScore]

    def write(self, table: IndicatorTable) -> tuple[dict[str, object], ...]:
        """Return the rows of a table, each with its merge flags."""
        written = list(self._lines(table))
        by_line = zip(*(line.groups for line in written), strict=True)
        groups = dict(zip(MERGED, by_line, strict=False))  # none without lines
        for column in table.columns:
            if column.takes in groups:
                groups.setdefault(column.name, groups[column.takes])
        return flag_merges(list(self._print(table, written)), groups)

    def _print(self, table: IndicatorTable, written: list[_Line]) -> Iterator[dict[str, object]]:
        """Yield each row with all its names as text."""
        cells = find_cells(self.project.form)[table.name]
        above, begun, running = None, dict[str, object](), 0
        for line in written:
            if line.above is not above:
                above, begun = line.above, cells.begin(line.above.cells)
            counts = line.is_first and not line.is_sum
            running += counts
            row = begun.copy()
            cells.fill(row, line.takes)
            if cells.is_numbered:
                cells.fill(row, {NUMBER: str(running) if counts else ""})
            elif line.number:
                row[NUMBER] = str(line.number)
            row.update(line.flags)
            yield row

    def _lines(self, table: IndicatorTable) -> Iterator[_Line]:
        for goal in goals_of(self.project, table):
            below = list(self._goal(table, goal))
            for line in below[:1] if goal else ():
                line.flags["新目标"] = _YES
            yield from below

    def _goal(self, table: IndicatorTable, goal: Goal | None) -> Iterator[_Line]:
        above = _Above(goal, self._title(table, goal))
        names = (table.name, goal.name) if goal else (table.name,)
        own = [row for row in self.project.indicators if row.table is table and row.goal == goal]
        if not table.groups:
            yield from self._indicators(own, above)
        points = level_points(self.project, table, goal)
        for group in table.groups:
            if not self._is_printed(group, (*names, group.name)):
                continue
            label = self._group_label(table, group, points[group.name])
            inner = _Above(goal, above.title, label)
            inside = [row for row in own if row.group is group]
            lines = list(self._group(group, inner, table=table, names=names, inside=inside))
            if table.subtotal_row != "无":
                at = 0 if table.subtotal_row == "组前" else len(lines)
                lines.insert(at, self._subtotal(inner, (*names, group.name), group.label))
            for line in lines[:1]:
                line.flags["新组"] = _YES
            yield from lines
        if goal is not None and table.goals is not None and table.goals.has_subtotal:
            line = self._subtotal(above, names, goal.name)
            line.flags["目标小计"] = _YES
            yield line

    def _is_printed(self, group: Group, path: tuple[str, ...]) -> bool:
        if path in self.project.listed_levels:
            return True
        least = [group.least_rows, *(level.least_rows for level in group.level2)]
        return any(least) and not group.may_be_absent

    def _group(
        self,
        group: Group,
        above: _Above,
        *,
        table: IndicatorTable,
        names: tuple[str, ...],
        inside: list[Indicator],
    ) -> Iterator[_Line]:
        own_points = points_of_level2(self.project, group, above.goal)
        for level in group.level2 or (None,):
            second = self._level2_label(table, level, own_points.get(level.name)) if level else ""
            place = _Above(above.goal, above.title, above.group, second)
            rows = [row for row in inside if row.level2 is level]
            yield from self._indicators(rows, place)
            stands = level and (*names, group.name, level.name) in self.project.listed_levels
            least = max((level or group).least_rows, 1 if stands else 0)
            pattern = (level or group).blank_row
            for number in range(len(rows) + 1, least + 1):
                name = pattern.replace("{序号}", str(number))
                yield _Line(place, {"名称": name}, {"空行": _YES}, number=number)

    def _indicators(self, rows: list[Indicator], above: _Above) -> Iterator[_Line]:
        for number, row in enumerate(rows, 1):
            scored = self.scores.get(id(row))
            shared = id(row) if row.is_shared else None
            for measure in (*row.measures, *row.details):
                counts = scored if not measure.is_detail else None
                takes = self._takes(row, measure, counts)
                own = shared if not measure.is_detail else None
                is_first = measure is row.measures[0]
                yield _Line(above, takes, shared=own, number=number, is_first=is_first)

    def _takes(self, row: Indicator, measure: Measure, scored: RowScore | None) -> dict[str, Cell]:
        """Return what the columns of a line take; what is left out is blank."""
        fixed = find_fixed(row)
        own_reason = row.reason if measure is row.measures[0] else ""
        takes: dict[str, Cell] = {
            "名称": fixed.label if fixed is not None and not row.is_shared else measure.name,
            "目标值": measure.target,
            "目标值.年初": measure.initial_target or measure.target,
            "目标值.调整后": measure.target,
            "完成值": measure.actual,
            "执行率": self._rate(row),
            "偏差原因": self.scope.fill(measure.reason or own_reason),
        }
        readings = self.sheet.readings.get(measure.path)
        if readings is not None:
            target, actual = readings
            takes |= zip(("目标值.方向", "目标值.值", "目标值.单位"), target.shown, strict=True)
            takes |= {"类型": target.kind, "完成值.值": read_digits(measure.actual, actual)}
        if scored is not None:
            filed = self._filed(row) if scored.score is not None else ""
            takes["完成率"], takes["分值"] = scored.completion, scored.points
            takes["得分"] = filed or scored.score
        if not measure.is_detail:
            takes["参考分值"] = fixed.reference_points if fixed is not None else None
            takes["得分系数"] = row.coefficient.text if row.coefficient is not None else ""
            takes["改分理由"] = row.override_reason
        if row.is_core:
            takes["核心"] = _YES
        if row.extra:
            takes.update(self._extra(row))
        return takes

    def _extra(self, row: Indicator) -> dict[str, str]:
        """Return the 指标字段 of a row; 长文本 may hold references."""
        long = {field.name for field in row.table.extra_fields if field.kind == "长文本"}
        fill = self.scope.fill
        return {name: fill(text) if name in long else text for name, text in row.extra.items()}

    def _rate(self, row: Indicator) -> Decimal | None:
        """Return 执行率 where a row is fed by it."""
        rate, rubric = self.sheet.rate, self.project.rubric
        if rate is None or rubric is None or rubric.execution is None:
            return None
        ratio = rubric.execution.ratio
        feeding = (feed.selector.indicators for feed in rubric.feeds if feed.figure == ratio)
        is_fed = any(row.answers_to(name) for names in feeding for name in names)
        return rate.rate if is_fed else None

    def _filed(self, row: Indicator) -> str:
        """Return a score that the data give as filed, blank when they give none."""
        scores = self.project.filed.scores or {}
        found = (amount for path, amount in scores.items() if row.answers_to(path))
        return show_amount(next(found, None), None)

    def _subtotal(self, above: _Above, path: tuple[str, ...], name: str) -> _Line:
        level = next((level for level in self.sheet.sums if level.path == path), None)
        reference = sum((_reference(row) for row in self._rows_below(path)), ZERO)
        takes: dict[str, Cell] = {
            "名称": name,
            "分值": level.points if level else None,
            "参考分值": reference or None,
            "得分": filed_subtotal(self.project, path[1:]) or (level.score if level else None),
        }
        return _Line(above, takes, {"小计": _YES})

    def _rows_below(self, path: tuple[str, ...]) -> Iterator[Indicator]:
        return (row for row in self.project.indicators if row.tree_path[: len(path)] == path)

    def _title(self, table: IndicatorTable, goal: Goal | None) -> str:
        if goal is None or table.goals is None:
            return ""
        points = goal_points(self.project, table, goal)
        words = {"序号": str(goal.number), "目标": goal.text}
        words["分值"] = plain(points) if points is not None else ""
        title = table.goals.title
        for name, text in words.items():
            title = title.replace(f"{{{name}}}", text)
        return title

    def _group_label(self, table: IndicatorTable, group: Group, points: Decimal | None) -> str:
        column = _first(table, "一级指标")
        form = find_format(self.project.form.formats, column.format) if column else None
        return show_group(group.label, points, form)

    def _level2_label(self, table: IndicatorTable, level: Level2, points: Decimal | None) -> str:
        column = _first(table, "二级指标")
        form = find_format(self.project.form.formats, column.format) if column else None
        return show_group(level.label, points, form)


def _reference(row: Indicator) -> Decimal:
    fixed = find_fixed(row)
    return (fixed.reference_points if fixed else None) or ZERO


def _first(table: IndicatorTable, takes: str) -> Column | None:
    return next((column for column in table.columns if column.takes == takes), None)
