"""The name of an indicator says what is measured (FIELD §3, 32).

Rule: a name that is the target over again, or nothing but a number or a percentage.
Source: re-checkers' practice.

PASS: 名称 验收合格率，目标 ≥95%
FAIL: 名称 1%，目标 1%
"""

from collections.abc import Iterator

from generator.checks.about import About
from generator.checks.quality_rows import (
    all_rows,
    bare_name,
    has_digit,
    is_printed,
    normal,
)
from generator.checks.review import Remark, Review
from generator.findings import Severity
from generator.patterns import pattern

CODE = "Q610"
RULE = "name-repeats"
SEVERITY = Severity.WARNING
IS_LAW = False
ABOUT = About(
    what="三级指标的名称只是一个数，或把目标值又写了一遍，看不出考核什么。",
    basis="复核的惯例",
    example="指标名称「1%」只是一个数，看不出考核什么",
    subject="指标，如 `社会效益指标/1%`",
    remedy="名称写考核的事，目标值写数",
)
_NUMBER = pattern(r"[^\w\s]*[\d.,]+[^\w\s]*")


def check(review: Review) -> Iterator[Remark]:
    """Yield names that name nothing."""
    for row in all_rows(review):
        if is_printed(row):
            continue
        for measure in row.indicator.measures:
            name = bare_name(measure.name)
            what = "只是一个数" if _NUMBER.fullmatch(name) and has_digit(name) else ""
            if not what and name and name == normal(measure.target):
                what = "把目标值又写了一遍"
            if not what:
                continue
            yield Remark(
                place=review.place(*measure.path, "名称"),
                message=f"指标名称「{measure.name}」{what}，看不出考核什么",
                subject=row.indicator.subject,
                hint="名称写考核的事，如什么率、什么数量；数写在目标值里",
            )
