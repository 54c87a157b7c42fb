"""What `report` shows: a progress bar, a final table on a terminal, plain lines otherwise."""

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from generator.commands.report_pdf import has_pdf
from generator.findings import Finding
from generator.options import Console
from generator.rendering.documents import Written
from generator.reporters import as_json, count, json_summary, pad, summary_line, width

_BAR = 20  # columns


class Shown(Protocol):
    """A line of the table."""

    project: str
    score: str
    grade: str
    findings: list[Finding]
    documents: list[Written]
    is_unit: bool
    is_as_before: bool
    counts: Mapping[str, int]


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


def print_table(
    outcomes: Sequence[Shown], *, folder: Path, is_terminal: bool, counts_pdf: bool = False
) -> None:
    """Print project, score, grade, findings and files of what was made; the rest is counted."""
    made = [outcome for outcome in outcomes if not outcome.is_as_before]
    rows = [_row(outcome, folder) for outcome in made]
    if is_terminal and rows:
        rows.insert(0, ("项目", "总分", "等级", "问题", "文档"))
        widths = [max(width(row[column]) for row in rows) for column in range(4)]
        for row in rows:
            cells = [pad(text, columns) for text, columns in zip(row, widths, strict=False)]
            sys.stdout.write("  ".join([*cells, row[4]]) + "\n")
    else:
        for row in rows:
            sys.stdout.write("\t".join(row) + "\n")
    rest = sum(not outcome.is_unit for outcome in outcomes if outcome.is_as_before)
    if rest:
        sys.stdout.write(f"其余 {rest} 个项目没有变化，问题同上次（ziping check 逐条列出）\n")
    total = sum(len(outcome.documents) for outcome in outcomes)
    changed = sum(written.is_changed for outcome in outcomes for written in outcome.documents)
    refused = sum(not outcome.documents and not outcome.is_unit for outcome in outcomes)
    sys.stdout.write(f"{total} 份文档（{changed} 份有变化）")
    pdfs = sum(has_pdf(written.entry) for outcome in outcomes for written in outcome.documents)
    sys.stdout.write(f"，{pdfs} 份 PDF" if counts_pdf else "")
    sys.stdout.write(f"，{refused} 个项目没有生成" if refused else "")
    sys.stdout.write(f"；{summarize(outcomes)}\n")


def summarize(outcomes: Sequence[Shown], besides: Sequence[Finding] = ()) -> str:
    """Count the findings of a run, each once, with those that are not listed again."""
    listed = dict.fromkeys([*besides, *(f for outcome in outcomes for f in outcome.findings)])
    return summary_line(listed, (outcome.counts for outcome in outcomes))


def _row(outcome: Shown, folder: Path) -> tuple[str, str, str, str, str]:
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


def print_json(outcomes: Sequence[Shown]) -> None:
    """Print the run as one JSON object."""
    findings = list(dict.fromkeys(f for outcome in outcomes for f in outcome.findings))
    shown = {
        "documents": [written.entry for outcome in outcomes for written in outcome.documents],
        "findings": [as_json(finding) for finding in findings],
        "summary": json_summary(findings),
    }
    sys.stdout.write(json.dumps(shown, ensure_ascii=False, indent=1) + "\n")
