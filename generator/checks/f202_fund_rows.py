"""The rows of the fund block add up to their total (FIELD §3, 5 and 6).

Rule: 计入 and 分法 in form.yaml, per column; a blank cell counts as 0 once another row of the same
sum is filled, a column with no figure in the rows is not checked.
Source: the form's own layout (合计 over 其中).

PASS: 合计 60 = 中央 60 + 省级 (blank)
FAIL: 合计 60, 中央 40 + 省级 15
"""

from collections.abc import Iterator

from generator.amounts import ZERO, is_equal, plain
from generator.checks.review import Remark, Review
from generator.domain.forms import FundColumn, FundRow, Funds
from generator.findings import Severity

CODE = "F202"
RULE = "fund-rows"
SEVERITY = Severity.ERROR
IS_LAW = True


def check(review: Review) -> Iterator[Remark]:
    """Yield columns in which the rows do not make the total."""
    funds = review.project.form.funds
    if funds is None:
        return
    sums: dict[tuple[str, str], list[FundRow]] = {}
    for row in funds.rows:
        if row.adds_to:
            sums.setdefault((row.adds_to, row.split), []).append(row)
    for (total, split), rows in sums.items():
        whole = next(row for row in funds.rows if row.name == total)
        for column in funds.columns:
            if not column.formula and not column.is_text:
                yield from _column(review, funds, column, (whole, split, rows))


def _column(
    review: Review, funds: Funds, column: FundColumn, parts: tuple[FundRow, str, list[FundRow]]
) -> Iterator[Remark]:
    whole, split, rows = parts
    figures = review.project.figures
    cells = [figures[funds.cell_name(row, column)] for row in rows]
    filled = [cell for cell in cells if cell.value is not None]
    if not filled:
        return
    total = figures[funds.cell_name(whole, column)]
    added = sum((cell.value for cell in filled if cell.value is not None), ZERO)
    if total.value is not None and is_equal(total.value, added):
        return
    shown = total.text if total.value is not None else "空白"
    gap = (total.value or ZERO) - added
    by = f"（按{split}）" if split else ""
    names = " + ".join(
        f"{row.label} {cell.text}" for row, cell in zip(rows, cells, strict=True) if cell.text
    )
    yield Remark(
        place=review.place(*total.path),
        message=(
            f"{column.label}{by}：{whole.label}填报 {shown}，各行合计 {plain(added)}，"
            f"差 {plain(gap)} {total.unit}"
        ),
        subject=".".join(str(part) for part in total.path),
        basis=f"{whole.label} = {names}",
        hint="核对各行与合计，更正其一",
    )
