"""What `report` shows: a progress bar, a final table on a terminal, plain lines otherwise."""

import json
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from generator.commands.report_outcome import Line, Outcome
from generator.commands.report_results import Totals
from generator.options import Console
from generator.reporters import as_json, count, counts_line, json_summary, pad, width

_BAR = 20  # columns
_HEAD = ("项目", "总分", "等级", "问题", "文档")
_MEASURED = 1000  # rows by which the columns are made as wide as they are


def show_progress(console: Console, done: int, total: int, name: str) -> None:
    """Draw the progress bar on a terminal; nothing elsewhere."""
    if not console.is_terminal or console.is_quiet:
        return
    if done >= total:
        sys.stderr.write("\r\x1b[K")
        return
    filled = _BAR * done // total
    bar = "█" * filled + "·" * (_BAR - filled)
    sys.stderr.write(f"\r\x1b[K{bar} {done}/{total} {name}")
    sys.stderr.flush()


def print_table(lines: Iterable[Line], *, folder: Path, is_terminal: bool) -> None:
    """Print project, score, grade, findings and files of what was made.

    Args:
        lines: Gone through twice.
        folder: Where the documents of the year stand.
        is_terminal: In columns, with a line above them.
    """
    if not is_terminal:
        sys.stdout.writelines("\t".join(row) + "\n" for row in _rows(lines, folder))
        return
    measured = [_HEAD, *islice(_rows(lines, folder), _MEASURED)]
    if len(measured) == 1:
        return
    widths = [max(width(row[column]) for row in measured) for column in range(4)]
    for row in (_HEAD, *_rows(lines, folder)):
        cells = [pad(text, columns) for text, columns in zip(row, widths, strict=False)]
        sys.stdout.write("  ".join([*cells, row[4]]) + "\n")


def print_totals(totals: Totals, *, counts_pdf: bool) -> None:
    """Print how much there is of everything."""
    if totals.as_before:
        rest = f"其余 {totals.as_before} 个项目没有变化，问题同上次（ziping check 逐条列出）\n"
        sys.stdout.write(rest)
    tally = totals.tally
    sys.stdout.write(f"{tally.documents} 份文档（{tally.changed} 份有变化）")
    sys.stdout.write(f"，{tally.pdfs} 份 PDF" if counts_pdf else "")
    sys.stdout.write(f"，{tally.without} 个项目没有生成" if tally.without else "")
    sys.stdout.write(f"；{counts_line(totals.counts)}\n")


def _rows(lines: Iterable[Line], folder: Path) -> Iterator[tuple[str, str, str, str, str]]:
    made = (line for line in lines if isinstance(line, Outcome) and not line.is_as_before)
    return (_row(outcome, folder) for outcome in made)


def _row(outcome: Outcome, folder: Path) -> tuple[str, str, str, str, str]:
    counts = count(outcome.findings)
    parts = [
        f"{counts[key]} {name}"
        for key, name in (("errors", "错误"), ("warnings", "警告"), ("waived", "豁免"))
        if counts[key]
    ]
    files = "、".join((folder / written.path).as_posix() for written in outcome.documents)
    return (
        outcome.project.partition("/")[2],
        outcome.score or "—",
        outcome.grade or "—",
        "，".join(parts) or "无",
        files or ("—" if outcome.is_unit and not outcome.findings else "没有生成"),
    )


def print_json(lines: Iterable[Line]) -> None:
    """Print the run as one JSON object."""
    every = list(lines)
    findings = list(dict.fromkeys(f for line in every for f in line.findings))
    shown = {
        "documents": [written.entry for line in every for written in line.documents],
        "findings": [as_json(finding) for finding in findings],
        "summary": json_summary(findings),
    }
    sys.stdout.write(json.dumps(shown, ensure_ascii=False, indent=1) + "\n")
