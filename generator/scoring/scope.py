"""The names that prose and Word templates share: facts, figures and results as printed text."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from generator.amounts import plain
from generator.domain.forms import Format
from generator.domain.model import Indicator, Plain, Project
from generator.domain.results import Reading, RowScore, ScoreSheet
from generator.scoring.printing import find_format, show, show_amount
from generator.scoring.references import ReferenceFault, fill
from generator.suggestions import ask_meant

Printed: TypeAlias = "str | Names | list[Names]"
Names: TypeAlias = "dict[str, Printed]"


@dataclass(frozen=True, slots=True)
class Scope:
    """What `{{ … }}` can say: nested names, and 指标 by path."""

    names: Names
    project: Project
    scores: Mapping[int, RowScore]  # by id of the indicator

    def resolve(self, path: tuple[str, ...]) -> str:
        """Return the text that a path leads to.

        Raises:
            ReferenceFault: when it leads nowhere or to more than one thing.
        """
        if not path:
            raise ReferenceFault(
                "写法不对", hint='写成 {{ 资金.全年执行数 }} 或 {{ 指标["名称"].完成值 }}'
            )
        if path[0] == "指标":
            return self._indicator(path[1:])
        found: Printed = self.names
        for depth, name in enumerate(path):
            if not isinstance(found, dict) or name not in found:
                known = found.keys() if isinstance(found, dict) else ()
                above = ".".join(path[:depth])
                where = f"「{above}」里没有" if above else "没有"
                raise ReferenceFault(f"{where}「{name}」", hint=suggest(name, known))
            found = found[name]
        if not isinstance(found, str):
            known = found.keys() if isinstance(found, dict) else ()
            below = "、".join(list(known)[:6])
            raise ReferenceFault(f"「{'.'.join(path)}」不是一个值", hint=f"再写下一级：{below}")
        return found

    def fill(self, text: str) -> str:
        """Return a text with its references filled in."""
        return fill(text, self.resolve)

    def _indicator(self, path: tuple[str, ...]) -> str:
        if len(path) < 2:  # noqa: PLR2004 - a name and what of it
            raise ReferenceFault("没有写要指标的什么", hint='写成 {{ 指标["名称"].完成值 }}')
        found = [row for row in self.project.indicators if row.answers_to(path[0])]
        if len(found) != 1:
            count = "没有这个指标" if not found else f"有 {len(found)} 个指标叫这个名称"
            subjects = [row.subject for row in (found or self.project.indicators)]
            if found and len(set(subjects)) == 1:
                raise ReferenceFault(f"「{path[0]}」：{count}", hint="给其中一个指标换个名称")
            if found:
                raise ReferenceFault(f"「{path[0]}」：{count}", hint=f"写全：{'；'.join(subjects)}")
            names = [m.name for row in self.project.indicators for m in row.measures]
            raise ReferenceFault(f"「{path[0]}」：{count}", hint=suggest(path[0], names))
        return self._part(found[0], path)

    def _part(self, row: Indicator, path: tuple[str, ...]) -> str:
        last = path[0].rsplit("/", 1)[-1]
        measure = next((m for m in row.measures if m.name == last), row.measures[0])
        score = self.scores.get(id(row))
        target = score.target if score else Reading("定性")
        actual = score.actual if score else Reading("定性")
        known = {
            "名称": measure.name,
            "目标值": measure.target,
            "完成值": measure.actual,
            "分值": plain(score.points) if score and score.points is not None else "",
            "得分": plain(score.score) if score and score.score is not None else "",
            "偏差原因": measure.reason or row.reason,
            "目标值.值": _digits(measure.target, target),
            "完成值.值": _digits(measure.actual, actual),
            **row.extra,
        }
        wanted = ".".join(path[1:])
        if wanted not in known:
            raise ReferenceFault(f"指标没有「{wanted}」", hint=suggest(wanted, known))
        if not known[wanted] and wanted.endswith(".值"):
            shown = known[wanted.removesuffix(".值")]
            raise ReferenceFault(f"「{shown}」里读不出一个数")
        return known[wanted]


def suggest(name: str, known: Iterable[str]) -> str:
    """Return a hint naming the known word most like a wrong one, else some of the known ones."""
    words = [word for word in known if word]
    meant = ask_meant(name, words)
    if meant:
        return meant
    return f"可以写：{'、'.join(words[:8])}" if words else ""


def _digits(text: str, reading: Reading) -> str:
    """Return the number of a text as typed: 15 of `15个`; blank where it holds none or several."""
    if reading.kind == "日期":
        return ""
    digits = "".join(c if c.isdigit() or c in ".," else " " for c in text).split()
    return digits[0] if len(digits) == 1 else ""


def build_scope(project: Project, sheet: ScoreSheet) -> Scope:
    """Build the names of one project."""
    scores = {id(row.indicator): row for row in sheet.rows}
    names: Names = {"年度": str(project.year)}
    names |= _fields(project)
    bare = Scope({**names, **_numbers(project, sheet)}, project, scores)
    for field in project.form.fields:  # 长文本 may hold references to the numbers
        value = names.get(field.name)
        if field.kind == "长文本" and isinstance(value, str):
            names[field.name] = bare.fill(value)
        elif field.kind == "组" and isinstance(value, dict):
            names[field.name] = {
                k: bare.fill(v) if isinstance(v, str) else v for k, v in value.items()
            }
    return Scope({**names, **_numbers(project, sheet)}, project, scores)


def _fields(project: Project) -> Names:
    fields: Names = {}
    for field in project.form.fields:
        value = project.values.get(field.name)
        if field.kind == "组":
            inner = value if isinstance(value, dict) else {}
            fields[field.name] = {item.name: _printed(inner.get(item.name)) for item in field.items}
        elif field.kind == "列表":
            rows = value if isinstance(value, list) else []
            fields[field.name] = [_row(row, [item.name for item in field.items]) for row in rows]
        else:
            fields[field.name] = _printed(value)
    return fields


def _row(row: Plain, columns: list[str]) -> Names:
    cells = row if isinstance(row, dict) else {}
    return {column: _printed(cells.get(column)) for column in columns}


def _printed(value: Plain) -> str:
    """Return a field as it is printed: text as typed, a period as `起至止`."""
    if isinstance(value, dict):
        start, end = value.get("起"), value.get("止")
        return f"{start}至{end}" if start and end else ""
    return value if isinstance(value, str) else ""


def _numbers(project: Project, sheet: ScoreSheet) -> Names:
    formats = project.form.formats
    derived: Names = {
        rule.name: show(sheet.figures.get(rule.name), find_format(formats, rule.format))
        for rule in project.form.derived
    }
    return {"资金": _funds(project, sheet), "派生": derived, "结果": _results(project, sheet)}


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
    return show(sheet.figures.get(name), form, typed=figure.text if figure else "")


def _results(project: Project, sheet: ScoreSheet) -> Names:
    """Return the results: as filed where the data say so, else as computed."""
    rubric, filed = project.rubric, project.filed
    formats = project.form.formats
    if rubric is None or rubric.total is None:
        return {}
    execution = rubric.execution
    rule = next((r for r in project.form.derived if execution and r.name == execution.ratio), None)
    rate = sheet.rate
    return {
        "执行率": filed.rate
        or show(rate.rate if rate else None, find_format(formats, rule.format if rule else "")),
        "执行率分值": plain(rate.points) if rate else "",
        "执行率得分": show_amount(filed.rate_score, None)
        or (plain(rate.score) if rate and rate.score is not None else ""),
        "分值合计": plain(rubric.total.full),
        "总分": show_amount(filed.total, None)
        or ("" if sheet.has_open_scores or sheet.total is None else plain(sheet.total)),
        "等级": sheet.grade if filed.grade is None else filed.grade,
    }
