"""How one value of the data reads, and what two of them have to do with each other."""

from decimal import Decimal

from generator.amounts import parse_decimal, parse_percent, plain
from generator.domain.model import Plain

UNFILLED, BLANK = "（未填）", "（空白）"
_LONG = 24  # characters: longer texts are compared word by word


def show(value: Plain) -> str:
    """Write a value as a clerk reads it."""
    if value is None:
        return UNFILLED
    if isinstance(value, str):
        return value.strip() or BLANK
    if isinstance(value, list):
        return "、".join(show(item) for item in value) or BLANK
    return "，".join(f"{key} {show(item)}" for key, item in value.items() if item is not None)


def is_long(before: Plain, after: Plain) -> bool:
    """Say whether two texts are compared word by word rather than shown whole."""
    if not isinstance(before, str) or not isinstance(after, str):
        return False
    if not before.strip() or not after.strip():
        return False
    return any("\n" in text.strip() or len(text) > _LONG for text in (before, after))


def explain_numbers(before: Plain, after: Plain) -> str:
    """Say by how much a number changed, or that only its point or its digits moved."""
    if not isinstance(before, str) or not isinstance(after, str):
        return ""
    old, new = _number(before), _number(after)
    if old is None or new is None or before.endswith(("%", "％")) != after.endswith(("%", "％")):
        return ""
    if old == new:
        return "数相同，只改写法"
    unit = " 个百分点" if after.endswith(("%", "％")) else ""
    change = f"{'增加' if new > old else '减少'} {plain(abs(new - old))}{unit}"
    return f"{change}，只差小数点的位置" if _digits(old) == _digits(new) else change


def _number(text: str) -> Decimal | None:
    found = parse_decimal(text)
    if found is not None:
        return found
    share = parse_percent(text)
    return None if share is None else share * 100


def _digits(value: Decimal) -> str:
    return plain(abs(value)).replace(".", "").strip("0")
