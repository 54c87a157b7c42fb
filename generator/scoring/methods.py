"""The nine scoring methods: 完成率 (or a level, a date) to a coefficient, with its steps."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, localcontext

from generator.amounts import DIGITS, HUNDRED, ONE, ZERO, percent, plain, round_half_up
from generator.domain.results import Reading
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


@dataclass(frozen=True, slots=True)
class Case:
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


@dataclass(frozen=True, slots=True)
class Verdict:
    """A coefficient (1 = full points), or None when a person must judge; and why."""

    coefficient: Decimal | None
    steps: tuple[str, ...]


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
    gap, each = plain(round_half_up(counted, 4)), percent(case.rule.per_point, 2)
    as_whole = f"，{case.rule.point_rounding}为 {gap} 个" if rounding else ""
    step = (
        f"低于目标 {plain(round_half_up(short, 4))} 个百分点{as_whole}，每点扣 {each}："
        f"100% − {gap} × {each} {equals_rate(left)} {show_rate(left)}"
    )
    return Verdict(left, (step,))


def by_bands(case: Case) -> Verdict:
    """分段: the first step from the top that the rate reaches."""
    band = find_band(_rate(case), case.rule.bands)
    if band is None:
        return Verdict(ZERO, ("不在任何一段",))
    start = percent(band.start, 2) + (" 以上（不含）" if band.is_open else " 起")
    step = f"{show_rate(_rate(case))} 落在 {start}的一段，得 {percent(band.gives, 2)}"
    return Verdict(band.gives, (step,))


def by_reach(case: Case) -> Verdict:
    """达标: all, or 未达得."""
    if is_met(case.target, case.actual):
        return Verdict(ONE, (f"{_ends(case)}：达标",))
    step = f"{_ends(case)}：未达标，得 {percent(case.rule.unmet, 2)}"
    return Verdict(case.rule.unmet, (step,))


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
    if found.coefficient is not None:
        return Verdict(found.coefficient, (f"等次「{level}」得 {percent(found.coefficient, 2)}",))
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
    grace = f"（已减宽限 {case.rule.grace_days} 天）" if case.rule.grace_days else ""
    count, each = plain(periods), percent(case.rule.late_deduction, 2)
    step = (
        f"{done} 完成，期限 {due}，逾期 {late} 天{grace}，每 {case.rule.late_days} 天扣 {each}，"
        f"不足一期按一期：100% − {count} × {each} = {show_rate(left)}"
    )
    return Verdict(left, (step,))


def by_coefficient(case: Case) -> Verdict:
    """系数: the 得分系数 of the data."""
    if case.coefficient is None:
        return Verdict(None, ("未填得分系数",))
    return Verdict(case.coefficient, (f"得分系数 {percent(case.coefficient, 4)}",))


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
    shown = put_in(case.rule.formula, lambda name: show_number(known.get(name)))
    step = f"{case.rule.formula} = {shown} {equals(score)} {plain(round_half_up(score, 6))}"
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
    return next((b for b in bands if value > b.start or (value == b.start and not b.is_open)), None)


def is_met(target: Reading, actual: Reading) -> bool | None:
    """Say whether a 定量 or 日期 target was met; None when the two cannot be compared."""
    if target.day and actual.day:
        return actual.day <= target.day
    low, done = target.low, actual.low
    if low is None or done is None:
        return None
    if target.sign == "区间":
        return low <= done <= (target.high if target.high is not None else low)
    tests = {"≥": done >= low, ">": done > low, "=": done >= low, "≤": done <= low, "<": done < low}
    return tests[target.sign]


def complete(case: Case, *, reverse: bool) -> Verdict:
    """Return 完成率 with its step; None when the rule leaves a zero target to a person."""
    with localcontext() as context:
        context.prec = DIGITS
        return _complete(case, reverse=reverse)


def _complete(case: Case, *, reverse: bool) -> Verdict:
    target, low, done = case.target, case.target.low, case.actual.low
    if low is None or done is None:
        return Verdict(None, ())
    if target.sign == "区间":
        high = target.high if target.high is not None else low
        show = show_rate if target.unit == "%" else show_number
        return _inside(low, high, done, show)
    if reverse and done <= low:
        ends = f"{show_reading(case.actual, done)} ≤ {show_reading(target, low)}"
        return Verdict(ONE, (f"未超过目标值：{ends}",))
    if low == 0:
        return _against_zero(case)
    text = case.rule.reverse if reverse else case.rule.forward
    rate = parse_formula(text).evaluate({"目标": low, "完成": done}.get)
    if rate is None:
        return Verdict(None, (f"完成率 = {text}，算不出",))
    own = {"目标": show_reading(target, low), "完成": show_reading(case.actual, done)}
    step = f"完成率 = {text} = {put_in(text, lambda name: own.get(name, name))}"
    return Verdict(rate, (f"{step} {equals_rate(rate)} {show_rate(rate)}",))


def _against_zero(case: Case) -> Verdict:
    """Rule a target of 0 without division (目标为零)."""
    if is_met(case.target, case.actual):
        return Verdict(ONE, ("目标为零，达到目标",))
    if case.rule.zero_target == "完成为零得满分":
        return Verdict(ZERO, ("目标为零而完成不为零",))
    return Verdict(None, ("目标为零，须由人评定",))


def _inside(low: Decimal, high: Decimal, done: Decimal, show: Callable[[Decimal], str]) -> Verdict:
    if low <= done <= high:
        return Verdict(ONE, (f"在目标区间内：{show(low)} ≤ {show(done)} ≤ {show(high)}",))
    is_below = done < low
    above, below = (done, low) if is_below else (high, done)
    rate = above / below
    where = "低于" if is_below else "高于"
    step = f"{where}目标区间，完成率 = {show(above)} ÷ {show(below)} {equals_rate(rate)}"
    return Verdict(rate, (f"{step} {show_rate(rate)}",))


def _rate(case: Case) -> Decimal:
    return case.completion if case.completion is not None else ZERO
