"""Output formats over findings: text with the line and a caret, json; a new one is a new class."""

import json
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

from generator.checks.catalogue import RULE_NAMES
from generator.findings import Finding, Severity

NAMES = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.NOTE: "提示"}
_COLORS = {Severity.ERROR: "\x1b[31m", Severity.WARNING: "\x1b[33m", Severity.NOTE: "\x1b[36m"}
_PLAIN = "\x1b[0m"
_LONGEST_LINE = 96  # columns of a quoted line


class Reporter(Protocol):
    """Turns findings into text."""

    def report(self, findings: Sequence[Finding]) -> str:
        """Return the text of a run's findings, ending in a line break."""


def width(text: str) -> int:
    """Return how many columns a text takes; East Asian wide characters take two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def pad(text: str, columns: int) -> str:
    """Return a text filled up with spaces to a width."""
    return text + " " * max(0, columns - width(text))


class TextReporter:
    """Findings for people: grouped by project, each with its line of the file and a caret."""

    def __init__(self, root: Path, *, use_color: bool = False) -> None:
        """Keep where the files stand; lines are read when they are quoted."""
        self._root = root
        self._use_color = use_color
        self._lines: dict[str, list[str]] = {}

    def report(self, findings: Sequence[Finding]) -> str:
        """Return all findings and a summary line."""
        blocks: list[str] = []
        project = None
        for finding in findings:
            if finding.project != project:
                project = finding.project
                if project:
                    blocks.append(f"── {project}")
            blocks.append(self._one(finding))
        blocks.append(summary_line(findings))
        return "\n".join(blocks) + "\n"

    def _one(self, finding: Finding) -> str:
        name = "已豁免" if finding.waived else NAMES[finding.severity]
        if self._use_color and not finding.waived:
            name = f"{_COLORS[finding.severity]}{name}{_PLAIN}"
        lines = [f"{finding.place}: {name} {finding.code} {finding.message}"]
        if finding.waived:
            return f"{lines[0]}　理由：{finding.waived}  [{finding.rule}]"
        lines += self._quote(finding)
        lines += [f"   {finding.basis}"] if finding.basis else []
        lines += [f"   建议：{finding.hint}"] if finding.hint else []
        may_be_waived = bool(finding.subject) and finding.rule in RULE_NAMES
        subject = f" 处 {finding.subject}" if may_be_waived else ""
        lines[-1] += f"  [{finding.rule}{subject}]"
        return "\n".join(lines)

    def _quote(self, finding: Finding) -> list[str]:
        place = finding.place
        text = self._line(place.file, place.line)
        if not text.strip():
            return []
        number = f"{place.line:>5} | "
        start = max(0, place.column - 1)
        offset = 0
        if width(text) > _LONGEST_LINE and start > _LONGEST_LINE // 4:
            offset = start - 10
        shown = ("…" if offset else "") + _cut(text[offset:], _LONGEST_LINE)
        before = ("…" if offset else "") + text[offset:start]
        room = max(1, width(shown) - width(before))
        length = max(1, min(width(text[start : start + max(1, place.length)]), room))
        return [number + shown, " " * (len(number) - 2) + "| " + " " * width(before) + "^" * length]

    def _line(self, file: str, line: int) -> str:
        if not line:
            return ""
        if file not in self._lines:
            try:
                text = (self._root / file).read_text(encoding="utf-8-sig")
            except (OSError, UnicodeDecodeError):
                text = ""
            self._lines[file] = text.splitlines()
        lines = self._lines[file]
        return lines[line - 1].replace("\t", " ") if line <= len(lines) else ""


class JsonReporter:
    """Findings for programs, in the shape that the documentation promises."""

    def report(self, findings: Sequence[Finding]) -> str:
        """Return one JSON object."""
        shown = {"findings": [as_json(finding) for finding in findings], "summary": count(findings)}
        return json.dumps(shown, ensure_ascii=False, indent=1) + "\n"


def as_json(finding: Finding) -> dict[str, object]:
    """Return a finding in the shape of the JSON output."""
    return {
        "code": finding.code,
        "rule": finding.rule,
        "severity": str(finding.severity),
        "file": finding.place.file,
        "line": finding.place.line,
        "column": finding.place.column,
        "message": finding.message,
        "hint": finding.hint,
        "project": finding.project,
        "waived": finding.waived or None,
    }


def count(findings: Iterable[Finding]) -> dict[str, int]:
    """Count the errors and warnings that stand, and what is waived."""
    counts = {"errors": 0, "warnings": 0, "waived": 0}
    for finding in findings:
        if finding.waived:
            counts["waived"] += 1
        elif finding.severity is Severity.ERROR:
            counts["errors"] += 1
        elif finding.severity is Severity.WARNING:
            counts["warnings"] += 1
    return counts


def summary_line(findings: Iterable[Finding]) -> str:
    """Return `2 处错误，1 处警告，3 处已豁免`."""
    counts = count(findings)
    return f"{counts['errors']} 处错误，{counts['warnings']} 处警告，{counts['waived']} 处已豁免"


def _cut(text: str, columns: int) -> str:
    if width(text) <= columns:
        return text
    kept = ""
    for character in text:
        if width(kept) + width(character) > columns - 2:
            break
        kept += character
    return kept + "…"
