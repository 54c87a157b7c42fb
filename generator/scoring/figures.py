"""Figures: typed ones, computed ones and 派生, each worked out once."""

from collections.abc import Iterator, Mapping
from decimal import Decimal, localcontext
from functools import lru_cache

from msgspec import Struct, field

from generator.amounts import EXACT, ZERO, parse_decimal, round_half_up
from generator.domain.fields import Field
from generator.domain.forms import Derived, Form
from generator.domain.model import Plain, Project
from generator.domain.results import FormulaProblem
from generator.findings import Place
from generator.scoring.formulas import ZeroDivisorError, parse_formula


class Figures(Struct, frozen=True):
    """Every figure of a project by name, and the formulas that could not be worked out."""

    values: Mapping[str, Decimal | None]
    problems: tuple[FormulaProblem, ...]


class _Work(Struct):
    """The figures known so far; local to one evaluation."""

    known: dict[str, Decimal | None]
    formulas: Mapping[str, "Computed"]
    derived: Mapping[str, Derived]
    form: Form
    lists: Mapping[str, Plain]
    problems: list[FormulaProblem] = field(default_factory=list)

    def value(self, name: str) -> Decimal | None:
        """Return a figure, working it out when it is asked for first."""
        if name not in self.known:
            self.known[name] = None  # a cycle was refused with the package; never recurse twice
            self.known[name] = self._work_out(name)
        return self.known[name]

    def _work_out(self, name: str) -> Decimal | None:
        rule = self.derived.get(name)
        if rule is not None and (rule.sum_of or rule.count_of):
            return finish_derived(_aggregate(self.form, self.lists, rule), rule)
        found = self.formulas.get(name)
        if found is None:
            return None
        formula = parse_formula(found.formula)
        try:
            with localcontext(EXACT):  # what a formula needs is worked out as exactly as it is
                value = formula.evaluate(self.value)
        except ZeroDivisorError as fault:
            if rule is not None and rule.zero_divisor is not None:
                return rule.zero_divisor
            problem = FormulaProblem(name, found.formula, found.place, divisor=fault.name)
            self.problems.append(problem)
            return None
        blank = tuple(one for one in formula.names if self.value(one) is None)
        is_needed = rule is not None or "." not in name  # a row of 资金 may be half empty
        if is_needed and blank and len(blank) < len(formula.names):
            problem = FormulaProblem(name, found.formula, found.place, missing=blank)
            self.problems.append(problem)
        return finish_derived(value, rule)


class Computed(Struct, frozen=True):
    """A figure that a form computes, with its formula and where that stands."""

    name: str
    formula: str
    place: Place


def _find_column(form: Form, name: str, column: str) -> Field | None:
    """Return the definition of a list's column."""
    items = (i for f in form.fields if f.name == name for i in f.items if i.name == column)
    return next(items, None)


def _aggregate(form: Form, lists: Mapping[str, Plain], rule: Derived) -> Decimal | None:
    """Return the sum or count of a list's column; None where nothing is filled in."""
    name, _, column = (rule.sum_of or rule.count_of).partition(".")
    rows = lists.get(name)
    cells = [row.get(column) if column else name for row in rows or () if isinstance(row, dict)]
    texts = [cell.strip() for cell in cells if isinstance(cell, str) and cell.strip()]
    if rule.count_of:
        return Decimal(len(texts)) if isinstance(rows, list) else None
    cell = _find_column(form, name, column)
    numbers = [number for text in texts if (number := parse_decimal(text)) is not None]
    if not numbers:
        return None
    return sum((cell.fold(number) if cell else number for number in numbers), ZERO)


def finish_derived(value: Decimal | None, rule: Derived | None) -> Decimal | None:
    """Apply 取绝对值 and 取小数 to a 派生."""
    if value is None or rule is None:
        return value
    value = abs(value) if rule.is_absolute else value
    return value if rule.places is None else round_half_up(value, rule.places)


@lru_cache(maxsize=64)
def computed_cells(form: Form) -> tuple[Computed, ...]:
    """Return every computed cell and single figure of 资金."""
    return tuple(_computed_cells(form))


def _computed_cells(form: Form) -> Iterator[Computed]:
    if form.funds is None:
        return
    for row in form.funds.rows:
        own = {
            column.name: form.funds.cell_name(row, column)
            for column in form.funds.columns
            if not column.is_text
        }
        for column in form.funds.columns:
            if column.formula:
                text = rename(column.formula, own)
                yield Computed(own[column.name], text, column.place)
    for item in form.funds.items:
        if item.formula:
            yield Computed(item.name, item.formula, item.place)


def rename(formula: str, names: Mapping[str, str]) -> str:
    """Return a column's formula with the names of one row's cells in it."""
    parsed = parse_formula(formula)
    for name in sorted(parsed.names, key=len, reverse=True):
        if name in names:
            formula = formula.replace(name, f"\ue000{list(names).index(name)}\ue001")
    for index, full in enumerate(names.values()):
        formula = formula.replace(f"\ue000{index}\ue001", full)
    return formula


@lru_cache(maxsize=64)
def formulas_of(form: Form) -> Mapping[str, Computed]:
    """Return every formula of a form that gives a figure a value, by the figure's name."""
    cells = {found.name: found for found in computed_cells(form)}
    return cells | {
        rule.name: Computed(rule.name, rule.formula, rule.place)
        for rule in form.derived
        if rule.formula
    }


def evaluate_figures(project: Project) -> Figures:
    """Work out every figure of a project.

    A typed figure keeps its typed value, also where the form has a formula for it: the check
    `fund-identity` compares the two.
    """
    form = project.form
    blanks = {} if form.funds is None else {i.name: i.blank_as for i in form.funds.items}
    typed = {
        name: figure.value if figure.value is not None else blanks.get(name)
        for name, figure in project.figures.items()
    }
    formulas = formulas_of(form)
    known = {n: v for n, v in typed.items() if v is not None or n not in formulas}
    derived = {rule.name: rule for rule in form.derived}
    work = _Work(known, formulas, derived, form, project.values)
    for name in (*formulas, *derived):
        work.value(name)
    return Figures(work.known, tuple(work.problems))
