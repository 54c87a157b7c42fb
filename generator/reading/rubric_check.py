"""What must hold inside rubric.yaml and between it and its form, before any data is read."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from generator.amounts import ZERO, plain
from generator.checks.catalogue import LAWS, RULE_NAMES
from generator.domain.forms import Form, Heading, IndicatorTable
from generator.domain.rubrics import Interval, Rubric, Scale, Selector
from generator.findings import Finding, Place
from generator.reading.refusals import error
from generator.reading.traced import Traced
from generator.suggestions import ask_meant

_NEEDED = {"定性": "标度", "分段": "段", "公式": "公式"}  # what a method cannot do without


def check_rubric(form: Form, rubric: Rubric, tree: Traced) -> Iterator[Finding]:
    """Yield everything that is wrong with a resolved rubric."""
    yield from _total(form, rubric)
    yield from _rules(form, rubric, tree)
    yield from _grades(rubric)
    yield from _scales(rubric, tree)
    yield from _explanations(form, rubric)
    yield from _settings(tree)


def _total(form: Form, rubric: Rubric) -> Iterator[Finding]:
    total = rubric.total
    if total is None:
        return
    tables = {table.name: table for table in form.tables}
    for part in total.parts:
        if part != "执行率" and part not in tables:
            message = f"总分的组成「{part}」不是指标表"
            hint = ask_meant(part, ("执行率", *tables))
            yield error("R213", "rubric-total", total.place, message, hint=hint)
    for table in form.tables:
        if table.is_scored and table.name not in total.parts:
            message = f"指标表「{table.name}」计分，却不在总分的组成里"
            yield error("R213", "rubric-total", total.place, message)
    sums = [_table_points(tables[part]) for part in total.parts if part in tables]
    known = [value for value in sums if value is not None]
    own = rubric.execution.points if rubric.execution and "执行率" in total.parts else ZERO
    if sums and len(known) == len(sums) and sum(known, own) != total.full:
        message = f"各部分分值合计 {plain(sum(known, own))}，满分写作 {plain(total.full)}"
        yield error("R213", "rubric-total", total.place, message, hint="更正组的分值或满分")


def _table_points(table: IndicatorTable) -> Decimal | None:
    """Return the points of a table: its own, else the sum of its groups if all state one."""
    if table.points is not None:
        return table.points
    points = [group.points.value for group in table.groups if group.points]
    return sum(points, ZERO) if len(points) == len(table.groups) else None


def _rules(form: Form, rubric: Rubric, tree: Traced) -> Iterator[Finding]:
    groups = {group.name for table in form.tables for group in table.groups}
    level2 = {lv.name for table in form.tables for group in table.groups for lv in group.level2}
    rules = [(rule.name, rule.selector, rule.place) for rule in rubric.scoring_rules]
    rules += [(rule.name, rule.selector, rule.place) for rule in rubric.points_rules]
    for name, selector, place in rules:
        yield from _selector(name, selector, place, known=(groups, level2))
    yield from _parameters(tree)
    execution = rubric.execution
    if execution is not None and execution.ratio not in [rule.name for rule in form.derived]:
        message = f"执行率的比率「{execution.ratio}」不是派生"
        hint = ask_meant(execution.ratio, [rule.name for rule in form.derived])
        yield error("R214", "rubric-rule", execution.place, message, hint=hint)


def _parameters(tree: Traced) -> Iterator[Finding]:
    """Yield rules that lack what their method cannot do without, or name an unknown scale."""
    scales = {item.text("名称") for item in tree.each("标度")}
    shared = tree.get("评分缺省") or tree
    for item in tree.each("评分"):
        name, needed = item.text("名称"), _NEEDED.get(item.text("方法"), "")
        if needed and needed not in item and needed not in shared:
            message = f"规则「{name}」用「{item.text('方法')}」，没有写「{needed}」"
            yield error("R214", "rubric-rule", item.place, message)
        scale = item.text("标度")
        if scale and scale not in scales:
            message = f"规则「{name}」用标度「{scale}」，没有这个标度"
            place = item.place_of("标度")
            yield error("R214", "rubric-rule", place, message, hint=ask_meant(scale, scales))


def _selector(
    name: str, selector: Selector, place: Place, *, known: tuple[set[str], set[str]]
) -> Iterator[Finding]:
    for kind, wanted, there in (
        ("组", selector.groups, known[0]),
        ("二级", selector.level2, known[1]),
    ):
        for one in wanted:
            if one not in there:
                message = f"规则「{name}」用于{kind}「{one}」，表式里没有"
                yield error("R214", "rubric-rule", place, message, hint=ask_meant(one, there))


def _grades(rubric: Rubric) -> Iterator[Finding]:
    grades = rubric.grades
    if grades is None:
        return
    starts = [band.start for band in grades.bands]
    if any(upper <= lower for upper, lower in pairwise(starts)):
        yield error("R215", "rubric-grades", grades.place, "等级的各档应从高到低排列")
    if not starts or starts[-1] != 0:
        yield error("R215", "rubric-grades", grades.place, "等级的最低一档应自 0 起")


def _scales(rubric: Rubric, tree: Traced) -> Iterator[Finding]:
    places = {item.text("名称"): item.place for item in tree.each("标度")}
    scales = {rule.scale.name: rule.scale for rule in rubric.scoring_rules if rule.scale}
    for name, scale in scales.items():
        for message in _scale_faults(scale):
            yield error("R216", "rubric-scale", places[name], f"标度「{name}」：{message}")


def _scale_faults(scale: Scale) -> Iterator[str]:
    for level in scale.levels:
        if level.coefficient is None and level.interval is None:
            yield f"等次「{level.name}」没有系数，也没有写成“[60%, 80%)”的区间"
    intervals = [level.interval for level in scale.levels if level.interval]
    intervals.sort(key=lambda interval: interval.low, reverse=True)
    for upper, lower in pairwise(intervals):
        if not _touch(upper, lower):
            yield f"{upper.text} 与 {lower.text} 之间有空当或重叠"


def _touch(upper: Interval, lower: Interval) -> bool:
    return upper.low == lower.high and upper.has_low != lower.has_high


def _explanations(form: Form, rubric: Rubric) -> Iterator[Finding]:
    texts = {"偏差原因", *_text_fields(form)}
    headings = set(_all_headings(form.outline.headings)) if form.outline else set()
    for rule in rubric.explanations:
        reports = [answer for answer in rule.answers if answer.startswith("报告.")]
        for answer in rule.answers:
            name = answer.removeprefix("报告.")
            if answer.startswith("报告."):
                if name not in headings and reports == list(rule.answers[:1]):
                    message = f"说明「{rule.name}」应填「{answer}」，提纲里没有这个标题"
                    hint = ask_meant(name, headings)
                    yield error("R217", "rubric-explanation", rule.place, message, hint=hint)
            elif name not in texts:
                message = f"说明「{rule.name}」应填「{answer}」，没有这个可填文字的地方"
                hint = ask_meant(name, texts)
                yield error("R217", "rubric-explanation", rule.place, message, hint=hint)


def _text_fields(form: Form) -> Iterator[str]:
    for field in form.fields:
        if field.kind in ("文本", "长文本"):
            yield field.name
        yield from (f"{field.name}.{i.name}" for i in field.items if i.kind in ("文本", "长文本"))
    for table in form.tables:
        yield from (extra.name for extra in table.extra_fields)


def _all_headings(headings: tuple[Heading, ...]) -> Iterator[str]:
    for heading in headings:
        yield from (heading.name, *heading.aliases)
        yield from _all_headings(heading.below)


def _settings(tree: Traced) -> Iterator[Finding]:
    found = tree.get("检查")
    for name, item in (found.entries if found else {}).items():
        if name not in RULE_NAMES:
            message = f"检查里没有「{name}」这条规则"
            hint = ask_meant(name, RULE_NAMES)
            yield error("R218", "rubric-check", item.key_place, message, hint=hint)
        elif name in LAWS and item.text("级别") in ("关闭", "警告"):
            what = {"关闭": "不能关闭", "警告": "不能降为警告"}[item.text("级别")]
            message = f"「{name}」核对的是算术，{what}"
            hint = "删去这一级别；个别项目的问题在数据里豁免"
            yield error("R218", "rubric-check", item.place_of("级别"), message, hint=hint)
