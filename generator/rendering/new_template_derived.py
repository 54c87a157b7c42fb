"""派生 of a new template: computed figures that stand nowhere else on the paper."""

from collections.abc import Iterator

from generator.domain.forms import Derived, Form
from generator.domain.rubrics import Rubric
from generator.rendering.new_template_fields import Pair
from generator.rendering.new_template_tags import Paper, Tags
from generator.scoring.formulas import FormulaError, parse_formula


def derived_pairs(paper: Paper, tags: Tags) -> Iterator[Pair]:
    """Yield the label and the tag of each figure that is printed for itself.

    A 标签 says that it is. Without one, a figure that others are worked out from is a step on
    the way to them.
    """
    shown, steps = _printed_elsewhere(paper.form, paper.rubric), _steps(paper.form, paper.rubric)
    for rule in paper.form.derived:
        if not _is_shown(rule, shown) and (
            rule.name in paper.derived_labels or rule.name not in steps
        ):
            yield paper.derived_labels.get(rule.name, rule.name), tags.value("派生", rule.name)


def _is_shown(rule: Derived, shown: frozenset[str]) -> bool:
    return rule.name in shown or (bool(rule.formula) and rule.formula in shown)


def _printed_elsewhere(form: Form, rubric: Rubric | None) -> frozenset[str]:
    """Return names and formulas of figures that columns, 执行率 or indicators print."""
    names = {feed.figure for feed in rubric.feeds} if rubric else set()
    if rubric is not None and rubric.execution is not None:
        names.add(rubric.execution.ratio)
    if form.funds is not None:
        names |= {column.formula for column in form.funds.columns if column.formula}
        names |= {item.formula for item in form.funds.items if item.formula}
    return frozenset(names)


def _steps(form: Form, rubric: Rubric | None) -> frozenset[str]:
    """Return every name that a formula of the form or of its rubric uses."""
    texts = [rule.formula for rule in form.derived]
    texts += [side for one in form.identities for side in (one.left, one.right)]
    texts += [item.formula for item in form.funds.items] if form.funds else []
    texts += [rule.formula for rule in rubric.scoring_rules] if rubric else []
    return frozenset(name for text in texts for name in _names(text))


def _names(text: str) -> tuple[str, ...]:
    try:
        return tuple(parse_formula(text).names) if text else ()
    except FormulaError:
        return ()
