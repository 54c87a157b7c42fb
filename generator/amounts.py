"""Exact numbers: Decimal from typed text, one rounding, one way to print."""

from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

from generator.patterns import pattern

ZERO = Decimal(0)
ONE = Decimal(1)
HUNDRED = Decimal(100)
DIGITS = 60  # significant digits of every calculation
EXACT = Context(prec=DIGITS)  # handed to each operation: entering a context costs more than one
SNAP = Decimal(1).scaleb(-30)  # 1 ÷ 3 × 1.5 is 0.5 before it is rounded
_WIDE = Context(prec=DIGITS + 40)  # of rounding: snapping may add digits
NUMBER = pattern(r"[-+−＋－]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?")
MONEY_UNITS = {  # in 元
    "元": ONE,
    "千元": Decimal(1000),
    "万元": Decimal(10000),
    "百万元": Decimal(1000000),
    "亿元": Decimal(100000000),
}
_SIGNS = str.maketrans("−＋－", "-+-")


def parse_decimal(text: str) -> Decimal | None:
    """Return the exact value of `-10504.26` or `11,123.37`; None when it is no number."""
    text = text.strip()
    if not NUMBER.fullmatch(text):
        return None
    if not text.isascii():
        text = text.translate(_SIGNS)
    return Decimal(text.replace(",", ""))


def parse_percent(text: str) -> Decimal | None:
    """Return 0.95 for `95%` (full-width too); None when it is no percentage."""
    text = text.strip().replace("％", "%")
    value = parse_decimal(text[:-1]) if text.endswith("%") else None
    return None if value is None else value / HUNDRED


def round_half_up(value: Decimal, places: int) -> Decimal:
    """Round to `places` decimals, halves away from zero, after snapping at 30 places.

    Source: 四舍五入 as every 填表说明 means it; Python's default (half-even) gives 2.67 for 2.675.
    """
    snapped = value.quantize(SNAP, ROUND_HALF_UP, _WIDE)
    return snapped.quantize(_last_place(places), ROUND_HALF_UP, _WIDE)


@lru_cache(maxsize=64)
def _last_place(places: int) -> Decimal:
    return ONE.scaleb(-places)


def is_equal(left: Decimal, right: Decimal) -> bool:
    """Say whether two results of exact arithmetic are the same number (to 30 places)."""
    return abs(left - right) < SNAP


def plain(value: Decimal) -> str:
    """Write a number as a clerk does: no exponent, no trailing zeros, no minus before zero."""
    text = f"{value.quantize(SNAP, ROUND_HALF_UP, _WIDE):f}".rstrip("0").rstrip(".")
    return "0" if text in ("", "-0", "-") else text


def percent(value: Decimal, places: int) -> str:
    """Write 0.8467 as `84.67%`, rounded half-up, trailing zeros dropped."""
    return f"{plain(round_half_up(value * HUNDRED, places))}%"
