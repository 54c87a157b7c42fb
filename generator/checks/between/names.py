"""Names as people write them twice: folded, and found again in prose with a slip inside."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from generator.checks.review import Review

_MARKS = re.compile(r"[\s\"'“”‘’「」『』()（）\[\]【】〔〕﹝﹞<>《》〈〉·•・—–\-_－~～]+")
_WIDE = tuple((mark, unicodedata.normalize("NFKC", mark)) for mark in "，：；！？（）％")
_PAIRS = (("(", ")"), ("（", "）"), ("“", "”"), ("《", "》"), ("「", "」"))
_ANCHOR = 4  # letters at each end of a name that must stand as they are
_MOST_MORE = 2  # letters more or less inside a name


def fold(text: str) -> str:
    """Return a name without what makes no other name: widths, spaces, brackets, quotes, dashes."""
    for wide, narrow in _WIDE:  # so that all of most texts is normal already, which is seen at once
        text = text.replace(wide, narrow)
    return _MARKS.sub("", unicodedata.normalize("NFKC", text))


def fold_all(texts: Iterable[str]) -> list[str]:
    """Fold many texts at once: nothing that folding does reaches over a zero letter."""
    every = list(texts)
    folded = fold("\x00".join(every)).split("\x00")
    return folded if len(folded) == len(every) else [fold(one) for one in every]


def typed_part(typed: str, start: int, end: int) -> tuple[str, int]:
    """Return what was typed for some letters of the folded text, and where it begins.

    A bracket or quote that the part opens and that closes right behind it belongs to it.
    """
    at = _letters(typed)
    if end > len(at):  # letters that fold together only: nothing that names have
        return typed, 0
    last = at[end - 1] + 1
    part, behind = typed[at[start] : last], typed[last : last + 1]
    is_open = any(part.count(a) == part.count(b) + 1 and behind == b for a, b in _PAIRS)
    return part + behind if is_open else part, at[start]


@lru_cache(maxsize=4)
def _letters(typed: str) -> tuple[int, ...]:
    """Return where each letter of the folded text was typed; asked again for the same text."""
    return tuple(
        index
        for index, letter in enumerate(typed)
        for _ in (letter if "一" <= letter <= "鿿" else fold(letter))
    )


@dataclass(frozen=True, slots=True)
class Slips:
    """How two writings of one name may differ; the words are data."""

    optional: tuple[str, ...]  # 可省: words that make no other name
    telling: str  # 区别: letters of which one makes another name
    least: int  # 最少字数

    def key(self, name: str) -> str:
        """Return a name folded and without the words that make no other name."""
        folded = fold(name)
        for word in self.optional:
            folded = folded.replace(word, "")
        return folded

    def alike(self, one: str, other: str) -> bool:
        """Say whether two writings differ by words only that make no other name."""
        return self.key(one) == self.key(other)

    def is_slip(self, letter: str) -> bool:
        """Say whether a letter can be a slip: it tells no two names apart."""
        return "一" <= letter <= "鿿" and letter not in self.telling

    def differ_inside(self, one: str, other: str) -> bool:
        """Say whether one writing is the other with a slip inside; both are folded."""
        longer, shorter = (one, other) if len(one) > len(other) else (other, one)
        more = len(longer) - len(shorter)
        if not 0 < more <= _MOST_MORE:
            return False
        start = 0
        while start < len(shorter) and longer[start] == shorter[start]:
            start += 1
        if not 0 < start < len(shorter) or longer[start + more :] != shorter[start:]:
            return False
        piece = longer[start : start + more]
        if more == 1 and (self.is_slip(piece) or piece == longer[start - 1]):
            return True
        turned = (longer[start - back : start - back + more] for back in range(min(more, start)))
        return any(piece in self.optional for piece in turned)  # 项目项 is 项目 or 目项


def slips_of(review: Review, rule: str) -> Slips:
    """Return how names may differ, as the settings of a check say."""
    setting = review.setting(rule)
    least = setting.number("最少字数")
    return _slips(setting.words("可省"), setting.words("区别"), int(least or 0))


@lru_cache(maxsize=64)
def _slips(optional: tuple[str, ...], telling: tuple[str, ...], least: int) -> Slips:
    """Build what the notes of many projects hold once."""
    by_length = sorted((fold(word) for word in optional), key=len, reverse=True)
    return Slips(tuple(by_length), "".join(telling), least)


@dataclass(frozen=True, slots=True)
class Mention:
    """A name found in a text."""

    name: str  # folded
    start: int  # in the folded text
    end: int
    is_exact: bool


class Finder:
    """Finds the mentions of names, exact ones and ones with a slip, in one pass over a text.

    Names are looked up by their ends and length: the work does not grow with their number.
    """

    def __init__(self, names: Iterable[str], slips: Slips) -> None:
        """Order the folded names by their ends."""
        self._slips = slips
        self._names = {name for name in names if len(name) >= _ANCHOR}
        self._by_ends: dict[tuple[str, str, int], list[str]] = {}
        lengths: dict[str, set[int]] = {}
        for name in sorted(self._names):
            head, tail = name[:_ANCHOR], name[-_ANCHOR:]
            self._by_ends.setdefault((head, tail, len(name)), []).append(name)
            lengths.setdefault(head, set()).add(len(name))
        self._lengths = {head: sorted(found, reverse=True) for head, found in lengths.items()}
        heads = "|".join(re.escape(head) for head in sorted(lengths))
        self._heads = re.compile(heads) if heads else None

    def find(self, text: str) -> Iterator[Mention]:
        """Yield mentions in a folded text in order; within a mention none begins."""
        head = self._heads.search(text) if self._heads else None
        while self._heads and head:
            found = self._at(text, head.start(), head[0])
            if found is not None:
                yield found
            head = self._heads.search(text, found.end if found else head.start() + 1)

    def _at(self, text: str, at: int, head: str) -> Mention | None:
        for length in self._lengths[head]:
            if text[at : at + length] in self._names:
                return Mention(text[at : at + length], at, at + length, is_exact=True)
        for length in self._lengths[head]:
            for more in (1, -1, 2, -2) if length >= self._slips.least else ():
                part = text[at : at + length + more]
                alike = self._by_ends.get((head, part[-_ANCHOR:], length), ())
                for name in alike if len(part) == length + more else ():
                    if self._slips.differ_inside(part, name):
                        return Mention(name, at, at + len(part), is_exact=False)
        return None


def most_frequent(counts: Mapping[str, int]) -> str:
    """Return the writing that stands most often; of equals the longest, then by order."""
    return min(counts, key=lambda text: (-counts[text], -len(text), text))
