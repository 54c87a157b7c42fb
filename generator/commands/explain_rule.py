"""In words: how a text was read, what a scoring rule says, where points come from."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from generator.amounts import percent, plain, round_half_up
from generator.commands.explain_tree import Fact, fact
from generator.commands.explain_view import View, number
from generator.domain.results import Reading, RowScore
from generator.domain.rubrics import PointsRule, ScoringRule, Selector
from generator.scoring.apportion import find_fixed, fits
from generator.scoring.levels import points_above
from generator.scoring.methods import NEEDS_RATE
from generator.scoring.rows import default_direction
from generator.scoring.steps import show_rate

_SIGNS = {"≥": "不低于", ">": "高于", "=": "等于，计分按不低于", "≤": "不高于", "<": "低于"}
_LAST = {"末项": "最后一行", "首项": "第一行", "按填报": "填了余数的一行（没有填的，最后一行）"}


def read_as(reading: Reading, text: str) -> str:
    """Say what a target or an actual was read as: direction, number and unit."""
    if reading.kind == "日期":
        return f"日期 {reading.day}"
    if reading.kind == "定性":
        return "文字，没有读出数" if any(c.isdigit() for c in text) else "文字"
    unit = "" if reading.unit in ("", "%") else f"，单位“{reading.unit}”"
    ends = [_measure(reading, end) for end in (reading.low, reading.high) if end is not None]
    if reading.sign == "区间":
        return f"数，{' 至 '.join(ends)}{unit}"
    return f"数，{ends[0]}{unit}"


def target_as(row: RowScore, text: str) -> str:
    """Say how a target was read, with its direction and where that comes from."""
    reading, shown = row.target, read_as(row.target, text)
    if reading.kind != "定量" or reading.sign == "区间":
        return shown
    word = _SIGNS[reading.sign]
    if reading.typed_sign:
        return f"{word}（{reading.typed_sign}）：{shown}"
    default = default_direction(row.indicator)
    why = f"没有写方向，按表式的缺省方向 {default}"
    return f"{word}（{'目标为 0，按 ≤' if reading.sign != default else why}）：{shown}"


def _measure(reading: Reading, value: Decimal) -> str:
    return show_rate(value) if reading.unit == "%" else plain(value)


def say_selector(selector: Selector) -> str:
    """Say which indicators a rule is for."""
    parts = {
        "指标": selector.indicators,
        "二级": selector.level2,
        "组": selector.groups,
        "类型": selector.kinds,
    }
    return "；".join(f"{k} {'、'.join(v)}" for k, v in parts.items() if v) or "全部指标"


def rule_parts(rule: ScoringRule) -> Iterator[Fact]:
    """Yield what a rule says: for whom, by which source, with which numbers."""
    yield fact("用于", say_selector(rule.selector))
    yield fact("方法", rule.method)
    if rule.basis:
        yield fact("依据", rule.basis)
    yield from (fact(name, value) for name, value in _parameters(rule))
    yield fact("界限", f"下限 {percent(rule.floor, 2)}，上限 {percent(rule.cap, 2)}")
    yield fact("取整", f"四舍五入，{rule.places} 位小数" if rule.places else "四舍五入到整数")
    yield fact("人工改分", rule.override)


def _parameters(rule: ScoringRule) -> Iterator[tuple[str, str]]:
    yield from _OWN.get(rule.method, _none)(rule)
    if rule.method in ("比例", "逐点扣分", "分段"):
        yield "完成率", f"正向 {rule.forward}；反向 {rule.reverse}"
    if rule.over is not None:
        deduct = rule.over.per_point
        what = f"每点扣 {percent(deduct, 2)}" if deduct is not None else "只要求说明，不扣分"
        yield "超额", f"自 {percent(rule.over.start, 2)} 起，{what}"
    if rule.method in NEEDS_RATE:
        missing = "由人评定" if rule.missing is None else f"得 {percent(rule.missing, 2)}"
        lifted = "；写了偏差原因的由人评定" if rule.reason_lifts_missing else ""
        yield "完成值不是数", f"{missing}{lifted}"
    if rule.target_choice != "调整后":
        yield "目标取", rule.target_choice


def _none(_rule: ScoringRule) -> Iterator[tuple[str, str]]:
    yield from ()


def _deduction(rule: ScoringRule) -> Iterator[tuple[str, str]]:
    rounding = f"，不足一点{rule.point_rounding}" if rule.point_rounding else ""
    yield "每点扣", f"{percent(rule.per_point, 2)}{rounding}"


def _bands(rule: ScoringRule) -> Iterator[tuple[str, str]]:
    for band in rule.bands:
        closed = "（不含）" if band.is_open else ""
        yield f"自 {percent(band.start, 2)}{closed}", f"得 {percent(band.gives, 2)}"


def _deadline(rule: ScoringRule) -> Iterator[tuple[str, str]]:
    if rule.grace_days:
        yield "宽限", f"{rule.grace_days} 天"
    if rule.late_days:
        yield "逾期", f"每 {rule.late_days} 天扣 {percent(rule.late_deduction, 2)}"


def _scale(rule: ScoringRule) -> Iterator[tuple[str, str]]:
    for level in rule.scale.levels if rule.scale else ():
        fixed = level.coefficient
        inside = level.interval.text if level.interval else ""
        what = f"得 {percent(fixed, 2)}" if fixed is not None else f"在 {inside} 内由人评定"
        yield f"等次「{level.name}」", what
    if rule.same_as_target_is_full:
        yield "同目标", "完成值与目标值相同的得满分"


_OWN: Mapping[str, Callable[[ScoringRule], Iterator[tuple[str, str]]]] = {
    "逐点扣分": _deduction,
    "分段": _bands,
    "达标": lambda rule: iter([("未达得", percent(rule.unmet, 2))]),
    "定性": _scale,
    "期限": _deadline,
    "公式": lambda rule: iter([("公式", rule.formula)]),
}


def points_fact(view: View, row: RowScore) -> Fact:
    """Say where the points of a row come from."""
    indicator, rule = row.indicator, _points_rule(view, row)
    fixed = find_fixed(indicator)
    place = view.place(*indicator.path, "分值")
    mode = f"：{rule.mode}" if rule and rule.mode != rule.name else ""
    below = [fact("分值规则", f"{rule.name}{mode}", rule.place)] if rule else []
    below += [fact("依据", rule.basis)] if rule and rule.basis else []
    if rule is not None and rule.mode == "均分":
        below += _shares(view, row, rule)
    elif fixed is not None and fixed.points == row.points:
        below.append(fact("表样印的分值", number(fixed.points), fixed.place))
    elif fixed is not None and indicator.points is None:
        below.append(fact("参考分值", number(fixed.reference_points), fixed.place))
    return fact("分值", number(row.points), place, *below)


def _points_rule(view: View, row: RowScore) -> PointsRule | None:
    rules = view.project.rubric.points_rules if view.project.rubric else ()
    fitting = [rule for rule in rules if fits(rule.selector, row.indicator, row.target.kind)]
    best = max((rule.selector.specificity for rule in fitting), default=None)
    return next((rule for rule in fitting if rule.selector.specificity == best), None)


def _shares(view: View, row: RowScore, rule: PointsRule) -> Iterator[Fact]:
    """Say how the points above were shared out over the rows."""
    key = _place_of(row, rule)
    inside = [
        other
        for other in view.sheet.rows
        if other.indicator.table is row.indicator.table
        and _points_rule(view, other) is rule
        and _place_of(other, rule) == key
    ]
    total = points_above(view.project, row.indicator.table).get(key)
    if total is None:
        return
    share = round_half_up(total / len(inside), rule.places)
    name = "/".join(part for part in key if part) or row.indicator.table.name
    shown = f"{name} {plain(total)} 分，{len(inside)} 项：{plain(total)} ÷ {len(inside)}"
    is_even = share * len(inside) == total
    yield fact("均分", f"{shown} {'=' if is_even else '≈'} {plain(share)}")
    if not is_even:
        rest = total - share * (len(inside) - 1)
        mine = "，本行就是" if row.points == rest and row.points != share else ""
        yield fact("余数", f"{_LAST[rule.remainder]}得余下的 {plain(rest)}{mine}")


def _place_of(row: RowScore, rule: PointsRule) -> tuple[str, str, str]:
    goal, group, level = row.indicator.goal, row.indicator.group, row.indicator.level2
    level2 = level.name if level and rule.scope == "二级" else ""
    return (goal.name if goal else "", group.name if group else "", level2)
