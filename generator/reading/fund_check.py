"""What must hold of 资金: rows that add to rows, columns computed from their own row."""

from collections.abc import Iterator

from generator.domain.forms import Form, FundColumn, Funds
from generator.findings import Finding, Place
from generator.reading.refusals import error
from generator.reading.traced import Traced
from generator.scoring.formulas import FormulaError, parse_formula
from generator.suggestions import ask_meant


def check_funds(form: Form, tree: Traced) -> Iterator[Finding]:
    """Yield rows, columns and single figures that do not fit together."""
    if form.funds is None:
        return
    yield from _rows(form.funds)
    yield from _names(form.funds)
    for column in form.funds.columns:
        if column.formula:
            yield from _column(form.funds, column)
    marks = tree.get("资金", "不计分记")
    for key, mark in (marks.entries if marks else {}).items():
        if key not in ("分值", "得分"):
            yield _refuse(mark.key_place, f"不计分记「{key}」，只能写分值、得分")
    scored, names = form.funds.scored_row, [row.name for row in form.funds.rows]
    if scored and scored not in names:
        place = tree.entries["资金"].place_of("计分行")
        yield _refuse(place, f"计分行「{scored}」不是资金的行", ask_meant(scored, names))


def _rows(funds: Funds) -> Iterator[Finding]:
    names = [row.name for row in funds.rows]
    for row in [row for row in funds.rows if row.is_top][1:]:
        yield _refuse(row.place, f"「{row.name}」：顶层的行只能有一个")
    for row in funds.rows:
        if row.adds_to and row.adds_to not in names:
            message = f"「{row.name}」计入「{row.adds_to}」，资金里没有这一行"
            yield _refuse(row.place, message, ask_meant(row.adds_to, names))
        if row.split and not row.adds_to:
            yield _refuse(row.place, f"「{row.name}」有「分法」，没有「计入」", "写明计入哪一行")


def _names(funds: Funds) -> Iterator[Finding]:
    """Yield names that would stand for two figures."""
    top = [column.name for column in funds.columns if any(row.is_top for row in funds.rows)]
    rows = [row.name for row in funds.rows]
    for item in funds.items:
        head = item.name.partition(".")[0]
        if item.name in top or head in rows:
            yield _refuse(item.place, f"「{item.name}」与资金的栏或行重名", "换个名称")


def _column(funds: Funds, column: FundColumn) -> Iterator[Finding]:
    """Yield what a column's formula may not name: it sees the cells of its own row only."""
    try:
        used = parse_formula(column.formula).names
    except FormulaError:
        return  # said where formulas are checked
    texts = [one.name for one in funds.columns if one.is_text]
    known = [one.name for one in funds.columns]
    for name in used:
        if name in texts:
            message = f"栏「{column.name}」的公式用到「{name}」，那一栏是文字"
            yield _refuse(column.place, message)
        elif name not in known:
            message = f"栏「{column.name}」的公式用到「{name}」，公式只能用本行的栏"
            yield _refuse(column.place, message, ask_meant(name, known))


def _refuse(place: Place, message: str, hint: str = "") -> Finding:
    return error("R209", "form-funds", place, message, hint=hint)
