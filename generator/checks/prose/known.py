"""The amounts that the data hold, to find those of prose among them."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from decimal import Decimal

from msgspec import Struct

from generator.amounts import MONEY_UNITS, ONE, ZERO, parse_decimal, plain
from generator.checks.prose.quantities import Quantity
from generator.checks.review import Review
from generator.scoring.names import Listed, name_fields

_MOST_PLACES = 6  # more come from a division


class Known(Struct, frozen=True):
    """A figure of the data by its name, in 元, with the unit and the places it is written in."""

    name: str
    value: Decimal
    step: Decimal
    unit: str

    @property
    def shown(self) -> str:
        """Write it as the form does."""
        return f"{plain(self.value / MONEY_UNITS[self.unit])}{self.unit}"

    def is_said_by(self, quantity: Quantity) -> bool:
        """Say whether prose gives this figure, at the places of the coarser writing."""
        return abs(self.value - quantity.value) <= max(self.step, quantity.step) / 2


def known_amount(review: Review, name: str) -> Known | None:
    """Return a figure of 资金, a field or a 派生 that is money; None where there is none."""
    funds = review.project.form.funds
    value, figure = review.sheet.figures.get(name), review.project.figures.get(name)
    unit = figure.unit if figure and figure.unit else funds.unit if funds else ""
    return None if value is None or unit not in MONEY_UNITS else _known(name, value, unit)


def _known(name: str, value: Decimal, unit: str) -> Known:
    exponent = value.as_tuple().exponent
    is_short = isinstance(exponent, int) and -_MOST_PLACES <= exponent <= 0
    step = ONE.scaleb(exponent) if isinstance(exponent, int) and is_short else ZERO
    return Known(name, value * MONEY_UNITS[unit], step * MONEY_UNITS[unit], unit)


class Amounts:
    """Amounts in order, each with its places."""

    def __init__(self, known: Iterable[tuple[Decimal, Decimal]]) -> None:
        """Sort values and steps."""
        self._known = sorted(set(known))

    def hold(self, value: Decimal, step: Decimal) -> bool:
        """Say whether a value is among them, at the places of the coarser writing."""
        at = bisect_left(self._known, (value, ZERO))
        near = self._known[max(0, at - 1) : at + 2]
        return any(abs(value - other) <= max(step, own) / 2 for other, own in near)


def all_amounts(review: Review) -> Amounts:
    """Return every amount of the data in 元: figures, 派生, and the amounts of lists."""
    money = (*_figures(review), *_cells(review))
    return Amounts((known.value, known.step) for known in money)


def _figures(review: Review) -> Iterator[Known]:
    for name in review.sheet.figures:
        known = known_amount(review, name)
        if known is not None:
            yield known


def _cells(review: Review) -> Iterator[Known]:
    """Yield the amounts in lists."""
    fields = review.project.form.fields
    units = {i.name: i.unit or "元" for f in fields for i in f.items if i.kind == "金额"}
    for one in name_fields(review.project).values() if units else ():
        for row in one if isinstance(one, Listed) else ():
            for name, cell in row.items():
                value = parse_decimal(cell) if isinstance(cell, str) and name in units else None
                if value is not None:
                    yield _known(name, value, units[name])
