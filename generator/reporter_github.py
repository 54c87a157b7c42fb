"""Findings as annotations of a pull request: the workflow commands of GitHub Actions."""

from collections.abc import Sequence

from generator.findings import Finding, Severity
from generator.reporters import summary_line

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_IN_TEXT = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_VALUE = {**_IN_TEXT, ":": "%3A", ",": "%2C"}


class GithubReporter:
    """One command a line; what is waived is a notice."""

    def report(self, findings: Sequence[Finding], counted: Sequence[Finding] | None = None) -> str:
        """Return a command for each finding and a last one with the summary."""
        lines = [_command(finding) for finding in findings]
        summary = summary_line(findings if counted is None else counted)
        return "\n".join([*lines, f"::notice title=ziping::{summary}"]) + "\n"


def _command(finding: Finding) -> str:
    level = "notice" if finding.waived else _LEVELS[finding.severity]
    place = finding.place
    where = {"file": place.file, "line": place.line, "col": place.column}
    if place.line and place.length:
        where["endColumn"] = place.column + place.length
    where["title"] = f"{finding.code} {finding.rule}"
    shown = ",".join(
        f"{key}={_escape(str(value), _IN_VALUE)}" for key, value in where.items() if value
    )
    parts = [finding.message, finding.basis, f"建议：{finding.hint}" if finding.hint else ""]
    parts += [f"已豁免：{finding.waived}" if finding.waived else ""]
    text = "\n".join(part for part in parts if part)
    return f"::{level} {shown}::{_escape(text, _IN_TEXT)}"


def _escape(text: str, signs: dict[str, str]) -> str:
    return "".join(signs.get(character, character) for character in text)
