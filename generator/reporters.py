"""Output formats over findings: text with the line and a caret, json; a new one is a new class."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Protocol

from generator.checks.catalogue import RULE_NAMES
from generator.findings import Finding, Severity
from generator.reporter_excerpt import Excerpts, pad, width

__all__ = ["NAMES", "JsonReporter", "Reporter", "TextReporter"]
__all__ += ["as_json", "count", "pad", "summary_line", "width"]

NAMES = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.NOTE: "提示"}
_COLORS = {Severity.ERROR: "\x1b[31m", Severity.WARNING: "\x1b[33m", Severity.NOTE: "\x1b[36m"}
_PLAIN = "\x1b[0m"
_MANY, _VERY_MANY = 50, 200  # findings of one project, of a run: from there on they are shortened
_FIRST = 5  # of each rule in one project that is shortened
_OVERALL = {Severity.ERROR: 100}  # of each rule in a run of very many
_OVERALL_ELSE = 20
A_PAGE = 20  # findings above which a table of rules closes the list
_REST_LINES = 3  # rules of a project that have a line each for what is left out


class Reporter(Protocol):
    """Turns findings into text."""

    def report(self, findings: Sequence[Finding], counted: Sequence[Finding] | None = None) -> str:
        """Return the text of a run's findings, ending in a line break.

        Args:
            findings: What is listed.
            counted: What the summary counts where that is more than what is listed.
        """


class TextReporter:
    """Findings for people: grouped by project, each with its line of the file and a caret."""

    def __init__(self, root: Path, *, use_color: bool = False, shows_all: bool = True) -> None:
        """Keep where the files stand; lines are read when they are quoted.

        Args:
            root: What places are relative to.
            use_color: For a terminal.
            shows_all: False keeps the first few of each rule where there are very many.
        """
        self._excerpts = Excerpts(root)
        self._shows_all = shows_all
        self._use_color = use_color

    def report(self, findings: Sequence[Finding], counted: Sequence[Finding] | None = None) -> str:
        """Return all findings and a summary line."""
        everything = findings if counted is None else counted
        return f"{self.listing(findings, everything)}{summary_line(everything)}\n"

    def listing(self, findings: Sequence[Finding], counted: Sequence[Finding]) -> str:
        """Return the findings, and a table of what is counted when they fill more than a page."""
        blocks: list[str] = []
        overall = None if self._shows_all or len(findings) <= _VERY_MANY else Counter[str]()
        for project, group in groupby(findings, key=lambda finding: finding.project):
            if project:
                blocks.append(heading(project))
            blocks += self._project(list(group), overall)
        table = RuleTable()
        table.add(counted)
        blocks += table.lines() if len(findings) > A_PAGE else ()
        return "".join(f"{block}\n" for block in blocks)

    def _project(self, findings: Sequence[Finding], overall: Counter[str] | None) -> Iterator[str]:
        """Yield the findings of one project; of very many the first few of each rule."""
        is_short = overall is None and (self._shows_all or len(findings) <= _MANY)
        shown: Counter[str] = Counter()
        rest: Counter[str] = Counter()
        for finding in findings:
            rule = finding.rule
            is_full = overall is not None and overall[rule] >= _OVERALL.get(
                finding.severity, _OVERALL_ELSE
            )
            if not is_short and (shown[rule] >= _FIRST or is_full):
                rest[rule] += 1
                continue
            shown[rule] += 1
            if overall is not None:
                overall[rule] += 1
            yield self.one(finding)
        yield from _left_out(rest)

    def one(self, finding: Finding) -> str:
        """Return one finding with its line of the file, without a line break behind it."""
        name = "已豁免" if finding.waived else NAMES[finding.severity]
        if self._use_color and not finding.waived:
            name = f"{_COLORS[finding.severity]}{name}{_PLAIN}"
        lines = [f"{finding.place}: {name} {finding.code} {finding.message}"]
        if finding.waived:
            return f"{lines[0]}　理由：{finding.waived}  [{finding.rule}]"
        lines += self._excerpts.quote(finding.place)
        lines += [f"   {finding.basis}"] if finding.basis else []
        lines += [f"   建议：{finding.hint}"] if finding.hint else []
        may_be_waived = bool(finding.subject) and finding.rule in RULE_NAMES
        subject = f" 处 {finding.subject}" if may_be_waived else ""
        lines[-1] += f"  [{finding.rule}{subject}]"
        return "\n".join(lines)


class JsonReporter:
    """Findings for programs, in the shape that the documentation promises."""

    def report(self, findings: Sequence[Finding], counted: Sequence[Finding] | None = None) -> str:
        """Return one JSON object."""
        shown = {
            "findings": [as_json(finding) for finding in findings],
            "summary": json_summary(findings if counted is None else counted),
        }
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
    """Count the errors, warnings and notes that stand, and what is waived."""
    counts = {"errors": 0, "warnings": 0, "notes": 0, "waived": 0}
    for finding in findings:
        if finding.waived:
            counts["waived"] += 1
        elif finding.severity is Severity.ERROR:
            counts["errors"] += 1
        elif finding.severity is Severity.WARNING:
            counts["warnings"] += 1
        else:
            counts["notes"] += 1
    return counts


def json_summary(findings: Iterable[Finding]) -> dict[str, int]:
    """Return the counts that the JSON output promises; notes have never been among them."""
    counts = count(findings)
    return {name: counts[name] for name in ("errors", "warnings", "waived")}


def summary_line(findings: Iterable[Finding]) -> str:
    """Return `2 处错误，1 处警告，3 处已豁免`, with the notes where there are any."""
    return counts_line(count(findings))


def counts_line(counts: Mapping[str, int]) -> str:
    """Return the same of what was counted."""
    notes = f"{counts['notes']} 处提示，" if counts["notes"] else ""
    standing = f"{counts['errors']} 处错误，{counts['warnings']} 处警告"
    return f"{standing}，{notes}{counts['waived']} 处已豁免"


def heading(project: str) -> str:
    """Return the line above the findings of a project."""
    return f"── {project}"


def _left_out(rest: Counter[str]) -> Iterator[str]:
    """Yield what was not listed of a project: a line for each of a few rules, else one in all."""
    ordered = sorted(rest.items(), key=lambda pair: (-pair[1], pair[0]))
    if len(ordered) <= _REST_LINES:
        for rule, number in ordered:
            yield f"   … 另有 {number} 处 {rule}（--only {rule} 看全部）"
        return
    each = "、".join(f"{rule} {number}" for rule, number in ordered)
    yield f"   … 另有 {rest.total()} 处：{each}（--only 名称 看一种，--verbose 看全部）"


class RuleTable:
    """Counts findings by their rules."""

    def __init__(self) -> None:
        """Begin with none."""
        self._counts: dict[str, Counter[str]] = {}

    def add(self, findings: Iterable[Finding]) -> None:
        """Count findings."""
        for finding in findings:
            own = self._counts.setdefault(f"{finding.code} {finding.rule}", Counter())
            own.update(count((finding,)))

    def lines(self) -> Iterator[str]:
        """Yield the rules with their counts, the most frequent first."""
        columns = max(width(name) for name in self._counts)
        yield f"── {len(self._counts)} 条规则"
        yield f"{pad('规则', columns)}    错误    警告    提示  已豁免"
        for name, own in sorted(self._counts.items(), key=lambda pair: (-pair[1].total(), pair[0])):
            numbers = "".join(f"{number:>8}" for number in own.values())
            yield f"{pad(name, columns)}{numbers}"
