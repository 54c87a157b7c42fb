"""The units of a year: what is as it was is taken over, the rest is made, one unit at a time."""

from collections.abc import Iterable, Iterator
from importlib import import_module
from itertools import chain, groupby, islice

from msgspec import Struct, field
from msgspec.structs import replace

from generator.checks.between.ledger import Kept
from generator.commands.report_kept import Memory, find_whole
from generator.commands.report_outcome import Outcome, Standing
from generator.commands.report_pdf import keep_pdf
from generator.commands.report_table import show_progress
from generator.commands.report_work import Made, Order, UnitOrder, Workshop, count_processors
from generator.options import ReportOptions
from generator.reading.discovery import DataFile

_MANY = 50  # projects from which on a second process pays
_MOST_AHEAD = 32  # units among which they are looked for


class Unit(Struct):
    """One unit of the run: what is known of it, what is to be made, what came of it."""

    files: tuple[DataFile, ...]
    order: UnitOrder
    standing: Standing | None = None  # nothing of it has changed
    lines: bytes = b""  # what the manifest says of it then
    projects: dict[DataFile, tuple[Outcome, bool]] = field(default_factory=dict)  # and: is it bound
    whole: list[Outcome] = field(default_factory=list)  # what belongs to the whole unit

    @property
    def id(self) -> str:
        """Return 2020/unit."""
        return self.order.unit_id

    @property
    def name(self) -> str:
        """Return its folder."""
        return self.id.partition("/")[2]

    @property
    def outcomes(self) -> list[Outcome]:
        """Return what came of its projects, then of the whole of it."""
        return [*(outcome for outcome, _ in self.projects.values()), *self.whole]


class YearRun:
    """One run over the projects of a year."""

    def __init__(
        self,
        options: ReportOptions,
        order: Order,
        workshop: Workshop,
        files: tuple[DataFile, ...],
        memory: Memory | None,
    ) -> None:
        """Begin with nothing made.

        Args:
            options: What the user wants.
            order: What all work of the run has in common.
            workshop: Makes documents in this process.
            files: The projects.
            memory: Knows what came of them in the last run, where this run may go by it.
        """
        self._options, self._order, self._workshop = options, order, workshop
        self._files, self._done = files, 0
        self._memory = memory
        self._is_whole = not options.project
        is_lean = not options.console.is_verbose and options.format == "text"
        self._may_stand = is_lean and not options.has_pdf  # nothing is asked of single projects
        self.notes: dict[str, Kept | None] = {}  # of what was made and is not known

    def work(self) -> Iterator[Unit]:
        """Yield each unit with what came of it, in order."""
        groups = groupby(self._files, lambda file: file.id.rpartition("/")[0])
        units = (self._plan(unit_id, tuple(group)) for unit_id, group in groups)
        for first in units:
            ahead, jobs = self._look_ahead(first, units)
            has_others = jobs > 1 or (jobs and self._options.executor)
            coming = chain(ahead, units) if has_others else ahead
            for unit, made in self._make(coming, jobs):
                self._done += len(unit.files)
                if unit.standing is None:
                    self._join(unit, made)
                yield unit

    def _plan(self, unit_id: str, files: tuple[DataFile, ...]) -> Unit:
        """Sort the files of a unit into what is known and what is to be made."""
        unit = Unit(files, UnitOrder(unit_id, files, self._is_whole))
        memory, renderer = self._memory, self._workshop.renderer
        self._workshop.known.unit_key(files)  # as the data are now, whoever reads them later
        if memory is None or self._options.is_forced:
            return unit
        last = memory.unit(unit_id)
        may_stand = self._may_stand
        found = memory.find_standing(unit_id, files, last, renderer.shelf) if may_stand else None
        if found is not None:
            unit.standing, unit.lines = found
            unit.order = replace(unit.order, files=())
            return unit
        known = last.outcomes
        each = {file: memory.find(file, known, renderer) for file in files}
        standing = {file: outcome for file, outcome in each.items() if outcome is not None}
        whole = find_whole(known, renderer)
        is_all_known = len(standing) == len(files) and whole is not None
        if known.bound and not (is_all_known and known.bound == {file.id for file in standing}):
            return unit
        unit.projects = {f: (one, known.projects[f.id].is_bound) for f, one in standing.items()}
        unit.whole = whole or []
        for outcome in unit.outcomes:
            outcome.told = tuple(outcome.findings)
        unit.order = replace(
            unit.order,
            files=tuple(file for file in files if file not in standing),
            taken={one.path: out.owner for out in standing.values() for one in out.documents},
        )
        return unit

    def _look_ahead(self, first: Unit, units: Iterator[Unit]) -> tuple[list[Unit], int]:
        """Plan some units from one with work on: by how many processes are they made? 0: by none.

        Only so many are planned as are needed to say so: what is known of them stays in memory.
        """
        ahead: list[Unit] = []
        projects = busy = jobs = 0
        wanted = self._options.jobs or count_processors()
        for unit in chain((first,), islice(units, _MOST_AHEAD if first.order.files else 0)):
            ahead.append(unit)
            projects += len(unit.order.files)
            busy += bool(unit.order.files)  # a unit is made by one process
            pays = self._options.jobs or projects >= _MANY
            jobs = min(wanted if pays else 1, busy)
            if jobs == wanted:
                break
        return ahead, jobs

    def _make(self, units: Iterable[Unit], jobs: int) -> Iterator[tuple[Unit, list[Made]]]:
        """Yield units in order, each with what was made of it, whoever makes it."""
        address = self._options.executor if jobs else ""
        if jobs <= 1 and not address:
            for unit in units:
                is_done = not unit.order.files
                yield unit, [] if is_done else list(self._workshop.make(unit.order, self._show))
            return
        workers = import_module("generator.commands.report_workers")
        with workers.open_crew(address, jobs) as crew:
            yield from workers.make_elsewhere(crew, self._order, units, self._workshop)

    def _join(self, unit: Unit, made: list[Made]) -> None:
        """Put what was made of a unit beside what is known of it."""
        by_id = {one.outcome.project: one for one in made if not one.outcome.is_unit}
        self.notes |= {name: one.kept for name, one in by_id.items() if not one.is_known}
        new = {file: by_id[file.id] for file in unit.files if file.id in by_id}
        found = unit.projects | {file: (one.outcome, one.is_bound) for file, one in new.items()}
        unit.projects = {file: found[file] for file in unit.files}
        unit.whole = [one.outcome for one in made if one.outcome.is_unit] or unit.whole
        for document in (one for outcome in unit.outcomes for one in outcome.documents):
            keep_pdf(document.entry, self._workshop.renderer.manifest)

    def _show(self, file: DataFile) -> None:
        show_progress(self._options.console, self._done, len(self._files), file.id)
