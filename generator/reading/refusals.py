"""How a form package is refused: one shape of finding."""

from generator.findings import Finding, Place, Severity


def error(code: str, rule: str, place: Place, message: str, *, hint: str = "") -> Finding:
    """Return an error of the R family."""
    return Finding(code, rule, Severity.ERROR, place, message, hint=hint)
