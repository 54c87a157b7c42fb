"""The filed grade is one of the form's labels, to the letter (FIELD §3, 17).

Rule: 等级.档 in rubric.yaml; 优秀 is not 优.
Source: the note below the form.

PASS: `等级: 优`
FAIL: `等级: 优秀`，表上是优、良、中、差
"""

from collections.abc import Iterator

from generator.checks.about import About
from generator.checks.review import Remark, Review
from generator.findings import Severity

CODE = "I307"
RULE = "grade-label"
SEVERITY = Severity.ERROR
IS_LAW = False
ABOUT = About(
    what="已报送的等级不是表上的几个等级之一，一字不差才算。",
    basis="表下的备注；表式的等级",
    example="等级写作「优秀」，应为优、良、中、差之一",
    subject="`已报送.等级`",
    remedy="更正",
    reason="原报送件等级写作“优秀”，表上是“优”",
)


def check(review: Review) -> Iterator[Remark]:
    """Yield a filed grade that the form does not have."""
    grades = review.project.rubric.grades if review.project.rubric else None
    filed = review.project.filed.grade
    labels = [band.name for band in grades.bands] if grades else []
    if filed is None or not grades or filed in labels:
        return
    what = f"等级写作「{filed}」" if filed else "等级没有填"
    yield Remark(
        place=review.place("已报送", "等级"),
        message=f"{what}，应为{'、'.join(labels)}之一",
        subject="已报送.等级",
        basis=grades.basis,
        hint=f"更正为「{review.sheet.grade}」" if review.sheet.grade else "按等级划分更正",
    )
