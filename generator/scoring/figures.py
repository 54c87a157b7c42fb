"""Figures: typed ones, computed ones and 派生, each worked out once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from generator.amounts import round_half_up
from generator.domain.forms import Derived, Form
from generator.domain.model import Project
from generator.domain.results import FormulaProblem
from generator.scoring.formulas import ZeroDivisorError, parse_formula


@dataclass(slots=True)
class _Work:
    """The figures known so far; local to one evaluation."""

    known: dict[str, Decimal | None]
    formulas: dict[str, str]
    derived: dict[str, Derived]
    problems: list[FormulaProblem] = field(default_factory=list)

    def value(self, name: str) -> Decimal | None:
        """Return a figure, working it out when it is asked for first."""
        if name not in self.known:
            self.known[name] = None  # a cycle was refused with the package; never recurse twice
            self.known[name] = self._work_out(name)
        return self.known[name]

    def _work_out(self, name: str) -> Decimal | None:
        formula = self.formulas.get(name)
        if formula is None:
            return None
        rule = self.derived.get(name)
        try:
            value = parse_formula(formula).evaluate(self.value)
        except ZeroDivisorError as fault:
            if rule is not None and rule.zero_divisor is not None:
                return rule.zero_divisor
            self.problems.append(FormulaProblem(name, formula, fault.name))
            return None
        return finish_derived(value, rule)


def finish_derived(value: Decimal | None, rule: Derived | None) -> Decimal | None:
    """Apply 取绝对值 and 取小数 to a 派生."""
    if value is None or rule is None:
        return value
    value = abs(value) if rule.is_absolute else value
    return value if rule.places is None else round_half_up(value, rule.places)


def computed_cells(form: Form) -> Iterator[tuple[str, str]]:
    """Yield the name and formula of every computed cell and single figure of 资金."""
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
                yield own[column.name], rename(column.formula, own)
    for item in form.funds.items:
        if item.formula:
            yield item.name, item.formula


def rename(formula: str, names: Mapping[str, str]) -> str:
    """Return a column's formula with the names of one row's cells in it."""
    parsed = parse_formula(formula)
    for name in sorted(parsed.names, key=len, reverse=True):
        formula = formula.replace(name, f"\ue000{list(names).index(name)}\ue001")
    for index, full in enumerate(names.values()):
        formula = formula.replace(f"\ue000{index}\ue001", full)
    return formula


def formulas_of(form: Form) -> dict[str, str]:
    """Return every formula of a form that gives a figure a value, by the figure's name."""
    return dict(computed_cells(form)) | {rule.name: rule.formula for rule in form.derived}


def evaluate_figures(
    project: Project,
) -> tuple[dict[str, Decimal | None], tuple[FormulaProblem, ...]]:
    """Return every figure of a project by name, and the formulas that could not be worked out.

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
    work = _Work(known, formulas, {rule.name: rule for rule in form.derived})
    for name in formulas:
        work.value(name)
    return work.known, tuple(work.problems)
