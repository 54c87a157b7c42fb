"""Figures and identities: the formula, its operands with their lines, the result."""

from collections.abc import Iterator
from decimal import Decimal

from generator.amounts import ZERO, is_equal, parse_decimal, plain
from generator.commands.explain_tree import Fact, fact
from generator.commands.explain_view import View, section
from generator.domain.fields import Field
from generator.domain.forms import Derived, FundItem, FundRow, Funds, Identity
from generator.findings import Severity
from generator.reporters import NAMES
from generator.scoring.figures import Computed, formulas_of
from generator.scoring.formulas import ZeroDivisorError, parse_formula
from generator.scoring.printing import find_format, show
from generator.scoring.steps import equals, equals_rate, put_in, show_number, show_rate

_MOST_ROWS = 6  # of a list, where it is only an operand
_ALL_ROWS = 1000


def explain_figure(view: View, name: str) -> Fact:
    """Explain one figure: typed, computed, or both."""
    rule, figure = view.derived(name), view.project.figures.get(name)
    found = formulas_of(view.project.form).get(name)
    shown = operand(view, name)
    path = ".".join(str(step) for step in figure.path) if figure else name
    names = parse_formula(found.formula).names if found else ()
    return fact(
        f"{'派生' if rule else '数'}「{name}」",
        shown.value,
        shown.place,
        *(_formula_head(view, found, rule) if found else ()),
        *(_result_parts(view, found, rule) if found else ()),
        *(_list_parts(view, rule, _ALL_ROWS) if rule and not found else ()),
        printed(view, name),
        section("各数", (operand(view, one) for one in names)),
        _rows_of_total(view, name),
        view.remarks(path),
    )


def figure_parts(view: View, name: str) -> Iterator[Fact]:
    """Yield what a figure is made of, inside a larger explanation."""
    yield from operand(view, name).below
    shown = printed(view, name)
    if shown is not None:
        yield shown


def operand(view: View, name: str) -> Fact:
    """Show a figure that a formula uses, with what it is made of itself."""
    figure, rule = view.project.figures.get(name), view.derived(name)
    value = view.sheet.figures.get(name)
    found = formulas_of(view.project.form).get(name)
    place = view.place(*figure.path) if figure else None
    if figure is not None and figure.value is not None:
        if figure.text.strip().endswith(("%", "％")):
            return fact(name, figure.text, place)
        is_folded = parse_decimal(figure.text) != figure.value
        folded = f"{figure.text}（折合 {view.show(name, value)}）" if is_folded else ""
        return fact(name, folded or view.show(name, value), place)
    if found is None and rule is None:
        blank = "空着" if value is None else f"空着，按 {plain(value)} 计"
        return fact(name, blank, place)
    below = _formula_parts(view, found, rule) if found else _list_parts(view, rule, _MOST_ROWS)
    return fact(name, view.show(name, value), None, *below)


def _formula_parts(view: View, found: Computed, rule: Derived | None) -> Iterator[Fact]:
    """Yield formula, basis, numbers, what is put in, and what rounding does."""
    yield from _formula_head(view, found, rule)
    for name in parse_formula(found.formula).names:
        yield operand(view, name)
    yield from _result_parts(view, found, rule)


def _formula_head(view: View, found: Computed, rule: Derived | None) -> Iterator[Fact]:
    yield fact("公式", found.formula, found.place)
    item = next((i for i in _items(view) if i.name == found.name), None)
    basis = rule.basis if rule else item.basis if item else ""
    if basis:
        yield fact("依据", basis)


def _items(view: View) -> tuple[FundItem, ...]:
    return view.project.form.funds.items if view.project.form.funds else ()


def put_figures_in(view: View, formula: str) -> str:
    """Return a formula with the figures of the project in it."""
    return put_in(formula, view.operand)


def _result_parts(view: View, found: Computed, rule: Derived | None) -> Iterator[Fact]:
    shown = put_figures_in(view, found.formula)
    try:
        exact = parse_formula(found.formula).evaluate(view.sheet.figures.get)
    except ZeroDivisorError as fault:
        what = f"{shown}：除数{f'「{fault.name}」' if fault.name else ''}为零"
        given = rule.zero_divisor if rule else None
        yield fact(
            "算", f"{what}，按 {plain(given)} 计" if given is not None else f"{what}，算不出"
        )
        return
    if exact is None:
        yield fact("算", f"{shown}：有的数空着，算不出")
        return
    yield fact("算", f"{shown} {_result(view, found.name, exact)}")
    used = view.sheet.figures.get(found.name)
    figure = view.project.figures.get(found.name)
    if figure is not None and figure.value is not None:
        same = "与公式相符" if is_equal(figure.value, exact) else "与公式不符"
        yield fact("填报", f"{figure.text}，{same}；填报的数为准", view.place(*figure.path))
    elif used is not None and not is_equal(used, exact):
        yield fact("取整", f"{_rounding(rule)}，为 {view.show(found.name, used)}")


def _result(view: View, name: str, exact: Decimal) -> str:
    if view.show(name, exact).endswith("%"):
        return f"{equals_rate(exact)} {show_rate(exact)}"
    return f"{equals(exact)} {view.show(name, exact)}"


def _rounding(rule: Derived | None) -> str:
    words = ["取绝对值"] if rule and rule.is_absolute else []
    return "，".join([*words, *(["四舍五入以后再用"] if rule and rule.places is not None else [])])


def printed(view: View, name: str) -> Fact | None:
    """Show how the form prints a 派生; None where it has no format."""
    rule, value = view.derived(name), view.sheet.figures.get(name)
    form = find_format(view.project.form.formats, rule.format) if rule else None
    if rule is None or value is None or form is None:
        return None
    return fact("印作", show(value, form), rule.place)


def _list_parts(view: View, rule: Derived | None, most: int) -> Iterator[Fact]:
    """Yield the cells of a list that a 派生 adds up; for a count, how many there are."""
    if rule is None:
        return
    name, _, column = (rule.sum_of or rule.count_of).partition(".")
    yield fact("求和" if rule.sum_of else "计数", rule.sum_of or rule.count_of, rule.place)
    found = view.project.values.get(name)
    rows = (
        [row if isinstance(row, dict) else {} for row in found] if isinstance(found, list) else []
    )
    cells = [(n, row[column]) for n, row in enumerate(rows) if row.get(column)]
    yield fact("行数", f"{len(rows)} 行" + (f"，{len(cells)} 行填了" if column else ""))
    fields = (i for f in view.project.form.fields if f.name == name for i in f.items)
    field = next((item for item in fields if item.name == column), None)
    for index, cell in cells[:most] if rule.sum_of else ():
        title = next((text for text in rows[index].values() if isinstance(text, str)), "")
        yield fact(title, _cell_text(field, str(cell)), view.place(name, index, column))
    if rule.sum_of and len(cells) > most:
        yield fact("……", f"其余 {len(cells) - most} 行从略")


def _cell_text(field: Field | None, text: str) -> str:
    value = parse_decimal(text)
    if field is None or value is None or not field.folded_unit:
        return f"{text}{field.unit if field else ''}"
    return f"{text}{field.unit}（折合 {plain(field.fold(value))}{field.folded_unit}）"


def _rows_of_total(view: View, name: str) -> Fact | None:
    """Add up the rows of 资金 that count into a total."""
    funds = view.project.form.funds
    found = _cell(funds, name) if funds else None
    if funds is None or found is None:
        return None
    row, column_name = found
    column = next(c for c in funds.columns if c.name == column_name)
    splits: dict[str, list[Fact]] = {}
    sums: dict[str, Decimal] = {}
    for part in funds.rows:
        cell = funds.cell_name(part, column)
        if part.adds_to == row.name and not column.formula:
            splits.setdefault(part.split, []).append(operand(view, cell))
            value = view.sheet.figures.get(cell)
            sums[part.split] = sums.get(part.split, ZERO) + (value or ZERO)
    parts = [
        fact(split or "合计", view.show(name, sums[split]), None, *operands)
        for split, operands in splits.items()
    ]
    if list(splits) == [""]:
        return fact("各行相加", parts[0].value, row.place, *parts[0].below)
    return section("各行相加", iter(parts))


def _cell(funds: Funds, name: str) -> tuple[FundRow, str] | None:
    """Return the row and the column of a cell of 资金."""
    cells = ((row, c) for row in funds.rows for c in funds.columns if not c.is_text)
    return next(((r, c.name) for r, c in cells if funds.cell_name(r, c) == name), None)


def explain_identity(view: View, identity: Identity) -> Fact:
    """Explain what must hold between figures."""
    names = (*parse_formula(identity.left).names, *parse_formula(identity.right).names)
    operands = [operand(view, name) for name in dict.fromkeys(names)]
    allowed = f"，许可相差 {plain(identity.tolerance)}" if identity.tolerance else ""
    level = NAMES.get(identity.severity, NAMES[Severity.ERROR])
    return fact(
        f"恒等式「{identity.name}」",
        identity_line(view, identity),
        None,
        fact("等式", f"{identity.text}{allowed}", identity.place),
        fact("依据", identity.basis) if identity.basis else None,
        fact("级别", level),
        Fact("各数", below=tuple(operands)),
    )


def identity_line(view: View, identity: Identity) -> str:
    """Return an identity with its numbers in, and whether it holds."""
    sides = [_side(view, text) for text in (identity.left, identity.right)]
    shown = [f"{put_figures_in(view, text)}" for text in (identity.left, identity.right)]
    line = f" {identity.sign} ".join(shown)
    left, right = sides
    if left is None or right is None:
        return f"{line}：有的数空着，不核对"
    gap = left - right
    holds = {"=": abs(gap) <= identity.tolerance, "≤": gap <= 0, "≥": gap >= 0}[identity.sign]
    ok = holds or is_equal(left, right)
    both = f"{show_number(left)} {identity.sign} {show_number(right)}"
    line = line if line == both else f"{line}，即 {both}"
    return f"{line}：成立" if ok else f"{line}：不成立，差 {plain(gap)}"


def _side(view: View, formula: str) -> Decimal | None:
    try:
        return parse_formula(formula).evaluate(view.sheet.figures.get)
    except ZeroDivisorError:
        return None
