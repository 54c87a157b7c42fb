"""The figures of a data file: 资金, number fields, members of 组 and cells of 表格."""

from collections.abc import Iterator, Mapping

from generator.domain.fields import Field
from generator.domain.forms import Form
from generator.domain.model import Figure, Path, Plain
from generator.reading.plain_values import amount, mapping, text


def build_figures(
    form: Form, funds: Mapping[str, Plain], values: Mapping[str, Plain]
) -> Iterator[Figure]:
    """Yield every figure that the form knows, blank ones too."""
    if form.funds is not None:
        unit = form.funds.unit
        for row in form.funds.rows:
            cells = funds if row.is_top else mapping(funds.get(row.name))
            above: Path = ("资金",) if row.is_top else ("资金", row.name)
            for column in form.funds.columns:
                if not column.is_text:
                    name = form.funds.cell_name(row, column)
                    yield _figure(name, cells.get(column.name), (*above, column.name), unit)
        for item in form.funds.items:
            path = ("资金", *item.name.split("."))
            yield _figure(item.name, _dig(funds, item.name), path, unit)
    for field in form.fields:
        yield from _field_figures(field, values.get(field.name))


def build_fund_texts(form: Form, funds: Mapping[str, Plain]) -> Iterator[tuple[str, str]]:
    """Yield the text cells of 资金 by name."""
    if form.funds is None:
        return
    for row in form.funds.rows:
        cells = funds if row.is_top else mapping(funds.get(row.name))
        for column in form.funds.columns:
            if column.is_text:
                yield form.funds.cell_name(row, column), text(cells.get(column.name))


def _figure(name: str, value: Plain, path: Path, unit: str, field: Field | None = None) -> Figure:
    number = amount(value)
    known = number.value if number else None
    if known is not None and field is not None:
        known = field.fold(known)
    return Figure(name, known, text(value), path, unit)


def _field_figures(field: Field, value: Plain) -> Iterator[Figure]:
    if field.is_number:
        unit = field.folded_unit or field.unit
        yield _figure(field.name, value, (field.name,), unit, field)
    inner = mapping(value)
    if field.kind == "组":
        for item in field.items:
            if item.is_number:
                unit, path = item.folded_unit or item.unit, (field.name, item.name)
                yield _figure(f"{field.name}.{item.name}", inner.get(item.name), path, unit, item)
    if field.kind == "表格":
        for row in field.rows:
            cells = mapping(inner.get(row.name))
            for item in field.items:
                if item.is_number:
                    name = f"{field.name}.{row.name}.{item.name}"
                    cell = (field.name, row.name, item.name)
                    unit = item.folded_unit or item.unit
                    yield _figure(name, cells.get(item.name), cell, unit, item)


def _dig(tree: Mapping[str, Plain], name: str) -> Plain:
    found: Plain = dict(tree)
    for key in name.split("."):
        found = mapping(found).get(key)
    return found
