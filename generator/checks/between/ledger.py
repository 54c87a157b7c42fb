"""What is kept of a project for the checks between documents, and where their findings go."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from msgspec import Struct

from generator.checks.between import BETWEEN_CHECKS
from generator.checks.catalogue import BETWEEN_RULES
from generator.checks.review import Review
from generator.checks.running import is_reasoned
from generator.checks.texts import read_texts
from generator.domain.model import Path, Waiver
from generator.findings import Finding, Place, Severity


class Kept(Struct, frozen=True):
    """One project in short: its notes, the settings of its form and its waivers."""

    id: str
    name: str
    file: str
    notes: Mapping[str, Any]  # by rule; a broken check leaves none
    broken: Mapping[str, str]  # rule → what broke
    off: frozenset[str]  # rules that its form has switched off
    severities: Mapping[str, Severity]
    waivers: tuple[Waiver, ...]  # of these checks
    places: Mapping[Path, Place]  # of the waivers
    asks_last_year: bool


def keep(review: Review, identifier: str, file: str) -> Kept:
    """Note what the checks need of one project; nothing else of it stays in memory."""
    notes: dict[str, Any] = {}
    broken: dict[str, str] = {}
    texts = read_texts(review)
    for check in BETWEEN_CHECKS:
        try:
            notes[check.RULE] = check.note(review, texts)
        except Exception as fault:  # a broken check is a finding that names it
            broken[check.RULE] = type(fault).__name__
    settings = {check.RULE: review.setting(check.RULE) for check in BETWEEN_CHECKS}
    waivers = tuple(
        one for one in review.project.waivers if one.rule in BETWEEN_RULES and is_reasoned(one)
    )
    return Kept(
        identifier,
        review.project.name,
        file,
        notes,
        broken,
        frozenset(rule for rule, setting in settings.items() if setting.is_off),
        {rule: one.severity for rule, one in settings.items() if one.severity is not None},
        waivers,
        {one.path: review.place(*one.path) for one in waivers},
        any(getattr(note, "asks_last_year", False) for note in notes.values()),
    )


def insert_findings(findings: Iterable[Finding], later: Iterable[Finding]) -> list[Finding]:
    """Return findings with later ones put behind those of the same project."""
    more: dict[str, list[Finding]] = {}
    for finding in dict.fromkeys(later):  # what the unit's file says comes with each project
        more.setdefault(finding.project, []).append(finding)
    merged: list[Finding] = []
    for project, group in groupby(findings, key=lambda finding: finding.project):
        own = [*group, *(more.pop(project, []) if project else [])]
        merged += sorted(own, key=lambda finding: (finding.place, finding.code)) if project else own
    return [*merged, *(finding for own in more.values() for finding in own)]
