"""Amounts of prose that stand nowhere else are told, for comparison with vouchers.

Rule: exact amounts typed in 报告 that equal no figure, no amount of a list, and nothing said in
another text of the file; what stands in brackets only explains, and amounts of one text that add up
to a figure are borne out by it. One note for each text with 最少个数 of them.
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
PARAMETERS = {"最少个数": "一段里至少有几个才提示"}
ABOUT = About(
    what=(
        "一段正文里有几个金额，在本文件别处（资金、指标、清单、别的段落）都找不到。不一定错，"
        "但没有可以互相核对的地方，要对照凭证。一段话提示一次，列出是哪些；括号里的不算。"
    ),
    basis="复核的惯例",
    example="这段里有 2 个金额在本文件别处找不到：4.2万元（第30行）、3.1万元（第30行）",
    subject="文字所在，如 `报告.项目资金使用情况`",
    remedy="对照凭证核对；数据里有这个数的，改成引用",
    reason="已对照凭证核对",
)
_SHOWN = 5


def check(review: Review) -> Iterator[Remark]:
    """Yield texts with figures that nothing in the file bears out."""
    known, least = all_amounts(review), review.setting(RULE).number("最少个数")
    if least is None:
        return
    said: dict[tuple[str, Decimal], set[int]] = {}
    for one in read_statements(review):
        said.setdefault((_kind(one), one.quantity.value), set()).add(id(one.prose))
    told = {id(one) for one, _, _ in called_figures(review)}
    typed = [one for one in read_statements(review) if one.prose.path[0] == "报告"]
    alone: dict[int, list[Statement]] = {}
    for one in typed:
        quantity = one.quantity
        is_plain = quantity.is_exact and not (one.is_reference or _is_inserted(one))
        if _kind(one) != MONEY or not is_plain or id(one) in told:
            continue
        is_alone = len(said[MONEY, quantity.value]) == 1
        if is_alone and not known.hold(quantity.value, quantity.step):
            alone.setdefault(id(one.prose), []).append(one)
    for found in alone.values():
        added = sum((one.quantity.value for one in found), ZERO)
        if len(found) >= least and not known.hold(added, ZERO):
            yield _remark(review, found)


def _is_inserted(one: Statement) -> bool:
    before = one.prose.text[one.sentence[0] : one.quantity.start]
    return max(before.rfind("（"), before.rfind("(")) > max(before.rfind("）"), before.rfind(")"))


def _kind(one: Statement) -> str:
    return MONEY if one.quantity.kind == BARE else one.quantity.kind


def _remark(review: Review, found: Sequence[Statement]) -> Remark:
    listed = "、".join(
        f"{one.quantity.typed}（第{one.place(review).line}行）" for one in found[:_SHOWN]
    )
    more = "等" if len(found) > _SHOWN else ""
    return Remark(
        place=found[0].place(review),
        message=f"这段里有 {len(found)} 个金额在本文件别处找不到：{listed}{more}",
        subject=found[0].prose.subject,
        hint="对照凭证核对",
    )
