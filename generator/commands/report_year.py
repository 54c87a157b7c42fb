"""The units of a year: what is as it was is taken over, the rest is made, then all is compared."""

from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from itertools import groupby

from msgspec import Struct, field
from msgspec.structs import replace

from generator.checks.between.ledger import Kept
from generator.commands.report_kept import Between, Memory, find_whole
from generator.commands.report_outcome import Outcome
from generator.commands.report_table import show_progress
from generator.commands.report_work import Made, Order, UnitOrder, Workshop, count_jobs
from generator.findings import Finding
from generator.freshness.sources import shared_key
from generator.options import ReportOptions
from generator.pipeline_between import KEPT, check_between
from generator.reading.discovery import DataFile


class _Unit(Struct):
    """One unit of the run: what is known of it, and what is to be made."""

    files: tuple[DataFile, ...]
    order: UnitOrder
    known: dict[str, tuple[Outcome, bool]] = field(default_factory=dict)  # and whether it is bound
    whole: list[Outcome] = field(default_factory=list)  # what belongs to the whole unit, known

    @property
    def is_done(self) -> bool:
        """Say whether nothing of it has to be made."""
        return not self.order.files


class YearRun:
    """One run over the projects of a year."""

    def __init__(
        self,
        options: ReportOptions,
        order: Order,
        workshop: Workshop,
        files: tuple[DataFile, ...],
        folder: str,
    ) -> None:
        """Begin with nothing made.

        Args:
            options: What the user wants.
            order: What all work of the run has in common.
            workshop: Makes documents in this process.
            files: The projects.
            folder: Where it is remembered what came of them.
        """
        self._options, self._order, self._workshop = options, order, workshop
        self._files, self._done = files, 0
        self._is_whole = not options.project
        self._is_lean = not options.console.is_verbose and options.format == "text"
        self._remembers = self._is_whole and not options.is_draft
        root, digests = str(options.console.root), workshop.renderer.digests
        key = shared_key(root, order.program, digests, prints=True)  # templates not used yet, too
        self._memory = Memory(folder, workshop.known, key)
        self._heard: set[Finding] = set()  # what the last run said of projects that are as before

    def work(self) -> list[Outcome]:
        """Return what came of each project and unit, the checks between documents included."""
        units = [
            self._plan(unit_id, tuple(group))
            for unit_id, group in groupby(self._files, lambda file: file.id.rpartition("/")[0])
        ]
        outcomes: list[Outcome] = []
        notes: dict[str, Kept | None] = {}  # of what was made and is not known
        working = self._make([unit.order for unit in units if not unit.is_done])
        for unit in units:
            made = [] if unit.is_done else next(working)
            by_id = {one.outcome.project: one for one in made if not one.outcome.is_unit}
            notes |= {name: one.kept for name, one in by_id.items() if not one.is_known}
            found = unit.known | {name: (one.outcome, one.is_bound) for name, one in by_id.items()}
            projects = {file: found[file.id] for file in unit.files}
            whole = [one.outcome for one in made if one.outcome.is_unit] or unit.whole
            if self._remembers:
                self._memory.note(unit.order.unit_id, projects, whole)
            outcomes += [*(outcome for outcome, _ in projects.values()), *whole]
            self._done += len(unit.files)
        between = self._compare(notes)
        if self._remembers:
            self._memory.keep(between)
        for outcome in outcomes:
            outcome.findings += between.get(outcome.project, ())  # they stop no document
        if not self._is_lean:
            self._list_everything(outcomes)
        return outcomes

    def news_of(self, outcome: Outcome) -> list[Finding]:
        """Return what is listed of a project: of one that is as before, what was not said yet."""
        findings = outcome.findings
        return [f for f in findings if not (outcome.is_as_before and f in self._heard)]

    def _plan(self, unit_id: str, files: tuple[DataFile, ...]) -> _Unit:
        """Sort the files of a unit into what is known and what is to be made."""
        unit = _Unit(files, UnitOrder(unit_id, files, self._is_whole))
        if not self._remembers or self._options.is_forced:
            return unit
        memory, renderer = self._memory, self._workshop.renderer
        last = memory.unit(unit_id)
        found = ((file, memory.find(file, last, renderer)) for file in files)
        known = {file.id: outcome for file, outcome in found if outcome is not None}
        whole = find_whole(last, renderer)
        is_all_known = len(known) == len(files) and whole is not None
        if last.bound and not (is_all_known and last.bound == known.keys()):
            return unit
        unit.known = {name: (one, last.projects[name].is_bound) for name, one in known.items()}
        unit.whole = whole or []
        for outcome in (*known.values(), *unit.whole):
            self._heard |= {*outcome.findings, *memory.between.get(outcome.project, ())}
        unit.order = replace(
            unit.order,
            files=tuple(file for file in files if file.id not in known),
            taken={one.path: out.owner for out in known.values() for one in out.documents},
        )
        return unit

    def _make(self, units: Sequence[UnitOrder]) -> Iterator[list[Made]]:
        """Yield what came of each unit, in order, whoever makes it."""
        address, jobs = self._options.executor, count_jobs(self._options.jobs, units)
        if not units or (jobs == 1 and not address):
            for unit in units:
                yield list(self._workshop.make(unit, self._show))
            return
        workers = import_module("generator.commands.report_workers")
        with workers.open_crew(address, jobs) as crew:
            yield from workers.make_elsewhere(crew, self._order, units, self._workshop)

    def _show(self, file: DataFile) -> None:
        show_progress(self._options.console, self._done, len(self._files), file.id)

    def _compare(self, notes: Mapping[str, Kept | None]) -> Between:
        """Return what the checks between documents find, by project."""
        found: dict[str, tuple[Finding, ...]] = {}
        known, root = self._workshop.known, self._options.console.root
        folder = "" if self._options.is_draft else KEPT
        for identifier, finding in check_between(known, root, self._files, notes, folder=folder):
            found[identifier] = (*found.get(identifier, ()), finding)
        return found

    def _list_everything(self, outcomes: Sequence[Outcome]) -> None:
        """Put back what is only counted of projects that are as before."""
        files = {file.id: file for file in self._files}
        for outcome in outcomes:
            if outcome.is_as_before:
                file = None if outcome.is_unit else files[outcome.project]
                own = self._workshop.known.look_up(file).findings if file else ()
                outcome.findings = list(dict.fromkeys([*own, *outcome.findings]))
                outcome.counts, outcome.is_as_before = {}, False
