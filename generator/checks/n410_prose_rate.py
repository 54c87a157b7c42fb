"""A rate or a growth in a sentence is what its two figures make (FIELD §3, 3 and 38).

Rule: `预算100万元，支出95万元，执行率95%`: a percentage behind one of 率, in a sentence with
exactly two amounts, is the smaller one over the larger one; `由100家增加到120家，增长20%`: a
percentage behind one of 增长 is the change over the first figure; at the percentage's places.
Source: re-checkers' practice.

PASS: 预算100万元，支出95万元，执行率95%
FAIL: 预算100万元，支出95万元，执行率99%
"""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from generator.amounts import HUNDRED, ZERO, plain, round_half_up
from generator.checks.about import About
from generator.checks.prose.quantities import MONEY, SHARE, Quantity
from generator.checks.prose.statements import Statement, read_statements
from generator.checks.review import Remark, Review
from generator.findings import Severity
from generator.patterns import pattern

CODE = "N410"
RULE = "prose-rate"
SEVERITY = Severity.WARNING
IS_LAW = False
PARAMETERS = {
    "率": "百分比前面的词：两个金额之比，如 执行率",
    "增长": "百分比前面的词：由甲到乙的变化，如 增长",
    "下降": "同上，变小的，如 下降",
}
ABOUT = About(
    what=(
        "一句话里写了两个金额和它们的比（执行率、支出率等），算出来不是这个数；写了“由100家增加到120家，"
        "增长20%”，算出来不是这个数。按写出的位数四舍五入后比。"
    ),
    basis="算术",
    example="「执行率」写作99%，95万元 ÷ 100万元 = 95%",
    subject="文字所在，如 `报告.项目资金使用情况`",
    remedy="核对三个数；最好引用 {{ 结果.执行率 }}",
)
_REACH = 6  # letters between the word and the percentage
_PAIR = 2
_CHANGES = pattern(r"[由从]\D{0,12}$")
_TO = pattern(r"^\D{0,8}[到至]\D{0,2}$")


def check(review: Review) -> Iterator[Remark]:
    """Yield percentages that the figures of their sentence do not make."""
    setting = review.setting(RULE)
    rates, more, less = (setting.words(name) for name in ("率", "增长", "下降"))
    sentences: dict[tuple[int, tuple[int, int]], list[Statement]] = {}
    for one in read_statements(review):
        if not one.prose.source.is_value:
            sentences.setdefault((id(one.prose), one.sentence), []).append(one)
    for found in sentences.values():
        text = found[0].prose.text
        for one in found:
            share = one.quantity
            if share.unit != "%" or not share.is_exact or share.kind != SHARE:
                continue
            before = text[max(one.sentence[0], share.start - _REACH) : share.start]
            if word := next((word for word in rates if word in before), ""):
                yield from _rate(review, one, word, [x.quantity for x in found])
            elif "年均" in before:
                continue
            elif word := next((word for word in (*more, *less) if word in before), ""):
                sign = 1 if word in more else -1
                yield from _change(review, one, word, [x.quantity for x in found], sign)


def _rate(review: Review, one: Statement, word: str, found: list[Quantity]) -> Iterator[Remark]:
    amounts = [quantity for quantity in found if quantity.kind == MONEY]
    shares = [quantity for quantity in found if quantity.kind == SHARE]
    if len(amounts) != _PAIR or len(shares) != 1 or not all(x.is_exact for x in amounts):
        return
    small, large = sorted(amounts, key=lambda quantity: quantity.value)
    if large.value > ZERO and amounts[1].end < one.quantity.start:
        right = small.value / large.value * HUNDRED
        yield from _compare(review, one, word, right, f"{small.typed} ÷ {large.typed}")


def _change(
    review: Review, one: Statement, word: str, found: list[Quantity], sign: int
) -> Iterator[Remark]:
    text = one.prose.text
    for first, last in pairwise(found):
        is_change = (
            _CHANGES.search(text[one.sentence[0] : first.start])
            and _TO.match(text[first.end : last.start])
            and last.end < one.quantity.start <= last.end + 2 * _REACH
        )
        if is_change and first.value > ZERO and first.compares_with(last):
            if first.kind == SHARE or not (first.is_exact and last.is_exact):
                return
            right = (last.value - first.value) / first.value * HUNDRED * sign
            told = f"({last.typed} − {first.typed}) ÷ {first.typed}"
            yield from _compare(review, one, word, right, told)


def _compare(
    review: Review, one: Statement, word: str, right: Decimal, told: str
) -> Iterator[Remark]:
    places = len(one.quantity.typed.rstrip("%％ ").partition(".")[2])
    rounded = round_half_up(right, places)
    if abs(rounded - one.quantity.value) >= one.quantity.step:
        yield Remark(
            place=one.place(review),
            message=f"「{word}」写作{one.quantity.typed}，{told} = {plain(rounded)}%",
            subject=one.prose.subject,
            hint="核对这三个数",
            expected=f"{plain(rounded)}%",
        )
