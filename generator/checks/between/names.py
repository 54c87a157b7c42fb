"""Names as people write them twice: folded, and found again in prose with a slip inside."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from generator.checks.review import Review
from generator.patterns import pattern

_MARKS = pattern(r"[\s\"'“”‘’「」『』()（）\[\]【】〔〕﹝﹞<>《》〈〉·•・—–\-_－~～]")
_WIDE = tuple((mark, unicodedata.normalize("NFKC", mark)) for mark in "，：；！？（）％")
_PAIRS = (("(", ")"), ("（", "）"), ("“", "”"), ("《", "》"), ("「", "」"))
_ANCHOR = 4  # letters at each end of a name that must stand as they are
_MOST_MORE = 2  # letters more or less inside a name
_SLIPS = (1, -1, 2, -2)  # in the order in which they are looked for


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
    found = list[int]()
    for at, letter in enumerate(typed):
        if "一" <= letter <= "鿿":  # of one letter always, which nearly all are
            found.append(at)
        else:
            found += [at] * _folded_length(letter)
    return tuple(found)


@lru_cache(maxsize=1024)
def _folded_length(letter: str) -> int:
    return len(fold(letter))


class Slips(Struct, frozen=True):
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


class Mention(Struct, frozen=True):
    """A name found in a text."""

    name: str  # folded
    start: int  # in the folded text
    end: int
    is_exact: bool


class _Head(Struct, frozen=True):
    """The names that begin with the same letters."""

    lengths: tuple[int, ...]  # the longest first
    ends: tuple[int, ...]  # where one of them may end, behind where it begins
    by_tail: Mapping[tuple[str, int], tuple[str, ...]]  # by their last letters and their length
    tails: frozenset[str]
    last: frozenset[str]  # letters that they end with

    def may_be_at(self, text: str, at: int) -> bool:
        """Say whether one of them may stand there: a quick look at where they would end."""
        if self.last.isdisjoint(text[at + self.ends[0] - 1 : at + self.ends[-1]]):
            return False
        return any(text[at + end - _ANCHOR : at + end] in self.tails for end in self.ends)


class Finder:
    """Finds the mentions of names, exact ones and ones with a slip.

    Names are looked for by their beginning, then by their end and length.
    """

    def __init__(self, names: Iterable[str], slips: Slips) -> None:
        """Order the folded names by their ends."""
        self._slips = slips
        self._names = {name for name in names if len(name) >= _ANCHOR}
        heads: dict[str, list[str]] = {}
        for name in sorted(self._names):
            heads.setdefault(name[:_ANCHOR], []).append(name)
        self._heads = {head: _head(alike) for head, alike in heads.items()}

    def find(self, text: str) -> Iterator[Mention]:
        """Yield mentions in a folded text in order; within a mention none begins."""
        begun: list[tuple[int, _Head]] = []
        for letters, head in self._heads.items():
            at = text.find(letters)
            while at >= 0:
                if head.may_be_at(text, at):
                    begun.append((at, head))
                at = text.find(letters, at + 1)
        end = 0
        for at, head in sorted(begun, key=lambda pair: pair[0]):
            found = self._at(text, at, head) if at >= end else None
            if found is not None:
                end = found.end
                yield found

    def _at(self, text: str, at: int, head: _Head) -> Mention | None:
        for length in head.lengths:
            part = text[at : at + length]  # at the end of a text it may be a shorter name
            if part in self._names:
                return Mention(part, at, at + len(part), is_exact=True)
        for length in head.lengths:
            for more in _SLIPS if length >= self._slips.least else ():
                part = text[at : at + length + more]
                alike = head.by_tail.get((part[-_ANCHOR:], length), ())
                for name in alike if len(part) == length + more else ():
                    if self._slips.differ_inside(part, name):
                        return Mention(name, at, at + len(part), is_exact=False)
        return None


def _head(names: Sequence[str]) -> _Head:
    by_tail: dict[tuple[str, int], tuple[str, ...]] = {}
    for name in names:
        key = (name[-_ANCHOR:], len(name))
        by_tail[key] = (*by_tail.get(key, ()), name)
    lengths = {len(name) for name in names}
    ends = {length + more for length in lengths for more in (0, *_SLIPS)}
    return _Head(
        tuple(sorted(lengths, reverse=True)),
        tuple(end for end in sorted(ends) if end >= _ANCHOR),
        by_tail,
        frozenset(tail for tail, _ in by_tail),
        frozenset(tail[-1] for tail, _ in by_tail),
    )


def most_frequent(counts: Mapping[str, int]) -> str:
    """Return the writing that stands most often; of equals the longest, then by order."""
    return min(counts, key=lambda text: (-counts[text], -len(text), text))
