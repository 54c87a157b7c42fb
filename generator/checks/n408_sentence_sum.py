"""Figures listed in a sentence add up to the total it gives (FIELD §3, 11).

Rule: `甲3家、乙4家，共7家`: a list of figures of one unit and behind it a total with one of 合计;
`共9万元，其中甲4万元、乙5万元`: parts behind 其中 are never more than the whole; a total with one
of 总额 and behind it items between semicolons, each with an amount. Rough figures make no sum.
Source: re-checkers' practice.

PASS: 分别为3家、4家、5家，共计12家。
FAIL: 分别为3家、4家、5家，共计13家。
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import accumulate, islice, pairwise, takewhile

from generator.amounts import MONEY_UNITS, ZERO, plain
from generator.checks.about import About
from generator.checks.prose.quantities import BARE, MONEY, SHARE, Quantity
from generator.checks.prose.statements import Prose, Statement, read_statements
from generator.checks.review import Remark, Review
from generator.checks.texts import one_of
from generator.findings import Severity
from generator.patterns import pattern

CODE = "N408"
RULE = "sentence-sum"
SEVERITY = Severity.WARNING
IS_LAW = False
PARAMETERS = {
    "合计": "列举之后引出合计的词，如 共计",
    "其中": "总数之后引出各部分的词，如 其中",
    "总额": "一段开头、分项列在后面的总数的词，如 总额",
}
ABOUT = About(
    what=(
        "一句话里列举的数加起来不等于后面的合计（3家、4家、5家，共计13家）；“其中”之后各部分加起来"
        "超过总数；一段先写总额、后面用分号逐项列金额，各项加起来不等于总额。"
        "带“约”“余”的不算；括号里的金额是说明，不算。"
    ),
    basis="复核的惯例",
    example="「3家、4家、5家」加起来是12家，合计写作13家，相差1家",
    subject="文字所在，如 `报告.基本情况.项目概况`",
    remedy="核对各项和合计，改正",
)
_GAP = 14  # letters between two figures of a list, their names included
_SHOWN = 6
_LEAST = 3  # figures of a list that no word like 分别 introduces
_INSERTED = pattern(r"（[^（）]*）|\([^()]*\)")


def check(review: Review) -> Iterator[Remark]:
    """Yield totals that what is listed around them does not add up to."""
    setting = review.setting(RULE)
    parts, heads = _behind(setting.words("其中")), setting.words("总额")
    totals = sorted(setting.words("合计"), key=len, reverse=True)
    verbs = (*review.terms.prose.verbs, *review.terms.prose.gains)
    for found in _by_text(review):
        prose, figures = found[0].prose, [one.quantity for one in found]
        for at, one in enumerate(found):
            if not one.quantity.is_exact or one.quantity.kind == SHARE:
                continue
            start = figures[at - 1].end if at else one.sentence[0]
            before = prose.text[start : one.quantity.start]
            listed: Sequence[Quantity] = ()
            if before.rstrip(" ：:为是达共").endswith(heads):
                listed = _items_behind(prose, figures, at)
            elif word := _total_word(before, totals):
                listed = _listed_before(prose, figures, at, is_strong=len(word) > 1)
            if listed and not _adds_up(listed, one.quantity):
                yield _remark(review, one, listed)
            more = _parts_behind(prose, figures, at, parts, verbs)
            if more and _sum(more) > one.quantity.value + one.quantity.step / 2:
                yield _remark(review, one, more, is_whole=False)


def _by_text(review: Review) -> Iterator[list[Statement]]:
    """Yield the figures of each text that stand in no brackets."""
    texts: dict[int, list[Statement]] = {}
    inserted: dict[int, list[tuple[int, int]]] = {}
    for one in read_statements(review):
        prose = one.prose
        if prose.source.is_value:
            continue
        if id(prose) not in inserted:
            has_any = "（" in prose.text or "(" in prose.text
            brackets = _INSERTED.finditer(prose.text) if has_any else ()
            inserted[id(prose)] = [found.span() for found in brackets]
        if not any(start < one.quantity.start < end for start, end in inserted[id(prose)]):
            texts.setdefault(id(prose), []).append(one)
    yield from texts.values()


def _total_word(before: str, words: Sequence[str]) -> str:
    """Return the word that makes a figure a total; none where 分别 gives each its own."""
    return "" if "分别" in before else next((word for word in words if word in before), "")


def _listed_before(
    prose: Prose, figures: Sequence[Quantity], at: int, *, is_strong: bool
) -> list[Quantity]:
    """Return the list that ends just before a total; empty where it is none for certain."""
    total, listed = figures[at], list[Quantity]()
    end = total.start
    while at > len(listed):
        one = figures[at - len(listed) - 1]
        gap = prose.text[one.end : end]
        is_joined = len(gap) <= _GAP and (not listed or not re.search(r"[。；;\n]", gap))
        if not is_joined or one.unit != total.unit:
            break
        if not one.is_exact:
            return []
        listed.append(one)
        end = one.start
    listed.reverse()
    lead = prose.text[prose.sentence(end)[0] : end]
    is_list = len(listed) >= _LEAST or (len(listed) > 1 and (is_strong or "分别" in lead))
    sums = list(accumulate(one.value for one in reversed(listed)))
    return listed if is_list and total.value not in sums[1:] else []


def _items_behind(prose: Prose, figures: Sequence[Quantity], at: int) -> list[Quantity]:
    """Return the amounts of the items that the rest of the paragraph lists; each has one."""
    total = figures[at]
    start = prose.sentence(total.end)[1] + 1
    end = prose.text.find("\n", start)
    end = len(prose.text) if end < 0 else end
    rest = _INSERTED.sub(lambda found: " " * len(found[0]), prose.text[start:end])
    marks = [0, *(found.end() for found in re.finditer("[；;]", rest)), len(rest)]
    items = [(a + start, b + start) for a, b in pairwise(marks) if rest[a:b].strip("；;。 ")]
    behind = takewhile(lambda one: one.start < end, islice(figures, at + 1, None))
    amounts = [one for one in behind if one.start >= start and one.kind in (MONEY, BARE)]
    is_full = all(any(a <= one.start < b for one in amounts) for a, b in items)
    is_list = len(items) > 1 and "。" not in rest.rstrip("。 ")
    is_sure = is_full and is_list and all(one.is_exact for one in amounts)
    return amounts if is_sure and total.kind == MONEY else []


def _parts_behind(
    prose: Prose, figures: Sequence[Quantity], at: int, words: re.Pattern[str], verbs: Sequence[str]
) -> list[Quantity]:
    """Return what stands behind 其中, where nothing there speaks of prices or of further parts."""
    total = figures[at]
    lead = prose.text[total.end : total.end + _GAP]
    if not words.match(lead):
        return []
    end = prose.sentence(total.end + (2 if lead[:1] in "。；;" else 0))[1]
    if lead.startswith("、"):  # a list goes on behind the comma
        end = min(end, prose.text.find("，", total.end) % (len(prose.text) + 1))
    text = prose.text[total.end : end]
    if re.search(r"[共含]|包括|每|/", text) or any(verb in text for verb in verbs):
        return []
    behind = takewhile(lambda one: one.start < end, islice(figures, at + 1, None))
    return [one for one in behind if one.unit == total.unit and one.is_exact]


@lru_cache(maxsize=64)
def _behind(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return what stands right behind a total, of which parts follow."""
    return pattern(rf"\D{{0,2}}(?:{one_of(words)})")


def _sum(listed: Sequence[Quantity]) -> Decimal:
    return sum((one.value for one in listed), ZERO)


def _adds_up(listed: Sequence[Quantity], total: Quantity) -> bool:
    """Say whether a list makes a total, but for the rounding of what is written with decimals."""
    rounded = [one.step for one in listed if "." in one.typed]
    is_coarse = "." in total.typed or total.step > min(one.step for one in listed)
    off = sum(rounded, total.step if is_coarse else ZERO) / 2
    return abs(_sum(listed) - total.value) <= off


def _remark(
    review: Review, total: Statement, listed: Sequence[Quantity], *, is_whole: bool = True
) -> Remark:
    added = _sum(listed)
    shown, gap = (_like(value, total.quantity) for value in (added, added - total.quantity.value))
    names = "、".join(one.typed for one in listed[:_SHOWN])
    names += "……" if len(listed) > _SHOWN else ""
    what = "写作" if is_whole else "只有"
    return Remark(
        place=total.place(review),
        message=f"「{names}」加起来是{shown}，{'合计' if is_whole else '总数'}{what}"
        f"{total.quantity.typed}，相差{gap.removeprefix('-')}",
        subject=total.prose.subject,
        hint="核对各项和合计；漏写一项的补上",
    )


def _like(value: Decimal, quantity: Quantity) -> str:
    """Write a value in the unit in which a figure was typed."""
    unit = next(
        (unit for unit in sorted(MONEY_UNITS, key=len)[::-1] if quantity.typed.endswith(unit)),
        quantity.unit,
    )
    factor = MONEY_UNITS[unit] if quantity.kind == MONEY else 1
    return f"{plain(value / factor)}{unit}"
