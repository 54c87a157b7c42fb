"""Plain values of a data file as typed pieces; a value of another shape reads as blank."""

from collections.abc import Mapping
from functools import lru_cache

from generator.amounts import parse_decimal, parse_percent
from generator.domain.model import Amount, Plain


def mapping(value: Plain) -> dict[str, Plain]:
    """Return a mapping, an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def items(value: Plain) -> list[Plain]:
    """Return a list, an empty one for anything else."""
    return value if isinstance(value, list) else []


def text(value: Plain) -> str:
    """Return a scalar's text, blank for anything else."""
    return value if isinstance(value, str) else ""


def amount(value: Plain) -> Amount | None:
    """Return a number (95% is 0.95) with its typed digits; None when it was left blank."""
    return _read_amount(value) if isinstance(value, str) and value else None


@lru_cache(maxsize=1024)
def _read_amount(typed: str) -> Amount | None:
    """Read a number; the rows of a form repeat their few 分值."""
    number = parse_percent(typed) if typed.endswith(("%", "％")) else parse_decimal(typed)
    return None if number is None else Amount(number, typed)


def texts(values: Mapping[str, Plain]) -> dict[str, str]:
    """Return the scalars of a mapping that were filled in."""
    return {name: item for name, item in values.items() if isinstance(item, str)}


def amounts(value: Plain) -> dict[str, Amount]:
    """Return the numbers of a mapping that were filled in."""
    found = {name: amount(item) for name, item in mapping(value).items()}
    return {name: number for name, number in found.items() if number is not None}
