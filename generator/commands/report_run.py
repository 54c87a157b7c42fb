"""A run that has something to do: what is as it was is taken over, the rest is made."""

import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from generator.commands.report_outcome import Outcome, find_outdated, join_entries
from generator.commands.report_pdf import PDF, keep_pdf, write_pdfs
from generator.commands.report_table import print_json, print_table, show_progress, summarize
from generator.commands.report_work import Order, Workshop
from generator.commands.report_year import YearRun
from generator.errors import UserError
from generator.findings import Finding, Severity
from generator.freshness.digests import NO_STAMP, Stamp
from generator.freshness.record import RunRecord, output_folder, save_record
from generator.freshness.sources import program_id
from generator.freshness.texts import keep_texts
from generator.options import ReportOptions
from generator.reading.discovery import find_strays, find_year
from generator.rendering.documents import Renderer
from generator.rendering.manifest import MANIFEST, inputs_of, write_manifest
from generator.rendering.output import settle, sweep
from generator.reporters import TextReporter, summary_line

_DONE, _HAS_ERRORS, _COULD_NOT_RUN = 0, 1, 2
_CANNOT_RUN = ("template-missing", "document-unwritable", "pdf-failed")


def run(options: ReportOptions, record: RunRecord) -> int:
    """Render a year; exit code 1 when a document was refused, 2 when it could not be made."""
    console = options.console
    files = find_year(console.root, options.year, glob=options.project)
    folder = Path(output_folder(os.fspath(options.out), options.year, is_draft=options.is_draft))
    program = program_id(record.digests)
    order = Order(console.root, folder, program, options.is_forced, options.is_draft)
    workshop = Workshop(order, record.digests)
    renderer = workshop.renderer
    year = YearRun(options, order, workshop, files, record.folder)
    outcomes = year.work()
    show_progress(console, len(files), len(files), "")
    lack = _write_pdfs(options, renderer, outcomes)
    is_whole = not options.project
    strays = list(find_strays(console.root, options.year)) if is_whole else []
    for owner, finding in find_outdated(renderer.manifest, outcomes, is_whole=is_whole):
        (owner.findings if owner is not None else strays).append(finding)
    if any(document.is_changed for outcome in outcomes for document in outcome.documents):
        settle()
    if is_whole:
        sweep(folder)
    entries = join_entries(renderer.manifest, outcomes, is_whole=is_whole)
    if entries or (folder / MANIFEST).is_file():
        write_manifest(folder, year=options.year, documents=entries)
    _print(options, year, outcomes, strays, folder)
    code = _exit_code(outcomes)
    inputs = {name: sha for entry in entries.values() for name, sha in inputs_of(entry).items()}
    keep_texts(record.folder, os.fspath(console.root), inputs)
    if is_whole:
        pdfs = [f"{path.removesuffix('.docx')}.pdf" for path, one in entries.items() if PDF in one]
        paths = [f"{folder.as_posix()}/{path}" for path in (MANIFEST, *entries, *pdfs)]
        is_done = code == _DONE and lack is None
        summary = _summary(options, outcomes, strays) if is_done else {}
        save_record(record, paths, summary, written=_stamps(outcomes, folder, pdfs))
    if lack is not None:
        raise lack
    return code


def _stamps(
    outcomes: list[Outcome], folder: Path, others: list[str]
) -> Mapping[str, tuple[str, Stamp]]:
    """Return hash and stamp of each document of this run; of others it is not known."""
    documents = [document for outcome in outcomes for document in outcome.documents]
    stamps = {
        one.path: (str(one.entry["sha256"]), one.stamp) for one in documents if one.is_changed
    }
    stamps |= dict.fromkeys((MANIFEST, *others), ("", NO_STAMP))
    return {f"{folder.as_posix()}/{path}": stamp for path, stamp in stamps.items()}


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
    return {
        "documents": len(documents),
        "line": summarize(outcomes, strays),
        "blanks": "".join(_blank_lines(outcomes)) if options.is_draft else "",
        "pdf": all(PDF in document.entry for document in documents) and options.has_pdf,
    }


def _is_told(finding: Finding) -> bool:
    """Say whether a run that makes documents lists a finding; notes are for `check`."""
    return not finding.waived and finding.severity is not Severity.NOTE


def _print(
    options: ReportOptions,
    year: YearRun,
    outcomes: list[Outcome],
    strays: list[Finding],
    folder: Path,
) -> None:
    console = options.console
    if options.format == "json":
        print_json(outcomes)
        return
    findings = dict.fromkeys([*strays, *(f for one in outcomes for f in year.news_of(one))])
    shown = [finding for finding in findings if console.is_verbose or _is_told(finding)]
    if shown:
        reporter = TextReporter(console.root, use_color=console.use_color)
        sys.stdout.write(reporter.report(shown).rpartition(summary_line(shown))[0])
    if not console.is_quiet:
        print_table(
            outcomes,
            folder=folder,
            is_terminal=console.is_terminal,
            counts_pdf=options.has_pdf,
        )
    if options.is_draft:
        sys.stdout.writelines(_blank_lines(outcomes))


def _blank_lines(outcomes: list[Outcome]) -> Iterator[str]:
    blanks = [blank for outcome in outcomes for blank in outcome.blanks]
    yield f"草稿：{len(blanks)} 处待填\n"
    for blank in blanks:
        yield f"{blank.finding.place}　{blank.mark}\n"
