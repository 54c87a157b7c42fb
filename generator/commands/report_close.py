"""When all of a unit is made: what the manifest and the record say of it; then it is let go."""

import os
from collections.abc import Container, Iterable, Mapping

from generator.commands.report_kept import Memory
from generator.commands.report_outcome import Line, Outcome, find_outdated, join_entries
from generator.commands.report_pdf import PDF, pdf_of
from generator.commands.report_seen import SeenFolders
from generator.commands.report_work import Workshop
from generator.commands.report_year import Unit
from generator.findings import Finding
from generator.freshness.spool import Spool
from generator.freshness.texts import forget_texts, keep_texts
from generator.rendering.manifest import Entry, inputs_of, lay_out_unit


class Closing:
    """The units of a run that are done: of each nothing is left but lines, in files."""

    def __init__(
        self, workshop: Workshop, memory: Memory | None, folder: str, year: int, *, is_whole: bool
    ) -> None:
        """Begin with no unit.

        Args:
            workshop: Has made them.
            memory: Notes what came of them for the next run.
            folder: Where it is remembered what their documents were made from.
            year: The year.
            is_whole: The run is over the whole year.
        """
        self._workshop, self._memory, self._folder = workshop, memory, folder
        self._year, self._is_whole = year, is_whole
        self._shelf, self._manifest = workshop.renderer.shelf, workshop.renderer.manifest
        self._root = os.fspath(workshop.bench.root)
        self._others = sorted(self._manifest.units, reverse=True)  # the first one is the last
        self._units: dict[str, str] = {}  # those of the run by their folders, with their keys
        self.seen = SeenFolders(
            self._root, self._manifest.folder.as_posix(), workshop.renderer.digests
        )
        self.lines: Spool[Line] = Spool()
        self.manifest: Spool[bytes] = Spool()
        self.strays: list[Finding] = []  # documents of units that are gone
        self.has_documents = self.has_changed = False

    def close(self, unit: Unit, *, lists_all: bool) -> None:
        """Put away what came of a unit.

        Args:
            unit: All of it is made.
            lists_all: What its files say is listed even where they are as before.
        """
        self._pass_by(unit.name)
        self._units[unit.name] = self._workshop.known.unit_key(unit.files)
        if unit.standing is not None:
            self._put(unit.lines)
            self.lines.put(unit.standing)
            if unit.standing.tally.pdfs:
                entries = self._manifest.of(unit.name).items()
                self.seen.look_at_files(pdf_of(path) for path, one in entries if PDF in one)
        else:
            self._close(unit, unit.outcomes, lists_all=lists_all)
        if self._is_whole:
            self.seen.close_unit(unit.name)
            self.seen.close_data(unit.id)
        self._workshop.release(unit.order)

    @property
    def units(self) -> Container[str]:
        """Return the folders of the units."""
        return self._units

    def let_go(self, year: int, name: str) -> None:
        """Let go what was seen of the data of a unit when it was compared."""
        unit_id, known = f"{year}/{name}", self._workshop.known
        if year == self._year and known.last_key(unit_id) != self._units.get(name):
            self.seen.is_as_written = False  # somebody has changed it since its documents were made
        self.seen.close_data(unit_id)
        known.release(unit_id)

    def finish(self) -> None:
        """Put away what the last run has left of units that are gone."""
        self._pass_by("")
        if self._is_whole:
            forget_texts(self._folder, self._units)

    def _close(self, unit: Unit, outcomes: list[Outcome], *, lists_all: bool) -> None:
        before = self._manifest.of(unit.name)
        entries = self._join(before, outcomes)
        lines = lay_out_unit(entries.values())
        is_sound = self._are_as_they_were(outcomes)
        self.seen.is_as_written &= is_sound
        if self._memory is not None and is_sound:
            self._memory.note(unit.id, unit.projects, unit.whole, entries, lines)
        elif self._memory is not None:
            self._memory.forget(unit.id)
        folder = self._manifest.folder
        for owner, finding in find_outdated(folder, before, outcomes, is_whole=self._is_whole):
            (owner.findings if owner is not None else self.strays).append(finding)
        inputs = {name: sha for entry in entries.values() for name, sha in inputs_of(entry).items()}
        keep_texts(self._folder, self._root, unit.name, inputs)
        if lists_all:
            self._list_all(unit)
        for outcome in outcomes:
            self.lines.put(outcome)
            self.has_changed |= any(document.is_changed for document in outcome.documents)
        self._put(lines)
        self.seen.look_at(outcomes)
        others = entries.keys() - {one.path for outcome in outcomes for one in outcome.documents}
        self.seen.look_at_files(sorted(others))

    def _are_as_they_were(self, outcomes: Iterable[Outcome]) -> bool:
        """Say whether documents that were made elsewhere were made from what was seen here."""
        made = (
            one for outcome in outcomes for one in outcome.documents if not outcome.is_as_before
        )
        return all(self._shelf.are_same(inputs_of(one.entry)) for one in made)

    def _pass_by(self, name: str) -> None:
        """Keep what the manifest says of units that this run is not about; blank: all the rest."""
        while self._others and (not name or self._others[-1] <= name):
            other = self._others.pop()
            if other == name:
                return
            before = self._manifest.of(other)
            entries = self._join(before, ())
            outdated = find_outdated(self._manifest.folder, before, (), is_whole=self._is_whole)
            self.strays += [finding for _, finding in outdated]
            self._put(lay_out_unit(entries.values()))
            self.seen.look_at_files(entries)
            if self._is_whole:
                self.seen.close_unit(other)

    def _join(self, before: Mapping[str, Entry], made: Iterable[Outcome]) -> Mapping[str, Entry]:
        return join_entries(self._manifest.folder, before, made, is_whole=self._is_whole)

    def _put(self, lines: bytes) -> None:
        if lines:
            self.manifest.put(lines)
            self.has_documents = True

    def _list_all(self, unit: Unit) -> None:
        """Put back what is only counted of projects that are as before."""
        for file, (outcome, _) in unit.projects.items():
            if outcome.is_as_before:
                own = self._workshop.known.look_up(file).findings
                outcome.findings = list(dict.fromkeys([*own, *outcome.findings]))
                outcome.counts, outcome.is_as_before, outcome.told = {}, False, ()
        for outcome in unit.whole:
            outcome.counts, outcome.is_as_before, outcome.told = {}, False, ()
