"""取数: indicators whose 完成值 is a figure of the same form, 执行率 among them."""

from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from generator.amounts import HUNDRED, ONE, ZERO
from generator.domain.forms import Format
from generator.domain.model import Indicator, Measure, Project
from generator.domain.rubrics import Feed
from generator.scoring.apportion import fits
from generator.scoring.figures import Figures
from generator.scoring.printing import find_format, show


class Fed(Struct, frozen=True):
    """One indicator with what feeds it."""

    feed: Feed
    indicator: Indicator


def find_fed(project: Project) -> Iterator[Fed]:
    """Yield every indicator that a figure feeds; a feed may find none, or several."""
    for feed in project.rubric.feeds if project.rubric else ():
        for indicator in project.indicators:
            if indicator.table.is_scored and fits(feed.selector, indicator, ""):
                yield Fed(feed, indicator)


def feed_indicators(project: Project, figures: Figures) -> Project:
    """Return the project with fed 完成值 filled in; what was typed stays, the exact value beside.

    The printed text has the 显示 of the figure; scores are worked out from the exact value.
    """
    changed: dict[int, Indicator] = {}
    for fed in find_fed(project):
        value = figures.values.get(fed.feed.figure)
        if not fed.indicator.is_shared:
            measure = _fill(project, fed, value, figures)
            changed[id(fed.indicator)] = replace(fed.indicator, measures=(measure,))
    if not changed:
        return project
    indicators = tuple(changed.get(id(row), row) for row in project.indicators)
    return replace(project, indicators=indicators)


def _fill(project: Project, fed: Fed, value: Decimal | None, figures: Figures) -> Measure:
    measure = fed.indicator.measures[0]
    target = measure.target or fed.feed.target
    if value is None:
        return replace(measure, target=target, given=_given(project, fed, figures))
    form = figure_format(project, fed.feed.figure)
    figure = project.figures.get(fed.feed.figure)
    shown = show(value, form, typed=figure.text if figure else "")
    is_rate = form is not None and form.kind == "百分比"
    exact = f"{value * HUNDRED:f}%" if is_rate else f"{value:f}{figure_unit(project, fed)}"
    return replace(measure, target=target, actual=measure.actual or shown, exact=exact)


def _given(project: Project, fed: Fed, figures: Figures) -> Decimal | None:
    """Return what 分母为零 gives the indicator that 执行率 feeds."""
    execution = project.rubric.execution if project.rubric else None
    is_rate = execution is not None and fed.feed.name == "执行率"
    has_zero = any(p.name == fed.feed.figure and not p.missing for p in figures.problems)
    if execution is None or not is_rate or not has_zero:
        return None
    return {"满分": ONE, "0": ZERO}.get(execution.zero_denominator)


def figure_format(project: Project, name: str) -> Format | None:
    """Return the 显示 of a 派生; None for another figure."""
    rule = next((rule for rule in project.form.derived if rule.name == name), None)
    return find_format(project.form.formats, rule.format) if rule else None


def figure_unit(project: Project, fed: Fed) -> str:
    """Return the unit of a figure that is no rate; blank where it has none."""
    figure = project.figures.get(fed.feed.figure)
    rule = next((rule for rule in project.form.derived if rule.name == fed.feed.figure), None)
    return figure.unit if figure else rule.unit if rule else ""
