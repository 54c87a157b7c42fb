"""What must hold of 总分, 执行率, 取数 and 汇总, before any data is read."""

from collections.abc import Iterator
from decimal import Decimal

from generator.amounts import ZERO, plain
from generator.domain.forms import Form
from generator.domain.rubrics import Rubric
from generator.domain.trees import IndicatorTable
from generator.findings import Finding
from generator.reading.package_formulas import figure_units
from generator.reading.refusals import error
from generator.reading.traced import Traced
from generator.suggestions import ask_meant

_OF_RATES = ("比例", "逐点扣分", "分段", "达标", "公式", "评定")  # what can score 执行率


def check_total(form: Form, rubric: Rubric, tree: Traced) -> Iterator[Finding]:
    """Yield parts that cannot add up to 满分, and figures that are not there."""
    yield from _total(form, rubric)
    yield from _execution(form, rubric, tree)
    yield from _feeds(form, rubric)
    yield from _rollup(form, rubric)


def _total(form: Form, rubric: Rubric) -> Iterator[Finding]:
    total = rubric.total
    if total is None:
        return
    tables = {table.name: table for table in form.tables}
    for part in {part for part in total.parts if total.parts.count(part) > 1}:
        yield error("R213", "rubric-total", total.place, f"总分的组成里「{part}」写了两次")
    for part in total.parts:
        if part != "执行率" and part not in tables:
            message = f"总分的组成「{part}」不是指标表"
            hint = ask_meant(part, ("执行率", *tables))
            yield error("R213", "rubric-total", total.place, message, hint=hint)
    for table in form.tables:
        if table.is_scored and table.name not in total.parts:
            message = f"指标表「{table.name}」计分，却不在总分的组成里"
            yield error("R213", "rubric-total", total.place, message)
        if not table.is_scored and table.name in total.parts:
            message = f"总分的组成「{table.name}」是不计分的指标表"
            yield error("R213", "rubric-total", total.place, message)
    sums = [_table_points(tables[part]) for part in total.parts if part in tables]
    known = [value for value in sums if value is not None]
    own = rubric.execution.points if rubric.execution and "执行率" in total.parts else ZERO
    if sums and len(known) == len(sums) and sum(known, own) != total.full:
        message = f"各部分分值合计 {plain(sum(known, own))}，满分写作 {plain(total.full)}"
        yield error("R213", "rubric-total", total.place, message, hint="更正组的分值或满分")


def _execution(form: Form, rubric: Rubric, tree: Traced) -> Iterator[Finding]:
    """Yield what contradicts where 执行率 stands."""
    execution = rubric.execution
    is_part = rubric.total is not None and "执行率" in rubric.total.parts
    if execution is None:
        if is_part and rubric.total is not None:
            message = "总分的组成里有执行率，没有「执行率」这一块"
            yield error("R213", "rubric-total", rubric.total.place, message)
        return
    if execution.ratio not in [rule.name for rule in form.derived]:
        message = f"执行率的比率「{execution.ratio}」不是派生"
        hint = ask_meant(execution.ratio, [rule.name for rule in form.derived])
        yield error("R214", "rubric-rule", execution.place, message, hint=hint)
    written = tree.entries["执行率"]
    if execution.position == "资金表":
        if execution.rule is not None and execution.rule.method not in _OF_RATES:
            message = f"执行率不能用「{execution.rule.method}」计分"
            hint = f"可用：{'、'.join(_OF_RATES)}"
            place = written.place_of("方法")
            yield error("R214", "rubric-rule", place, message, hint=hint)
        if is_part and execution.rule is None:
            message = "执行率在资金表里计分，要写「方法」和「分值」"
            yield error("R214", "rubric-rule", written.place, message)
        return
    where = "填入指标" if execution.position == "指标" else "仅列示"
    if is_part and rubric.total is not None:
        message = f"执行率{where}，不能在总分的组成里"
        yield error("R213", "rubric-total", rubric.total.place, message)
    for key in ("分值", "方法"):
        if key in written:
            message = f"执行率{where}，不写「{key}」"
            hint = "在评分里给那个指标写规则" if execution.position == "指标" else "删去这一项"
            yield error("R214", "rubric-rule", written.place_of(key), message, hint=hint)


def _feeds(form: Form, rubric: Rubric) -> Iterator[Finding]:
    figures = figure_units(form)
    for feed in rubric.feeds:
        if feed.figure not in figures and feed.name != "执行率":
            message = f"取数「{feed.name}」的完成值取「{feed.figure}」，没有这个数"
            hint = ask_meant(feed.figure, figures)
            yield error("R214", "rubric-rule", feed.place, message, hint=hint)


def _rollup(form: Form, rubric: Rubric) -> Iterator[Finding]:
    rollup, figures = rubric.rollup, figure_units(form)
    if rollup is None:
        return
    if rubric.total is None:
        yield error("R223", "rubric-rollup", rollup.place, "没有总分，不能汇总")
    if rollup.mode == "加权" and not rollup.weight:
        yield error("R223", "rubric-rollup", rollup.place, "汇总按加权，要写「权」")
    elif rollup.weight and rollup.weight not in figures:
        message = f"汇总的权「{rollup.weight}」，没有这个数"
        hint = ask_meant(rollup.weight, figures)
        yield error("R223", "rubric-rollup", rollup.place, message, hint=hint)


def _table_points(table: IndicatorTable) -> Decimal | None:
    """Return the points of a table: its own, else the sum of its groups if all state one."""
    if table.points is not None:
        return table.points
    points = [group.points.value for group in table.groups if group.points]
    if not points or table.goals is not None:
        return None
    return sum(points, ZERO) if len(points) == len(table.groups) else None
