"""An indicator that a figure feeds finds its figure, and a typed 完成值 is that figure.

Rule: 取数 and 执行率.位置 in rubric.yaml; half-up to the typed places.
Source: the rubric of the form.

PASS: 预算执行率算出 82.37%，完成值不填，或填 `82.37%`
FAIL: 完成值填 `84%`
"""

from collections.abc import Iterator
from decimal import Decimal

from generator.amounts import (
    HUNDRED,
    MONEY_UNITS,
    parse_decimal,
    parse_percent,
    plain,
    round_half_up,
)
from generator.checks.about import About
from generator.checks.review import Remark, Review
from generator.domain.rubrics import Feed
from generator.findings import Severity
from generator.patterns import pattern
from generator.scoring.feeds import Fed, figure_unit, find_fed

CODE = "I318"
RULE = "fed-value"
SEVERITY = Severity.ERROR
IS_LAW = True
_MEASURE = pattern(r"[=＝]?\s*([-\d.,]+)\s*(\D*)")  # one number, with its unit
ABOUT = About(
    what=(
        "有的指标，完成值由资金算出（评分办法里的“取数”，或执行率“位置”写的指标）。"
        "找不到这个指标，找到几个，或填了完成值而与算出的不同（按填报的位数四舍五入），"
        "都在这里提示。"
    ),
    basis="评分办法的取数、执行率",
    example="「预算执行率」完成值填 84%，按「预算执行率」应为 82%",
    subject="指标，如 `补助项目数`",
    remedy="删去完成值，由程序填；指标照表样的名称写",
    reason="原报送件印作84%，应为82%",
)


def check(review: Review) -> Iterator[Remark]:
    """Yield feeds that find no row or several, and typed values that differ from the figure."""
    rubric = review.project.rubric
    found = list(find_fed(review.project))
    for feed in rubric.feeds if rubric else ():
        mine = [fed for fed in found if fed.feed is feed]
        for name in feed.selector.indicators or ("",):
            hooked = [fed for fed in mine if not name or fed.indicator.answers_to(name)]
            if not hooked or (len(hooked) > 1 and name):
                yield _unhooked(review, feed, hooked, name)
        for fed in mine:
            yield from _typed(review, fed)
            yield from _target(review, fed)


def _unhooked(review: Review, feed: Feed, found: list[Fed], name: str) -> Remark:
    wanted = name or feed.name
    subjects = "；".join(fed.indicator.subject for fed in found)
    return Remark(
        place=review.key_place(review.project.form.tables[0].name),
        message=f"「{feed.figure}」要填入指标「{wanted}」的完成值，"
        + (f"表里有 {len(found)} 个" if found else "表里没有这个指标"),
        subject=wanted,
        basis=f"{feed.name}（{feed.place.file}:{feed.place.line}）",
        hint=f"评分办法里写全其中一个：{subjects}" if found else "指标照表样的名称写",
    )


def _target(review: Review, fed: Fed) -> Iterator[Remark]:
    """Yield a typed 目标值 that is not the one of the rubric."""
    measure, should = fed.indicator.measures[0], fed.feed.target
    if should and measure.target != should:
        yield Remark(
            place=review.place(*measure.path, "目标值"),
            message=f"「{fed.indicator.name}」目标值填 {measure.target}，评分办法写的是 {should}",
            subject=fed.indicator.subject,
            basis=f"取数：{fed.feed.name}（{fed.feed.place.file}:{fed.feed.place.line}）",
            hint="删去目标值，由程序填",
        )


def _typed(review: Review, fed: Fed) -> Iterator[Remark]:
    measure, value = fed.indicator.measures[0], review.sheet.figures.get(fed.feed.figure)
    typed = _number(measure.actual, figure_unit(review.project, fed))
    if value is None or typed is None:
        return
    number, scale = typed
    shown = round_half_up(value * scale, _places(measure.actual))
    if shown == number * scale:
        return
    unit = "%" if scale == HUNDRED else ""
    yield Remark(
        place=review.place(*measure.path, "完成值"),
        message=(
            f"「{fed.indicator.name}」完成值填 {measure.actual}，"
            f"按「{fed.feed.figure}」应为 {plain(shown)}{unit}"
        ),
        subject=fed.indicator.subject,
        expected=f"{plain(shown)}{unit}",
        basis=f"取数：{fed.feed.name}（{fed.feed.place.file}:{fed.feed.place.line}）",
        hint="删去完成值，由程序填",
    )


def _number(text: str, unit: str) -> tuple[Decimal, Decimal] | None:
    """Return a typed number in this unit with its scale (100 for a rate); None when it is none."""
    found = _MEASURE.fullmatch(text.strip())
    if found is None:
        return None
    number, rate = parse_decimal(found[1]), parse_percent(f"{found[1]}{found[2]}")
    if rate is not None:
        return rate, HUNDRED
    if number is not None and {found[2], unit} <= MONEY_UNITS.keys():
        number *= MONEY_UNITS[found[2]] / MONEY_UNITS[unit]
    return None if number is None else (number, Decimal(1))


def _places(text: str) -> int:
    found = _MEASURE.fullmatch(text.strip())
    return len(found[1].partition(".")[2]) if found else 0
