"""What a check looks at, and what it yields."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, Protocol, TypeVar

from msgspec import Struct, field

from generator.domain.model import Indicator, Path, Project
from generator.domain.results import ScoreSheet
from generator.domain.rubrics import CheckSetting, Terms
from generator.findings import Place, Severity
from generator.scoring.scope import Scope

ReadT = TypeVar("ReadT")


class Review(Struct, frozen=True):
    """One project with everything computed; checks read it and compute nothing twice."""

    project: Project
    sheet: ScoreSheet
    scope: Scope
    place_in: Callable[[Path, int], Place]  # the place of one character inside a text
    settings: Mapping[str, CheckSetting]  # 检查.yaml: what holds for all forms
    terms: Terms
    _read: dict[str, Any] = field(default_factory=dict)

    def setting(self, rule: str) -> CheckSetting:
        """Return what the form says about a check, over what holds for all forms."""
        own = self.project.rubric.checks.get(rule) if self.project.rubric else None
        shared = self.settings.get(rule)
        if own is None or shared is None:
            return own or shared or _UNSET
        return _lay_over(own, shared)

    def once(self, name: str, read: Callable[[], ReadT]) -> ReadT:
        """Return what several checks read, read for the first of them."""
        if name not in self._read:
            self._read[name] = read()
        found: ReadT = self._read[name]
        return found

    def rows_at(self, tree_path: tuple[str, ...]) -> list[Indicator]:
        """Return the indicators directly under a level of the tree."""
        levels = self.once("rows_at", lambda: _by_level(self.project.indicators))
        return levels.get(tree_path, [])

    def place(self, *path: str | int) -> Place:
        """Return the place of a value of the data."""
        return self.project.place_of(path)

    def key_place(self, *path: str | int) -> Place:
        """Return the place of a key of the data."""
        return self.project.place_of(path, key=True)


def _by_level(rows: Iterable[Indicator]) -> dict[tuple[str, ...], list[Indicator]]:
    found: dict[tuple[str, ...], list[Indicator]] = {}
    for row in rows:
        found.setdefault(row.tree_path[:-1], []).append(row)
    return found


_UNSET = CheckSetting()


@lru_cache(maxsize=1024)
def _lay_over(own: CheckSetting, shared: CheckSetting) -> CheckSetting:
    return own.over(shared)


class Remark(Struct, frozen=True):
    """What a check has to say; the runner stamps code, rule and severity on it."""

    place: Place
    message: str
    subject: str = ""
    basis: str = ""
    hint: str = ""
    expected: str = ""  # the right value; a waiver holds only while its reason names it
    severity: Severity | None = None  # where the form itself states how bad it is


class Rule(Protocol):
    """A rule is a module with its documentation."""

    CODE: str
    RULE: str
    SEVERITY: Severity
    IS_LAW: bool  # a law of arithmetic cannot be switched off by a form


class Check(Rule, Protocol):
    """A check of one project: one rule, one function that yields."""

    def check(self, review: Review) -> Iterator[Remark]:
        """Yield what is wrong."""
