"""Rows that the form counts into a total add up to it (FIELD §3, 5 and 6).

Rule: 计入 and 分法 in form.yaml, in 资金 and in a 表格, per column; a blank cell counts as 0 once
another row of the same sum is filled, a column with no figure in the rows is not checked.
Source: the form's own layout (合计 over 其中).

PASS: 合计 60 = 中央 60 + 省级（空着）
FAIL: 合计 60，中央 40 + 省级 15
"""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from generator.amounts import ZERO, is_equal, plain
from generator.checks.about import About
from generator.checks.review import Remark, Review
from generator.domain.fields import Field, GridRow
from generator.domain.forms import FundRow, Funds
from generator.domain.model import Figure
from generator.findings import Severity

CODE = "F202"
RULE = "fund-rows"
SEVERITY = Severity.ERROR
IS_LAW = True
ABOUT = About(
    what=(
        "合计不等于各行相加，逐栏核对；资金和表格里写了“计入”的行都查。各行有一个数时，"
        "空着的按 0；一栏各行都空着，不核对。"
    ),
    basis="表样（合计与其中）",
    example="全年预算数：年度资金总额填报 500.00，各行合计 490，差 10 万元",
    subject="合计行的那一栏，如 `资金.全年预算数`",
    remedy="核对各行与合计",
    reason="原报送件合计印作500，各行相加应为490",
)


class _Sum(Struct, frozen=True):
    """One column of the rows that make one total."""

    column: str
    split: str
    total_label: str
    total: Figure
    labels: tuple[str, ...]
    cells: tuple[Figure, ...]


def check(review: Review) -> Iterator[Remark]:
    """Yield columns in which the rows do not make the total."""
    form = review.project.form
    if form.funds is not None:
        for one in _fund_sums(review, form.funds):
            yield from _compare(review, one)
    for field in form.fields:
        if field.kind == "表格":
            for one in _grid_sums(review, field):
                yield from _compare(review, one)


def _split_rows(
    rows: Sequence[FundRow | GridRow],
) -> dict[tuple[str, str], list[FundRow | GridRow]]:
    """Return the rows that make one sum: the same 计入 and the same 分法."""
    sums: dict[tuple[str, str], list[FundRow | GridRow]] = {}
    for row in rows:
        if row.adds_to:
            sums.setdefault((row.adds_to, row.split), []).append(row)
    return sums


def _fund_sums(review: Review, funds: Funds) -> Iterator[_Sum]:
    figures, by_name = review.project.figures, {row.name: row for row in funds.rows}
    for (total, split), parts in _split_rows(funds.rows).items():
        whole, rows = by_name[total], [by_name[part.name] for part in parts]
        for column in funds.columns:
            if not column.formula and not column.is_text:
                yield _Sum(
                    column.label,
                    split,
                    whole.label,
                    figures[funds.cell_name(whole, column)],
                    tuple(row.label for row in rows),
                    tuple(figures[funds.cell_name(row, column)] for row in rows),
                )


def _grid_sums(review: Review, field: Field) -> Iterator[_Sum]:
    figures, labels = review.project.figures, {row.name: row.label for row in field.rows}
    for (total, split), rows in _split_rows(field.rows).items():
        for column in field.items:
            if column.is_number:
                yield _Sum(
                    f"{field.label}的{column.label}",
                    split,
                    labels[total],
                    figures[f"{field.name}.{total}.{column.name}"],
                    tuple(row.label for row in rows),
                    tuple(figures[f"{field.name}.{row.name}.{column.name}"] for row in rows),
                )


def _compare(review: Review, one: _Sum) -> Iterator[Remark]:
    filled = [cell.value for cell in one.cells if cell.value is not None]
    if not filled:
        return
    total, added = one.total, sum(filled, ZERO)
    if total.value is not None and is_equal(total.value, added):
        return
    shown = total.text if total.value is not None else "空白"
    gap = plain((total.value or ZERO) - added)
    by = f"（按{one.split.removeprefix('按')}）" if one.split else ""
    names = " + ".join(
        f"{label} {cell.text}"
        for label, cell in zip(one.labels, one.cells, strict=True)
        if cell.text
    )
    yield Remark(
        place=review.place(*total.path),
        message=(
            f"{one.column}{by}：{one.total_label}填报 {shown}，各行合计 {plain(added)}，"
            f"差 {gap} {total.unit}".rstrip()
        ),
        subject=".".join(str(part) for part in total.path),
        basis=f"{one.total_label} = {names}",
        hint="核对各行与合计，更正其一",
    )
