"""The score of one row: which rule it takes, what the rule gives, what a person typed."""

from collections.abc import Mapping
from decimal import Decimal
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from generator.amounts import HUNDRED, ONE, percent, plain, round_half_up
from generator.domain.model import Indicator, Measure
from generator.domain.results import Reading, RowScore, Step
from generator.domain.rubrics import ScoringRule, Selector
from generator.findings import Place
from generator.scoring.apportion import choose_rules, find_fixed
from generator.scoring.formulas import parse_formula
from generator.scoring.methods import METHODS, NEEDS_RATE, Case, Verdict, complete, is_met
from generator.scoring.steps import bound_step, equals_rate, multiply_step, show_rate
from generator.scoring.targets import TargetReader

BLANK = Reading("定性")
_NO_RULE = ScoringRule("", Selector(), "评定", "", Place(""))  # the usual 正向 and 反向


class RowScorer(Struct, frozen=True):
    """Scores rows of one project; all it needs is read once."""

    rules: tuple[ScoringRule, ...]
    reader: TargetReader
    figures: Mapping[str, Decimal | None]

    def read(self, indicator: Indicator, measure: Measure) -> tuple[Reading, Reading]:
        """Return target and actual of a measure as the grammar reads them."""
        default = default_direction(indicator)
        if measure.written_out is not None:
            target = self.reader.read_written_out(measure.written_out)
        else:
            target = self.reader.read(measure.target, default=default)
        return target, self.reader.read(measure.exact or measure.actual, default=default)

    def score(
        self,
        indicator: Indicator,
        points: Decimal | None,
        readings: tuple[Reading, Reading] | None = None,
    ) -> RowScore:
        """Score one row; `readings` are what `read` returns of its first measure."""
        measure = indicator.measures[0]
        target, actual = readings or self.read(indicator, measure)
        rules = choose_rules(self.rules, indicator, target.kind)
        rule = rules[0] if len(rules) == 1 else None
        if rule is not None and rule.target_choice == "年初" and measure.initial_target:
            target = self.reader.read(measure.initial_target)
        if rule is not None and points is not None and not indicator.is_shared:
            return self._apply(indicator, points, rule, target, actual)
        typed = indicator.score.value if indicator.score else None
        told: tuple[Step, ...] = ()
        if rule is not None and points is not None:
            told = ("几行共用一个分值，由人评定", *_judged(typed))
        found = len(rules)
        return RowScore(
            indicator, points, rule, target, actual, None, None, typed, told, rules_found=found
        )

    def read_only(self, indicator: Indicator) -> RowScore:
        """Read a row without points: target, actual and 完成率, no score."""
        target, actual = self.read(indicator, indicator.measures[0])
        rate, told = complete(_NO_RULE, target, actual)
        met = is_met(target, actual)
        return RowScore(indicator, None, None, target, actual, rate, None, None, told, is_met=met)

    def _apply(
        self,
        indicator: Indicator,
        points: Decimal,
        rule: ScoringRule,
        target: Reading,
        actual: Reading,
    ) -> RowScore:
        measure = indicator.measures[0]
        own = indicator.coefficient.value if indicator.coefficient else None
        rate = complete(rule, target, actual)
        case = Case(
            rule,
            points,
            target,
            actual,
            measure.target,
            measure.actual,
            indicator.level,
            own,
            rate.coefficient,
            self.figures,
        )
        missing = find_missing(case, has_reason=bool(measure.reason or indicator.reason))
        verdict = decide(case, rate, missing)
        is_divided = rule.method in NEEDS_RATE and verdict is not rate
        if measure.given is not None:
            verdict = Verdict(measure.given, ("执行率的预算数为零，按评分办法",))
        computed, told = finish(verdict, rule, points)
        if is_divided and missing is None:
            told = (*rate.told, *told)
        alone = computed
        if rule.method == "定性" and indicator.level:
            alone = finish(METHODS[rule.method](replace(case, level="")), rule, points)[0]
        typed = indicator.score.value if indicator.score else None
        if typed is not None and typed != computed:
            told = (*told, *(_judged(typed) if computed is None else (f"填报 {plain(typed)}",)))
        return RowScore(
            indicator,
            points,
            rule,
            target,
            actual,
            rate.coefficient,
            computed,
            typed if typed is not None else computed,
            told,
            is_met(target, actual),
            alone,
        )


def default_direction(indicator: Indicator) -> str:
    """Return how a bare number in 目标值 is meant: ≥ or ≤, the nearest 缺省方向."""
    fixed = find_fixed(indicator)
    if fixed is not None and fixed.default_direction:
        return fixed.default_direction
    above = indicator.level2 or indicator.group
    return above.default_direction if above is not None else "≥"


def _judged(typed: Decimal | None) -> tuple[str, ...]:
    return () if typed is None else (f"评定 {plain(typed)}",)


def decide(case: Case, rate: Verdict, missing: Verdict | None) -> Verdict:
    """Turn a case into a coefficient: missing figures first, then 超额, then the method."""
    method, needs_rate = METHODS[case.rule.method], case.rule.method in NEEDS_RATE
    if not needs_rate and not _needs_actual(case):
        return method(case)
    if case.target.kind != "定量":
        dates = case.rule.method == "达标" and case.target.day and case.actual.day
        return method(case) if dates else Verdict(None, ("目标不是数，须由人评定",))
    if missing is not None:
        return missing
    if not needs_rate:
        return method(case)
    if rate.coefficient is None:
        return rate
    return _over(case, rate.coefficient) or method(case)


def _needs_actual(case: Case) -> bool:
    """Say whether a 公式 uses the actual of a 定量 target."""
    is_formula = case.rule.method == "公式" and case.target.kind == "定量"
    return is_formula and "完成" in parse_formula(case.rule.formula).names


def find_missing(case: Case, *, has_reason: bool) -> Verdict | None:
    """Return what 缺值 rules when the actual is no figure."""
    rule = case.rule
    signed = case.actual.typed_sign not in ("", "=") and not rule.signed_actual_counts
    if case.actual.low is not None and not signed:
        return None
    why = "完成值带符号，不作数" if signed else "完成值不是数"
    if rule.missing is None or (rule.reason_lifts_missing and has_reason):
        return Verdict(None, (f"{why}，须由人评定",))
    share = rule.missing
    return Verdict(share, (lambda: f"{why}，按 {percent(share, 2)} 计",))


def _over(case: Case, rate: Decimal) -> Verdict | None:
    over = case.rule.over
    if over is None or over.per_point is None or rate <= over.start:
        return None
    points = (rate - over.start) * HUNDRED
    start, per_point = over.start, over.per_point
    left = ONE - points * per_point

    def step() -> str:
        gap, each = plain(round_half_up(points, 4)), percent(per_point, 2)
        return (
            f"超过 {percent(start, 2)} 共 {gap} 个百分点，每点扣 {each}："
            f"100% − {gap} × {each} {equals_rate(left)} {show_rate(left)}"
        )

    return Verdict(left, (step,))


def finish(
    verdict: Verdict, rule: ScoringRule, points: Decimal
) -> tuple[Decimal | None, tuple[Step, ...]]:
    """Bound the coefficient, multiply, round half-up; note the step."""
    share, told = verdict
    if share is None:
        return None, told
    bounded = min(max(share, rule.floor), rule.cap)
    score = round_half_up(points * bounded, rule.places)
    bound = bound_step(share, rule.floor, rule.cap)
    return score, (*told, *bound, partial(multiply_step, points, bounded, rule.places))
