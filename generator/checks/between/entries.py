"""What is kept of each project for the checks between documents, and what such a check is."""

from collections.abc import Iterable, Iterator, Sequence, Set
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
    def stem(self) -> str:
        """Return the name of its file in the unit's folder."""
        return self.id.split("/")[2]


class YearFindings(Struct, frozen=True):
    """What a check says when the units of a year are compared."""

    remarks: tuple[tuple[str, Remark], ...]  # each with the project that it is told to
    involved: Set[str] = frozenset()  # projects whose change may change it, whatever they share


class BetweenCheck(Rule, Protocol):
    """A check over several projects: a module that notes each one and compares the notes."""

    def note(self, review: Review, texts: Sequence[Text]) -> Any:
        """Return what is kept of one project; nothing that holds the project itself."""

    def compare(
        self, unit: Sequence[Entry[Any]], last: Sequence[Entry[Any]]
    ) -> Iterator[tuple[str, Remark]]:
        """Yield what is wrong within a unit, each with the id of the project that it is told to.

        Args:
            unit: Its projects in the order of their ids; there is one at least.
            last: Projects of the year before in a folder of the same name.
        """


class YearCheck(BetweenCheck, Protocol):
    """One that compares the units of a year, too: by what each of them shares, one at a time."""

    def share(self, unit: Sequence[Entry[Any]]) -> Any:
        """Return what other units are compared with."""

    def compare_year(self, parts: Iterable[Any]) -> YearFindings:
        """Return what is wrong between the units of a year.

        Args:
            parts: What each unit shares, in order; read anew whenever it is gone through.
        """

    def is_settled(
        self, changes: Sequence[tuple[Any, Any]], parts: Iterable[Any], before: YearFindings
    ) -> bool:
        """Say whether it is certain that a comparison would find what the last one has found.

        Args:
            changes: What the units that have changed shared then, with what they share now.
            parts: What each unit shares now.
            before: What was found then.
        """
