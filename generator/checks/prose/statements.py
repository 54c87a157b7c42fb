"""What a figure of prose is said of: the words before it or behind it, planned or done."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from generator.checks.prose.naming import (
    indicator_labels,
    name_of,
    name_words,
    without_inserted,
    without_noise,
    years_of,
)
from generator.checks.prose.quantities import Quantity, QuantityReader
from generator.checks.review import Review
from generator.checks.texts import Text, one_of, read_texts
from generator.domain.model import Path
from generator.domain.rubrics import ProseWords
from generator.findings import Place
from generator.patterns import pattern
from generator.scoring.references import ReferenceFault, find_references

_STOPS = pattern("[。；;！？!?\\n]")
_BREAKS = pattern(r"[，,。；;：:、！？!?\n（）()\x00]")
_BEHIND = pattern(r"[，,。；;：:、！？!?\n（）()\d\x00]")
_FIGURE = pattern("[\\d一二三四五六七八九十两]")
_WORDED = pattern(r"[元万亿]|[^\W\d]{4}")  # a cell with an amount, or with words of its own
_COLUMNS = {"目标值": True, "名称": True, "完成值": False}  # is what stands there planned
_LONGEST = 40
_NEAR = 300


class Statement(Struct, frozen=True):
    """A figure with its name; `where` counts characters of the text as it was typed."""

    quantity: Quantity
    label: str  # blank where the words around it name nothing
    is_planned: bool
    is_aside: bool  # of other times, of a part, of each one: comparable with nothing
    year: str  # the year last named before it in its sentence; blank where none is
    is_reference: bool
    sentence: tuple[int, int]
    prose: "Prose"
    is_worded: bool = True  # named by the words around it, not by its row

    def place(self, review: Review) -> Place:
        """Return where it stands in the data file."""
        return self.prose.place(review, self.quantity)


class Prose(Struct, frozen=True):
    """One text of the data with its references filled in."""

    path: Path
    text: str
    source: Text
    pieces: tuple[tuple[int, int, int, bool], ...]  # start, end, start as typed, is a reference
    stops: tuple[int, ...]  # where sentences end
    turning: int  # where it begins to speak of what is to come
    is_planned: bool  # its headings speak of targets

    def origin(self, at: int) -> tuple[int, bool]:
        """Return where a character was typed, and whether a reference brought it."""
        for start, end, typed, is_reference in self.pieces:
            if start <= at < end:
                return (typed if is_reference else typed + at - start), is_reference
        return 0, False

    def place(self, review: Review, quantity: Quantity) -> Place:
        """Return the place of a figure, underlined as it was typed."""
        at, is_reference = self.origin(quantity.start)
        place = review.place_in(self.path, at)
        length = 0 if is_reference else len(quantity.typed)
        return Place(place.file, place.line, place.column, max(place.length, length))

    @property
    def subject(self) -> str:
        """Name it as 处 of a waiver does."""
        return ".".join(str(part) for part in self.path)

    def paragraph_before(self, at: int) -> str:
        """Return what stands before a character in its paragraph, as far as it is near."""
        return self.text[max(self.text.rfind("\n", 0, at) + 1, at - _NEAR) : at]

    def sentence(self, at: int) -> tuple[int, int]:
        """Return where the sentence around a character begins and ends."""
        index = bisect_right(self.stops, at - 1)
        start = self.stops[index - 1] + 1 if index else 0
        return start, self.stops[index] if index < len(self.stops) else len(self.text)


def read_statements(review: Review) -> tuple[Statement, ...]:
    """Return every figure of a project's texts with its name; read once for all checks."""
    return review.once("statements", lambda: tuple(_statements(review)))


def _statements(review: Review) -> Iterator[Statement]:
    """Yield the figures in the order of the data; plain cells only where prose names them too."""
    if not review.terms.prose.counters:
        return
    read = _Reading(review)
    texts = [one for one in read_texts(review) if read.may_hold(one.text)]
    prose = {id(one): read.all(one) for one in texts if not one.is_value}
    said = {one.label for found in prose.values() for one in found} - {""}
    rows = indicator_labels(review).rows(said)
    for one in texts:
        if id(one) in prose:
            yield from prose[id(one)]
        elif _WORDED.search(one.text) or (rows and one.path[:-1] in rows):
            yield from read.all(one)


class _Reading:
    """What reading the texts of one project needs."""

    def __init__(self, review: Review) -> None:
        self._labels = indicator_labels(review)
        self._lengths = sorted({len(name) for name in self._labels.bare}, reverse=True)
        self._review, self._words = review, _compiled(review.terms.prose)
        self._names = name_words(review.terms.prose)
        self._reader = QuantityReader(review.terms)

    def may_hold(self, typed: str) -> bool:
        """Say whether a text may hold a figure: a quick look before all is read."""
        may_hold = self._reader.may_hold(typed) or "{{" in typed
        return may_hold and _FIGURE.search(typed) is not None

    def all(self, source: Text) -> list[Statement]:
        """Return the figures of one text."""
        text, pieces = _fill(self._review, source.text)
        if not self._reader.may_hold(text):
            return []
        prose = _prose(source, text, pieces, self._words)
        return [self._statement(prose, one) for one in self._reader.read(text)]

    def _statement(self, prose: Prose, quantity: Quantity) -> Statement:
        words, (start, end) = self._words, prose.sentence(quantity.start)
        before, after = prose.text[start : quantity.start], prose.text[quantity.end : end]
        near = prose.paragraph_before(quantity.start)
        turns = quantity.start >= prose.turning or words.spans.search(near) is not None
        label = "" if prose.source.is_value else self._indicator(before, quantity.unit)
        return Statement(
            quantity,
            label or self._label(before, after),
            _is_planned(prose, f"{before}{after}", words),
            words.other.search(before) is not None or turns,
            next(iter(years_of(near)[-1:]), ""),
            prose.origin(quantity.start)[1],
            (start, end),
            prose,
        )

    def _indicator(self, before: str, unit: str) -> str:
        """Return the label of the indicator named last: `培训` 120 `人次`, `培训人次达到`."""
        if not self._lengths:
            return ""
        text = without_noise(_BREAKS.split(before)[-1])[-_LONGEST:]
        for ending in (text + unit, self._names.fillers.cut(text)):
            for length in self._lengths:
                if length <= len(ending) and ending[-length:] in self._labels.bare:
                    return self._labels.of_bare(ending[-length:])
        return ""

    def _label(self, before: str, after: str) -> str:
        """Return the name of a figure: what stands before it, else what stands behind it."""
        name = name_of(_BREAKS.split(without_inserted(before))[-1], self._names)
        if name:
            return name
        behind = _BEHIND.split(without_inserted(after), maxsplit=1)[0]
        return name_of(self._words.predicates.split(behind, maxsplit=1)[0], self._names)


def _fill(review: Review, typed: str) -> tuple[str, tuple[tuple[int, int, int, bool], ...]]:
    """Fill the references of a text in, keeping where each part was typed."""
    pieces: list[tuple[int, int, int, bool]] = []
    text, at = "", 0
    for reference in find_references(typed):
        try:
            value = review.scope.resolve(reference.names)
        except ReferenceFault:
            continue  # reported by its own check
        plain = typed[at : reference.start]
        pieces.append((len(text), len(text) + len(plain), at, False))
        text += plain
        pieces.append((len(text), len(text) + len(value), reference.start, True))
        text, at = text + value, reference.end
    pieces.append((len(text), len(text) + len(typed) - at, at, False))
    return text + typed[at:], tuple(pieces)


def _prose(
    source: Text, text: str, pieces: tuple[tuple[int, int, int, bool], ...], words: "_Words"
) -> Prose:
    stops = tuple(found.start() for found in _STOPS.finditer(text))
    turn = words.ahead.search(text)
    turning = turn.end() if turn and not source.is_value else len(text)
    heading = "/".join(str(part) for part in source.path)
    is_planned = not words.results.search(heading) and words.targets.search(heading) is not None
    return Prose(source.path, text, source, pieces, stops, turning, is_planned)


def _is_planned(prose: Prose, sentence: str, words: "_Words") -> bool:
    """Say whether a figure is a target: by its column, by its sentence, or by its headings."""
    by_column = _COLUMNS.get(str(prose.path[-1]))
    if by_column is not None:
        return by_column
    if words.results.search(sentence):
        return False
    return prose.is_planned or words.targets.search(sentence) is not None


class _Words(Struct, frozen=True):
    """The words of what is said of a figure, compiled."""

    other: re.Pattern[str]
    results: re.Pattern[str]
    targets: re.Pattern[str]
    spans: re.Pattern[str]
    ahead: re.Pattern[str]
    predicates: re.Pattern[str]


@lru_cache(maxsize=4)
def _compiled(words: ProseWords) -> _Words:
    return _Words(
        other=pattern(one_of(words.other)),
        results=pattern(one_of(words.results)),
        targets=pattern(one_of(words.targets)),
        spans=pattern(one_of(words.spans)),
        ahead=pattern(one_of(words.ahead)),
        predicates=pattern(one_of(words.predicates)),
    )
