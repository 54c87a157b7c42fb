"""A date reached late has not full points, and work is not finished after its year (FIELD §3, 18).

Rule: the day of 完成值 against the day of 目标值; a rule that itself gives full points for a late
day (宽限) is left alone, and so is a row with 偏差原因. The year ends on 31 December; a target
beyond it is a plan over several years.
Source: re-checkers' practice; the scoring rule of the row, named in the message.

PASS: 目标 11月底前，完成 2020年11月28日，得满分
FAIL: 目标 11月底前，完成 2020年12月20日，得满分
"""

from collections.abc import Iterator
from datetime import date

from generator.amounts import plain
from generator.checks.about import About
from generator.checks.quality_rows import all_rows, is_full
from generator.checks.review import Remark, Review
from generator.domain.results import RowScore
from generator.findings import Severity

CODE = "Q601"
RULE = "date-late"
SEVERITY = Severity.ERROR
IS_LAW = False
ABOUT = About(
    what=(
        "完成日期晚于目标日期，却得满分；规则本身给满分的（宽限期内）、写了偏差原因的不算。"
        "完成日期在年度结束以后，另作警告；目标本来就定在以后的不算。"
    ),
    basis="复核的惯例；这一行适用的评分规则",
    example="「设备验收时间」2020-12-20 完成，比目标 2020-11-30 晚 20 天，却得满分 10",
    subject="指标，如 `设备验收时间`",
    remedy="核对日期；确实逾期的扣分，或写偏差原因",
    reason="原报送件逾期20天而得满分，照录",
)


def check(review: Review) -> Iterator[Remark]:
    """Yield rows that were late and lost nothing, and rows finished after the year."""
    year_end = f"{review.project.year}-12-31"
    talk = review.setting("placeholder-text").words("空话")
    for row in all_rows(review):
        due, done = row.target.day, row.actual.day
        if not done:
            continue
        is_late = bool(due) and done > due
        if is_late and is_full(row) and not _is_ruled(row, talk):
            yield _late(review, row)
        elif done > year_end and (not due or is_late):
            yield Remark(
                place=review.place(*row.indicator.measures[0].path, "完成值"),
                message=(
                    f"「{row.indicator.name}」{done} 完成，已在 {review.project.year} 年度结束以后"
                ),
                subject=row.indicator.subject,
                hint="核对日期；确实跨年的，完成值写到年底为止做到哪一步",
                severity=Severity.WARNING,
            )


def _is_ruled(row: RowScore, talk: tuple[str, ...]) -> bool:
    """Say whether a rule gave the full score, or a person wrote why it was late."""
    by_rule = row.computed is not None and row.points is not None and row.computed >= row.points
    reasons = (row.indicator.reason, *(measure.reason for measure in row.indicator.measures))
    return by_rule or any(r.strip() and r.strip() not in talk for r in reasons)


def _late(review: Review, row: RowScore) -> Remark:
    due, done, score = row.target.day, row.actual.day, row.score
    days = (date.fromisoformat(done) - date.fromisoformat(due)).days
    shown = plain(score) if score is not None else ""
    rule = f"〔{row.rule.name}，{row.rule.basis}〕" if row.rule is not None else ""
    return Remark(
        place=review.place(*row.indicator.measures[0].path, "完成值"),
        message=f"「{row.indicator.name}」{done} 完成，比目标 {due} 晚 {days} 天，却得满分 {shown}",
        subject=row.indicator.subject,
        basis=f"{'；'.join(row.steps)}{rule}",
        hint="核对日期；确实逾期的扣分；仍应满分的，写偏差原因",
    )
