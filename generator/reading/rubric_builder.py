"""A resolved rubric.yaml to the domain's Rubric, and 用语.yaml to Terms."""

from collections.abc import Iterator
from decimal import Decimal

from msgspec.structs import replace

from generator.amounts import ONE, ZERO, parse_percent
from generator.domain.rubrics import (
    Band,
    CheckSetting,
    Direction,
    Execution,
    ExplanationRule,
    Feed,
    Grades,
    Interval,
    Over,
    PointsRule,
    ProseWords,
    Rollup,
    Rubric,
    Scale,
    ScaleLevel,
    ScoringRule,
    Selector,
    Terms,
    Total,
)
from generator.patterns import pattern
from generator.reading.form_builder import SEVERITIES
from generator.reading.traced import Traced

INTERVAL = pattern(r"([\[(（［])\s*([\d.]+%)\s*[,，]\s*([\d.]+%)\s*([\])）］])")

_NO_PARAMETERS = ("级别", "依据", "待核")


def build_rubric(tree: Traced) -> Rubric:
    """Build a rubric; every scoring rule carries 评分缺省 already."""
    scales = {item.text("名称"): _scale(item) for item in tree.each("标度")}
    shared = _with_parameters(_bare_rule(tree), tree.get("评分缺省") or tree, scales)
    return Rubric(
        total=_total(tree.entries["总分"], tree) if "总分" in tree else None,
        execution=_execution(tree.entries["执行率"], shared, scales) if "执行率" in tree else None,
        points_rules=tuple(_points_rule(item) for item in tree.each("分值规则")),
        scoring_rules=tuple(_scoring_rule(item, shared, scales) for item in tree.each("评分")),
        grades=_grades(tree.entries["等级"]) if "等级" in tree else None,
        explanations=tuple(_explanation(item) for item in tree.each("说明")),
        checks=build_settings(tree.entries["检查"]) if "检查" in tree else {},
        feeds=tuple(_feeds(tree)),
        rollup=_rollup(tree.entries["汇总"]) if "汇总" in tree else None,
    )


def build_settings(tree: Traced) -> dict[str, CheckSetting]:
    """Build what is said about each check, by its rule."""
    return {name: _setting(item) for name, item in tree.entries.items()}


def build_terms(tree: Traced) -> Terms:
    """Build the words by which targets are read."""
    return Terms(
        directions=tuple(
            Direction(item.text("名称"), item.strings("前"), item.strings("后"))
            for item in tree.each("方向")
        ),
        ranges=tree.strings("区间"),
        multiples={n: Decimal(item.string) for n, item in _entries(tree, "倍数").items()},
        on_day=(tree.get("期限") or tree).strings("当日"),
        at_month_end=(tree.get("期限") or tree).strings("月末"),
        before_month=(tree.get("期限") or tree).strings("月前"),
        prose=_prose_words(tree.entries["正文"]) if "正文" in tree else ProseWords(),
    )


def _prose_words(tree: Traced) -> ProseWords:
    return ProseWords(
        counters=tree.strings("量词"),
        about=tree.strings("约数"),
        targets=tree.strings("目标"),
        results=tree.strings("完成"),
        verbs=tree.strings("动词"),
        gains=tree.strings("增量"),
        spans=tree.strings("跨年"),
        ahead=tree.strings("往后"),
        empty=tree.strings("空名"),
        openings=tree.strings("起头"),
        predicates=tree.strings("谓语"),
        fillers=tree.strings("虚词"),
        generic=tree.strings("泛称"),
        other=tree.strings("另说"),
    )


def _entries(tree: Traced, key: str) -> dict[str, Traced]:
    found = tree.get(key)
    return found.entries if found is not None else {}


def _total(item: Traced, tree: Traced) -> Total:
    full = item.number("满分")
    return Total(
        name=item.text("名称", default="总分"),
        full=full if full is not None else Decimal(100),
        parts=item.strings("组成"),
        places=tree.whole("评分缺省", "总分小数"),
        basis=item.text("依据"),
        place=item.place,
    )


def _execution(item: Traced, shared: ScoringRule, scales: dict[str, Scale]) -> Execution:
    rule = _scoring_rule(item, shared, scales) if "方法" in item else None
    return Execution(
        ratio=item.text("比率"),
        position=item.text("位置") or "指标",
        points=item.number("分值") or ZERO,
        rule=replace(rule, name="执行率") if rule else None,
        zero_denominator=item.text("分母为零", default="评定"),
        basis=item.text("依据"),
        place=item.place_of("比率"),
    )


def _feeds(tree: Traced) -> Iterator[Feed]:
    """Yield 取数, and 执行率 where it feeds an indicator."""
    execution = tree.get("执行率")
    if execution is not None and execution.get("位置", "指标") is not None:
        wanted = Selector(indicators=(execution.text("位置", "指标"),))
        place = execution.place_of("位置")
        yield Feed("执行率", wanted, execution.text("比率"), "", place)
    for item in tree.each("取数"):
        yield Feed(
            name=item.text("名称"),
            selector=_selector(item),
            figure=item.text("完成值"),
            target=item.text("目标值"),
            place=item.place,
        )


def _rollup(item: Traced) -> Rollup:
    return Rollup(item.text("方式"), item.text("权"), item.place)


def _selector(item: Traced) -> Selector:
    chosen = item.get("用于")
    if chosen is None:
        return Selector()
    return Selector(
        indicators=chosen.strings("指标"),
        level2=chosen.strings("二级"),
        groups=chosen.strings("组"),
        kinds=chosen.strings("类型"),
    )


def _points_rule(item: Traced) -> PointsRule:
    places = item.whole("小数", default=2)
    return PointsRule(
        name=item.text("名称"),
        selector=_selector(item),
        mode=item.text("方式"),
        default=item.text("缺省"),
        scope=item.text("范围", default="组"),
        places=places if places is not None else 2,
        remainder=item.text("余数", default="末项"),
        basis=item.text("依据"),
        place=item.place,
    )


def _bare_rule(tree: Traced) -> ScoringRule:
    return ScoringRule("", Selector(), "评定", "", tree.place)


def _scoring_rule(item: Traced, shared: ScoringRule, scales: dict[str, Scale]) -> ScoringRule:
    named = replace(
        shared,
        name=item.text("名称"),
        selector=_selector(item),
        method=item.text("方法"),
        basis=item.text("依据"),
        place=item.place,
    )
    return _with_parameters(named, item, scales)


def _with_parameters(rule: ScoringRule, item: Traced, scales: dict[str, Scale]) -> ScoringRule:
    """Return the rule with every parameter that the item states."""
    missing = item.text("缺值")
    stated: dict[str, object] = {
        "per_point": item.number("每点扣"),
        "point_rounding": item.text("取整") or None,
        "bands": tuple(_band(band, "得") for band in item.each("段")) or None,
        "unmet": item.number("未达得"),
        "scale": scales.get(item.text("标度")),
        "same_as_target_is_full": item.text("同目标") == "满分" if "同目标" in item else None,
        "grace_days": item.whole("宽限"),
        "late_days": item.whole("逾期", "每"),
        "late_deduction": item.number("逾期", "扣"),
        "formula": item.text("公式") or None,
        "forward": item.text("正向") or None,
        "reverse": item.text("反向") or None,
        "over": _over(item.entries["超额"]) if "超额" in item else None,
        "zero_target": item.text("目标为零") or None,
        "reason_lifts_missing": item.text("有说明") == "评定" if "有说明" in item else None,
        "signed_actual_counts": (
            item.text("完成值带符号") == "按数值" if "完成值带符号" in item else None
        ),
        "target_choice": item.text("目标取") or None,
        "override": item.text("人工改分") or None,
        "floor": item.number("下限"),
        "cap": item.number("上限"),
        "places": item.whole("小数"),
        "must_explain_loss": item.text("须说明") == "失分" if "须说明" in item else None,
    }
    if missing:
        rule = replace(rule, missing=None if missing == "评定" else item.number("缺值"))
    changes = {name: value for name, value in stated.items() if value is not None}
    return replace(rule, **changes)


def _over(item: Traced) -> Over:
    start = item.number("自")
    return Over(start if start is not None else ONE, item.number("每点扣"))


def _band(item: Traced, gives: str = "") -> Band:
    start = item.number("自")
    return Band(
        name=item.text("名称"),
        start=start if start is not None else ZERO,
        is_open=item.is_yes("不含"),
        gives=(item.number(gives) or ZERO) if gives else ZERO,
    )


def _scale(item: Traced) -> Scale:
    levels = tuple(
        ScaleLevel(level.text("名称"), level.number("系数"), parse_interval(level.text("区间")))
        for level in item.each("等次")
    )
    return Scale(item.text("名称"), levels)


def parse_interval(text: str) -> Interval | None:
    """Return `[60%, 80%)` as numbers; None when it is not written so."""
    match = INTERVAL.fullmatch(text.strip())
    if match is None:
        return None
    low, high = parse_percent(match[2]), parse_percent(match[3])
    if low is None or high is None:
        return None
    return Interval(low, high, match[1] in "[［", match[4] in "]］", text.strip())


def _grades(item: Traced) -> Grades:
    return Grades(
        name=item.text("名称", default="等级"),
        by=item.text("依", default="总分"),
        bands=tuple(_band(band) for band in item.each("档")),
        basis=item.text("依据"),
        place=item.place_of("档"),
    )


def _explanation(item: Traced) -> ExplanationRule:
    return ExplanationRule(
        name=item.text("名称"),
        when=item.text("当"),
        threshold=item.number("阈值"),
        answers=item.strings("应填"),
        compared=item.strings("比较"),
        least_length=item.whole("最少字数", default=0) or 0,
        most_length=item.whole("最多字数"),
        severity=SEVERITIES[item.text("级别", default="错误")],
        place=item.place,
    )


def _setting(item: Traced) -> CheckSetting:
    return CheckSetting(
        severity=SEVERITIES.get(item.text("级别")),
        is_off=item.text("级别") == "关闭",
        parameters={key: item.strings(key) for key in item.entries if key not in _NO_PARAMETERS},
    )
