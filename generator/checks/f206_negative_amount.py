"""An amount is not negative, unless the form says that it may be.

Rule: 可负 of rows and single figures of 资金 in form.yaml.
Source: the printed form; an adjustment may be negative, a budget or an expense may not.

PASS: 全年执行数 95
FAIL: 全年执行数 -95
"""

from collections.abc import Iterator

from generator.checks.review import Remark, Review
from generator.findings import Severity

CODE = "F206"
RULE = "negative-amount"
SEVERITY = Severity.ERROR
IS_LAW = False


def check(review: Review) -> Iterator[Remark]:
    """Yield negative figures of 资金 that the form does not allow."""
    funds = review.project.form.funds
    if funds is None:
        return
    strict = [
        funds.cell_name(row, column)
        for row in funds.rows
        for column in funds.columns
        if not row.may_be_negative and not column.formula and not column.is_text
    ]
    strict += [item.name for item in funds.items if not item.may_be_negative and not item.formula]
    for name in strict:
        figure = review.project.figures[name]
        if figure.value is not None and figure.value < 0:
            yield Remark(
                place=review.place(*figure.path),
                message=f"{name}填作 {figure.text}，不应为负数",
                subject=".".join(str(part) for part in figure.path),
                hint="核对数字和正负号",
            )
