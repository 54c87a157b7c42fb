"""Paragraphs in short: where they stand, and a quarter of the check sums of their pieces.

A copy shares check sums with what it was copied from.
"""

import struct
from array import array
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import lru_cache
from itertools import chain, islice
from zlib import crc32

from msgspec import Struct

from generator.checks.between.names import fold, fold_all
from generator.checks.between.owned_sums import Owned, split_sums
from generator.checks.between.sentences import dotted
from generator.checks.review import Review
from generator.checks.texts import Text
from generator.domain.forms import Form, Heading
from generator.findings import Place
from generator.scoring.references import find_references

_PIECE = 8  # letters of which one check sum is taken
_KEPT = 4  # one check sum in so many is kept
_WIDE = 2  # bytes of a letter
_SIZE = _PIECE * _WIDE
_PIECES = 64  # that are cut at once
_BLOCK = struct.Struct(f"{_SIZE}s" * _PIECES)
ALL_SUMS = (1 << 32) // _KEPT  # what is kept of one is less
_NUMBERS = 6  # that are kept of a paragraph beside its check sums


class Paragraph(Struct, frozen=True):
    """A paragraph with the text it stands in."""

    subject: str  # the path of its text
    heading: str
    place: Place
    length: int


class Paragraphs(Struct, frozen=True):
    """The paragraphs of one file, packed: those of a whole year are kept."""

    texts: tuple[tuple[str, str], ...]  # path and heading
    numbers: "array[int]"  # of each: its text, line, column, underlined, letters, check sums
    firsts: Owned  # check sums without what is the same in all, where each stands first
    others: Owned  # where it stands again

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.numbers) // _NUMBERS

    def paragraph(self, index: int, file: str) -> Paragraph:
        """Return one of them."""
        at = index * _NUMBERS
        text, line, column, shown, letters, _ = self.numbers[at : at + _NUMBERS]
        return Paragraph(*self.texts[text], Place(file, line, column, shown), letters)

    def counts(self) -> Sequence[int]:
        """Return how many check sums each has."""
        return self.numbers[_NUMBERS - 1 :: _NUMBERS]


def read_paragraphs(review: Review, texts: Iterable[Text], least: int) -> Paragraphs:
    """Return the paragraphs of some letters and more; the form's own words are none."""
    printed = _own_words(review.project.form)
    found = [one for one in texts if not one.is_value and len(one.text) >= least]
    lines = list(_lines(found))
    folded = fold_all(line for _, _, line in lines)
    long = [
        (number, at, letters)
        for (number, at, _), letters in zip(lines, folded, strict=True)
        if len(letters) >= least and letters not in printed.words
    ]
    numbers, sums, owners = array("I"), list[int](), list[int]()
    each = _sums([letters for _, _, letters in long], printed)
    for index, ((number, at, letters), own) in enumerate(zip(long, each, strict=True)):
        place = review.place_in(found[number].path, at)
        where = (number, place.line, place.column, place.length)
        numbers.extend((*where, len(letters), len(own)))
        sums += [one // _KEPT for one in own]
        owners += [index] * len(own)
    named = tuple((dotted(one.path), str(one.path[-1])) for one in found)
    return Paragraphs(named, numbers, *split_sums(sums, owners))


def _lines(texts: Sequence[Text]) -> Iterator[tuple[int, int, str]]:
    """Yield the lines of texts without references: number of the text, where its letters begin."""
    for number, one in enumerate(texts):
        at = 0
        for line in one.text.split("\n"):
            yield number, at + len(line) - len(line.lstrip()), _without_references(line)
            at += len(line) + 1


def _without_references(line: str) -> str:
    for reference in reversed(list(find_references(line))) if "{{" in line else ():
        line = line[: reference.start] + line[reference.end :]
    return line


class _Printed(Struct, frozen=True):
    """The form's own words, folded, with the check sums of their pieces."""

    words: str
    sums: Set[int]


def _own_words(form: Form) -> _Printed:
    """Return the form's own words: its prompts and notes."""
    words = [*form.notes, *(field.label for field in form.fields)]
    below = list(form.outline.headings if form.outline else ())
    while below:
        heading: Heading = below.pop()
        words += [heading.name, *heading.aliases, heading.prompt]
        below += heading.below
    return _printed(tuple(words))


@lru_cache(maxsize=64)
def _printed(words: tuple[str, ...]) -> _Printed:
    """Fold the words of a form once for its projects."""
    folded = "\n".join(fold(word) for word in words)
    return _Printed(folded, frozenset(_pieces(_wide(folded))))


def _sums(paragraphs: Sequence[str], printed: _Printed) -> Iterator[Set[int]]:
    """Yield a quarter of the check sums of each, of the same pieces always; none of the form's."""
    wides = [_wide(letters) for letters in paragraphs]
    every, start = _pieces(b"".join(wides)), 0
    for letters, wide in zip(paragraphs, wides, strict=True):
        own = every[start : start + max(0, len(wide) // _WIDE - _PIECE + 1)]
        found = {one for one in own if not one % _KEPT}
        is_plain = len(wide) == len(letters) * _WIDE  # no piece can begin or end inside a letter
        for one in found & printed.sums if is_plain else found.copy():
            at = own.index(one) * _WIDE
            if wide[at : at + _SIZE].decode("utf-16-le", "ignore") in printed.words:
                found.remove(one)
        yield found
        start += len(wide) // _WIDE


def _wide(letters: str) -> bytes:
    return letters.encode("utf-16-le", "surrogatepass")


def _pieces(wide: bytes) -> list[int]:
    """Return the check sum of every piece.

    Those that begin a whole piece apart lie side by side and are cut many at a time.
    """
    count = max(0, len(wide) // _WIDE - _PIECE + 1)
    every, padded = [0] * count, wide + bytes(_BLOCK.size)
    for first in range(min(_PIECE, count)):
        sums = range(first, count, _PIECE)
        blocks = -(-len(sums) // _PIECES)
        cut = padded[first * _WIDE : first * _WIDE + blocks * _BLOCK.size]
        pieces = chain.from_iterable(_BLOCK.iter_unpack(cut))
        every[first::_PIECE] = map(crc32, islice(pieces, len(sums)))
    return every
