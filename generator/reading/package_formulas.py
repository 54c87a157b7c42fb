"""The formulas of a form: every name known, no cycle, nothing but arithmetic."""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.domain.forms import Form
from generator.findings import Finding, Place
from generator.reading.refusals import error
from generator.scoring.figures import rename
from generator.scoring.formulas import Formula, FormulaError, parse_formula
from generator.suggestions import ask_meant


@dataclass(frozen=True, slots=True)
class _Written:
    """A formula with what it is for and where it stands."""

    name: str
    text: str
    place: Place


def check_formulas(form: Form) -> Iterator[Finding]:
    """Yield formulas that cannot be worked out whatever the data are."""
    known = figure_names(form)
    parsed: dict[str, Formula] = {}
    for written in _written(form):
        try:
            formula = parse_formula(written.text)
        except FormulaError as fault:
            message = f"「{written.name}」的公式「{written.text}」：{fault}"
            yield error(
                "R208",
                "form-formula",
                written.place,
                message,
                hint="公式只写具名的数、小数、＋ − × ÷ 和括号",
            )
            continue
        for name in formula.names:
            if name not in known:
                message = f"「{written.name}」的公式用到「{name}」，没有这个数"
                yield error(
                    "R208", "form-formula", written.place, message, hint=ask_meant(name, known)
                )
        parsed[written.name] = formula
    yield from _cycles(form, parsed)
    for identity in form.identities:
        if not identity.sign:
            message = f"恒等式「{identity.name}」应写作「甲 = 乙」，也可用 ≤、≥"
            yield error("R208", "form-formula", identity.place, message)


def figure_names(form: Form) -> tuple[str, ...]:
    """Return every name that a formula of the form may use."""
    names = [field.name for field in form.fields if field.kind in ("金额", "数", "整数", "百分比")]
    for field in form.fields:
        if field.kind == "组":
            names += [
                f"{field.name}.{i.name}" for i in field.items if i.kind in ("金额", "数", "整数")
            ]
    if form.funds is not None:
        for row in form.funds.rows:
            names += [form.funds.cell_name(row, c) for c in form.funds.columns if not c.is_text]
        names += [item.name for item in form.funds.items]
    return (*names, *(rule.name for rule in form.derived))


def _written(form: Form) -> Iterator[_Written]:
    if form.funds is not None:
        for column in form.funds.columns:
            if column.formula:
                yield from _column_formulas(form, column.name)
        for item in form.funds.items:
            if item.formula:
                yield _Written(item.name, item.formula, item.place)
    for rule in form.derived:
        yield _Written(rule.name, rule.formula, rule.place)
    for identity in form.identities:
        for side in (identity.left, identity.right) if identity.sign else ():
            yield _Written(f"恒等式 {identity.name}", side, identity.place)


def _column_formulas(form: Form, name: str) -> Iterator[_Written]:
    """Yield a column's formula as it stands in each row."""
    if form.funds is None:
        return
    column = next(column for column in form.funds.columns if column.name == name)
    for row in form.funds.rows:
        cells = {c.name: form.funds.cell_name(row, c) for c in form.funds.columns}
        try:
            text = rename(column.formula, cells)
        except FormulaError:
            text = column.formula  # reported where it is parsed
        yield _Written(cells[name], text, column.place)


def _cycles(form: Form, parsed: dict[str, Formula]) -> Iterator[Finding]:
    """Yield each cycle once, as a path."""
    places = {rule.name: rule.place for rule in form.derived}
    done: set[str] = set()
    for start in parsed:
        path = _find_cycle(start, parsed, (), done)
        if path:
            place = places.get(path[0], form.place)
            yield error("R208", "form-formula", place, f"公式成环：{' → '.join(path)}")


def _find_cycle(
    name: str, parsed: dict[str, Formula], path: tuple[str, ...], done: set[str]
) -> tuple[str, ...]:
    if name in path:
        return (*path[path.index(name) :], name)
    if name in done or name not in parsed:
        return ()
    done.add(name)
    for used in parsed[name].names:
        cycle = _find_cycle(used, parsed, (*path, name), done)
        if cycle:
            return cycle
    return ()
