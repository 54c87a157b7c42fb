"""What is kept of each project for the checks between documents, and what such a check is."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, Generic, Protocol, TypeVar

from msgspec import Struct

from generator.checks.review import Remark, Review, Rule
from generator.checks.texts import Text

NoteT = TypeVar("NoteT")


class Entry(Struct, Generic[NoteT], frozen=True):
    """One project with what one check noted of it: names, hashes, a few figures."""

    id: str  # 2020/unit/project
    name: str
    file: str
    note: NoteT

    @property
    def year(self) -> int:
        """Return the year of the folder it stands in."""
        return int(self.id.split("/")[0])

    @property
    def unit(self) -> tuple[str, str]:
        """Return the year's folder and the unit's below it."""
        year, unit = self.id.split("/")[:2]
        return year, unit


class BetweenCheck(Rule, Protocol):
    """A check over several projects: a module that notes each one and compares the notes."""

    def note(self, review: Review, texts: Sequence[Text]) -> Any:
        """Return what is kept of one project; nothing that holds the project itself."""

    def compare(self, entries: Iterable[Entry[Any]]) -> Iterator[tuple[str, Remark]]:
        """Yield what is wrong, each with the id of the project that it is told to."""


def by_unit(entries: Iterable[Entry[NoteT]]) -> Iterator[tuple[Entry[NoteT], ...]]:
    """Yield the projects of each unit and year."""
    ordered = sorted(entries, key=lambda entry: entry.id.split("/"))
    for _, group in groupby(ordered, key=lambda entry: entry.unit):
        yield tuple(group)


def by_year(entries: Iterable[Entry[NoteT]]) -> Iterator[tuple[Entry[NoteT], ...]]:
    """Yield the projects of each year."""
    ordered = sorted(entries, key=lambda entry: entry.id.split("/"))
    for _, group in groupby(ordered, key=lambda entry: entry.year):
        yield tuple(group)
