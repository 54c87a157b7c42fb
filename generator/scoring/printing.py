"""Numbers as a form prints them: its 格式, or the digits that were typed."""

from collections.abc import Mapping
from decimal import Decimal

from generator.amounts import HUNDRED, plain, round_half_up
from generator.domain.forms import Format
from generator.domain.model import Amount

AS_TYPED = Format("数")
_MOST_PLACES = 4  # more come from a division, not from typing


def show(value: Decimal | None, form: Format | None, *, typed: str = "") -> str:
    """Return a number as text; `typed` is kept where the format asks for it (按填报)."""
    if value is None:
        return ""
    form = form or AS_TYPED
    if form.kind == "百分比":
        value = value * HUNDRED
    if form.places is None:
        digits = typed.replace(",", "").removesuffix("%") if typed else _natural(value)
    else:
        digits = f"{round_half_up(value, form.places):f}"
        digits = plain(Decimal(digits)) if form.drops_zeros else digits
    if form.has_thousands:
        digits = f"{Decimal(digits):,f}"
    return f"{form.prefix}{digits}{'%' if form.kind == '百分比' else ''}"


def _natural(value: Decimal) -> str:
    """Return a computed number with the places that its operands had: 500.00 − 475.50 is 24.50."""
    exponent = value.as_tuple().exponent
    is_short = isinstance(exponent, int) and -_MOST_PLACES <= exponent <= 0
    return f"{value:f}" if is_short else plain(value)


def show_amount(amount: Amount | None, form: Format | None) -> str:
    """Return a typed number in its format."""
    return "" if amount is None else show(amount.value, form, typed=amount.text)


def show_group(name: str, points: Decimal | None, form: Format | None) -> str:
    """Return a group's name in its 组名 format: `产出指标（50分）`."""
    if form is None or form.kind != "组名" or points is None:
        return name
    return form.pattern.replace("{名称}", name).replace("{分值}", plain(points))


def find_format(formats: Mapping[str, Format], name: str) -> Format | None:
    """Return a format by name; None where none is named."""
    return formats.get(name) if name else None
