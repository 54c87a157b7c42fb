"""Exactly one scoring rule is the most specific for each row.

Rule: 用于 of 评分 in rubric.yaml: 指标 before 二级 before 组 before 类型.
Source: the form package; the data show where it is ambiguous.

PASS: 定量一条规则，定性一条规则
FAIL: 定量有两条规则，或日期没有规则
"""

from collections.abc import Iterator

from generator.checks.about import About
from generator.checks.review import Remark, Review
from generator.findings import Severity

CODE = "I314"
RULE = "rule-unclear"
SEVERITY = Severity.ERROR
IS_LAW = True
ABOUT = About(
    what="这一行没有评分规则管，或有几条同样具体。这是表式的问题。",
    basis="表式的评分",
    example="「资金拨付完成时间」（日期）没有适用的评分规则",
    subject="指标，如 `补助项目数`",
    remedy="请表式维护人改评分的“用于”",
)


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
