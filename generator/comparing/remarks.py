"""Findings of two sides: which came, which went, which say something else now."""

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from generator.findings import Finding, Severity
from generator.patterns import pattern

_LINES = pattern(r"第 ?\d+ ?行")  # lines move without anything being said anew
_WEIGHTS = (Severity.ERROR, Severity.WARNING, Severity.NOTE)


class Remarks(Struct, frozen=True):
    """What the checks say on one side only; lines do not count, words do."""

    appeared: tuple[Finding, ...]
    gone: tuple[Finding, ...]
    altered: tuple[tuple[Finding, Finding], ...]  # same check, same subject, other words
    reopened: tuple[Finding, ...] = ()  # waived before: the waiver is gone, or does not hold now
    excused: tuple[Finding, ...] = ()  # waived now, with its reason: nothing was mended

    def __bool__(self) -> bool:
        """Say whether there is anything."""
        return any((self.appeared, self.gone, self.altered, self.reopened, self.excused))


def compare_findings(before: Sequence[Finding], after: Sequence[Finding]) -> Remarks:
    """Compare what stands (not waived) on both sides."""
    old = [one for one in before if not one.waived]
    new = [one for one in after if not one.waived]
    gone, appeared = _without(old, new), _without(new, old)
    altered: list[tuple[Finding, Finding]] = []
    for one in list(appeared):
        partner = next((o for o in gone if one.subject and _subject(o) == _subject(one)), None)
        if partner is not None:
            gone.remove(partner)
            appeared.remove(one)
            altered.append((partner, one))
    was, now = ({_subject(f): f for f in side if f.waived} for side in (before, after))
    return Remarks(
        _by_weight([one for one in appeared if _subject(one) not in was]),
        _by_weight([one for one in gone if _subject(one) not in now]),
        tuple(altered),
        _by_weight([one for one in appeared if _subject(one) in was]),
        _by_weight([now[_subject(one)] for one in gone if _subject(one) in now]),
    )


def _by_weight(findings: list[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda one: _WEIGHTS.index(one.severity)))


def _without(findings: list[Finding], others: list[Finding]) -> list[Finding]:
    left = Counter(_words(one) for one in others)
    kept: list[Finding] = []
    for one in findings:
        if left[_words(one)]:
            left[_words(one)] -= 1
        else:
            kept.append(one)
    return kept


def _words(finding: Finding) -> tuple[str, str]:
    """Return what makes two findings one; an indicator that was moved is still spoken of."""
    return finding.code, _LINES.sub("", finding.message)


def _subject(finding: Finding) -> tuple[str, str]:
    return finding.code, finding.subject
