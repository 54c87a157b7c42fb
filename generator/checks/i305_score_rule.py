"""A typed score is what the rule gives, or its difference is explained (FIELD §3, 15).

Rule: 人工改分 of the scoring rule: 不许, 须说明 (改分理由), 许可; an equal score is no override.
Source: the rule that fits the row, named in the message.

PASS: 目标 ≥20个，完成 15个，分值 10，得分 7.5
FAIL: 目标 ≥20个，完成 15个，分值 10，得分 9，没有改分理由
"""

from collections.abc import Iterator

from generator.amounts import ZERO, is_equal, plain
from generator.checks.about import About
from generator.checks.review import Remark, Review
from generator.domain.results import RowScore
from generator.findings import Severity

CODE = "I305"
RULE = "score-rule"
SEVERITY = Severity.ERROR
IS_LAW = True
ABOUT = About(
    what=(
        "填的得分与规则算出的不同，又没有写改分理由。规则不许改分的，写了理由也不行；许可改分的，"
        "不查。"
    ),
    basis="这一行适用的评分规则，写在提示里",
    example="「补助项目数」得分填 18，按规则应为 15，差 3",
    subject="指标，如 `补助项目数`",
    remedy="删去得分，或写改分理由",
)


def check(review: Review) -> Iterator[Remark]:
    """Yield typed scores that the rule alone would not give."""
    for row in review.sheet.rows:
        typed, rule, computed = row.indicator.score, row.rule, row.computed
        yield from _level(review, row)
        if rule is None or typed is None or computed is None or rule.override == "许可":
            continue
        is_explained = rule.override == "须说明" and row.indicator.override_reason.strip()
        if is_explained or is_equal(typed.value, computed):
            continue
        yield Remark(
            place=review.place(*row.indicator.path, "得分"),
            message=(
                f"「{row.indicator.name}」得分填 {typed.text}，按规则应为 {plain(computed)}，"
                f"差 {plain(typed.value - computed)}"
            ),
            subject=row.indicator.subject,
            basis=f"{'；'.join(row.steps)}〔{rule.name}，{rule.basis}〕",
            hint="删去得分，由程序计算"
            + ("" if rule.override == "不许" else "；确需改分的，写改分理由"),
        )


def _level(review: Review, row: RowScore) -> Iterator[Remark]:
    """Yield a typed 等次 that gives another score than the rule alone, where that is forbidden."""
    rule, alone, computed = row.rule, row.alone, row.computed
    if rule is None or rule.override != "不许" or alone is None or computed in (None, alone):
        return
    yield Remark(
        place=review.place(*row.indicator.path, "等次"),
        message=(
            f"「{row.indicator.name}」等次填「{row.indicator.level}」得 {plain(computed or ZERO)}，"
            f"按规则应为 {plain(alone)}"
        ),
        subject=row.indicator.subject,
        basis=f"{'；'.join(row.steps)}〔{rule.name}，{rule.basis}〕",
        hint="删去等次，由程序计算",
    )
