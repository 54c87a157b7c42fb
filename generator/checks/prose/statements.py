"""What a figure of prose is said of: the words before it or behind it, planned or done."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from generator.checks.prose.quantities import Quantity, QuantityReader
from generator.checks.review import Review
from generator.checks.texts import Text, all_texts
from generator.domain.model import Path
from generator.domain.rubrics import ProseWords
from generator.findings import Place
from generator.scoring.references import ReferenceFault, find_references

_STOPS = re.compile("[。；;！？!?\\n]")
_BREAKS = re.compile(r"[，,。；;：:、！？!?\n（）()\x00]")
_NOISE = re.compile(r"[\s“”\"'‘’「」『』·*]+|\{\{.*?\}\}")
_NUMBERING = re.compile(r"^(?:\d+|[一二三四五六七八九十]+)[、.．)）]|^[①-⑳]")
_YEAR = re.compile(r"((?:19|20)\d{2})\s*年")
_INSERTED = re.compile(r"（[^（）]*）|\([^()]*\)")
_BEHIND = re.compile(r"[，,。；;：:、！？!?\n（）()\d\x00]")
_FIGURE = re.compile("[\\d一二三四五六七八九十两]")
_WORDED = re.compile(r"[元万亿]|[^\W\d]{4}")  # a cell with an amount, or with words of its own
_LEAST = 2  # letters of a name
_SHORTEST = 4  # letters of an indicator's name that is looked for
_LONGEST = 40
_NEAR = 300


@dataclass(frozen=True, slots=True)
class Statement:
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


@dataclass(frozen=True, slots=True)
class Prose:
    """One text of the data with its references filled in."""

    path: Path
    text: str
    source: Text
    pieces: tuple[tuple[int, int, int, bool], ...]  # start, end, start as typed, is a reference
    stops: tuple[int, ...]  # where sentences end
    turning: int  # where it begins to speak of what is to come

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

    def turns_away(self, at: int, words: "_Words") -> bool:
        """Say whether the paragraph has spoken of several years, or the text of plans, before."""
        return at >= self.turning or words.spans.search(self.paragraph_before(at)) is not None

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
    texts = [one for one in all_texts(review.project) if _FIGURE.search(one.text)]
    prose = {id(one): read.all(one) for one in texts if not one.is_value}
    said = {one.label for found in prose.values() for one in found}
    labels = {
        measure.path: read.names.get(_NOISE.sub("", measure.name), "")
        for row in review.project.indicators
        for measure in (*row.measures, *row.details)
    }
    for one in texts:
        if id(one) in prose:
            yield from prose[id(one)]
        elif _WORDED.search(one.text) or (labels.get(one.path[:-1]) or "") in said - {""}:
            yield from read.all(one)


class _Reading:
    """What reading the texts of one project needs, compiled once."""

    def __init__(self, review: Review) -> None:
        self.names = indicator_labels(review)
        self._review, self._words = review, _compiled(review.terms.prose)
        self._reader = QuantityReader(review.terms)

    def all(self, source: Text) -> list[Statement]:
        """Return the figures of one text."""
        prose = _fill(self._review, source, self._words)
        found = self._reader.read(prose.text)
        return [_statement(prose, one, self._words, self.names) for one in found]


def indicator_labels(review: Review) -> dict[str, str]:
    """Return the label of each indicator by its name as prose would write it."""
    return review.once(
        "indicator labels",
        lambda: {
            bare: name_of(measure.name, review.terms.prose) or bare
            for row in review.project.indicators
            for measure in (*row.measures, *row.details)
            if len(bare := _NOISE.sub("", measure.name)) >= _SHORTEST and not bare[-1].isdigit()
        },
    )


def _fill(review: Review, source: Text, words: "_Words") -> Prose:
    """Fill the references of a text in, keeping where each part was typed."""
    pieces: list[tuple[int, int, int, bool]] = []
    text, at = "", 0
    for reference in find_references(source.text):
        try:
            value = review.scope.resolve(reference.names)
        except ReferenceFault:
            continue  # reported by its own check
        plain = source.text[at : reference.start]
        pieces.append((len(text), len(text) + len(plain), at, False))
        text += plain
        pieces.append((len(text), len(text) + len(value), reference.start, True))
        text, at = text + value, reference.end
    pieces.append((len(text), len(text) + len(source.text) - at, at, False))
    text += source.text[at:]
    stops = tuple(found.start() for found in _STOPS.finditer(text))
    turn = words.ahead.search(text)
    turning = turn.end() if turn and not source.is_value else len(text)
    return Prose(source.path, text, source, tuple(pieces), stops, turning)


def _statement(
    prose: Prose, quantity: Quantity, words: "_Words", names: Mapping[str, str]
) -> Statement:
    start, end = prose.sentence(quantity.start)
    before, after = prose.text[start : quantity.start], prose.text[quantity.end : end]
    label = "" if prose.source.is_value else _indicator(before, quantity.unit, words, names)
    return Statement(
        quantity,
        label or _label(before, after, words),
        _is_planned(prose.path, f"{before}{after}", words),
        words.other.search(before) is not None or prose.turns_away(quantity.start, words),
        next(iter(_YEAR.findall(prose.paragraph_before(quantity.start))[-1:]), ""),
        prose.origin(quantity.start)[1],
        (start, end),
        prose,
    )


def _is_planned(path: Path, sentence: str, words: "_Words") -> bool:
    """Say whether a figure is a target: by its column, by its heading, or by its sentence."""
    if path[-1] in ("目标值", "名称"):
        return True
    if path[-1] == "完成值":
        return False
    for text in (sentence, "/".join(str(part) for part in path)):
        if words.results.search(text):
            return False
        if words.targets.search(text):
            return True
    return False


def _indicator(before: str, unit: str, words: "_Words", names: Mapping[str, str]) -> str:
    """Return the label of the indicator whose name ends here: `培训` 120 `人次`, `培训人次达到`."""
    if not names:
        return ""
    text = _NOISE.sub("", _BREAKS.split(before)[-1])[-_LONGEST:]
    for ending in (text + unit, words.fillers.sub("", text)):
        for start in range(len(ending) - _SHORTEST + 1):
            if ending[start:] in names:
                return names[ending[start:]]
    return ""


def _label(before: str, after: str, words: "_Words") -> str:
    """Return the name of a figure: what stands before it, else what stands behind it."""
    before, after = (_INSERTED.sub("", text) for text in (before, after))
    name = _name(_BREAKS.split(before)[-1], words)
    if name:
        return name
    behind = _BEHIND.split(after, maxsplit=1)[0]
    return _name(words.predicates.split(behind, maxsplit=1)[0], words)


def name_of(text: str, words: ProseWords) -> str:
    """Return what is counted, without verbs, filling words and the general word at the end.

    `要实现上云企业达到` and `上云目标` are both 上云; `企业` alone is nothing, nor is a word of two
    letters that nothing general stood behind.
    """
    return _name(text, _compiled(words))


def _name(text: str, found: "_Words") -> str:
    text = _NUMBERING.sub("", _NOISE.sub("", _YEAR.sub("", _INSERTED.sub("", text))))
    text = found.fillers.sub("", text)
    starts = [verb.end() if verb["cut"] else verb.start() for verb in found.verbs.finditer(text)]
    names = (_bare(text[start:], found) for start in (*reversed(starts), 0))
    return next((name for name in names if name), "")


def _bare(text: str, found: "_Words") -> str:
    opening = found.openings.match(text)
    text = text[opening.end() :] if opening and opening.end() + _LEAST <= len(text) else text
    bare = found.generic.sub("", text)
    is_named = len(bare) > _LEAST or (len(bare) == _LEAST and bare != text)
    return bare if is_named and not found.nothing.fullmatch(bare) else ""


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of names, compiled."""

    verbs: re.Pattern[str]
    openings: re.Pattern[str]
    fillers: re.Pattern[str]
    generic: re.Pattern[str]
    nothing: re.Pattern[str]
    other: re.Pattern[str]
    results: re.Pattern[str]
    targets: re.Pattern[str]
    spans: re.Pattern[str]
    ahead: re.Pattern[str]
    predicates: re.Pattern[str]


@lru_cache(maxsize=4)
def _compiled(words: ProseWords) -> _Words:
    everything = (*words.verbs, *words.openings, *words.fillers, *words.generic, *words.gains)
    everything = (*everything, *words.empty)
    return _Words(
        verbs=re.compile(rf"(?P<cut>{_any(words.verbs)})|{_any(words.gains)}"),
        openings=re.compile(rf"(?:{_any((*words.verbs, *words.openings))})+"),
        fillers=re.compile(rf"(?:{_any(words.fillers)})+$"),
        generic=re.compile(rf"(?:{_any(words.generic)})+$"),
        nothing=re.compile(rf"(?:{_any(everything)})+"),
        other=re.compile(_any(words.other)),
        results=re.compile(_any(words.results)),
        targets=re.compile(_any(words.targets)),
        spans=re.compile(_any(words.spans)),
        ahead=re.compile(_any(words.ahead)),
        predicates=re.compile(_any(words.predicates)),
    )


def _any(words: tuple[str, ...]) -> str:
    found = sorted((word for word in words if word), key=len, reverse=True)
    return "|".join(re.escape(word) for word in found) or "(?!)"
