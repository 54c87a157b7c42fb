"""A target that should be a figure is one (FIELD §3, 28).

Rule: in the second levels of 二级, which ask for figures, a target without any figure that holds
one of 词; titles in 《 》 are left out. Elsewhere (社会效益 …) words are right.
Source: re-checkers' practice.

PASS: 数量指标，目标 ≥20个；社会效益指标，目标 有所提高
FAIL: 数量指标，目标 有所提高
"""

from collections.abc import Iterator

from generator.amounts import ZERO
from generator.checks.about import About
from generator.checks.quality_rows import any_of, has_digit, level_name
from generator.checks.review import Remark, Review
from generator.findings import Severity
from generator.patterns import pattern

CODE = "Q606"
RULE = "target-vague"
SEVERITY = Severity.WARNING
IS_LAW = False
PARAMETERS = {"二级": "目标值应当是数的二级指标", "词": "含糊的说法"}
ABOUT = About(
    what=(
        "应当写数的二级指标（数量、质量、时效、成本），目标值没有一个数，只写“有所提高”“逐步”"
        "一类的话。社会效益等可以不写数的，不查；不计分的表不查。"
    ),
    basis="复核的惯例",
    example="「培训人次」目标值「有所提高」没有数，完成多少无从核对",
    subject="指标，如 `培训人次`",
    remedy="写成数，如 ≥100人次",
)
_TITLE = pattern(r"《[^《》]*》")


def check(review: Review) -> Iterator[Remark]:
    """Yield targets that are words where a figure is due."""
    setting = review.setting(RULE)
    levels, words = setting.words("二级"), any_of(setting.words("词"))
    for row in review.sheet.rows:
        if level_name(row) not in levels or row.points == ZERO:
            continue
        for measure in row.indicator.measures:
            text = _TITLE.sub("", measure.target)
            if not words.search(text) or has_digit(text):
                continue
            yield Remark(
                place=review.place(*measure.path, "目标值"),
                message=f"「{measure.name}」目标值「{measure.target}」没有数，完成多少无从核对",
                subject=row.indicator.subject,
                hint="写成数和单位；没有数可写的，移到合适的二级指标",
            )
