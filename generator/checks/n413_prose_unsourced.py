"""Amounts and percentages of prose that stand nowhere else are told for comparison with vouchers.

Rule: an exact amount or percentage typed in 报告 that equals no figure, no rate, no amount of a
list, and nothing said in another text of the file; amounts of one text that add up to a figure are
borne out by it. One note for each text.
Source: re-checkers' practice (FIELD §3, 10).

PASS: 共支出95万元，资金里的全年执行数是95
FAIL: 会议费4.2万元，别处没有4.2万元
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from generator.amounts import ZERO
from generator.checks.about import About
from generator.checks.n406_prose_figure import called_figures
from generator.checks.prose.known import all_amounts
from generator.checks.prose.quantities import BARE, MONEY
from generator.checks.prose.statements import Statement, read_statements
from generator.checks.review import Remark, Review
from generator.findings import Severity

CODE = "N413"
RULE = "prose-unsourced"
SEVERITY = Severity.NOTE
IS_LAW = False
PARAMETERS: dict[str, str] = {}
ABOUT = About(
    what=(
        "正文里的金额和百分比，在本文件别处（资金、指标、清单、别的段落）都找不到。不一定错，"
        "但没有可以互相核对的地方，要对照凭证。一段话提示一次，列出是哪些。"
    ),
    basis="复核的惯例",
    example="这段里有 1 个数在本文件别处找不到：4.2万元（第30行）",
    subject="文字所在，如 `报告.项目资金使用情况`",
    remedy="对照凭证核对；数据里有这个数的，改成引用",
    reason="已对照凭证核对",
)
_SHOWN = 5


def check(review: Review) -> Iterator[Remark]:
    """Yield texts with figures that nothing in the file bears out."""
    known = all_amounts(review)
    said: dict[tuple[str, Decimal], set[int]] = {}
    for one in read_statements(review):
        said.setdefault((_kind(one), one.quantity.value), set()).add(id(one.prose))
    told = {id(one) for one, _, _ in called_figures(review)}
    alone: dict[int, list[Statement]] = {}
    for one in read_statements(review):
        kind, quantity = _kind(one), one.quantity
        is_typed = one.prose.path[0] == "报告" and not one.is_reference and id(one) not in told
        if not is_typed or kind not in known or not quantity.is_exact:
            continue
        if len(said[kind, quantity.value]) == 1 and not known[kind].hold(
            quantity.value, quantity.step
        ):
            alone.setdefault(id(one.prose), []).append(one)
    for found in alone.values():
        amounts = [one.quantity for one in found if _kind(one) == MONEY]
        added = sum((one.value for one in amounts), ZERO)
        if len(amounts) < len(found) or not known[MONEY].hold(added, ZERO):
            yield _remark(review, found)


def _kind(one: Statement) -> str:
    return MONEY if one.quantity.kind == BARE else one.quantity.kind


def _remark(review: Review, found: Sequence[Statement]) -> Remark:
    listed = "、".join(
        f"{one.quantity.typed}（第{one.place(review).line}行）" for one in found[:_SHOWN]
    )
    more = "等" if len(found) > _SHOWN else ""
    return Remark(
        place=found[0].place(review),
        message=f"这段里有 {len(found)} 个数在本文件别处找不到：{listed}{more}",
        subject=found[0].prose.subject,
        hint="对照凭证核对",
    )
