"""A run that has something to do: what is as it was is taken over, the rest is made."""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from generator.checks.between.ledger import Kept
from generator.commands.report_close import Closing
from generator.commands.report_kept import Between, Memory
from generator.commands.report_outcome import Line, Outcome
from generator.commands.report_pdf import write_pdfs
from generator.commands.report_results import Listing, Once, Results, Totals, news_of
from generator.commands.report_table import print_json, print_table, print_totals, show_progress
from generator.commands.report_work import Order, Workshop
from generator.commands.report_year import Unit, YearRun
from generator.errors import UserError
from generator.findings import Finding
from generator.freshness.record import RunRecord, output_folder, save_record
from generator.freshness.sources import program_id, shared_key
from generator.options import ReportOptions
from generator.pipeline_between import KEPT, check_between
from generator.pipeline_units import Notes
from generator.reading.discovery import DataFile, find_strays, find_year
from generator.rendering.documents import Renderer
from generator.rendering.manifest import MANIFEST, write_manifest
from generator.rendering.output import settle, sweep
from generator.reporters import TextReporter, count, counts_line

_DONE, _HAS_ERRORS, _COULD_NOT_RUN = 0, 1, 2


def run(options: ReportOptions, record: RunRecord) -> int:
    """Render a year; exit code 1 when a document was refused, 2 when it could not be made."""
    console, is_whole = options.console, not options.project
    files = find_year(console.root, options.year, glob=options.project)
    folder = Path(output_folder(os.fspath(options.out), options.year, is_draft=options.is_draft))
    program = program_id(record.digests)
    order = Order(console.root, folder, program, options.is_forced, options.is_draft)
    workshop = Workshop(order, record.digests)
    memory = _open_memory(options, order, workshop, record)
    year = YearRun(options, order, workshop, files, memory)
    closing = Closing(workshop, memory, record.folder, options.year, is_whole=is_whole)
    closing.seen.close_shared()
    lack = _close_units(options, year.work(), closing, workshop.renderer)
    show_progress(console, len(files), len(files), "")
    if closing.has_changed:
        settle()
    if is_whole:
        sweep(folder)
    if closing.has_documents or (folder / MANIFEST).is_file():
        write_manifest(folder, year=options.year, lines=closing.manifest)
    found = _compare(options, workshop, files, year.notes, closing)
    strays = [*(find_strays(console.root, options.year) if is_whole else ()), *closing.strays]
    results = Results(closing.lines, found, memory.between if memory is not None else {})
    totals = _tell(options, results, strays, folder)
    code = _exit_code(totals)
    if memory is not None:
        memory.keep(found, closing.units)
    if is_whole:
        closing.seen.close_year(options.year)
        is_done = code == _DONE and lack is None and closing.seen.is_as_written
        save_record(
            record, _summary(options, totals, results) if is_done else {}, closing.seen.lines
        )
    if lack is not None:
        raise lack
    return code


def _open_memory(
    options: ReportOptions, order: Order, workshop: Workshop, record: RunRecord
) -> Memory | None:
    """Return what is remembered of the last run; none where this one cannot go by it."""
    digests = workshop.renderer.digests
    key = shared_key(os.fspath(order.root), order.program, digests, prints=True)
    if options.project or options.is_draft:
        return None  # all forms have been looked at, though: one that comes later is seen
    return Memory(record.folder, workshop.known, key)


def _close_units(
    options: ReportOptions, units: Iterable[Unit], closing: Closing, renderer: Renderer
) -> UserError | None:
    """Go through the units of a run; return why no PDF can be made: the documents stand."""
    lists_all, lack = options.console.is_verbose or options.format != "text", None
    if options.has_pdf:
        units = list(units)  # LibreOffice is started once for all of them
        lack = _write_pdfs(options, renderer, [line for unit in units for line in unit.outcomes])
    for unit in units:
        closing.close(unit, lists_all=lists_all)
    closing.finish()
    return lack


def _write_pdfs(
    options: ReportOptions, renderer: Renderer, outcomes: list[Outcome]
) -> UserError | None:
    """Write PDFs; return why none can be."""
    owners = {document.path: outcome for outcome in outcomes for document in outcome.documents}
    documents = {document.path: document for o in outcomes for document in o.documents}
    try:
        write_pdfs(
            documents,
            before=renderer.manifest,
            is_forced=options.is_forced,
            note=lambda path, finding: owners[path].findings.append(finding),
        )
    except UserError as fault:
        return fault
    return None


def _compare(
    options: ReportOptions,
    workshop: Workshop,
    files: tuple[DataFile, ...],
    notes: Mapping[str, Kept | None],
    closing: Closing,
) -> Between:
    """Return what the checks between documents find, by project."""
    found: dict[str, tuple[Finding, ...]] = {}
    noted, folder = Notes(workshop.known, notes), "" if options.is_draft else KEPT
    done = closing.let_go if not options.project else None
    between = check_between(noted, options.console.root, files, folder=folder, done=done)
    for identifier, finding in between:
        found[identifier] = (*found.get(identifier, ()), finding)
    return found


def _tell(
    options: ReportOptions, results: Results, strays: Iterable[Finding], folder: Path
) -> Totals:
    """Show what came of the run, and add it up."""
    console, once, totals = options.console, Once(), Totals()
    is_text = options.format == "text"
    reporter = TextReporter(console.root, use_color=console.use_color)
    listing = Listing(reporter, is_verbose=console.is_verbose)
    write = sys.stdout.writelines if is_text else lambda _lines: None
    totals.counts.update(count(once.new(strays)))
    write(listing.tell(strays))
    for line in results:
        totals.add(line, once.new(line.findings))
        write(listing.tell(news_of(line)))
    write(listing.close())
    if not is_text:
        print_json(results)
    elif not console.is_quiet:
        print_table(results, folder=folder, is_terminal=console.is_terminal)
        print_totals(totals, counts_pdf=options.has_pdf)
    if is_text and options.is_draft:
        sys.stdout.writelines(_blank_lines(results))
    return totals


def _exit_code(totals: Totals) -> int:
    if totals.cannot_run:
        return _COULD_NOT_RUN
    return _HAS_ERRORS if totals.is_refused else _DONE


def _summary(options: ReportOptions, totals: Totals, results: Results) -> dict[str, object]:
    """Return what a later run with nothing to do says."""
    return {
        "documents": totals.tally.documents,
        "line": counts_line(totals.counts),
        "blanks": "".join(_blank_lines(results)) if options.is_draft else "",
        "pdf": options.has_pdf and totals.tally.pdfs == totals.tally.documents,
    }


def _blank_lines(results: Iterable[Line]) -> Iterator[str]:
    blanks = [blank for line in results for blank in line.blanks]
    yield f"草稿：{len(blanks)} 处待填\n"
    for blank in blanks:
        yield f"{blank.finding.place}　{blank.mark}\n"
