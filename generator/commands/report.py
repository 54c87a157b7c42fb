"""`ziping report`: the documents of a year; where nothing has changed nothing is imported."""

import os
import sys
from importlib import import_module

from generator.freshness.record import RunRecord, open_record, output_folder
from generator.options import ReportOptions

_DONE = 0


def run(options: ReportOptions) -> int:
    """Render what is not up to date; exit code 1 when a document was refused, 2 not made."""
    root = os.fspath(options.console.root)
    folder = output_folder(os.fspath(options.out), options.year, is_draft=options.is_draft)
    record = open_record(root, folder)
    if _may_be_done(options, record) and record.is_unchanged(root, options.year):
        _print_unchanged(options, record)
        record.refresh()
        return _DONE
    record.digests.begin()
    code: int = import_module("generator.commands.report_run").run(options, record)
    return code


def _may_be_done(options: ReportOptions, record: RunRecord) -> bool:
    """Say whether a run would have nothing to tell that the last one has not told."""
    asks_for_more = options.is_forced or options.project or options.console.is_verbose
    has_pdf = not options.has_pdf or bool(record.summary.get("pdf"))
    return options.format == "text" and not asks_for_more and has_pdf


def _print_unchanged(options: ReportOptions, record: RunRecord) -> None:
    if options.console.is_quiet:
        return
    summary = record.summary
    pdfs = f"，{summary['documents']} 份 PDF" if options.has_pdf else ""
    sys.stdout.write("自上次生成以来没有变化，文档都是最新的\n")
    sys.stdout.write(
        f"{summary['documents']} 份文档（0 份有变化）{pdfs}；上次的问题：{summary['line']}"
    )
    sys.stdout.write(f"（ziping check {options.year} 逐条列出）\n")
    sys.stdout.write(str(summary.get("blanks", "")))
