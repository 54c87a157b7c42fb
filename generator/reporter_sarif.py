"""Findings as SARIF 2.1.0, for code hosts and reviewers' tools."""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from urllib.parse import quote

from msgspec import Struct

from generator import __version__
from generator.checks.about import about
from generator.checks.catalogue import EVERY_CHECK
from generator.checks.code_texts import FAMILIES
from generator.findings import Finding, Severity
from generator.patterns import pattern

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_CATALOGUE = "docs/检查目录.md"
_LINK = pattern(r"\[([^\]]+)\]\([^)]*\)")


class SarifReporter:
    """One run; columns count characters, a waived finding is suppressed with its reason."""

    def report(self, findings: Sequence[Finding], counted: Sequence[Finding] | None = None) -> str:
        """Return one SARIF log; it has no summary, so nothing is counted."""
        del counted
        rules = sorted({(finding.code, finding.rule) for finding in findings})
        texts = _texts()
        seen: Counter[str] = Counter()
        index = {code: at for at, (code, _) in enumerate(rules)}
        driver = {
            "name": "ziping",
            "version": __version__,
            "semanticVersion": __version__,
            "language": "zh-CN",
            "rules": [_rule(code, rule, texts.get(code)) for code, rule in rules],
        }
        run = {
            "tool": {"driver": driver},
            "language": "zh-CN",
            "columnKind": "unicodeCodePoints",
            "results": [_result(finding, index[finding.code], seen) for finding in findings],
        }
        log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
        return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


class _Text(Struct, frozen=True):
    """What the catalogue says of a code."""

    severity: Severity
    what: str
    basis: str
    remedy: str


def _texts() -> dict[str, _Text]:
    """Return what the catalogue says of every code."""
    texts = {
        code.code: _Text(code.severity, code.what, "", code.remedy or family.remedy)
        for family in FAMILIES
        for code in family.codes
    }
    for check in EVERY_CHECK:
        told = about(check)
        texts[check.CODE] = _Text(check.SEVERITY, told.what, told.basis, told.remedy)
    return texts


def _rule(code: str, rule: str, text: _Text | None) -> dict[str, object]:
    """Return a rule; without helpUri, which SARIF wants absolute: the help names the catalogue."""
    shown: dict[str, object] = {
        "id": code,
        "name": "".join(part.capitalize() for part in rule.split("-")),
    }
    if text is None:
        shown["shortDescription"] = {"text": f"{code} {rule}。"}
    else:
        basis = f"依据：{text.basis}" if text.basis else ""
        first = _bare(text.what).partition("。")[0]
        shown["shortDescription"] = {"text": f"{code} {rule}：{first}。"}
        shown["fullDescription"] = {"text": _sentences(_bare(text.what), _bare(basis))}
        shown["defaultConfiguration"] = {"level": _LEVELS[text.severity]}
    remedy = f"怎么办：{text.remedy}" if text and text.remedy else ""
    link = f"[{_CATALOGUE}]({quote(_CATALOGUE)})"
    shown["help"] = {
        "text": _sentences(_bare(remedy), f"说明见 {_CATALOGUE} 里的 {code}"),
        "markdown": _sentences(_LINK.sub(r"\1", remedy), f"说明见 {link} 里的 {code}"),
    }
    return shown


def _bare(text: str) -> str:
    """Return a line of Markdown as plain text."""
    return _LINK.sub(r"\1", text).replace("`", "")


def _sentences(*parts: str) -> str:
    return "".join(part.rstrip("。") + "。" for part in parts if part)


def _result(finding: Finding, index: int, seen: Counter[str]) -> dict[str, object]:
    parts = [finding.message, finding.basis, f"建议：{finding.hint}" if finding.hint else ""]
    result: dict[str, object] = {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": _sentences(*parts)},
        "locations": [{"physicalLocation": _location(finding)}],
        "partialFingerprints": {"finding/v1": _fingerprint(finding, seen)},
    }
    if finding.waived:
        suppression = {"kind": "inSource", "status": "accepted", "justification": finding.waived}
        result["suppressions"] = [suppression]
    return result


def _location(finding: Finding) -> dict[str, object]:
    place = finding.place
    location: dict[str, object] = {"artifactLocation": {"uri": quote(place.file)}}
    if place.line:
        region = {"startLine": place.line, "startColumn": max(place.column, 1)}
        if place.length:
            region["endColumn"] = region["startColumn"] + place.length
        location["region"] = region
    return location


def _fingerprint(finding: Finding, seen: Counter[str]) -> str:
    """Return what a finding keeps when lines move: rule, project, subject, and which of several."""
    where = finding.project or finding.place.file
    kept = "\n".join((finding.code, where, finding.subject or finding.message))
    seen[kept] += 1
    return hashlib.sha256(f"{kept}\n{seen[kept]}".encode()).hexdigest()[:32]
