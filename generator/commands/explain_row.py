"""One indicator: what was typed, how it was read, by which rule, step by step to the score."""

from collections.abc import Iterator, Sequence

from generator.amounts import is_equal, plain
from generator.commands.explain_figure import figure_parts
from generator.commands.explain_rule import points_fact, read_as, rule_parts, target_as
from generator.commands.explain_tree import Fact, fact
from generator.commands.explain_view import View, number, section, typed
from generator.domain.model import Indicator, Measure
from generator.domain.results import RowScore
from generator.scoring.feeds import Fed, find_fed


def explain_row(view: View, indicator: Indicator) -> Fact:
    """Explain the score of one row."""
    rows = (*view.sheet.rows, *view.sheet.listed)
    row = next((r for r in rows if r.indicator is indicator), None)
    is_scored = row is not None and row.points is not None
    title = f"指标「{indicator.name}」"
    place = view.project.place_of(indicator.path)
    parts = [section("填报", _inputs(view, indicator, row if is_scored else None))]
    if row is None:
        return fact(title, "不计分", place, fact("位置", indicator.subject), *parts)
    parts.append(section("读作", _readings(row)))
    feeds: dict[str, list[Fed]] = {}
    for fed in find_fed(view.project):
        if fed.indicator is indicator:
            feeds.setdefault(fed.feed.figure, []).append(fed)
    parts += [fact(f"取数「{name}」", "", None, *_fed(view, feds)) for name, feds in feeds.items()]
    parts += [_rule(row), section("算法", _steps(row)), section("得分", _result(view, row))]
    parts.append(view.remarks(indicator.subject))
    head = f"{number(row.points)} 分，得 {number(row.score)} 分" if is_scored else "不计分"
    return fact(title, head, place, fact("位置", indicator.subject), *parts)


def line_of(view: View, row: RowScore) -> Fact:
    """Return one line on a row: points, score, and by which rule."""
    cells = (fact("分值", number(row.points)), fact("得分", number(row.score)))
    place = view.project.place_of(row.indicator.path)
    return Fact(row.indicator.subject, _in_short(row), place, cells=cells)


def _in_short(row: RowScore) -> str:
    if row.rule is None:
        return "没有评分规则管这一行" if not row.rules_found else "几条评分规则同样具体"
    name = row.rule.name
    if row.computed is None:
        return f"{name}：由人评定" + ("，没有填得分" if row.score is None else "")
    if row.score is not None and not is_equal(row.score, row.computed):
        return f"{name}：按规则 {plain(row.computed)}，填报 {plain(row.score)}"
    last = next((step for step in reversed(row.steps) if "×" in step), "")
    return f"{name}：{last}"


def _inputs(view: View, indicator: Indicator, row: RowScore | None) -> Iterator[Fact]:
    """Yield what the data state of a row, with its lines."""
    for measure in indicator.measures:
        if indicator.is_shared:
            place = view.project.place_of(measure.path)
            yield fact(measure.name, "", place, *_measure(view, indicator, measure))
        else:
            yield from _measure(view, indicator, measure)
    for measure in indicator.details:
        what = f"目标 {measure.target}，完成 {measure.actual}；只印，不计分"
        yield fact(f"其中：{measure.name}", what, view.project.place_of(measure.path))
    if row is not None:
        yield points_fact(view, row)
    path = indicator.path
    texts = {
        "等次": indicator.level,
        "改分理由": indicator.override_reason,
        "偏差原因": indicator.reason,
    }
    numbers = [("得分", indicator.score), ("得分系数", indicator.coefficient)]
    yield from (f for name, amount in numbers if (f := typed(view, name, amount, path)))
    yield from (fact(k, text, view.place(*path, k)) for k, text in texts.items() if text)


def _measure(view: View, indicator: Indicator, measure: Measure) -> Iterator[Fact]:
    path = measure.path
    place = view.place(*path, "目标值")
    if measure.initial_target:
        yield fact("目标值（年初）", measure.initial_target, view.place(*path, "目标值", "年初"))
    elsewhere = "" if place else "（表式里写的）"
    if measure.target or _has_column(indicator, "目标值"):
        yield fact("目标值", f"{measure.target}{elsewhere}" if measure.target else "没有填", place)
    place = view.place(*path, "完成值")
    elsewhere = "" if place or not measure.exact else "（由程序填）"
    if measure.actual or _has_column(indicator, "完成值"):
        yield fact("完成值", f"{measure.actual}{elsewhere}" if measure.actual else "没有填", place)


def _has_column(indicator: Indicator, name: str) -> bool:
    return any(column.takes.startswith(name) for column in indicator.table.columns)


def _readings(row: RowScore) -> Iterator[Fact]:
    measure = row.indicator.measures[0]
    if row.indicator.is_shared or not (measure.target or measure.actual):
        return
    target = measure.target
    if row.rule is not None and row.rule.target_choice == "年初" and measure.initial_target:
        target = measure.initial_target
    yield fact("目标", target_as(row, target))
    yield fact("完成", read_as(row.actual, measure.actual))


def _fed(view: View, feds: Sequence[Fed]) -> Iterator[Fact]:
    yield from (fact("评分办法", fed.feed.name, fed.feed.place) for fed in feds)
    name = feds[0].feed.figure
    yield fact("得出", view.show(name, view.sheet.figures.get(name)))
    yield from figure_parts(view, name)


def _rule(row: RowScore) -> Fact | None:
    if row.points is None and row.rule is None:
        return None
    if row.rule is None:
        why = "没有" if not row.rules_found else f"有 {row.rules_found} 条同样具体，程序不选"
        return fact("规则", why, None, fact("怎么办", "请表式维护人改评分的“用于”"))
    return fact("规则", row.rule.name, row.rule.place, *rule_parts(row.rule))


def _steps(row: RowScore) -> Iterator[Fact]:
    yield from (fact(str(n), step) for n, step in enumerate(row.steps, 1))


def _result(view: View, row: RowScore) -> Iterator[Fact]:
    indicator, score, computed = row.indicator, row.score, row.computed
    if row.points is None:
        return
    yield fact("计", number(score) if score is not None else "还没有得分")
    yield fact("由来", _origin(row))
    if computed is not None and score is not None and not is_equal(score, computed):
        reason = indicator.override_reason
        place = view.place(*indicator.path, "改分理由")
        yield fact("改分理由", reason or "没有写", place if reason else None)
    for name, amount in (view.project.filed.scores or {}).items():
        if indicator.answers_to(name):
            yield fact("已报送", amount.text, view.place("已报送", "得分", name))


def _origin(row: RowScore) -> str:
    """Say whether the rule or a person gave the score."""
    typed_score, computed = row.indicator.score, row.computed
    if typed_score is None and computed is not None:
        return _by_rule(row)
    if typed_score is None:
        return "须由人评定，还没有填得分"
    if computed is None:
        return "由人评定，填在数据里"
    if is_equal(typed_score.value, computed):
        return "由规则算出；数据里也填了，两者相同"
    gap = plain(typed_score.value - computed)
    return f"由人改分：按规则 {plain(computed)}，填报 {typed_score.text}，差 {gap}"


def _by_rule(row: RowScore) -> str:
    """Say what a person chose where the rule gave the score."""
    method = row.rule.method if row.rule else ""
    if method == "系数":
        return "得分系数由人填，得分由规则算出"
    if method != "定性" or not row.indicator.level:
        return "由规则算出，没有人改过"
    alone = f"；不填等次时按规则得 {plain(row.alone)}" if row.alone is not None else ""
    return f"等次由人填，得分由规则算出{alone}"
