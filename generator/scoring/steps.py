"""How steps write their numbers: formulas with the numbers in, rounded ones marked by ≈."""

from collections.abc import Callable
from decimal import Decimal

from generator.amounts import HUNDRED, ONE, is_equal, plain, round_half_up
from generator.domain.results import Reading, Step
from generator.patterns import pattern
from generator.scoring.formulas import NAME

_NAME = pattern(NAME)
_PLACES = 6  # of a number in a step
_RATE_PLACES = 4  # of a percentage in a step


def put_in(formula: str, show: Callable[[str], str]) -> str:
    """Return a formula with its names replaced: `完成 ÷ 目标` is `96 ÷ 120`."""
    return _NAME.sub(lambda match: show(match[0]), formula)


def show_number(value: Decimal | None) -> str:
    """Write a number as an operand; a negative one in brackets, a blank one as 空."""
    if value is None:
        return "空"
    text = plain(round_half_up(value, _PLACES))
    return f"({text})" if value < 0 else text


def show_rate(value: Decimal) -> str:
    """Write 0.770625 as `77.0625%`."""
    return f"{plain(round_half_up(value * HUNDRED, _RATE_PLACES))}%"


def equals(value: Decimal, *, places: int = _PLACES) -> str:
    """Return `=`, or `≈` where the number is not written to its last digit."""
    return "=" if is_equal(value, round_half_up(value, places)) else "≈"


def equals_rate(value: Decimal) -> str:
    """Return `=`, or `≈` where the percentage is not written to its last digit."""
    return equals(value * HUNDRED, places=_RATE_PLACES)


def show_reading(reading: Reading, value: Decimal | None) -> str:
    """Write a figure as it was typed: `99.9%`, `1.5亿`; without its unit, since it is divided."""
    if value is None:
        return "空"
    if reading.unit == "%":
        return show_rate(value)
    _, digits, unit = reading.shown
    multiple = unit.removesuffix(reading.unit)
    if multiple and reading.sign != "区间" and value == reading.low:
        return f"{digits}{multiple}"
    return show_number(value)


def multiply_step(points: Decimal, coefficient: Decimal, places: int) -> str:
    """Write points times a coefficient, and the rounding where there was one."""
    exact = points * coefficient
    score = round_half_up(exact, places)
    product = f"{plain(points)} × {plain(round_half_up(coefficient, _PLACES))}"
    if is_equal(exact, score):
        return f"{product} {equals(coefficient)} {plain(score)}"
    to = f"四舍五入到 {places} 位小数" if places else "四舍五入到整数"
    sign = equals(exact, places=places + 2) if equals(coefficient) == "=" else "≈"
    shown = plain(round_half_up(exact, places + 2))
    return f"{product} {sign} {shown}，{to}为 {plain(score)}"


def bound_step(coefficient: Decimal, floor: Decimal, cap: Decimal) -> tuple[Step, ...]:
    """Say that a coefficient was brought to its lower or upper bound."""
    if coefficient > cap:
        return (lambda: f"超过{_limit(cap)}，按 {show_rate(cap)} 计",)
    if coefficient < floor:
        return (lambda: f"低于下限，按 {show_rate(floor)} 计",)
    return ()


def _limit(cap: Decimal) -> str:
    return "满分" if cap == ONE else f"上限 {show_rate(cap)}"
