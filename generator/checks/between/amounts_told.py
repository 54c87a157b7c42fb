"""Amounts of money in prose, and whether two writings of an amount agree."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from msgspec import Struct

from generator.amounts import MONEY_UNITS, ZERO, parse_decimal
from generator.patterns import pattern

_AMOUNT = pattern(r"(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>亿元|百万元|万元|千元|元)")
_HALF = Decimal("0.5")


class Amount(Struct, frozen=True):
    """An amount in 元, with how exact its writing is and how it was typed."""

    value: Decimal
    step: Decimal  # one unit of the last place that is written, in 元
    typed: str
    at: int = 0

    def agrees_with(self, other: "Amount") -> bool:
        """Say whether two amounts are one, at the places of the coarser writing."""
        return abs(self.value - other.value) <= max(self.step, other.step) * _HALF


def amount_of(typed: str, unit: str) -> Amount | None:
    """Read a typed number with the unit of its field; None when it is no amount of money."""
    value, factor = parse_decimal(typed), MONEY_UNITS.get(unit)
    if value is None or factor is None:
        return None
    return Amount(value * factor, _step(typed) * factor, f"{typed.strip()}{unit}")


def computed_amount(value: Decimal, unit: str) -> Amount | None:
    """Return a figure that was worked out, in the unit of its form."""
    factor = MONEY_UNITS.get(unit)
    return None if factor is None else Amount(value * factor, ZERO, f"{value.normalize():f}{unit}")


def pack_amounts(named: Iterable[tuple[str, Amount]]) -> str:
    """Return amounts by name as one text: a fifth of what the objects take."""
    rows = ((name, str(one.value), str(one.step), one.typed) for name, one in named)
    return "\x00".join(cell for row in rows for cell in row)


def unpack_amounts(packed: str) -> tuple[tuple[str, Amount], ...]:
    """Return what was packed."""
    cells = iter(packed.split("\x00") if packed else ())
    return tuple(
        (name, Amount(Decimal(value), Decimal(step), typed))
        for name, value, step, typed in zip(*[cells] * 4, strict=True)
    )


def amounts_in(text: str) -> Iterator[Amount]:
    """Yield the amounts of a text in order."""
    for found in _AMOUNT.finditer(text):
        value, factor = parse_decimal(found["number"]), MONEY_UNITS[found["unit"]]
        if value is not None:
            step = _step(found["number"]) * factor
            yield Amount(value * factor, step, found[0], found.start())


def _step(typed: str) -> Decimal:
    places = len(typed.strip().partition(".")[2])
    return Decimal(1).scaleb(-places)
