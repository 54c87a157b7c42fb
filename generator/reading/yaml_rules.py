"""The closed list of Y1 rules: code, lower-case name, severity; the reader reports through it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from generator.findings import Finding, Place, Severity

RULES: Final[Mapping[str, tuple[str, Severity]]] = MappingProxyType(
    {
        "Y101": ("yaml-encoding", Severity.ERROR),
        "Y102": ("yaml-bom", Severity.WARNING),
        "Y103": ("yaml-tab", Severity.ERROR),
        "Y104": ("yaml-fullwidth-colon", Severity.ERROR),
        "Y105": ("yaml-duplicate-key", Severity.ERROR),
        "Y106": ("yaml-anchor", Severity.ERROR),
        "Y107": ("yaml-documents", Severity.ERROR),
        "Y108": ("yaml-depth", Severity.ERROR),
        "Y109": ("yaml-size", Severity.ERROR),
        "Y110": ("yaml-file", Severity.ERROR),
        "Y111": ("yaml-syntax", Severity.ERROR),
        "Y112": ("yaml-comment-cut", Severity.WARNING),
        "Y113": ("yaml-key-characters", Severity.ERROR),
        "Y114": ("yaml-not-mapping", Severity.ERROR),
        "Y115": ("yaml-key-type", Severity.ERROR),
    }
)
_EXCERPT = 24  # characters of the user's text that a message quotes


def report(code: str, place: Place, message: str, hint: str) -> Finding:
    """Make the finding of one rule; name and severity come from the list above."""
    rule, severity = RULES[code]
    return Finding(code=code, rule=rule, severity=severity, place=place, message=message, hint=hint)


def excerpt(text: str) -> str:
    """Shorten the user's own text for a message, on one line."""
    text = " ".join(text.split())
    return text if len(text) <= _EXCERPT else text[: _EXCERPT - 1] + "…"
