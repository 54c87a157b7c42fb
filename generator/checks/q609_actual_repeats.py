"""What was reached is written as a fact, not copied from the target (FIELD §3, 31).

Rule: a quantitative target with a sign or a word of direction (≥95%, 20个以上, 2-3次) whose 完成值
is the same text; or more than 阈值 of all lines, plain figures left out. 3个 beside 3个 is right.
One remark a project.
Source: re-checkers' practice.

PASS: 目标 ≥95%，完成 98%；目标 3个，完成 3个
FAIL: 目标 ≥95%，完成 ≥95%
"""

from collections.abc import Iterator

from generator.amounts import percent
from generator.checks.about import About
from generator.checks.quality_rows import all_lines, normal, shown_lines
from generator.checks.review import Remark, Review
from generator.domain.model import Measure
from generator.domain.results import RowScore
from generator.findings import Severity
from generator.patterns import pattern

CODE = "Q609"
RULE = "actual-repeats"
SEVERITY = Severity.WARNING
IS_LAW = False
PARAMETERS = {"阈值": "照抄目标的行超过这个比例就报；带 ≥、以上的，有一行就报"}
ABOUT = About(
    what=(
        "完成值照抄目标值：目标带 ≥、≤、“以上”或是区间，完成值一字不差；或照抄的行太多。"
        "“3个”对“3个”是正常的，不算。一个项目只提示一次，列出各行。"
    ),
    basis="复核的惯例",
    example="1 行的完成值照抄目标值：「验收合格率」（≥95%）",
    subject="`完成值`",
    remedy="完成值写实际的数",
)
_PLAIN = pattern(r"=?\d[\d.]*[^\d\s]{0,4}")


def check(review: Review) -> Iterator[Remark]:
    """Yield one remark that lists the lines whose actual is their target."""
    limit = review.setting(RULE).number("阈值")
    copied: list[tuple[str, Measure]] = []
    lines = 0
    for row, measure in all_lines(review):
        target, actual = normal(measure.target), normal(measure.actual)
        if measure.exact or measure.written_out is not None or not (target and actual):
            continue
        lines += 1
        kind = _kind(row, measure, target) if target == actual else "数"
        if kind != "数":
            copied.append((kind, measure))
    is_many = limit is not None and len(copied) > lines * limit
    shown = [measure for kind, measure in copied if is_many or kind == "方向"]
    if not shown:
        return
    share = f"，超过 {lines} 行的 {percent(limit, 2)}" if is_many and limit is not None else ""
    yield Remark(
        place=review.place(*shown[0].path, "完成值"),
        message=f"{len(shown)} 行的完成值照抄目标值{share}：{shown_lines(shown)}",
        subject="完成值",
        hint="完成值写实际的数；做到什么程度，写具体的事实",
    )


def _kind(row: RowScore, measure: Measure, text: str) -> str:
    """Say what was copied: 数 (a plain figure, right), 方向 (a sign or a range), 文字."""
    if measure is not row.indicator.measures[0]:
        return "数" if _PLAIN.fullmatch(text) else "文字"
    if row.target.kind != "定量":
        return "文字"
    return "方向" if row.target.typed_sign and row.target.shown[0] != "=" else "数"
