"""`ziping report`: the documents of a year; one project's errors never stop the others."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from generator.checks.between.ledger import Ledger
from generator.commands.report_pdf import keep_pdf, write_pdfs
from generator.commands.report_table import print_json, print_table, show_progress
from generator.commands.report_units import UnitWork
from generator.errors import UserError
from generator.findings import Finding, Severity
from generator.options import ReportOptions
from generator.pipeline import ProjectResult, check_between, load_projects, open_workbench
from generator.reading.discovery import find_strays, find_year
from generator.rendering.documents import Document, Renderer, Written
from generator.rendering.draft import Blank, DraftScope, find_blanks
from generator.rendering.output import Entry, Manifest, read_manifest, write_manifest
from generator.reporters import TextReporter, summary_line
from generator.scoring.scope import build_scope

_DONE, _HAS_ERRORS, _COULD_NOT_RUN = 0, 1, 2
_DRAFTS = "草稿"
_KEEPS_DOCUMENTS = ("document-edited", "document-unwritable")
_CANNOT_RUN = ("template-missing", "document-unwritable", "pdf-failed")


@dataclass(slots=True)
class Outcome:
    """One line of the final table."""

    project: str
    score: str = ""
    grade: str = ""
    findings: list[Finding] = field(default_factory=list)
    documents: list[Written] = field(default_factory=list)
    blanks: tuple[Blank, ...] = ()  # of a draft
    is_unit: bool = False  # 汇总 of a unit, which may have no document

    @property
    def is_refused(self) -> bool:
        """Say whether no document was made, or not every one."""
        return any(finding.is_blocking for finding in self.findings)


def run(options: ReportOptions) -> int:
    """Render a year; exit code 1 when a document was refused, 2 when it could not be made."""
    console = options.console
    files = find_year(console.root, options.year, glob=options.project)
    bench = open_workbench(console.root)
    folder = _folder(options)
    manifest = read_manifest(folder)
    entries: dict[str, Entry] = dict(manifest.documents)
    forced, draft = options.is_forced, options.is_draft
    renderer = Renderer(console.root, manifest, is_forced=forced, is_draft=draft)
    outcomes: list[Outcome] = []
    strays = list(find_strays(console.root, options.year)) if not options.project else []
    unit, ledger = UnitWork(), Ledger()
    for index, result in enumerate(load_projects(bench, files, ledger, is_draft=draft)):
        show_progress(console, index, len(files), result.file.id)
        outcomes += _finish_unit(renderer, unit.begin(result), options)
        outcome = _render(renderer, result)
        if not any(finding.rule in _KEEPS_DOCUMENTS for finding in outcome.findings):
            written = frozenset(document.path for document in outcome.documents)
            outcome.findings += renderer.find_outdated(outcome.project, written)
        outcomes.append(outcome)
        unit.add(result)
    outcomes += _finish_unit(renderer, unit, options)
    by_id = {outcome.project: outcome for outcome in outcomes}
    for identifier, finding in check_between(bench, files, ledger):  # they stop no document
        by_id[identifier].findings.append(finding)
    show_progress(console, len(files), len(files), "")
    lack = _write_pdfs(options, manifest, outcomes)
    entries |= {d.path: d.entry for outcome in outcomes for d in outcome.documents}
    if any(outcome.documents for outcome in outcomes):
        write_manifest(folder, year=options.year, documents=entries)
    _print(options, outcomes, strays)
    if lack is not None:
        raise lack
    return _exit_code(outcomes)


def _write_pdfs(
    options: ReportOptions, manifest: Manifest, outcomes: list[Outcome]
) -> UserError | None:
    """Write PDFs where they are wanted; return why none can be: the documents stand."""
    owners = {document.path: outcome for outcome in outcomes for document in outcome.documents}
    documents = {document.path: document for o in outcomes for document in o.documents}
    for document in documents.values():
        keep_pdf(document.entry, manifest)
    try:
        if options.has_pdf:
            write_pdfs(
                manifest.folder,
                documents,
                before=manifest,
                is_forced=options.is_forced,
                note=lambda path, finding: owners[path].findings.append(finding),
            )
    except UserError as fault:
        return fault
    return None


def _folder(options: ReportOptions) -> Path:
    """Return where the documents go: drafts have a folder and a manifest of their own."""
    folder = options.out / str(options.year)
    return folder / _DRAFTS if options.is_draft else folder


def _finish_unit(
    renderer: Renderer, unit: UnitWork | None, options: ReportOptions
) -> Iterator[Outcome]:
    """Yield what a whole unit has: its 汇总 and 合订 documents; nothing of a part of it."""
    for work in unit.by_form() if unit is not None and not options.project else ():
        total = work.total
        outcome = Outcome(work.title, work.score, total.grade, is_unit=True)
        for written in renderer.render_bound(work.bound) if work.binds else ():
            if isinstance(written, Finding):
                outcome.findings.append(written)
            else:
                outcome.documents.append(written)
        yield outcome


def _exit_code(outcomes: list[Outcome]) -> int:
    findings = [finding for outcome in outcomes for finding in outcome.findings]
    if any(finding.rule in _CANNOT_RUN for finding in findings):
        return _COULD_NOT_RUN
    return _HAS_ERRORS if any(outcome.is_refused for outcome in outcomes) else _DONE


def _render(renderer: Renderer, result: ProjectResult) -> Outcome:
    outcome = Outcome(result.file.id, findings=list(result.findings))
    project, sheet, scope = result.project, result.sheet, result.scope
    if project is None or sheet is None or scope is None:
        return outcome
    results = scope.names.get("结果")
    if isinstance(results, dict):
        outcome.score, outcome.grade = (str(results.get(key, "")) for key in ("总分", "等级"))
    if result.is_blocked and not renderer.is_draft:
        return outcome
    unit = project.id.split("/")[1]
    outcome.blanks = find_blanks(result.findings) if renderer.is_draft else ()
    if renderer.is_draft:
        scope = build_scope(project, sheet, DraftScope)
    document = Document(project, sheet, scope, result.inputs, unit, outcome.blanks)
    for written in renderer.render(document):
        if isinstance(written, Finding):
            outcome.findings.append(written)
        else:
            outcome.documents.append(written)
    return outcome


def _is_told(finding: Finding) -> bool:
    """Say whether a run that makes documents lists a finding; notes are for `check`."""
    return not finding.waived and finding.severity is not Severity.NOTE


def _print(options: ReportOptions, outcomes: list[Outcome], strays: list[Finding]) -> None:
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
        print_table(outcomes, folder=_folder(options), is_terminal=console.is_terminal)
    blanks = [blank for outcome in outcomes for blank in outcome.blanks]
    if options.is_draft:
        sys.stdout.write(f"草稿：{len(blanks)} 处待填\n")
        lines = (f"{blank.finding.place}　{blank.mark}\n" for blank in blanks)
        sys.stdout.writelines(lines)
