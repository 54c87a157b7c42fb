"""Everything of a project that is printed by name: fields, 资金, 派生, 结果 and 小计."""

import re
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from generator.amounts import plain
from generator.domain.fields import Field
from generator.domain.forms import Format
from generator.domain.model import Plain, Project
from generator.domain.results import ScoreSheet
from generator.scoring.levels import list_tree
from generator.scoring.printing import find_format, show, show_amount

Printed: TypeAlias = "str | Names | Listed"
Names: TypeAlias = "dict[str, Printed]"


class Listed(list["dict[str, Printed]"]):
    """The rows of a 列表, with their 列举: the rows by 句式, joined."""

    def __init__(self, rows: Iterable["dict[str, Printed]"], sentence: str | None) -> None:
        """Keep the rows and what they read as in prose; None where the form has no 句式."""
        super().__init__(rows)
        self.sentence = sentence


def name_fields(project: Project) -> Names:
    """Return every 字段 as it is printed: members of 组 and cells of 表格 by name."""
    return {
        field.name: _field(field, project.values.get(field.name)) for field in project.form.fields
    }


def _field(field: Field, value: Plain) -> Printed:
    inner = value if isinstance(value, dict) else {}
    if field.kind == "组":
        return {item.name: _text(inner.get(item.name)) for item in field.items}
    if field.kind == "表格":
        return {row.name: _row(inner.get(row.name), field.items) for row in field.rows}
    if field.kind == "列表":
        typed = value if isinstance(value, list) else []
        rows = [_row(row, field.items) | {"序号": str(n)} for n, row in enumerate(typed, 1)]
        sentences = [_sentence(field.sentence, row) for row in rows] if field.sentence else []
        return Listed(rows, "、".join(sentences) if field.sentence else None)
    return _text(value)


def _row(row: Plain, columns: tuple[Field, ...]) -> Names:
    cells = row if isinstance(row, dict) else {}
    return {column.name: _text(cells.get(column.name)) for column in columns}


def _sentence(pattern: str, row: Names) -> str:
    for name, cell in row.items():
        if isinstance(cell, str):
            pattern = pattern.replace(f"{{{name}}}", cell)
    return pattern


def _text(value: Plain) -> str:
    """Return a field as it is printed: text as typed, a period as `起至止`."""
    if isinstance(value, dict):
        start, end = value.get("起"), value.get("止")
        return f"{start}至{end}" if start and end else ""
    return value if isinstance(value, str) else ""


def name_numbers(project: Project, sheet: ScoreSheet) -> Names:
    """Return 资金, 派生, 结果 and 小计, each number in its format."""
    formats = project.form.formats
    derived: Names = {
        rule.name: show(sheet.figures.get(rule.name), find_format(formats, rule.format))
        for rule in project.form.derived
    }
    return {
        "资金": _funds(project, sheet),
        "派生": derived,
        "结果": _results(project, sheet),
        "小计": _subtotals(project, sheet),
    }


def _funds(project: Project, sheet: ScoreSheet) -> Names:
    """Name every cell of 资金; the top row also by its own name."""
    funds = project.form.funds
    if funds is None:
        return {}
    names: Names = {}
    for row in funds.rows:
        cells: Names = {}
        for column in funds.columns:
            name = funds.cell_name(row, column)
            if column.is_text:
                cells[column.name] = project.fund_texts.get(name, "")
                continue
            form = find_format(project.form.formats, column.format) or _money(funds.places)
            cells[column.name] = _figure(project, sheet, name, form)
        names[row.name] = cells
        if row.is_top:
            names |= cells
    for item in funds.items:
        inner = names
        *above, last = item.name.split(".")
        for name in above:
            step = inner.setdefault(name, {})
            inner = step if isinstance(step, dict) else {}
        inner[last] = _figure(project, sheet, item.name, _money(funds.places))
    return names


def _money(places: int | None) -> Format:
    return Format("金额", places)


def _figure(project: Project, sheet: ScoreSheet, name: str, form: Format) -> str:
    figure = project.figures.get(name)
    value = sheet.figures.get(name)
    if figure is not None and figure.value is None and _counts_blank_as(project, name):
        value = None  # 空视为: formulas read 0, the form stays blank
    return show(value, form, typed=figure.text if figure else "")


def _counts_blank_as(project: Project, name: str) -> bool:
    items = project.form.funds.items if project.form.funds else ()
    return any(item.name == name and item.blank_as is not None for item in items)


def _results(project: Project, sheet: ScoreSheet) -> Names:
    """Return the results: as filed where the data say so, else as computed."""
    rubric, filed = project.rubric, project.filed
    if rubric is None or (rubric.total is None and rubric.execution is None):
        return {}
    formats, execution = project.form.formats, rubric.execution
    rule = next((r for r in project.form.derived if execution and r.name == execution.ratio), None)
    rate = sheet.rate
    names: Names = {
        "执行率": filed.rate
        or show(rate.rate if rate else None, find_format(formats, rule.format if rule else "")),
        "执行率分值": plain(rate.points) if rate and rate.points else "",
        "执行率得分": show_amount(filed.rate_score, None)
        or (plain(rate.score) if rate and rate.score is not None else ""),
    }
    if rubric.total is None:
        return names
    return names | {
        "分值合计": plain(rubric.total.full),
        "总分": show_amount(filed.total, None)
        or ("" if sheet.has_open_scores or sheet.total is None else plain(sheet.total)),
        "等级": sheet.grade if filed.grade is None else filed.grade,
    }


def _subtotals(project: Project, sheet: ScoreSheet) -> Names:
    """Return 分值 and 得分 of every level of the scored tables, blank where it has no rows.

    A level is named by its shortest unambiguous path; under goals by `目标2/产出`.
    """
    sums = {level.path: level for level in sheet.sums}
    paths = list(list_tree(project))
    names: Names = {}
    for path in paths:
        level = sums.get(path)
        names[shortest_path(path, paths)] = {
            "分值": plain(level.points) if level else "",
            "得分": filed_subtotal(project, path[1:]) or (plain(level.score) if level else ""),
        }
    return names


def shortest_path(path: tuple[str, ...], paths: Sequence[tuple[str, ...]]) -> str:
    """Return the shortest end of a path that no other one has; under a goal, from the goal on."""
    is_goal = path[1:2] and re.fullmatch(r"目标\d+", path[1])
    for length in range(len(path) - 1 if is_goal else 1, len(path)):
        if sum(other[-length:] == path[-length:] for other in paths) == 1:
            return "/".join(path[-length:])
    return "/".join(path)


def filed_subtotal(project: Project, path: tuple[str, ...]) -> str:
    """Return a subtotal as it was filed; blank where the data give none."""
    for name, amount in (project.filed.subtotals or {}).items():
        wanted = tuple(name.split("/"))
        if path[-len(wanted) :] == wanted:
            return show_amount(amount, None)
    return ""
