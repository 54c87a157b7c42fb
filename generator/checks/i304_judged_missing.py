"""A row that only a person can score has a score.

Rule: the methods 评定 and 定性 of rubric.yaml, and whatever a rule leaves to a person.
Source: the rule that fits the row, named in the message.

PASS: 目标 及时，完成 及时，得分 10
FAIL: 目标 及时，完成 及时，得分和等次都没有填
"""

from collections.abc import Iterator

from generator.checks.about import About
from generator.checks.review import Remark, Review
from generator.domain.results import RowScore
from generator.findings import Severity

CODE = "I304"
RULE = "judged-missing"
SEVERITY = Severity.ERROR
IS_LAW = True
ABOUT = About(
    what="要由人评定的行没有得分；执行率算不出来，没有得分。",
    basis="这一行适用的评分规则，写在提示里",
    example="「行业智能化水平」须由人评定，没有填得分",
    subject="指标，如 `行业智能化水平`；执行率写 `执行率`",
    remedy="填得分，或等次",
)


def check(review: Review) -> Iterator[Remark]:
    """Yield rows without a score."""
    for row in review.sheet.rows:
        if row.score is not None or row.rule is None or row.points is None or row.points == 0:
            continue
        yield Remark(
            place=review.place(*row.indicator.path),
            message=f"「{row.indicator.name}」须由人评定，没有填得分",
            subject=row.indicator.subject,
            basis=f"{'；'.join(row.steps)}〔{row.rule.name}，{row.rule.basis}〕",
            hint=_hint(row),
        )
    rate = review.sheet.rate
    if rate is not None and rate.points and rate.score is None:
        yield Remark(
            place=review.place("资金"),
            message="执行率算不出，没有得分",
            subject="执行率",
            basis="；".join(rate.steps),
            hint="核对预算数与执行数；预算数确实为零的，在已报送里写评定的执行率得分",
        )


def _hint(row: RowScore) -> str:
    if row.target.kind == "日期" and row.actual.kind != "日期":
        return "完成值写成实有的日期，如 2020-12-20；确实没有日期的，填得分"
    scale = row.rule.scale if row.rule is not None and not row.indicator.level else None
    if scale is None:
        return "填得分"
    names = "、".join(level.name for level in scale.levels)
    is_fixed = all(level.coefficient is not None for level in scale.levels)
    return f"填等次：{names}" if is_fixed else f"填得分和等次：{names}"
