"""The names that prose and Word templates share, and how a reference is looked up in them."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from generator.amounts import plain
from generator.domain.model import Indicator, Project
from generator.domain.results import Reading, RowScore, ScoreSheet
from generator.scoring.names import Listed, Names, Printed, name_fields, name_numbers
from generator.scoring.references import ReferenceFault, fill
from generator.suggestions import ask_meant


class Scope(Struct, frozen=True):
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
            found = _step(found, name, ".".join(path[:depth]))
        if not isinstance(found, str):
            below = "、".join(list(_keys(found))[:6])
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
            "目标值.值": read_digits(measure.target, target),
            "完成值.值": read_digits(measure.actual, actual),
            **row.extra,
        }
        wanted = ".".join(path[1:])
        if wanted not in known:
            raise ReferenceFault(f"指标没有「{wanted}」", hint=suggest(wanted, known))
        if not known[wanted] and wanted.endswith(".值"):
            whole = wanted.removesuffix(".值")
            shown = known[whole]
            what = f"「{shown}」里读不出一个数" if shown else f"「{whole}」没有填写"
            raise ReferenceFault(what)
        return known[wanted]


def _step(found: Printed, name: str, above: str) -> Printed:
    """Return what a name leads to, one level down; a row of a list by its first column."""
    if isinstance(found, Mapping) and name in found:
        return found[name]
    if isinstance(found, Listed):
        if name == "列举" and found.sentence is not None:
            return found.sentence
        rows = [row for row in found if next(iter(row.values()), "") == name]
        if len(rows) == 1:
            return rows[0]
        if rows:
            raise ReferenceFault(f"「{above}」里有 {len(rows)} 行叫「{name}」")
    where = f"「{above}」里没有" if above else "没有"
    raise ReferenceFault(f"{where}「{name}」", hint=suggest(name, _keys(found)))


def _keys(found: Printed) -> Iterable[str]:
    if isinstance(found, Listed):
        names = (str(next(iter(row.values()), "")) for row in found)
        return (*(("列举",) if found.sentence is not None else ()), *names)
    return found.keys() if isinstance(found, Mapping) else ()


def suggest(name: str, known: Iterable[str]) -> str:
    """Return a hint naming the known word most like a wrong one, else some of the known ones."""
    words = [word for word in known if word]
    meant = ask_meant(name, words)
    if meant:
        return meant
    return f"可以写：{'、'.join(words[:8])}" if words else ""


def read_digits(text: str, reading: Reading) -> str:
    """Return the number of a text as typed: 15 of `15个`; blank where it holds none or several."""
    if reading.kind == "日期":
        return ""
    digits = "".join(c if c.isdigit() or c in ".," else " " for c in text).split()
    return digits[0] if len(digits) == 1 else ""


def build_scope(project: Project, sheet: ScoreSheet, kind: type[Scope] = Scope) -> Scope:
    """Build the names of one project; a draft has a kind of its own."""
    scores = {id(row.indicator): row for row in sheet.rows}
    names: Names = {"年度": str(project.year), **name_fields(project)}
    numbers = name_numbers(project, sheet)
    bare = kind({**names, **numbers}, project, scores)
    if project.fund_texts:
        numbers["资金"] = _filled(numbers["资金"], bare)
    for field in project.form.fields:  # 长文本 may hold references to the numbers
        if field.kind in ("长文本", "组", "表格", "列表"):
            names[field.name] = _filled(names[field.name], bare)
    return kind({**names, **numbers}, project, scores)


def _filled(value: Printed, scope: Scope) -> Printed:
    if isinstance(value, str):
        return scope.fill(value)
    if isinstance(value, Listed):
        rows = [{key: _filled(cell, scope) for key, cell in row.items()} for row in value]
        return Listed(rows, scope.fill(value.sentence) if value.sentence is not None else None)
    return {key: _filled(cell, scope) for key, cell in value.items()}
