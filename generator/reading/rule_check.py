"""What must hold of 评分 and 分值规则: names that exist, parameters that a method cannot lack."""

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from generator.amounts import percent
from generator.domain.forms import Form
from generator.domain.rubrics import PointsRule, Rubric, ScoringRule, Selector
from generator.domain.trees import Group, IndicatorTable
from generator.findings import Finding, Place
from generator.reading.package_formulas import figure_units
from generator.reading.refusals import error
from generator.reading.traced import Traced
from generator.scoring.formulas import FormulaError, parse_formula
from generator.suggestions import ask_meant

_NEEDED = {"定性": "标度", "分段": "段", "公式": "公式"}  # what a method cannot do without


def check_rules(form: Form, rubric: Rubric, tree: Traced) -> Iterator[Finding]:
    """Yield rules that name what is not there, lack a parameter, or have no points to share."""
    rules = [(rule.name, rule.selector, rule.place) for rule in rubric.scoring_rules]
    rules += [(rule.name, rule.selector, rule.place) for rule in rubric.points_rules]
    rules += [(feed.name, feed.selector, feed.place) for feed in rubric.feeds]
    for name, selector, place in rules:
        yield from _selector(form, name, selector, place)
    yield from _parameters(tree)
    yield from _limits(rubric)
    yield from _same(rubric)
    yield from _formulas(form, tree)
    yield from _shares(form, rubric)


def _shares(form: Form, rubric: Rubric) -> Iterator[Finding]:
    """Yield 均分 over levels that have no points to share."""
    for rule in rubric.points_rules:
        if rule.mode != "均分":
            continue
        for table in form.tables:
            for name, has_points in _shared_levels(table, rule):
                if not has_points and not _is_covered(name, rule, rubric):
                    message = f"「{rule.name}」均分，「{name}」没有分值可分"
                    hint = "在表式里给它写分值，或把这条规则的「用于」写窄"
                    yield error("R214", "rubric-rule", rule.place, message, hint=hint)


def _shared_levels(table: IndicatorTable, rule: PointsRule) -> Iterator[tuple[str, bool]]:
    """Yield each level that a 均分 rule would share, and whether it has points."""
    if not table.is_scored:
        return
    if not table.groups and not rule.selector.groups and not rule.selector.indicators:
        yield table.name, table.points is not None or table.goals is not None
    for group in table.groups:
        if rule.selector.groups and group.name not in rule.selector.groups:
            continue
        if rule.scope != "二级":
            if not rule.selector.level2:
                yield group.name, group.points is not None
            continue
        for level in group.level2:
            if not rule.selector.level2 or level.name in rule.selector.level2:
                yield level.name, level.points is not None


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


def _limits(rubric: Rubric) -> Iterator[Finding]:
    """Yield bounds and steps that contradict each other."""
    for rule in rubric.scoring_rules:
        if rule.floor > rule.cap:
            message = f"规则「{rule.name}」的下限 {percent(rule.floor, 2)} 高于上限"
            yield error("R214", "rubric-rule", rule.place, message)
        starts = [band.start for band in rule.bands]
        if any(lower >= upper for upper, lower in pairwise(starts)):
            message = f"规则「{rule.name}」的段没有从高到低写"
            yield error("R214", "rubric-rule", rule.place, message)


def _same(rubric: Rubric) -> Iterator[Finding]:
    """Yield two rules that are equally specific and take the same indicators."""
    both: tuple[Sequence[ScoringRule | PointsRule], ...] = (
        rubric.scoring_rules,
        rubric.points_rules,
    )
    for rules in both:
        for first, second in combinations(rules, 2):
            if _overlap(first.selector, second.selector):
                message = f"规则「{first.name}」与「{second.name}」一样具体，分不出用哪一条"
                hint = "把其中一条的「用于」写窄，或删去一条"
                yield error("R214", "rubric-rule", second.place, message, hint=hint)


def _overlap(first: Selector, second: Selector) -> bool:
    if first.specificity != second.specificity:
        return False
    pairs = (
        (first.indicators, second.indicators),
        (first.level2, second.level2),
        (first.groups, second.groups),
        (first.kinds, second.kinds),
    )
    return all(set(one) & set(other) for one, other in pairs if one)


def _formulas(form: Form, tree: Traced) -> Iterator[Finding]:
    """Yield formulas of rules that are none, or that name what a rule does not see."""
    own = ("目标", "完成")
    allowed = {"正向": own, "反向": own, "公式": (*own, "分值", *figure_units(form))}
    for item in (*tree.each("评分"), *tree.each("评分缺省")):
        for key, names in allowed.items():
            if key not in item:
                continue
            start = f"规则「{item.text('名称') or '评分缺省'}」的{key}「{item.text(key)}」"
            place = item.place_of(key)
            try:
                used = parse_formula(item.text(key)).names
            except FormulaError as fault:
                yield error("R214", "rubric-rule", place, f"{start}：{fault}")
                continue
            for name in used:
                if name not in names:
                    hint = ask_meant(name, names)
                    message = f"{start}用到「{name}」，没有这个数"
                    yield error("R214", "rubric-rule", place, message, hint=hint)


def _is_covered(name: str, rule: PointsRule, rubric: Rubric) -> bool:
    """Say whether a more specific rule takes all rows of a group or level 2."""
    return any(
        other.selector.specificity > rule.selector.specificity
        and not other.selector.indicators
        and not other.selector.kinds
        and (
            (name in other.selector.groups and not other.selector.level2)
            or name in other.selector.level2
        )
        for other in rubric.points_rules
    )


def _selector(form: Form, name: str, selector: Selector, place: Place) -> Iterator[Finding]:
    scored = [group for table in form.tables if table.is_scored for group in table.groups]
    groups = [group for table in form.tables for group in table.groups]
    levels = [level for group in groups for level in group.level2]
    parts = (
        ("组", selector.groups, {group.name for group in groups}),
        ("二级", selector.level2, {level.name for level in levels}),
    )
    for one in selector.indicators:
        known = _fixed_names(scored, selector, one.split("/")[:-1])
        if known is not None and one not in known:
            message = f"规则「{name}」用于指标「{one}」，表式里没有"
            yield error("R214", "rubric-rule", place, message, hint=ask_meant(one, known))
    for kind, wanted, there in parts:
        for one in wanted:
            if one not in there:
                message = f"规则「{name}」用于{kind}「{one}」，表式里没有"
                yield error("R214", "rubric-rule", place, message, hint=ask_meant(one, there))


def _fixed_names(groups: list[Group], selector: Selector, heads: list[str]) -> set[str] | None:
    """Return every path of a fixed indicator that a rule can mean; None where own ones may be."""
    meant = [
        group
        for group in groups
        if (not selector.groups or group.name in selector.groups)
        and (not selector.level2 or any(lv.name in selector.level2 for lv in group.level2))
        and set(heads) <= {group.name, *(level.name for level in group.level2)}
    ]
    if not meant or any(group.takes_own for group in meant):
        return None
    return {path for group in meant for path in _paths(group)}


def _paths(group: Group) -> Iterator[str]:
    for entry in group.fixed:
        yield from (entry.name, f"{group.name}/{entry.name}")
    for level in group.level2:
        for entry in level.fixed:
            yield from (entry.name, f"{level.name}/{entry.name}")
            yield f"{group.name}/{level.name}/{entry.name}"
