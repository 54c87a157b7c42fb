"""The nine scoring methods: 完成率 (or a level, a date) to a coefficient, with its steps.

A step with figures in it is a function that writes it: nobody reads most of them.
"""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, localcontext
from functools import partial
from operator import ge, gt, le, lt
from typing import NamedTuple

from msgspec import Struct

from generator.amounts import EXACT, HUNDRED, ONE, ZERO, percent, plain, round_half_up
from generator.domain.results import Reading, Step
from generator.domain.rubrics import Band, ScoringRule
from generator.scoring.formulas import ZeroDivisorError, parse_formula
from generator.scoring.steps import (
    equals,
    equals_rate,
    put_in,
    show_number,
    show_rate,
    show_reading,
)

NEEDS_RATE = frozenset({"比例", "逐点扣分", "分段", "达标"})


class Case(Struct, frozen=True):
    """All that a method may look at."""

    rule: ScoringRule
    points: Decimal
    target: Reading
    actual: Reading
    target_text: str
    actual_text: str
    level: str
    coefficient: Decimal | None
    completion: Decimal | None = None
    figures: Mapping[str, Decimal | None] | None = None


class Verdict(NamedTuple):
    """A coefficient (1 = full points), or None when a person must judge; and why."""

    coefficient: Decimal | None
    told: tuple[Step, ...]


def by_rate(case: Case) -> Verdict:
    """比例: the rate itself."""
    return Verdict(case.completion, ("按完成比例",))


def by_deduction(case: Case) -> Verdict:
    """逐点扣分: 每点扣 for each percentage point short."""
    short = max(ZERO, (ONE - _rate(case)) * HUNDRED)
    if not short:
        return Verdict(ONE, ("达到目标",))
    rounding = {"进一": ROUND_CEILING, "舍去": ROUND_FLOOR}.get(case.rule.point_rounding)
    counted = short.quantize(ONE, rounding) if rounding else short
    left = ONE - counted * case.rule.per_point

    def step() -> str:
        gap, each = plain(round_half_up(counted, 4)), percent(case.rule.per_point, 2)
        as_whole = f"，{case.rule.point_rounding}为 {gap} 个" if rounding else ""
        return (
            f"低于目标 {plain(round_half_up(short, 4))} 个百分点{as_whole}，每点扣 {each}："
            f"100% − {gap} × {each} {equals_rate(left)} {show_rate(left)}"
        )

    return Verdict(left, (step,))


def by_bands(case: Case) -> Verdict:
    """分段: the first step from the top that the rate reaches."""
    band = find_band(_rate(case), case.rule.bands)
    if band is None:
        return Verdict(ZERO, ("不在任何一段",))

    def step() -> str:
        start = percent(band.start, 2) + (" 以上（不含）" if band.is_open else " 起")
        return f"{show_rate(_rate(case))} 落在 {start}的一段，得 {percent(band.gives, 2)}"

    return Verdict(band.gives, (step,))


def by_reach(case: Case) -> Verdict:
    """达标: all, or 未达得."""
    if is_met(case.target, case.actual):
        return Verdict(ONE, (lambda: f"{_ends(case)}：达标",))
    unmet = case.rule.unmet
    return Verdict(unmet, (lambda: f"{_ends(case)}：未达标，得 {percent(unmet, 2)}",))


def _ends(case: Case) -> str:
    """Write actual and target as they are compared."""
    target, actual = case.target, case.actual
    if target.day:
        return f"完成 {actual.day}，期限 {target.day}"
    wanted = f"{target.sign}{show_reading(target, target.low)}"
    if target.sign == "区间":
        wanted = "-".join(show_reading(target, end) for end in (target.low, target.high))
    return f"完成 {show_reading(actual, actual.low)}，目标 {wanted}"


def by_level(case: Case) -> Verdict:
    """定性: the level of a 标度, or full points for a 完成值 equal to the target."""
    scale = case.rule.scale
    level = case.level or case.actual_text
    found = next((entry for entry in scale.levels if entry.name == level), None) if scale else None
    if found is None and case.rule.same_as_target_is_full and case.actual_text == case.target_text:
        return Verdict(ONE, ("完成情况与目标一致，得满分",))
    if found is None:
        return Verdict(None, ("须由人评定",))
    share = found.coefficient
    if share is not None:
        return Verdict(share, (lambda: f"等次「{level}」得 {percent(share, 2)}",))
    interval = found.interval.text if found.interval else ""
    return Verdict(None, (f"等次「{level}」，在 {interval} 内由人评定",))


def by_deadline(case: Case) -> Verdict:
    """期限: 扣 for each started period late."""
    due, done = case.target.day, case.actual.day
    if not due or not done:
        return Verdict(None, ("没有可比的日期，须由人评定",))
    late = (date.fromisoformat(done) - date.fromisoformat(due)).days - case.rule.grace_days
    if late <= 0:
        grace = f"，宽限 {case.rule.grace_days} 天" if done > due else ""
        return Verdict(ONE, (f"{done} 完成，期限 {due}{grace}：按期",))
    if not case.rule.late_days:
        return Verdict(None, (f"逾期 {late} 天，规则未写逾期扣分，须由人评定",))
    periods = (Decimal(late) / case.rule.late_days).quantize(ONE, ROUND_CEILING)
    left = ONE - periods * case.rule.late_deduction

    def step() -> str:
        grace = f"（已减宽限 {case.rule.grace_days} 天）" if case.rule.grace_days else ""
        count, each = plain(periods), percent(case.rule.late_deduction, 2)
        return (
            f"{done} 完成，期限 {due}，逾期 {late} 天{grace}，每 {case.rule.late_days} 天"
            f"扣 {each}，不足一期按一期：100% − {count} × {each} = {show_rate(left)}"
        )

    return Verdict(left, (step,))


def by_coefficient(case: Case) -> Verdict:
    """系数: the 得分系数 of the data."""
    own = case.coefficient
    if own is None:
        return Verdict(None, ("未填得分系数",))
    return Verdict(own, (lambda: f"得分系数 {percent(own, 4)}",))


def by_formula(case: Case) -> Verdict:
    """公式: a formula over 分值, 目标, 完成 and figures gives the score."""
    own = {"分值": case.points, "目标": case.target.low, "完成": case.actual.low}
    known = {**(case.figures or {}), **own}
    try:
        score = parse_formula(case.rule.formula).evaluate(known.get)
    except ZeroDivisorError:
        return Verdict(None, (f"公式「{case.rule.formula}」除数为零",))
    if score is None or not case.points:
        return Verdict(None, (f"公式「{case.rule.formula}」缺少数据",))

    def step() -> str:
        shown = put_in(case.rule.formula, lambda name: show_number(known.get(name)))
        return f"{case.rule.formula} = {shown} {equals(score)} {plain(round_half_up(score, 6))}"

    return Verdict(score / case.points, (step,))


def by_judgement(_case: Case) -> Verdict:
    """评定: a person's score."""
    return Verdict(None, ("由人评定",))


METHODS: Mapping[str, Callable[[Case], Verdict]] = {
    "比例": by_rate,
    "逐点扣分": by_deduction,
    "分段": by_bands,
    "达标": by_reach,
    "定性": by_level,
    "期限": by_deadline,
    "系数": by_coefficient,
    "公式": by_formula,
    "评定": by_judgement,
}


def find_band(value: Decimal, bands: tuple[Band, ...]) -> Band | None:
    """Return the first band from the top whose lower end is reached (closed unless open)."""
    for band in bands:
        if value > band.start or (value == band.start and not band.is_open):
            return band
    return None


_DIRECTIONS: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "≥": ge,
    ">": gt,
    "=": ge,
    "≤": le,
    "<": lt,
}


def is_met(target: Reading, actual: Reading) -> bool | None:
    """Say whether a 定量 or 日期 target was met; None when the two cannot be compared."""
    if target.day and actual.day:
        return actual.day <= target.day
    low, done = target.low, actual.low
    if low is None or done is None:
        return None
    if target.sign == "区间":
        return low <= done <= (target.high if target.high is not None else low)
    return _DIRECTIONS[target.sign](done, low)


def complete(rule: ScoringRule, target: Reading, actual: Reading) -> Verdict:
    """Return 完成率 with its step; None when the rule leaves a zero target to a person."""
    low, done = target.low, actual.low
    if low is None or done is None:
        return Verdict(None, ())
    if target.sign == "区间":
        return _inside(target, low, done)
    reverse = target.sign in ("≤", "<")
    if reverse and done <= low:
        return Verdict(ONE, (partial(_write_reached, target, actual),))
    if low == 0:
        return _against_zero(rule, target, actual)
    text = rule.reverse if reverse else rule.forward
    rate = parse_formula(text).evaluate({"目标": low, "完成": done}.get)
    if rate is None:
        return Verdict(None, (f"完成率 = {text}，算不出",))
    return Verdict(rate, (partial(_write_rate, text, rate, target, actual),))


def _write_reached(target: Reading, actual: Reading) -> str:
    with localcontext(EXACT):
        ends = f"{show_reading(actual, actual.low)} ≤ {show_reading(target, target.low)}"
    return f"未超过目标值：{ends}"


def _write_rate(text: str, rate: Decimal, target: Reading, actual: Reading) -> str:
    with localcontext(EXACT):
        own = {"目标": show_reading(target, target.low), "完成": show_reading(actual, actual.low)}
        step = f"完成率 = {text} = {put_in(text, lambda name: own.get(name, name))}"
        return f"{step} {equals_rate(rate)} {show_rate(rate)}"


def _against_zero(rule: ScoringRule, target: Reading, actual: Reading) -> Verdict:
    """Rule a target of 0 without division (目标为零)."""
    if is_met(target, actual):
        return Verdict(ONE, ("目标为零，达到目标",))
    if rule.zero_target == "完成为零得满分":
        return Verdict(ZERO, ("目标为零而完成不为零",))
    return Verdict(None, ("目标为零，须由人评定",))


def _inside(target: Reading, low: Decimal, done: Decimal) -> Verdict:
    high = target.high if target.high is not None else low
    if low <= done <= high:
        return Verdict(ONE, (partial(_write_inside, target, (low, done, high)),))
    where, above, below = ("低于", done, low) if done < low else ("高于", high, done)
    if not below:  # 0-5天 with an actual below zero
        return Verdict(None, (f"{where}目标区间，除数为零，须由人评定",))
    rate = EXACT.divide(above, below)
    return Verdict(rate, (partial(_write_outside, target, where, (above, below), rate),))


def _write_inside(target: Reading, ends: tuple[Decimal, ...]) -> str:
    show = show_rate if target.unit == "%" else show_number
    with localcontext(EXACT):
        return f"在目标区间内：{' ≤ '.join(show(end) for end in ends)}"


def _write_outside(target: Reading, where: str, ends: tuple[Decimal, ...], rate: Decimal) -> str:
    show = show_rate if target.unit == "%" else show_number
    with localcontext(EXACT):
        ratio = f"{' ÷ '.join(show(end) for end in ends)} {equals_rate(rate)} {show_rate(rate)}"
    return f"{where}目标区间，完成率 = {ratio}"


def _rate(case: Case) -> Decimal:
    return case.completion if case.completion is not None else ZERO
