"""An amount is not negative, unless the form says that it may be.

Rule: 可负 of rows and single figures of 资金 in form.yaml; 字段 of 类型 金额 and 整数 are never.
Source: the printed form; an adjustment may be negative, a budget or an expense may not.

PASS: 全年执行数 95
FAIL: 全年执行数 -95
"""

from collections.abc import Iterator

from generator.checks.about import About
from generator.checks.review import Remark, Review
from generator.domain.fields import Field
from generator.domain.forms import Funds
from generator.findings import Severity

CODE = "F206"
RULE = "negative-amount"
SEVERITY = Severity.ERROR
IS_LAW = False
_NEVER_NEGATIVE = ("金额", "整数")
ABOUT = About(
    what="资金里的数填成了负数，而表式没有写这一项可以为负。",
    basis="表样；资金的行和项可写 `可负: 是`",
    example="全年执行数填作 -95，不应为负数",
    subject="`资金.全年执行数`",
    remedy="核对数字和正负号",
)


def check(review: Review) -> Iterator[Remark]:
    """Yield negative figures of 资金 that the form does not allow."""
    funds = review.project.form.funds
    strict = [name for field in review.project.form.fields for name in _names(field)]
    strict += _fund_names(funds) if funds is not None else []
    for name in strict:
        figure = review.project.figures.get(name)
        if figure is not None and figure.value is not None and figure.value < 0:
            yield Remark(
                place=review.place(*figure.path),
                message=f"{name}填作 {figure.text}，不应为负数",
                subject=".".join(str(part) for part in figure.path),
                hint="核对数字和正负号",
            )


def _names(field: Field) -> list[str]:
    """Return the amounts and counts of a field; a 数 or 百分比 may well be negative."""
    cells = [item.name for item in field.items if item.kind in _NEVER_NEGATIVE]
    if field.kind in _NEVER_NEGATIVE:
        return [field.name]
    if field.kind == "组":
        return [f"{field.name}.{cell}" for cell in cells]
    return [f"{field.name}.{row.name}.{cell}" for row in field.rows for cell in cells]


def _fund_names(funds: Funds) -> list[str]:
    strict = [
        funds.cell_name(row, column)
        for row in funds.rows
        for column in funds.columns
        if not row.may_be_negative and not column.formula and not column.is_text
    ]
    strict += [item.name for item in funds.items if not item.may_be_negative and not item.formula]
    return strict
