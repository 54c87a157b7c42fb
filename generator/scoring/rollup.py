"""汇总: one score of a unit over its projects, 平均 or 加权 by a figure."""

from collections.abc import Sequence
from decimal import Decimal, localcontext

from msgspec import Struct

from generator.amounts import DIGITS, ZERO, round_half_up
from generator.domain.results import ScoreSheet
from generator.domain.rubrics import Rubric
from generator.scoring.sheet import grade_of

_PLACES = 2  # where 总分小数 says nothing


class UnitScore(Struct, frozen=True):
    """The score of a unit; without one while a project has none, or the weights are zero."""

    count: int
    score: Decimal | None
    grade: str


def roll_up(rubric: Rubric, sheets: Sequence[ScoreSheet]) -> UnitScore:
    """Return the score of a unit's projects of one form, half-up to the places of 总分."""
    rule, total = rubric.rollup, rubric.total
    if rule is None or total is None:
        return UnitScore(len(sheets), None, "")
    scores = [None if sheet.has_open_scores else sheet.total for sheet in sheets]
    weights = [
        sheet.figures.get(rule.weight) if rule.mode == "加权" else Decimal(1) for sheet in sheets
    ]
    pairs = [
        (s, w) for s, w in zip(scores, weights, strict=True) if s is not None and w is not None
    ]
    whole = sum((weight for _, weight in pairs), ZERO)
    if len(pairs) < len(sheets) or not whole:
        return UnitScore(len(sheets), None, "")
    with localcontext() as context:
        context.prec = DIGITS
        mean = sum((score * weight for score, weight in pairs), ZERO) / whole
    score = round_half_up(mean, total.places if total.places is not None else _PLACES)
    return UnitScore(len(sheets), score, grade_of(rubric, score))
