"""A run that has something to do: units that are as they were are taken over, others are made."""

import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from generator.checks.between.ledger import Ledger
from generator.commands.report_kept import KnownUnit, Memory
from generator.commands.report_outcome import Outcome, find_outdated, join_entries
from generator.commands.report_pdf import PDF, keep_pdf, write_pdfs
from generator.commands.report_table import print_json, print_table, show_progress
from generator.commands.report_units import UnitWork
from generator.errors import UserError
from generator.findings import Finding, Severity
from generator.freshness.record import RunRecord, output_folder, save_record
from generator.freshness.sources import program_id
from generator.freshness.texts import keep_texts
from generator.options import ReportOptions
from generator.pipeline import (
    ProjectResult,
    Workbench,
    check_between,
    load_projects,
    open_workbench,
)
from generator.reading.discovery import DataFile, find_strays, find_year
from generator.rendering.documents import Document, Renderer
from generator.rendering.draft import DraftScope, find_blanks
from generator.rendering.output import MANIFEST, inputs_of, read_manifest, write_manifest
from generator.reporters import TextReporter, summary_line
from generator.scoring.scope import build_scope

_DONE, _HAS_ERRORS, _COULD_NOT_RUN = 0, 1, 2
_CANNOT_RUN = ("template-missing", "document-unwritable", "pdf-failed")


def run(options: ReportOptions, record: RunRecord) -> int:
    """Render a year; exit code 1 when a document was refused, 2 when it could not be made."""
    console, root = options.console, os.fspath(options.console.root)
    memory = Memory(record, root, options.year)
    files = find_year(console.root, options.year, glob=options.project)
    folder = Path(output_folder(os.fspath(options.out), options.year, is_draft=options.is_draft))
    program = program_id(record.digests)
    renderer = Renderer(
        console.root,
        read_manifest(folder),
        digests=record.digests,
        program=program,
        is_forced=options.is_forced,
        is_draft=options.is_draft,
    )
    year = _Year(options, renderer, open_workbench(console.root), files, memory)
    outcomes = year.work()
    show_progress(console, len(files), len(files), "")
    lack = _write_pdfs(options, renderer, outcomes)
    is_whole = not options.project
    strays = list(find_strays(console.root, options.year)) if is_whole else []
    for owner, finding in find_outdated(renderer.manifest, outcomes, is_whole=is_whole):
        (owner.findings if owner is not None else strays).append(finding)
    entries = join_entries(renderer.manifest, outcomes, is_whole=is_whole)
    if entries or (folder / MANIFEST).is_file():
        write_manifest(folder, year=options.year, documents=entries)
    _print(options, outcomes, strays, folder)
    code = _exit_code(outcomes)
    inputs = {name: sha for entry in entries.values() for name, sha in inputs_of(entry).items()}
    keep_texts(record.folder, root, inputs)
    if is_whole:
        paths = [(folder / path).as_posix() for path in (MANIFEST, *entries)]
        paths += [f"{path.removesuffix('.docx')}.pdf" for path in paths[1:]]
        is_done = code == _DONE and lack is None
        summary = _summary(options, outcomes, strays) if is_done else {}
        save_record(record, paths, summary)
    if lack is not None:
        raise lack
    return code


class _Year:
    """The units of a year, one after the other."""

    def __init__(
        self,
        options: ReportOptions,
        renderer: Renderer,
        bench: Workbench,
        files: tuple[DataFile, ...],
        memory: Memory,
    ) -> None:
        self._options, self._renderer, self._bench = options, renderer, bench
        self._files, self._memory, self._ledger = files, memory, Ledger()
        self._is_whole = not options.project
        self._done = 0

    def work(self) -> list[Outcome]:
        """Return what came of each project and unit, the checks between documents included."""
        outcomes: list[Outcome] = []
        known: dict[str, KnownUnit] = {}
        made: dict[str, list[Outcome]] = {}
        for unit_id, group in groupby(self._files, key=lambda file: file.id.rpartition("/")[0]):
            files = tuple(group)
            found = self._remembered(unit_id)
            if found is not None:
                known[unit_id] = found
                own = list(found.outcomes)
                for kept in found.kept:
                    self._ledger.add(kept)
            else:
                own = made[unit_id] = list(self._make(unit_id, files))
            outcomes += own
            self._done += len(files)
        for unit in known.values():
            for kept in unit.last_year:
                self._ledger.add(kept)
        by_id = {outcome.project: outcome for outcome in outcomes}
        before = {unit_id: [_copy(one) for one in own] for unit_id, own in made.items()}
        for identifier, finding in check_between(self._bench, self._files, self._ledger):
            by_id[identifier].findings.append(finding)  # they stop no document
        for unit_id, own in before.items():
            if self._is_whole and not any(outcome.is_refused for outcome in own):
                years = (unit_id, f"{self._options.year - 1}/{unit_id.partition('/')[2]}")
                notes = self._ledger.kept.values()
                mine = (one for one in notes if one.id.rpartition("/")[0] in years)
                self._memory.keep(unit_id, own, mine)
        return outcomes

    def _remembered(self, unit_id: str) -> KnownUnit | None:
        if not self._is_whole or self._options.is_forced:
            return None
        return self._memory.find(unit_id, self._renderer)

    def _make(self, unit_id: str, files: tuple[DataFile, ...]) -> Iterator[Outcome]:
        """Yield the projects of a unit, then what the whole of it has: 汇总, 合订 documents."""
        unit = UnitWork(unit_id)
        results = load_projects(self._bench, files, self._ledger, is_draft=self._renderer.is_draft)
        for index, result in enumerate(results, self._done):
            show_progress(self._options.console, index, len(self._files), result.file.id)
            yield _render(self._renderer, result)
            unit.add(result)
        for work in unit.by_form() if self._is_whole else ():
            outcome = Outcome(work.title, unit_id, work.score, work.total.grade, is_unit=True)
            if work.binds:
                outcome.take(self._renderer.render_bound(work.bound))
            yield outcome


def _copy(outcome: Outcome) -> Outcome:
    return replace(outcome, findings=list(outcome.findings))


def _render(renderer: Renderer, result: ProjectResult) -> Outcome:
    outcome = Outcome(result.file.id, result.file.id, findings=list(result.findings))
    project, sheet, scope = result.project, result.sheet, result.scope
    if project is None or sheet is None or scope is None:
        return outcome
    results = scope.names.get("结果")
    if isinstance(results, dict):
        outcome.score, outcome.grade = (str(results.get(key, "")) for key in ("总分", "等级"))
    if result.is_blocked and not renderer.is_draft:
        return outcome
    unit = project.id.split("/")[1]
    if renderer.is_draft:
        outcome.blanks = find_blanks(result.findings)
        scope = build_scope(project, sheet, DraftScope)
    document = Document(project, sheet, scope, result.inputs, unit, outcome.blanks)
    outcome.take(renderer.render(document))
    return outcome


def _write_pdfs(
    options: ReportOptions, renderer: Renderer, outcomes: list[Outcome]
) -> UserError | None:
    """Write PDFs where they are wanted; return why none can be: the documents stand."""
    owners = {document.path: outcome for outcome in outcomes for document in outcome.documents}
    documents = {document.path: document for o in outcomes for document in o.documents}
    for document in documents.values():
        keep_pdf(document.entry, renderer.manifest)
    try:
        if options.has_pdf:
            write_pdfs(
                documents,
                before=renderer.manifest,
                is_forced=options.is_forced,
                note=lambda path, finding: owners[path].findings.append(finding),
            )
    except UserError as fault:
        return fault
    return None


def _exit_code(outcomes: list[Outcome]) -> int:
    findings = [finding for outcome in outcomes for finding in outcome.findings]
    if any(finding.rule in _CANNOT_RUN for finding in findings):
        return _COULD_NOT_RUN
    return _HAS_ERRORS if any(outcome.is_refused for outcome in outcomes) else _DONE


def _summary(
    options: ReportOptions, outcomes: list[Outcome], strays: list[Finding]
) -> dict[str, object]:
    """Return what a later run with nothing to do says."""
    documents = [document for outcome in outcomes for document in outcome.documents]
    findings = dict.fromkeys(f for outcome in outcomes for f in outcome.findings)
    return {
        "documents": len(documents),
        "line": summary_line([*strays, *findings]),
        "blanks": "".join(_blank_lines(outcomes)) if options.is_draft else "",
        "pdf": all(PDF in document.entry for document in documents) and options.has_pdf,
    }


def _is_told(finding: Finding) -> bool:
    """Say whether a run that makes documents lists a finding; notes are for `check`."""
    return not finding.waived and finding.severity is not Severity.NOTE


def _print(
    options: ReportOptions, outcomes: list[Outcome], strays: list[Finding], folder: Path
) -> None:
    console = options.console
    said = (finding for outcome in outcomes for finding in outcome.findings)
    findings = list(dict.fromkeys([*strays, *said]))
    if options.format == "json":
        print_json(outcomes)
        return
    shown = [finding for finding in findings if console.is_verbose or _is_told(finding)]
    if shown:
        reporter = TextReporter(console.root, use_color=console.use_color)
        sys.stdout.write(reporter.report(shown).rpartition(summary_line(shown))[0])
    if not console.is_quiet:
        print_table(outcomes, folder=folder, is_terminal=console.is_terminal)
    if options.is_draft:
        sys.stdout.writelines(_blank_lines(outcomes))


def _blank_lines(outcomes: list[Outcome]) -> Iterator[str]:
    blanks = [blank for outcome in outcomes for blank in outcome.blanks]
    yield f"草稿：{len(blanks)} 处待填\n"
    for blank in blanks:
        yield f"{blank.finding.place}　{blank.mark}\n"
