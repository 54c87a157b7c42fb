"""What every explanation looks at: one scored project, and how its numbers are written."""

from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from generator.amounts import plain
from generator.commands.explain_tree import Fact, fact
from generator.domain.forms import Derived, Form
from generator.domain.model import Amount, Path, Project
from generator.domain.results import ScoreSheet
from generator.findings import Finding, Place
from generator.reporters import NAMES
from generator.scoring.printing import find_format
from generator.scoring.steps import show_number, show_rate


class View(Struct, frozen=True):
    """One project, read and scored."""

    project: Project
    sheet: ScoreSheet
    findings: tuple[Finding, ...]

    def place(self, *path: str | int) -> Place | None:
        """Return where the data state a value; None where they do not."""
        found = self.project.place_of(path)
        return None if found == self.project.place_of(path[:-1], key=True) else found

    def derived(self, name: str) -> Derived | None:
        """Return the 派生 of this name."""
        return next((rule for rule in self.project.form.derived if rule.name == name), None)

    def show(self, name: str, value: Decimal | None) -> str:
        """Write a figure with its unit, a rate in percent."""
        if value is None:
            return "空"
        if is_rate(self.project.form, name):
            return show_rate(value)
        figure, rule = self.project.figures.get(name), self.derived(name)
        unit = figure.unit if figure else rule.unit if rule else ""
        return f"{show_number(value).strip('()')}{unit}"

    def operand(self, name: str) -> str:
        """Write a figure as it stands in a formula."""
        value = self.sheet.figures.get(name)
        if value is not None and is_rate(self.project.form, name):
            return show_rate(value)
        return show_number(value)

    def remarks(self, *subjects: str) -> Fact | None:
        """Return what the checks say of these things; None where they are silent."""
        found = [f for f in self.findings if f.subject and f.subject in subjects]
        return section("核对", (_remark(finding) for finding in found))


def _remark(finding: Finding) -> Fact:
    level = "已豁免" if finding.waived else NAMES[finding.severity]
    why = f"（理由：{finding.waived}）" if finding.waived else ""
    return fact(f"{level} {finding.code}", f"{finding.message}{why}", finding.place)


def section(name: str, parts: Iterator[Fact]) -> Fact | None:
    """Return a part of an explanation; None where it would be empty."""
    below = tuple(parts)
    return Fact(name, below=below) if below else None


def is_rate(form: Form, name: str) -> bool:
    """Say whether a figure is printed as a percentage."""
    rule = next((rule for rule in form.derived if rule.name == name), None)
    formats = [rule.format] if rule else []
    if form.funds is not None and rule is None:
        formats = [
            column.format
            for row in form.funds.rows
            for column in form.funds.columns
            if form.funds.cell_name(row, column) == name
        ]
    shown = (find_format(form.formats, one) for one in formats)
    return any(one is not None and one.kind == "百分比" for one in shown)


def number(value: Decimal | None) -> str:
    """Write points or a score."""
    return "—" if value is None else plain(value)


def typed(view: View, name: str, amount: Amount | None, path: Path) -> Fact | None:
    """Return a number that the data state; None where they do not."""
    return fact(name, amount.text, view.place(*path, name)) if amount is not None else None
