"""Prose cut into pieces that keep their place, so that no note has to hold a whole file."""

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from generator.checks.review import Review
from generator.checks.texts import Text
from generator.domain.model import Path
from generator.findings import Place
from generator.patterns import pattern

_SENTENCE = pattern(r"[^。；;\n]*[。；;\n]?")
_CLAUSE = pattern(r"[^，。；、;\n]*[，。；、;\n]?")


class Piece(Struct, frozen=True):
    """A sentence or a clause as typed."""

    text: str
    place: Place
    path: Path

    @property
    def subject(self) -> str:
        """Name the text it stands in, as 处 does."""
        return dotted(self.path)


def sentences(review: Review, texts: Iterable[Text]) -> Iterator[Piece]:
    """Yield the sentences of some texts."""
    yield from _pieces(review, texts, _SENTENCE)


def clauses(review: Review, texts: Iterable[Text]) -> Iterator[Piece]:
    """Yield what stands between commas."""
    yield from _pieces(review, texts, _CLAUSE)


def _pieces(review: Review, texts: Iterable[Text], pattern: re.Pattern[str]) -> Iterator[Piece]:
    for one in texts:
        for found in pattern.finditer(one.text):
            text = found[0].strip()
            if text:
                start = found.start() + found[0].index(text[0])
                yield Piece(text, review.place_in(one.path, start), one.path)


def dotted(path: Path) -> str:
    """Write a path of the data as 处 does."""
    return ".".join(str(part) for part in path)


def stretch(place: Place, text: str) -> Place:
    """Underline a text that begins at a place."""
    return replace(place, length=max(place.length, len(text)))


def inside(piece: Piece, text: str) -> Place:
    """Return where a text stands in a piece of one line; the piece where it cannot be told."""
    at = piece.text.find(text)
    if at < 0 or not piece.place.column:
        return piece.place
    return replace(piece.place, column=piece.place.column + at, length=len(text))
