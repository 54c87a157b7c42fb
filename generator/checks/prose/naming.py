"""Names of what is counted, as prose and indicators write them: `要实现上云企业达到` is 上云."""

import re
from collections.abc import Iterable, Mapping, Set
from functools import lru_cache

from msgspec import Struct

from generator.checks.review import Review
from generator.checks.texts import one_of
from generator.domain.model import Path
from generator.domain.rubrics import ProseWords
from generator.patterns import pattern

_MARKS = r"\s“”\"'‘’「」『』·*"
_MARK = pattern(f"[{_MARKS}]")  # one by one: a set is found faster than a run of it
_NOISE = pattern(rf"[{_MARKS}]+|\{{\{{.*?\}}\}}")
_NUMBERING = pattern(r"(?:\d+|[一二三四五六七八九十]+)[、.．)）]|[①-⑳]")
_YEAR = pattern(r"((?:19|20)\d{2})\s*年")
_INSERTED = pattern(r"（[^（）]*）|\([^()]*\)")
_LEAST = 2  # letters of a name
_SHORTEST = 4  # letters of an indicator's name that is looked for


class Ending(Struct, frozen=True):
    """Words taken off the end of a text, where its last letter is one of theirs."""

    pattern: re.Pattern[str]
    last: frozenset[str]

    def cut(self, text: str) -> str:
        """Return a text without them."""
        return self.pattern.sub("", text) if text[-1:] in self.last else text


class NameWords(Struct, frozen=True, eq=False):
    """The words of names, compiled; told apart as objects, so that they are hashed at once."""

    starts: re.Pattern[str]  # verbs and gains
    verbs: frozenset[str]
    openings: re.Pattern[str]
    fillers: Ending
    generic: Ending
    nothing: re.Pattern[str]


def name_words(words: ProseWords) -> NameWords:
    """Return the words of names, compiled once for all projects."""
    return _compiled(words)


def name_of(text: str, words: NameWords) -> str:
    """Return what is counted, without verbs, filling words and the general word at the end.

    `要实现上云企业达到` and `上云目标` are both 上云; `企业` alone is nothing, nor is a word of two
    letters that nothing general stood behind.
    """
    text = _cleaned(text)
    number = _NUMBERING.match(text)
    text = words.fillers.cut(text[number.end() :] if number else text)
    starts = [
        found.end() if found[0] in words.verbs else found.start()
        for found in words.starts.finditer(text)
    ]
    for start in reversed(starts):
        name = _bare(text[start:], words)
        if name:
            return name
    return _bare(text, words)


def _cleaned(text: str) -> str:
    return without_noise(without_years(without_inserted(text)))


def _bare(text: str, words: NameWords) -> str:
    opening = words.openings.match(text)
    text = text[opening.end() :] if opening and opening.end() + _LEAST <= len(text) else text
    bare = words.generic.cut(text)
    is_named = len(bare) > _LEAST or (len(bare) == _LEAST and bare != text)
    return bare if is_named and not words.nothing.fullmatch(bare) else ""


def without_noise(text: str) -> str:
    """Return a text without spaces, quotes and references."""
    return _NOISE.sub("", text) if "{{" in text else _MARK.sub("", text)


def without_inserted(text: str) -> str:
    """Return a text without what stands in brackets."""
    return _INSERTED.sub("", text) if "（" in text or "(" in text else text


def without_years(text: str) -> str:
    """Return a text without its years."""
    return _YEAR.sub("", text) if "年" in text else text


def years_of(text: str) -> list[str]:
    """Return the years that a text names."""
    return _YEAR.findall(text) if "年" in text else []


class Labels(Struct, frozen=True):
    """What the indicators of a project count; worked out for those that prose may speak of."""

    names: Mapping[Path, str]  # as typed, by where they stand
    bare: Mapping[str, str]  # as typed, by how prose would write them; short ones left out
    letters: str  # of all of them: every label is a part of it, or a bare name
    words: NameWords

    def of_name(self, name: str) -> str:
        """Return what an indicator counts, by its name as typed."""
        return self.of_bare(name) if name in self.bare else _label(name, self.words)

    def of_bare(self, bare: str) -> str:
        """Return what an indicator counts, by its name as prose would write it."""
        return _label(self.bare[bare], self.words) or bare

    def may_be_any(self, labels: Iterable[str]) -> bool:
        """Say whether an indicator may count one of some things."""
        return any(label in self.letters or label in self.bare for label in labels)

    def rows(self, labels: Set[str]) -> Set[Path]:
        """Return where the indicators stand that count one of some things, as prose names them."""
        if not self.may_be_any(labels):
            return frozenset()
        named = {bare for bare in self.bare if self.of_bare(bare) in labels}
        return {path for path, name in self.names.items() if without_noise(name) in named}


def indicator_labels(review: Review) -> Labels:
    """Return the labels of a project's indicators."""
    return review.once("indicator labels", lambda: _labels(review))


def _labels(review: Review) -> Labels:
    rows = review.project.indicators
    lines = [line for row in rows for line in (*row.measures, *row.details)]
    bare: dict[str, str] = {}
    for line in lines:
        short = without_noise(line.name)
        if len(short) >= _SHORTEST and not short[-1].isdigit():
            bare[short] = line.name
    letters = "\n".join(_cleaned(line.name) for line in lines)
    names = {line.path: line.name for line in lines}
    return Labels(names, bare, letters, name_words(review.terms.prose))


@lru_cache(maxsize=4096)
def _label(name: str, words: NameWords) -> str:
    """Return the label of an indicator; many files have the same ones."""
    return name_of(name, words)


@lru_cache(maxsize=4)
def _compiled(words: ProseWords) -> NameWords:
    everything = (*words.verbs, *words.openings, *words.fillers, *words.generic, *words.gains)
    everything = (*everything, *words.empty)
    return NameWords(
        starts=pattern(f"{one_of(words.verbs)}|{one_of(words.gains)}"),
        verbs=frozenset(words.verbs),
        openings=pattern(rf"(?:{one_of((*words.verbs, *words.openings))})+"),
        fillers=_ending(words.fillers),
        generic=_ending(words.generic),
        nothing=pattern(rf"(?:{one_of(everything)})+"),
    )


def _ending(words: tuple[str, ...]) -> Ending:
    last = frozenset(word[-1] for word in words if word)
    return Ending(pattern(rf"(?:{one_of(words)})+$"), last)
