"""What is remembered of a run over a whole year: what became of each project, in short.

What a file's content decides stands by itself (`pipeline_known`); here is what came of it in one
folder of documents, and what was found between the documents of the year. What was refused is
looked at again each time.
"""

import os
from collections.abc import Iterable, Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from generator.commands.report_outcome import Outcome
from generator.findings import Finding
from generator.freshness.digests import Digests
from generator.freshness.kept_values import keep_value, read_value
from generator.freshness.sources import join_digests, list_files
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


class KnownYear(Struct, frozen=True):
    """A run over a whole year, projects and units by their ids."""

    projects: Mapping[str, KnownOutcome] = field(default_factory=dict)
    units: Mapping[str, tuple[Outcome, ...]] = field(default_factory=dict)
    last_year: str = ""  # a hash over the data of the year before
    between: Between = field(default_factory=dict)


class Memory:
    """The last run over a year into one folder of documents."""

    def __init__(
        self, folder: str, year: int, known: KnownProjects, digests: Digests, root: str
    ) -> None:
        """Look at what was kept; nothing is known of another program or of other forms."""
        self._path, self._known = f"{folder}/known", known
        listed = (os.path.join(root, file) for file in list_files(root, f"data/{year - 1}"))  # noqa: PTH118
        self._last_year = join_digests((path, digests.of(path)) for path in listed)
        found = read_value(self._path, known.shared)
        self.year = found if isinstance(found, KnownYear) else KnownYear()
        self._by_unit: dict[str, list[str]] = {}
        for name in self.year.projects:
            self._by_unit.setdefault(name.rpartition("/")[0], []).append(name)

    def find(self, file: DataFile, renderer: Renderer) -> Outcome | None:
        """Return what came of a project, when it and its documents are as they were."""
        known = self.year.projects.get(file.id)
        if known is None or known.key != self._known.key(file):
            return None
        return _standing(known.outcome, renderer)

    def find_unit(self, unit_id: str, renderer: Renderer) -> list[Outcome] | None:
        """Return what came of a whole unit, when its documents are as they were."""
        found = [_standing(one, renderer) for one in self.year.units.get(unit_id, ())]
        return None if None in found else [one for one in found if one is not None]

    def bound(self, unit_id: str) -> frozenset[str]:
        """Return the projects that the last run saw in a unit; none where nothing binds them."""
        own = self._by_unit.get(unit_id, ())
        return frozenset(own if any(self.year.projects[name].is_bound for name in own) else ())

    def is_bound(self, file: DataFile) -> bool:
        """Say whether a known project's form does something for the whole unit."""
        return self.year.projects[file.id].is_bound

    def keys(self, files: Iterable[DataFile]) -> dict[str, str]:
        """Return by which keys projects were known in the last run."""
        known = self.year.projects
        return {file.id: known[file.id].key for file in files if file.id in known}

    def has_compared(self, files: Iterable[DataFile]) -> bool:
        """Say whether the last run compared the same projects, with the same year before."""
        is_same_set = self.year.projects.keys() == {file.id for file in files}
        return self.year.last_year == self._last_year and is_same_set

    def keep(
        self,
        outcomes: Mapping[DataFile, tuple[Outcome, bool]],
        units: Mapping[str, tuple[Outcome, ...]],
        between: Between,
    ) -> None:
        """Keep a run, before anything is said between documents or of what else is there.

        Args:
            outcomes: What came of each project, and whether it is bound.
            units: What came of what belongs to whole units.
            between: What was found between the documents.
        """
        projects = {
            file.id: KnownOutcome(self._known.key(file), _short(outcome), is_bound)
            for file, (outcome, is_bound) in outcomes.items()
            if not outcome.is_refused
        }
        kept = {unit_id: tuple(map(_short, own)) for unit_id, own in units.items()}
        kept = {u: own for u, own in kept.items() if not any(one.is_refused for one in own)}
        year = KnownYear(projects, kept, self._last_year, dict(between))
        keep_value(self._path, self._known.shared, year)


def _short(outcome: Outcome) -> Outcome:
    """Return an outcome without what its own file says, which is only counted."""
    documents = [replace(one, entry={}, is_changed=False) for one in outcome.documents]
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
