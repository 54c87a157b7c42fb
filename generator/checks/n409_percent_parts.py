"""Percentages of the parts of one whole make 100 (FIELD §3, 37).

Rule: three or more percentages in one sentence, each with one of 占比 before it, add up to 100 but
for their rounding; a sentence with one of 其余 names no whole. Above 100 two are enough.
Source: re-checkers' practice.

PASS: 甲占40%、乙占35%、丙占25%
FAIL: 甲占40%、乙占35%、丙占20%
"""

from collections.abc import Iterator
from decimal import Decimal

from generator.amounts import HUNDRED, ZERO, plain
from generator.checks.about import About
from generator.checks.prose.statements import Statement, read_statements
from generator.checks.review import Remark, Review
from generator.findings import Severity

CODE = "N409"
RULE = "percent-parts"
SEVERITY = Severity.WARNING
IS_LAW = False
PARAMETERS = {
    "占比": "写在百分比前面、说它是总数的一部分的词",
    "其余": "句子里有它，就没有列全，不查",
    "阈值": "加起来离100%更远的，不当作漏算",
}
ABOUT = About(
    what=(
        "一句话里各部分所占的百分比加起来不是100%。只查写着“占”“占比”的三个以上的百分比；"
        "有“其余”“等”的句子没有列全，不查；四舍五入的出入不报。"
    ),
    basis="复核的惯例",
    example="「40%、35%、20%」加起来是95%，不是100%",
    subject="文字所在，如 `报告.项目绩效情况`",
    remedy="核对各部分的百分比，或写明其余是什么",
)
_REACH = 4  # letters between the word and the percentage
_LEAST = 3


def check(review: Review) -> Iterator[Remark]:
    """Yield sentences whose shares do not make a whole."""
    setting = review.setting(RULE)
    words, rest, limit = setting.words("占比"), setting.words("其余"), setting.number("阈值")
    sentences: dict[tuple[int, tuple[int, int]], list[Statement]] = {}
    last: Statement | None = None  # the part before: one joined to it by 、 is a part too
    for one in read_statements(review) if words else ():
        text = one.prose.text
        before = text[max(one.sentence[0], one.quantity.start - _REACH) : one.quantity.start]
        is_next = last is not None and last.prose is one.prose
        gap = text[last.quantity.end : one.quantity.start] if last and is_next else ""
        is_part = any(word in before for word in words) or gap in ("、", "和")
        is_part = one.quantity.unit == "%" and is_part
        last = one if is_part else None
        if is_part and not one.prose.source.is_value and one.quantity.is_exact:
            sentences.setdefault((id(one.prose), one.sentence), []).append(one)
    for found in sentences.values():
        sentence = found[0].prose.text[slice(*found[0].sentence)]
        added = sum((one.quantity.value for one in found), ZERO)
        off = sum((one.quantity.step for one in found), ZERO) / 2
        if len(found) < _LEAST or abs(added - HUNDRED) <= off:
            continue
        if any(word in sentence for word in rest) or _is_far(added, limit):
            continue
        listed = "、".join(one.quantity.typed for one in found)
        yield Remark(
            place=found[0].place(review),
            message=f"「{listed}」加起来是{plain(added)}%，不是100%",
            subject=found[0].prose.subject,
            hint="核对各部分；没有列全的，写明其余",
        )


def _is_far(added: Decimal, limit: Decimal | None) -> bool:
    return limit is not None and abs(added - HUNDRED) > limit * HUNDRED
