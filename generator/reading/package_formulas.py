"""The formulas of a form: every name known and meant once, no cycle, units that may be added."""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from generator.domain.fields import Field
from generator.domain.forms import Derived, Form
from generator.findings import Finding, Place
from generator.reading.refusals import error
from generator.scoring.figures import rename
from generator.scoring.formulas import Formula, FormulaError, find_added_units, parse_formula
from generator.suggestions import ask_meant


class _Written(Struct, frozen=True):
    """A formula with what it is for and where it stands."""

    name: str
    text: str
    place: Place


def check_formulas(form: Form) -> Iterator[Finding]:
    """Yield formulas that cannot be worked out whatever the data are."""
    units = figure_units(form)
    parsed: dict[str, Formula] = {}
    for written in _written(form):
        try:
            formula = parse_formula(written.text)
        except FormulaError as fault:
            message = f"「{written.name}」的公式「{written.text}」：{fault}"
            hint = "公式只写具名的数、小数、＋ − × ÷ 和括号"
            yield _refuse(written.place, message, hint)
            continue
        yield from _unknown(written, formula, units)
        for left, right in find_added_units(formula, units):
            message = f"「{written.name}」的公式把{left}和{right}相加减：{written.text}"
            yield _refuse(written.place, message, "给字段写「折算」，或在公式里换算")
        parsed[written.name] = formula
    yield from _cycles(form, parsed)
    yield from _doubled(form)
    for rule in form.derived:
        yield from _aggregate(form, rule)
    for identity in form.identities:
        if not identity.sign:
            message = f"恒等式「{identity.name}」应写作「甲 = 乙」，也可用 ≤、≥"
            yield _refuse(identity.place, message)


def _unknown(written: _Written, formula: Formula, known: Mapping[str, str]) -> Iterator[Finding]:
    for name in formula.names:
        if name in known:
            continue
        parts = [one for one in known if one.startswith(f"{name}.")]
        hint = f"写它的一项：{'、'.join(parts[:4])}" if parts else ask_meant(name, known)
        message = f"「{written.name}」的公式用到「{name}」，没有这个数"
        yield _refuse(written.place, message, hint)


def figure_units(form: Form) -> dict[str, str]:
    """Return every name that a formula of the form may use, with its unit (blank: none)."""
    units: dict[str, str] = {}
    for field in form.fields:
        units |= _field_units(field)
    if form.funds is not None:
        for row in form.funds.rows:
            cells = [c for c in form.funds.columns if not c.is_text]
            for cell in cells:
                unit = "" if cell.formula else form.funds.unit
                units[form.funds.cell_name(row, cell)] = unit
        units |= {item.name: form.funds.unit for item in form.funds.items}
    return units | {rule.name: rule.unit for rule in form.derived}


def _field_units(field: Field) -> dict[str, str]:
    if field.is_number:
        return {field.name: field.folded_unit or field.unit}
    cells = [item for item in field.items if item.is_number]
    if field.kind == "组":
        return {f"{field.name}.{item.name}": item.folded_unit or item.unit for item in cells}
    if field.kind == "表格":
        return {
            f"{field.name}.{row.name}.{item.name}": item.folded_unit or item.unit
            for row in field.rows
            for item in cells
        }
    return {}


def _doubled(form: Form) -> Iterator[Finding]:
    """Yield a 派生, or a number field, whose name another figure has."""
    funds: set[str] = set()
    if form.funds is not None:
        rows = form.funds.rows
        funds = {form.funds.cell_name(row, c) for row in rows for c in form.funds.columns}
        funds |= {item.name for item in form.funds.items}
    fields = {name: field for field in form.fields for name in _field_units(field)}
    for name, field in fields.items():
        if name in funds:
            message = f"字段「{name}」与资金里的一个数重名"
            yield _refuse(field.place, message, "换个名称，要印的字写在标签里")
    for rule in form.derived:
        if rule.name in funds or rule.name in fields:
            message = f"派生「{rule.name}」与另一个数重名"
            yield _refuse(rule.place, message, "换个名称，要印的字在 Word 模板里写")


def _aggregate(form: Form, rule: Derived) -> Iterator[Finding]:
    wanted = rule.sum_of or rule.count_of
    count = sum(bool(text) for text in (rule.formula, rule.sum_of, rule.count_of))
    if count != 1:
        message = f"派生「{rule.name}」要写公式、求和、计数中的一样"
        yield _refuse(rule.place, message)
    if not wanted:
        return
    name, _, column = wanted.partition(".")
    lists = {field.name: field for field in form.fields if field.kind == "列表"}
    if name not in lists:
        message = f"派生「{rule.name}」用到「{wanted}」，没有列表「{name}」"
        yield _refuse(rule.place, message, ask_meant(name, lists))
        return
    columns = {item.name: item for item in lists[name].items}
    if column and column not in columns:
        message = f"派生「{rule.name}」用到「{wanted}」，列表「{name}」没有这一列"
        yield _refuse(rule.place, message, ask_meant(column, columns))
    elif rule.sum_of and (not column or not columns[column].is_number):
        message = f"派生「{rule.name}」求和「{wanted}」，应是列表里数的一列"
        yield _refuse(rule.place, message)


def _written(form: Form) -> Iterator[_Written]:
    if form.funds is not None:
        for column in form.funds.columns:
            if column.formula:
                yield from _column_formulas(form, column.name)
        for item in form.funds.items:
            if item.formula:
                yield _Written(item.name, item.formula, item.place)
    for rule in form.derived:
        if rule.formula:
            yield _Written(rule.name, rule.formula, rule.place)
    for identity in form.identities:
        for side in (identity.left, identity.right) if identity.sign else ():
            yield _Written(f"恒等式 {identity.name}", side, identity.place)


def _column_formulas(form: Form, name: str) -> Iterator[_Written]:
    """Yield a column's formula as it stands in each row; what it may not name is said once."""
    if form.funds is None:
        return
    column = next(column for column in form.funds.columns if column.name == name)
    own = {c.name for c in form.funds.columns}
    for row in form.funds.rows:
        cells = {c.name: form.funds.cell_name(row, c) for c in form.funds.columns}
        try:
            if set(parse_formula(column.formula).names) <= own:
                yield _Written(cells[name], rename(column.formula, cells), column.place)
        except FormulaError:
            yield _Written(name, column.formula, column.place)  # said where it is parsed, once
            return


def _cycles(form: Form, parsed: dict[str, Formula]) -> Iterator[Finding]:
    """Yield each cycle once, as a path."""
    places = {rule.name: rule.place for rule in form.derived}
    if form.funds is not None:
        places |= {item.name: item.place for item in form.funds.items}
        for row in form.funds.rows:
            places |= {form.funds.cell_name(row, c): c.place for c in form.funds.columns}
    done: set[str] = set()
    for start in parsed:
        path = _find_cycle(start, parsed, (), done)
        if path:
            place = places.get(path[0], form.place)
            yield _refuse(place, f"公式成环：{' → '.join(path)}")


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


def _refuse(place: Place, message: str, hint: str = "") -> Finding:
    return error("R208", "form-formula", place, message, hint=hint)
