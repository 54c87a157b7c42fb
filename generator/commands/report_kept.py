"""What is remembered of a run over a whole year: what became of each project, in short.

What a file's content decides stands by itself (`pipeline_known`); here is what came of it in one
folder of documents, and what was found between the documents of the year. What was refused is
looked at again each time.
"""

from collections.abc import Iterable, Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from generator.commands.report_outcome import Outcome
from generator.findings import Finding
from generator.freshness.digests import NO_STAMP
from generator.freshness.kept_values import keep_value, pack, read_value, unpack
from generator.pipeline_known import KnownProjects
from generator.reading.discovery import DataFile
from generator.rendering.documents import Renderer
from generator.reporters import count

Between = Mapping[str, tuple[Finding, ...]]  # by project


class KnownOutcome(Struct, frozen=True):
    """What came of one project, with the hash of all it was made from."""

    key: str
    outcome: Outcome
    is_bound: bool  # its form does something for the whole unit


class KnownUnit(Struct, frozen=True):
    """What came of one unit, its projects by their ids."""

    projects: Mapping[str, KnownOutcome] = field(default_factory=dict)
    whole: tuple[Outcome, ...] | None = ()  # what belongs to the whole unit; None: it was refused

    @property
    def bound(self) -> frozenset[str]:
        """Return the projects that were seen; none where nothing binds them."""
        is_bound = any(one.is_bound for one in self.projects.values())
        return frozenset(self.projects if is_bound else ())


class _KnownYear(Struct, frozen=True):
    """A run over a whole year."""

    units: Mapping[str, bytes] = field(default_factory=dict)  # packed: few are ever asked for
    between: Between = field(default_factory=dict)


class Memory:
    """The last run over a year into one folder of documents, and what is noted of this one."""

    def __init__(self, folder: str, known: KnownProjects, key: str) -> None:
        """Look at what was kept.

        Args:
            folder: Where it is kept.
            known: Has the keys of projects.
            key: A hash over the program and all of the forms, Word templates too: one that a
                project does not use may stop its documents.
        """
        self._path, self._known, self._key = f"{folder}/known", known, key
        found = read_value(self._path, key)
        self._year = found if isinstance(found, _KnownYear) else _KnownYear()
        self._noted: dict[str, bytes] = {}

    @property
    def between(self) -> Between:
        """Return what the last run found between the documents."""
        return self._year.between

    def unit(self, unit_id: str) -> KnownUnit:
        """Return what came of a unit in the last run."""
        found = unpack(self._year.units.get(unit_id, b""))
        return found if isinstance(found, KnownUnit) else KnownUnit()

    def find(self, file: DataFile, unit: KnownUnit, renderer: Renderer) -> Outcome | None:
        """Return what came of a project of a unit, when it and its documents are as they were."""
        known = unit.projects.get(file.id)
        if known is None or known.key != self._known.key(file):
            return None
        return _standing(known.outcome, renderer)

    def note(
        self,
        unit_id: str,
        outcomes: Mapping[DataFile, tuple[Outcome, bool]],
        whole: Iterable[Outcome],
    ) -> None:
        """Note what came of a unit, before anything is said between documents.

        Args:
            unit_id: 2020/unit.
            outcomes: What came of each project, and whether it is bound.
            whole: What came of what belongs to the whole unit.
        """
        projects = {
            file.id: KnownOutcome(self._known.key(file), _short(outcome), is_bound)
            for file, (outcome, is_bound) in outcomes.items()
            if not outcome.is_refused
        }
        own = tuple(map(_short, whole))
        is_refused = any(one.is_refused for one in own)
        self._noted[unit_id] = pack(KnownUnit(projects, None if is_refused else own))

    def keep(self, between: Between) -> None:
        """Keep what was noted, with what was found between the documents."""
        keep_value(self._path, self._key, _KnownYear(self._noted, dict(between)))


def find_whole(unit: KnownUnit, renderer: Renderer) -> list[Outcome] | None:
    """Return what came of a whole unit, when its documents are as they were."""
    if unit.whole is None:
        return None
    found = [_standing(one, renderer) for one in unit.whole]
    return None if None in found else [one for one in found if one is not None]


def _short(outcome: Outcome) -> Outcome:
    """Return an outcome without what its own file says, which is only counted."""
    nothing = {"entry": {}, "is_changed": False, "stamp": NO_STAMP}
    documents = [replace(one, **nothing) for one in outcome.documents]
    if outcome.is_as_before:
        return replace(outcome, documents=documents)
    own = [finding for finding in outcome.findings if finding.project == outcome.owner]
    shared = [finding for finding in outcome.findings if finding.project != outcome.owner]
    counts = count(own)
    return replace(outcome, findings=shared, documents=documents, counts=counts, is_as_before=True)


def _standing(known: Outcome, renderer: Renderer) -> Outcome | None:
    """Return a known outcome with the entries of its documents; None when one is not as it was."""
    if not all(renderer.shelf.keeps(one.path, known.owner) for one in known.documents):
        return None
    entries = renderer.manifest.documents
    found = [replace(one, entry=dict(entries[one.path])) for one in known.documents]
    return replace(known, documents=found, findings=list(known.findings))
