"""Reading the figures of prose: 408万元, 15-20家, 三个, 1.2亿, 40余家, ５％, each with its unit."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from msgspec import Struct

from generator.amounts import MONEY_UNITS, ONE
from generator.checks.texts import one_of
from generator.domain.rubrics import Direction, ProseWords, Terms
from generator.patterns import pattern

MONEY, SHARE, COUNT, BARE = "金额", "比例", "数量", "倍数"  # 倍数: 6亿, its unit left out

_WIDE = tuple(zip("，％．－＋～０１２３４５６７８９", ",%.-+~0123456789", strict=True))
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_HAN = "零〇一二两三四五六七八九十百千"
_DIGITS = {letter: number for number, letter in enumerate("零一二三四五六七八九")}
_DIGITS |= {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_ZEROS = {"百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "万亿": 12}
_SHARES = ("%", "‰", "个百分点")
_NEAR_BEHIND = "余多"
_ROUGHEST = 20
_REACH = 8  # letters before a figure that may say its direction
_NO_FIGURES = pattern(  # titles, numbers of documents and lists, years, days, telephones
    r"《[^《》\n]*》"
    r"|[〔﹝\[（(]\s*(?:19|20)\d{2}\s*[〕﹞\]）)]\s*[〕﹞]?\s*(?:第?\s*\d+\s*号)?"
    rf"|第\s*[\d{_HAN}]+\s*(?:[-—至]\s*\d+\s*)?"
    r"|(?:(?:19|20)\d{2}\s*[-—~至到]\s*)?(?:19|20)\d{2}\s*年"
    r"|(?<!\d)(?:19|20)\d{2}[-./](?:0?[1-9]|1[0-2])(?:[-./]\d{1,2})?(?!\s*[\d%‰万亿千百元])"
    r"|(?<!\d)\d{1,2}\s*月(?!\w*个)(?:\s*\d{1,2}\s*[日号])?"
    r"|\d{3,4}-\d{7,8}|1\d{2}[\d*]{8}|\d{1,2}:\d{2}(?::\d{2})?"
    r"|\d+\s*[*×xX]\s*\d+\s*\w?"
    r"|^[ \t]*(?:[（(]?\d{1,2}[）)]|\d{1,2}[、．]|\d{1,2}\.(?!\d))",
    re.M,
)
_MAY_BE_NONE = pattern(r"[《〔﹝\[（(第\d \t]")  # how one of them begins
_PLAIN_DIGITS = pattern(r"\d{1,10}(?![\d\s年月\-—–~至到./:*×xX、．)）])")  # begin none of them
_MAY_BE_FIGURE = pattern(rf"[\d{_HAN}]")


class Quantity(Struct, frozen=True):
    """A figure of prose; `value` in 元, in percent as typed, or in its counting unit."""

    kind: str
    value: Decimal
    high: Decimal | None  # the upper end of a range
    unit: str
    step: Decimal  # one unit of the last place that is written
    typed: str
    start: int
    end: int
    is_near: bool = False  # 约, 余, 左右
    sign: str = ""  # ≥ of 20家以上
    is_each: bool = False  # 27万/个

    @property
    def is_plain(self) -> bool:
        """Say whether it is one figure, and not a rough one."""
        return not (self.is_near or self.is_each or self.high is not None)

    @property
    def is_exact(self) -> bool:
        """Say whether it is one plain figure with nothing like ≥ to it."""
        return self.is_plain and not self.sign

    def agrees_with(self, other: "Quantity") -> bool:
        """Say whether two figures are one, at the places of the coarser writing."""
        half = max(self.step, other.step) / 2
        most = max(self.value, other.value) / _ROUGHEST  # 1万 is no writing of 8000
        return abs(self.value - other.value) <= min(half, most) and self.high == other.high

    def compares_with(self, other: "Quantity") -> bool:
        """Say whether two figures are of one kind: money, shares, or counts of things."""
        kinds = {self.kind, other.kind}
        if SHARE in kinds:
            return len(kinds) == 1 and self.unit == other.unit
        return kinds not in ({MONEY, COUNT},)


class _Words(Struct, frozen=True):
    """The words of 用语.yaml, compiled; `signs` is what each word of direction says."""

    near: re.Pattern[str]  # a digit with what may be the beginning of a unit behind it
    figure: re.Pattern[str]
    before: re.Pattern[str]
    last: frozenset[str]  # letters that the words before a figure end with
    signs: dict[str, str]
    about: frozenset[str]


class QuantityReader:
    """Reads the figures of texts by the words of 用语.yaml."""

    def __init__(self, terms: Terms) -> None:
        """Compile the words."""
        self._words = _compiled(terms.prose, terms.directions)
        self._near = self._words.near.search

    def may_hold(self, text: str) -> bool:
        """Say whether a text may hold a figure with a unit; most have none."""
        return self._near(text) is not None

    def read(self, text: str) -> Iterator[Quantity]:
        """Yield the figures of a text that have a unit, in order; titles and dates are none."""
        words, masked = self._words, _mask(_narrow(text))
        begin = _MAY_BE_FIGURE.search(masked)
        while begin:
            found, end = words.figure.match(masked, begin.start()), begin.end()
            if found:
                end = found.end()
                if found["unit"] or found["many"] or found["low_many"]:
                    yield _quantity(found, _word_before(masked, begin.start(), words), text, words)
            begin = _MAY_BE_FIGURE.search(masked, end)


def _narrow(text: str) -> str:
    """Return a text with digits and signs in half width; `translate` would walk through it."""
    for wide, narrow in _WIDE:
        text = text.replace(wide, narrow)
    return text


def _mask(text: str) -> str:
    """Blank out what has digits and is no figure, looking closely only where it may begin."""
    pieces, kept = list[str](), 0
    begin = _MAY_BE_NONE.search(text)
    while begin:
        at = begin.start()
        plain = _PLAIN_DIGITS.match(text, at)
        none = None if plain else _NO_FIGURES.match(text, at)
        if none:
            pieces += (text[kept:at], "\x00" * len(none[0]))
            kept = none.end()
        begin = _MAY_BE_NONE.search(text, (plain or none or begin).end())
    return "".join((*pieces, text[kept:])) if pieces else text


def _word_before(text: str, at: int, words: _Words) -> str:
    """Return the word right before a figure that says its direction, or that it is rough."""
    before = text[max(0, at - _REACH) : at]
    if before.rstrip()[-1:] not in words.last:
        return ""
    found = words.before.search(before)
    return found[1] if found else ""


@lru_cache(maxsize=4)
def _compiled(words: ProseWords, directions: tuple[Direction, ...]) -> _Words:
    many = rf"(?:{one_of(_ZEROS)})(?![瓦克米伏帕卡分])"
    units = (*_SHARES, *MONEY_UNITS, *words.counters)
    unit = one_of(units)
    counter = one_of(words.counters)
    ahead = (*(word for one in directions for word in one.before), *words.about)
    behind = one_of((*(w for one in directions for w in one.behind), *words.about))
    low = rf"(?<![\dA-Za-z.*×/])(?P<low>{_NUMBER})\s*(?P<low_many>{many})?"
    high = rf"(?:(?P<low_unit>{unit})?\s*[-—–~至到]\s*(?P<high>{_NUMBER})\s*(?P<many>{many})?)?"
    counted = rf"(?![期批])(?=[{_NEAR_BEHIND}]?(?:{counter}))"
    han = rf"(?<![第每“‘「{_HAN}])(?P<han>(?!零)[{_HAN}]+){counted}"
    begins = "".join(re.escape(word[0]) for word in (*units, *_ZEROS, "％") if word)
    return _Words(
        pattern(rf"[\d{_HAN}]\s*[{_NEAR_BEHIND}]{{0,2}}\s*[{begins}]"),
        pattern(
            rf"(?:{low}{high}|{han})"
            rf"\s*(?P<more>[{_NEAR_BEHIND}])?(?P<late>{many})?[{_NEAR_BEHIND}]?"
            rf"\s*(?P<unit>{unit})?(?P<each>/(?=\w))?\s*(?P<behind>{behind})?"
        ),
        pattern(rf"({one_of(ahead)})\s*$"),
        frozenset(word.rstrip()[-1:] for word in ahead),
        {word: one.sign for one in directions for word in (*one.before, *one.behind)},
        frozenset(words.about),
    )


def _quantity(found: re.Match[str], before: str, text: str, words: _Words) -> Quantity:
    low, low_many, low_unit, top, many, han, more, late, own_unit, each, behind = found.groups("")
    unit, last = own_unit or low_unit, (many or late) if top else ""
    factor = MONEY_UNITS.get(unit, ONE)
    if han:
        value, step = Decimal(read_han(han)), ONE
    else:
        digits = low.replace(",", "")
        value, step = Decimal(digits), ONE.scaleb(-len(digits.partition(".")[2]))
    scale = factor.scaleb(_ZEROS.get(low_many or late or last, 0))
    high = Decimal(top.replace(",", "")) * factor.scaleb(_ZEROS.get(last, 0)) if top else None
    said = [word for word in (before, behind) if word]
    start, end = found.start(), found.end("unit" if own_unit else "low")
    if low_many or late or top:
        end = max(end, *(found.end(name) for name in ("low_many", "many", "late", "high")))
    kind = SHARE if unit in _SHARES else MONEY if unit in MONEY_UNITS else COUNT if unit else BARE
    return Quantity(
        kind,
        value * scale,
        high,
        "元" if kind == MONEY else unit,
        step * scale,
        text[start:end].strip(),
        start,
        end,
        is_near=bool(more) or any(word in words.about for word in said),
        sign=next((words.signs[word] for word in said if word in words.signs), ""),
        is_each=bool(each),
    )


def read_han(text: str) -> int:
    """Return the number that Chinese numerals write, up to 9999: 三 3, 十二 12, 一百零五 105."""
    if all(letter in _DIGITS for letter in text):
        return int("".join(str(_DIGITS[letter]) for letter in text))
    total = digit = 0
    for letter in text:
        if letter in _TENS:
            total += (digit or 1) * _TENS[letter]
            digit = 0
        else:
            digit = _DIGITS[letter]
    return total + digit
