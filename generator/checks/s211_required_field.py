"""A field that the form requires is filled in (FIELD §3, 39).

Rule: 必填 in 字段 and 资金; inside an optional group or row only once another member is filled.
Source: the printed form.

PASS: `项目名称: 企业技术改造补助`
FAIL: `项目名称: ""`
"""

from collections.abc import Iterator, Mapping

from generator.checks.about import About
from generator.checks.review import Remark, Review
from generator.domain.fields import Field
from generator.domain.forms import Funds
from generator.domain.model import Path, Plain
from generator.findings import Severity

CODE = "S211"
RULE = "required-field"
SEVERITY = Severity.ERROR
IS_LAW = False
ABOUT = About(
    what=(
        "表上必填的项空着，列表、表格里必填的格也查。组里、资金行里、表格行里的必填，只在那一组、"
        "那一行填了别的时才算；合计行必须填。写明“不得为空话”的，填“无”“暂无”也算空着。"
    ),
    basis="表样",
    example="「年度资金总额的全年执行数」没有填，表上必填",
    subject="`部门名称`、`年度总体目标.预期目标`、`资金.全年执行数`",
    remedy="补填",
)


def check(review: Review) -> Iterator[Remark]:
    """Yield required fields that are blank."""
    for field in review.project.form.fields:
        yield from _field(review, field)
    if review.project.form.funds is not None:
        yield from _funds(review, review.project.form.funds)
    for goals in review.project.goals.values():
        for goal in goals:
            if not goal.text.strip():
                yield _remark(review, f"{goal.name}的目标", (*goal.path, "目标"))
    for row in review.project.indicators:
        for field in row.table.extra_fields:
            if field.is_required and not row.extra.get(field.name, "").strip():
                yield _remark(review, f"{row.name}的{field.label}", (*row.path, field.name))


def _field(review: Review, field: Field) -> Iterator[Remark]:
    value = review.project.values.get(field.name)
    if field.is_required and is_blank(value):
        yield _remark(review, field.label, (field.name,))
    if field.kind == "列表":
        for index, row in enumerate(value if isinstance(value, list) else ()):
            yield from _cells(review, field, row, (field.name, index))
        return
    if field.kind == "表格":
        grid = value if isinstance(value, dict) else {}
        for printed in field.rows:
            cells = grid.get(printed.name)
            if printed.is_required or not is_blank(cells):
                label = f"{field.label}的{printed.label}"
                yield from _cells(review, field, cells, (field.name, printed.name), label)
        return
    inner: Mapping[str, Plain] = value if isinstance(value, dict) else {}
    counts = field.is_required or any(not is_blank(item) for item in inner.values())
    for item in field.items if field.kind == "组" and counts else ():
        if item.is_required and is_blank(inner.get(item.name)):
            yield _remark(review, item.label, (field.name, item.name))
        if item.refuses_empty_talk and _is_empty_talk(review, inner.get(item.name)):
            yield _talk(review, item.label, (field.name, item.name))
    if field.refuses_empty_talk and _is_empty_talk(review, value):
        yield _talk(review, field.label, (field.name,))


def _cells(
    review: Review, field: Field, row: Plain, path: Path, label: str = ""
) -> Iterator[Remark]:
    """Yield the required cells of one row that are blank."""
    cells: Mapping[str, Plain] = row if isinstance(row, dict) else {}
    number = path[-1]
    row_label = label or f"{field.label}第 {int(number) + 1} 行"
    for item in field.items:
        if item.is_required and is_blank(cells.get(item.name)):
            yield _remark(review, f"{row_label}的{item.label}", (*path, item.name))
        if item.refuses_empty_talk and _is_empty_talk(review, cells.get(item.name)):
            yield _talk(review, f"{row_label}的{item.label}", (*path, item.name))


def _funds(review: Review, funds: Funds) -> Iterator[Remark]:
    figures = review.project.figures
    for row in funds.rows:
        cells = [c for c in funds.columns if not c.formula and not c.is_text]
        names = {column: funds.cell_name(row, column) for column in cells}
        is_used = any(figures[name].value is not None for name in names.values())
        for column, name in names.items():
            needed = row.is_required or (is_used and column.is_required)
            if needed and figures[name].value is None:
                label = f"{row.label}的{column.label}"
                yield _remark(review, label, figures[name].path)
    for item in funds.items:
        figure = figures[item.name]
        if item.is_required and figure.value is None and item.blank_as is None:
            yield _remark(review, item.label, figure.path)


def is_blank(value: Plain) -> bool:
    """Say whether nothing was filled in."""
    if isinstance(value, dict):
        return all(is_blank(item) for item in value.values())
    return not value or (isinstance(value, str) and not value.strip())


def _is_empty_talk(review: Review, value: Plain) -> bool:
    talk = review.setting("placeholder-text").words("空话")
    return isinstance(value, str) and value.strip() in talk


def _remark(review: Review, label: str, path: tuple[str | int, ...]) -> Remark:
    return Remark(
        place=review.place(*path),
        message=f"「{label}」没有填，表上必填",
        subject=".".join(str(part) for part in path),
        hint="补填；确实没有的，在豁免中写明理由",
    )


def _talk(review: Review, label: str, path: tuple[str | int, ...]) -> Remark:
    return Remark(
        place=review.place(*path),
        message=f"「{label}」只写了空话，应写实际内容",
        subject=".".join(str(part) for part in path),
    )
