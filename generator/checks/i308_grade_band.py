"""The filed grade is the band that the total falls into (FIELD §3, 17).

Rule: 等级.档 in rubric.yaml, lower ends closed unless 不含.
Source: the note below the form.

PASS: 总分 95.99，报送优
FAIL: 总分 88，报送优（90 分起）
"""

from collections.abc import Iterator

from generator.amounts import plain
from generator.checks.about import About
from generator.checks.review import Remark, Review
from generator.findings import Severity

CODE = "I308"
RULE = "grade-band"
SEVERITY = Severity.ERROR
IS_LAW = True
ABOUT = About(
    what="已报送的等级与总分不符。",
    basis="表下的备注；表式的等级",
    example="等级报送「优」，总分 88 应为「良」",
    subject="`已报送.等级`",
    remedy="先核对总分，再更正等级",
    reason="原报送件等级写作“优”，总分88应为良",
)


def check(review: Review) -> Iterator[Remark]:
    """Yield a filed grade that the computed total does not give."""
    grades = review.project.rubric.grades if review.project.rubric else None
    filed, sheet = review.project.filed.grade, review.sheet
    if grades is None or not filed or not sheet.grade or sheet.total is None:
        return
    if filed == sheet.grade or filed not in [band.name for band in grades.bands]:
        return
    bands = "，".join(f"{plain(band.start)} 起为{band.name}" for band in grades.bands)
    yield Remark(
        place=review.place("已报送", "等级"),
        message=f"等级报送「{filed}」，总分 {plain(sheet.total)} 应为「{sheet.grade}」",
        subject="已报送.等级",
        expected=sheet.grade,
        basis=f"{bands}（{grades.basis}）",
        hint="先核对总分，再更正等级",
    )
