"""What must hold inside rubric.yaml and between it and its form, before any data is read."""

from collections.abc import Iterator
from itertools import pairwise

from generator.domain.forms import Form, Heading
from generator.domain.rubrics import Interval, Rubric, Scale
from generator.findings import Finding
from generator.reading.package_formulas import figure_units
from generator.reading.refusals import error
from generator.reading.rule_check import check_rules
from generator.reading.settings_check import check_settings
from generator.reading.total_check import check_total
from generator.reading.traced import Traced
from generator.suggestions import ask_meant

_TEXTS = ("文本", "长文本")
_WITH_RATE = ("完成率高于", "执行率低于", "执行率高于")


def check_rubric(form: Form, rubric: Rubric, tree: Traced) -> Iterator[Finding]:
    """Yield everything that is wrong with a resolved rubric."""
    yield from check_total(form, rubric, tree)
    yield from check_rules(form, rubric, tree)
    yield from _grades(rubric)
    yield from _scales(rubric, tree)
    yield from _explanations(form, rubric)
    if "检查" in tree:
        yield from check_settings(tree.entries["检查"])


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
        if level.coefficient is not None and level.interval is not None:
            yield f"等次「{level.name}」写了系数，又写了区间"
        if level.coefficient is None and level.interval is None:
            yield f"等次「{level.name}」没有系数，也没有写成“[60%, 80%)”的区间"
    intervals = [level.interval for level in scale.levels if level.interval]
    intervals.sort(key=lambda interval: interval.low, reverse=True)
    for upper, lower in pairwise(intervals):
        if not _touch(upper, lower):
            yield f"{upper.text} 与 {lower.text} 之间有空当或重叠"
    if intervals and (intervals[-1].low != 0 or intervals[0].high != 1):
        yield "各区间应从 0% 到 100%"


def _touch(upper: Interval, lower: Interval) -> bool:
    return upper.low == lower.high and upper.has_low != lower.has_high


def _explanations(form: Form, rubric: Rubric) -> Iterator[Finding]:
    texts = {"偏差原因", *_text_fields(form)}
    headings = set(_all_headings(form.outline.headings)) if form.outline else set()
    figures = figure_units(form)
    for rule in rubric.explanations:
        for name in rule.compared:
            if name not in figures:
                message = f"说明「{rule.name}」比较「{name}」，没有这个数"
                hint = ask_meant(name, figures)
                yield error("R217", "rubric-explanation", rule.place, message, hint=hint)
        if rule.threshold is not None and rule.when not in _WITH_RATE:
            message = f"说明「{rule.name}」当「{rule.when}」，不看阈值"
            yield error("R217", "rubric-explanation", rule.place, message, hint="删去「阈值」")
        if rule.compared and rule.when != "预算有调整":
            message = f"说明「{rule.name}」当「{rule.when}」，不用「比较」"
            yield error("R217", "rubric-explanation", rule.place, message, hint="删去「比较」")
        if rule.most_length is not None and rule.most_length < rule.least_length:
            message = f"说明「{rule.name}」最多字数少于最少字数"
            yield error("R217", "rubric-explanation", rule.place, message)
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
                hint = f"写成「报告.{name}」" if name in headings else ask_meant(name, texts)
                yield error("R217", "rubric-explanation", rule.place, message, hint=hint)


def _text_fields(form: Form) -> Iterator[str]:
    for field in form.fields:
        if field.kind in _TEXTS:
            yield field.name
        cells = [item.name for item in field.items if item.kind in _TEXTS]
        if field.kind == "组":
            yield from (f"{field.name}.{cell}" for cell in cells)
        for row in field.rows:
            yield from (f"{field.name}.{row.name}.{cell}" for cell in cells)
    if form.funds is not None:
        for fund_row in form.funds.rows:
            for column in (one for one in form.funds.columns if one.is_text):
                name = form.funds.cell_name(fund_row, column)
                yield from (name, f"资金.{name}")
    for table in form.tables:
        yield from (extra.name for extra in table.extra_fields)


def _all_headings(headings: tuple[Heading, ...]) -> Iterator[str]:
    for heading in headings:
        yield from (heading.name, *heading.aliases)
        yield from _all_headings(heading.below)
