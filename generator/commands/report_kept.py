"""What is remembered of a run over a whole year: what became of each unit, a file for each.

What a file's content decides stands by itself (`pipeline_known`); here is what came of it in one
folder of documents, and what was found between the documents of the year. What was refused is
looked at again each time.
"""

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from generator.commands.report_outcome import Outcome, Standing, Tally
from generator.findings import Finding
from generator.freshness.digests import NO_STAMP
from generator.freshness.kept_values import keep_value, pack, read_value, unpack
from generator.freshness.quiet import keep_only
from generator.pipeline_known import KnownProjects
from generator.reading.discovery import DataFile
from generator.rendering.documents import Renderer
from generator.rendering.manifest import Entry, inputs_of
from generator.rendering.output import digest
from generator.rendering.shelf import Shelf
from generator.reporters import count

Between = Mapping[str, tuple[Finding, ...]]  # by project
_UNITS, _BETWEEN = "units", "between"


class KnownOutcome(Struct, frozen=True):
    """What came of one project, with the hash of all it was made from."""

    key: str
    outcome: Outcome
    is_bound: bool  # its form does something for the whole unit


class KnownOutcomes(Struct, frozen=True):
    """What came of the projects of a unit, by their ids."""

    projects: Mapping[str, KnownOutcome] = field(default_factory=dict)
    whole: tuple[Outcome, ...] | None = ()  # what belongs to the whole unit; None: it was refused

    @property
    def bound(self) -> frozenset[str]:
        """Return the projects that were seen; none where nothing binds them."""
        is_bound = any(one.is_bound for one in self.projects.values())
        return frozenset(self.projects if is_bound else ())


class KnownUnit(Struct, frozen=True):
    """What came of a unit, in short; its projects are packed, since few are ever asked for."""

    key: str = ""  # a hash over its data; blank: a part of it is to be looked at again
    lines: str = ""  # a hash of what the manifest says of it
    inputs: Mapping[str, str] = field(default_factory=dict)  # besides its data, with their hashes
    documents: Mapping[str, str] = field(default_factory=dict)  # by path, with their hashes
    tally: Tally = Tally()
    counts: Mapping[str, int] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()  # those that are listed again
    packed: bytes = b""

    @property
    def outcomes(self) -> KnownOutcomes:
        """Return what came of each project."""
        found = unpack(self.packed)
        return found if isinstance(found, KnownOutcomes) else KnownOutcomes()


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
        self._folder, self._known, self._key = folder, known, key
        found = read_value(f"{folder}/{_BETWEEN}", key)
        self.between: Between = found if isinstance(found, dict) else {}

    def unit(self, unit_id: str) -> KnownUnit:
        """Return what came of a unit in the last run."""
        found = read_value(self._place(unit_id), self._key)
        return found if isinstance(found, KnownUnit) else KnownUnit()

    def find_standing(
        self, unit_id: str, files: Sequence[DataFile], known: KnownUnit, shelf: Shelf
    ) -> tuple[Standing, bytes] | None:
        """Return a unit as one line, when it and all its documents are as they were.

        With it comes what the manifest says of it.
        """
        lines = shelf.manifest.lines(unit_id.partition("/")[2])
        if not known.key or known.key != self._known.unit_key(files):
            return None
        if known.lines != digest(lines) or not shelf.are_same(known.inputs):
            return None
        if not all(shelf.stands(path, {"sha256": sha}) for path, sha in known.documents.items()):
            return None
        told = known.findings
        return Standing(unit_id, known.tally, known.counts, list(told), told), lines

    def find(self, file: DataFile, unit: KnownOutcomes, renderer: Renderer) -> Outcome | None:
        """Return what came of a project of a unit, when it and its documents are as they were."""
        known = unit.projects.get(file.id)
        if known is None or known.key != self._known.key(file):
            return None
        return _standing(known.outcome, renderer)

    def note(
        self,
        unit_id: str,
        outcomes: Mapping[DataFile, tuple[Outcome, bool]],
        whole: Sequence[Outcome],
        entries: Mapping[str, Entry],
        lines: bytes,
    ) -> None:
        """Keep what came of a unit, before anything is said between documents.

        Args:
            unit_id: 2020/unit.
            outcomes: What came of each project, and whether it is bound.
            whole: What came of what belongs to the whole unit.
            entries: What the manifest says of it from now on.
            lines: The same as it stands there.
        """
        projects = {
            file.id: KnownOutcome(self._known.key(file), _short(outcome), is_bound)
            for file, (outcome, is_bound) in outcomes.items()
            if not outcome.is_refused
        }
        own = tuple(map(_short, whole))
        is_refused = any(one.is_refused for one in own)
        packed = pack(KnownOutcomes(projects, None if is_refused else own))
        made = [*(one for one, _ in outcomes.values()), *whole]
        documents = {d.path: str(d.entry["sha256"]) for one in made for d in one.documents}
        is_all = len(projects) == len(outcomes) and not is_refused
        if not is_all or documents.keys() != entries.keys():
            keep_value(self._place(unit_id), self._key, KnownUnit(packed=packed))
            return
        shorts = [*(one.outcome for one in projects.values()), *own]
        known = KnownUnit(
            key=self._known.unit_key(tuple(outcomes)),
            lines=digest(lines),
            inputs=_inputs_besides(entries.values(), tuple(outcomes)),
            documents=documents,
            tally=_add_up(made),
            counts=dict(sum((Counter(one.counts) for one in shorts), Counter())),
            findings=tuple(dict.fromkeys(f for one in shorts for f in one.findings)),
            packed=packed,
        )
        keep_value(self._place(unit_id), self._key, known)

    def forget(self, unit_id: str) -> None:
        """Forget what came of a unit."""
        keep_value(self._place(unit_id), self._key, KnownUnit())

    def keep(self, between: Between, units: Container[str]) -> None:
        """Keep what was found between the documents, and nothing of units that are gone.

        Args:
            between: By project.
            units: The folders of those that are there.
        """
        keep_value(f"{self._folder}/{_BETWEEN}", self._key, dict(between))
        keep_only(f"{self._folder}/{_UNITS}", units)

    def _place(self, unit_id: str) -> str:
        return f"{self._folder}/{_UNITS}/{unit_id.partition('/')[2]}"


def find_whole(unit: KnownOutcomes, renderer: Renderer) -> list[Outcome] | None:
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
        return replace(outcome, documents=documents, told=())
    own = [finding for finding in outcome.findings if finding.project == outcome.owner]
    shared = [finding for finding in outcome.findings if finding.project != outcome.owner]
    counts = count(own)
    return replace(outcome, findings=shared, documents=documents, counts=counts, is_as_before=True)


def _standing(known: Outcome, renderer: Renderer) -> Outcome | None:
    """Return a known outcome with the entries of its documents; None when one is not as it was."""
    if not all(renderer.shelf.keeps(one.path, known.owner) for one in known.documents):
        return None
    entry = renderer.manifest.entry
    found = [replace(one, entry=dict(entry(one.path))) for one in known.documents]
    return replace(known, documents=found, findings=list(known.findings))


def _inputs_besides(entries: Iterable[Entry], files: Sequence[DataFile]) -> dict[str, str]:
    """Return what documents were made from besides the data of their unit, which have a key."""
    own = {file.file for file in files} | {file.unit_file for file in files}
    inputs = {name: sha for entry in entries for name, sha in inputs_of(entry).items()}
    return {name: sha for name, sha in inputs.items() if name not in own}


def _add_up(outcomes: Iterable[Outcome]) -> Tally:
    """Return how much all of them stand for, while nothing of it changes."""
    total = Tally()
    for outcome in outcomes:
        total = total.plus(outcome.tally)
    return replace(total, changed=0)
