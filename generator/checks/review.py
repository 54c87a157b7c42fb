"""What a check looks at, and what it yields."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from generator.domain.model import Path, Project
from generator.domain.results import ScoreSheet
from generator.domain.rubrics import CheckSetting, Terms
from generator.findings import Place, Severity
from generator.scoring.scope import Scope

ReadT = TypeVar("ReadT")


@dataclass(frozen=True, slots=True)
class Review:
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
        checks = self.project.rubric.checks if self.project.rubric else {}
        own, shared = checks.get(rule, CheckSetting()), self.settings.get(rule, CheckSetting())
        return own.over(shared)

    def once(self, name: str, read: Callable[[], ReadT]) -> ReadT:
        """Return what several checks read, read for the first of them."""
        if name not in self._read:
            self._read[name] = read()
        found: ReadT = self._read[name]
        return found

    def place(self, *path: str | int) -> Place:
        """Return the place of a value of the data."""
        return self.project.place_of(path)

    def key_place(self, *path: str | int) -> Place:
        """Return the place of a key of the data."""
        return self.project.place_of(path, key=True)


@dataclass(frozen=True, slots=True)
class Remark:
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
