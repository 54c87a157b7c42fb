"""What the second word of `explain` names: an indicator, a figure, an identity, a level."""

from collections.abc import Callable, Iterator
from functools import partial

from msgspec import Struct

from generator.commands.explain_figure import explain_figure, explain_identity
from generator.commands.explain_row import explain_row
from generator.commands.explain_total import (
    explain_grade,
    explain_level,
    explain_rate,
    explain_total,
)
from generator.commands.explain_tree import Fact
from generator.commands.explain_view import View
from generator.domain.model import Indicator
from generator.errors import UserError
from generator.scoring.figures import formulas_of
from generator.suggestions import ask_meant

_SHOWN = 8  # candidates in a hint
_RESULTS = ("总分", "等级", "执行率")


class Named(Struct, frozen=True):
    """Something that can be explained: its full name, other names, how."""

    full: str
    answers: Callable[[str], bool]
    build: Callable[[], Fact]


def explain_subject(view: View, text: str) -> Fact:
    """Explain what a word names.

    Raises:
        UserError: when it names nothing, or several things.
    """
    text = text.strip().replace("／", "/")
    every = list(named_things(view))
    chosen = [one for one in _results(view) if one.answers(text)]  # before a column 执行率
    found = chosen[:1] or [one for one in every if one.answers(text)]
    exact = [one for one in found if one.full == text]
    names = list(dict.fromkeys(one.full for one in exact or found))
    if len(names) > 1:
        raise UserError(f"「{text}」有 {len(names)} 处", hint=f"写全其中一个：{_list(names)}")
    if not found and text in _RESULTS:
        raise UserError(f"表式 {view.project.form.id} 没有{text}")
    if not found:
        known = [one.full for one in every]
        short = [name.rpartition("/")[2].rpartition(".")[2] for name in known]
        meant = ask_meant(text, {*known, *short})
        hint = meant or f"ziping explain {view.project.id} 列出全部；可以写：{_list(known)}"
        raise UserError(f"{view.project.id} 里没有「{text}」", hint=hint)
    shown = [one.build() for one in exact or found]
    return (
        shown[0] if len(shown) == 1 else Fact(text, f"有 {len(shown)} 个同名", below=tuple(shown))
    )


def named_things(view: View) -> Iterator[Named]:
    """Yield everything of a project that has a name here."""
    yield from _results(view)
    yield from _rows(view)
    yield from _levels(view)
    yield from _figures(view)
    yield from _identities(view)


def _list(names: list[str]) -> str:
    more = "……" if len(names) > _SHOWN else ""
    return "、".join(names[:_SHOWN]) + more


def _results(view: View) -> Iterator[Named]:
    rubric = view.project.rubric
    if rubric is None:
        return
    if rubric.total is not None:
        names = {"总分", rubric.total.name}
        yield Named("总分", names.__contains__, partial(explain_total, view, rubric.total))
    if rubric.grades is not None and rubric.total is not None:
        names = {"等级", rubric.grades.name}
        yield Named("等级", names.__contains__, partial(explain_grade, view, rubric.grades))
    if rubric.execution is not None:
        names = {"执行率", "执行率得分"}
        yield Named("执行率", names.__contains__, partial(explain_rate, view, rubric.execution))


def _rows(view: View) -> Iterator[Named]:
    for indicator in view.project.indicators:
        build = partial(explain_row, view, indicator)
        yield Named(indicator.subject, partial(_is_row, indicator), build)


def _is_row(indicator: Indicator, text: str) -> bool:
    """Say whether the end of a row's path, or a line of it, is meant; a name may hold a `/`."""
    names = (indicator.name, *(measure.name for measure in indicator.measures))
    paths = ("/".join((*indicator.tree_path[:-1], name)) for name in names)
    return indicator.answers_to(text) or any(f"/{path}".endswith(f"/{text}") for path in paths)


def _levels(view: View) -> Iterator[Named]:
    for level in view.sheet.sums:
        full = "/".join(level.path[1:]) or level.name
        build = partial(explain_level, view, level)
        yield Named(full, partial(_is_end, level.path), build)


def _is_end(path: tuple[str, ...], text: str) -> bool:
    wanted = tuple(part.strip() for part in text.split("/"))
    return path[-len(wanted) :] == wanted


def _figures(view: View) -> Iterator[Named]:
    form = view.project.form
    derived = {rule.name for rule in form.derived}
    funds = {name: name for name in formulas_of(form) if name not in derived}
    for name, figure in view.project.figures.items():
        funds[name] = ".".join(str(step) for step in figure.path)
    for name, path in funds.items():
        full = path if path != name else f"资金.{name}"
        yield Named(full, {name, full}.__contains__, partial(explain_figure, view, name))
    for name in sorted(derived):
        full = f"派生.{name}"
        yield Named(full, {name, full}.__contains__, partial(explain_figure, view, name))


def _identities(view: View) -> Iterator[Named]:
    for identity in view.project.form.identities:
        full = f"恒等式.{identity.name}"
        names = {identity.name, full}
        yield Named(full, names.__contains__, partial(explain_identity, view, identity))
