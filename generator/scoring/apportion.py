"""分值 of every row: the form's, the data's, or equal shares that add up."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Protocol, TypeVar

from generator.amounts import ZERO, round_half_up
from generator.domain.model import Amount, Indicator
from generator.domain.rubrics import PointsRule, Selector
from generator.domain.trees import FixedIndicator, Group, GroupPoints, IndicatorTable, Level2


def share_equally(total: Decimal, count: int, *, places: int, remainder: str) -> list[Decimal]:
    """Divide points over `count` rows so that the printed shares add up.

    The last (or first) row takes what rounding leaves: 20 over 53 is 52 × 0.38 and 0.24.
    """
    if count == 0:
        return []
    share = round_half_up(total / count, places)
    shares = [share] * count
    shares[0 if remainder == "首项" else -1] = total - share * (count - 1)
    return shares


def fits(selector: Selector, indicator: Indicator, kind: str) -> bool:
    """Say whether a rule's 用于 covers an indicator of this 类型."""
    level2 = indicator.level2.name if indicator.level2 else ""
    group = indicator.group.name if indicator.group else ""
    return _fits_place(selector, group, level2, kind) and (
        not selector.indicators or any(indicator.answers_to(i) for i in selector.indicators)
    )


def _fits_place(selector: Selector, group: str, level2: str, kind: str) -> bool:
    return (
        (not selector.level2 or level2 in selector.level2)
        and (not selector.groups or group in selector.groups)
        and (not selector.kinds or kind in selector.kinds)
    )


class Rule(Protocol):
    """A rule of 分值规则 or 评分."""

    @property
    def selector(self) -> Selector:
        """Return which indicators it is for."""


RuleT = TypeVar("RuleT", bound=Rule)


def choose_rules(rules: tuple[RuleT, ...], indicator: Indicator, kind: str) -> tuple[RuleT, ...]:
    """Return the most specific rules that fit an indicator: exactly one in a sound rubric."""
    level2 = indicator.level2.name if indicator.level2 else ""
    group = indicator.group.name if indicator.group else ""
    by_name, others = _rules_at(rules, group, level2, kind)
    named = [r for r in by_name if any(indicator.answers_to(i) for i in r.selector.indicators)]
    return _most_specific(named) if named else others


@lru_cache(maxsize=1024)
def _rules_at(
    rules: tuple[RuleT, ...], group: str, level2: str, kind: str
) -> tuple[tuple[RuleT, ...], tuple[RuleT, ...]]:
    """Return the rules that fit at one place if they name the indicator, and the best others."""
    fitting = [rule for rule in rules if _fits_place(rule.selector, group, level2, kind)]
    by_name = tuple(rule for rule in fitting if rule.selector.indicators)
    return by_name, _most_specific([rule for rule in fitting if not rule.selector.indicators])


def _most_specific(rules: Sequence[RuleT]) -> tuple[RuleT, ...]:
    best = max((rule.selector.specificity for rule in rules), default=None)
    return tuple(rule for rule in rules if rule.selector.specificity == best)


def stated_points(
    table: IndicatorTable, project_points: Mapping[str, Amount]
) -> dict[str, Decimal | None]:
    """Return the points of each group: the form's, changed by 组分值 where the form allows it."""
    return {
        group.name: _changed(group.name, group.points, project_points) for group in table.groups
    }


def level2_points(
    group: Group, project_points: Mapping[str, Amount], present: frozenset[str]
) -> dict[str, Decimal | None]:
    """Return the points of each level 2 of a group, changed by 组分值, those of absent ones moved.

    组分值 names it alone or by its path, `投入/项目目标`.
    """
    points: dict[str, Decimal | None] = {}
    for level in group.level2:
        path = f"{group.name}/{level.name}"
        name = path if path in project_points else level.name
        points[level.name] = _changed(name, level.points, project_points)
    return _move(group.level2, points, present)


def _changed(
    name: str, points: GroupPoints | None, project_points: Mapping[str, Amount]
) -> Decimal | None:
    if points is None:
        return None
    changed = project_points.get(name)
    return changed.value if changed is not None and points.may_change else points.value


def move_absent(
    table: IndicatorTable, points: Mapping[str, Decimal | None], present: frozenset[str]
) -> dict[str, Decimal | None]:
    """Give the points of an absent group to the group that the form names (转入)."""
    return _move(table.groups, points, present)


def _move(
    levels: Sequence[Group | Level2],
    points: Mapping[str, Decimal | None],
    present: frozenset[str],
) -> dict[str, Decimal | None]:
    moved = dict(points)
    for level in levels:
        own, goes_to = moved.get(level.name), level.points_go_to
        if level.may_be_absent and level.name not in present and own is not None:
            moved[level.name] = ZERO
            if goes_to and moved.get(goes_to) is not None:
                moved[goes_to] = (moved[goes_to] or ZERO) + own
    return moved


def find_fixed(indicator: Indicator) -> FixedIndicator | None:
    """Return what the form prints of an indicator itself."""
    level = indicator.level2 or indicator.group
    if level is None or not level.fixed:
        return None
    return next((fixed for fixed in level.fixed if fixed.name == indicator.name), None)


def points_of(indicator: Indicator, rule: PointsRule | None) -> Decimal | None:
    """Return the points of a row under 固定, 自定 or no rule; None when nothing states them."""
    fixed = find_fixed(indicator)
    if (rule is None or rule.mode == "固定") and fixed is not None and fixed.points is not None:
        return fixed.points
    if indicator.points is not None:
        return indicator.points.value
    if fixed is None or rule is None or rule.default != "参考分值":
        return None
    return fixed.reference_points


def share_rows(
    rows: Sequence[Indicator],
    rule: PointsRule,
    totals: Mapping[tuple[str, str, str], Decimal | None],
) -> dict[int, Decimal]:
    """Return the shares of the rows under one 均分 rule, by position in `rows`.

    `totals` holds the points above the rows by (goal, group, level 2), blank where there is none:
    those of a group stand at `(goal, group, "")`.
    """
    shares: dict[int, Decimal] = {}
    places: dict[tuple[str, str, str], list[int]] = {}
    for index, row in enumerate(rows):
        level2 = row.level2.name if row.level2 and rule.scope == "二级" else ""
        goal, group = row.goal.name if row.goal else "", row.group.name if row.group else ""
        places.setdefault((goal, group, level2), []).append(index)
    for key, members in places.items():
        total = totals.get(key)
        if total is None:
            continue
        divided = share_equally(total, len(members), places=rule.places, remainder=rule.remainder)
        if rule.remainder == "按填报":
            divided = _as_typed(divided, [rows[member].points for member in members])
        shares |= dict(zip(members, divided, strict=True))
    return shares


def _as_typed(shares: list[Decimal], typed: Sequence[Amount | None]) -> list[Decimal]:
    """Move the remainder to the row that states it, when exactly one differs from the share."""
    share, remainder = shares[0], shares[-1]
    different = [n for n, own in enumerate(typed) if own is not None and own.value != share]
    if len(different) != 1 or len(shares) == 1:
        return shares
    own = typed[different[0]]
    if own is None or own.value != remainder:
        return shares
    moved = [share] * len(shares)
    moved[different[0]] = remainder
    return moved
