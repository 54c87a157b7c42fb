"""Exactly one scoring rule is the most specific for each row.

Rule: 用于 of 评分 in rubric.yaml: 指标 before 二级 before 组 before 类型.
Source: the form package; the data show where it is ambiguous.

PASS: one rule for 定量, one for 定性
FAIL: two rules for 定量, or none for 日期
"""

from collections.abc import Iterator

from generator.checks.review import Remark, Review
from generator.findings import Severity

CODE = "I314"
RULE = "rule-unclear"
SEVERITY = Severity.ERROR
IS_LAW = True


def check(review: Review) -> Iterator[Remark]:
    """Yield rows for which the rubric has no rule, or several equally specific ones."""
    for row in review.sheet.rows:
        if row.rules_found == 1:
            continue
        what = "没有适用的评分规则" if row.rules_found == 0 else "有几条同样具体的评分规则"
        yield Remark(
            place=review.place(*row.indicator.path),
            message=f"「{row.indicator.name}」（{row.target.kind}）{what}",
            subject=row.indicator.subject,
            basis=f"templates/{review.project.form.id}/rubric.yaml 的评分",
            hint="请表式维护人补写或改写「用于」",
        )
