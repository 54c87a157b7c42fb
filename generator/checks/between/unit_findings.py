"""What is found within a unit, and what of it the other units of the year are compared with."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from generator.checks.between import BETWEEN_CHECKS, YEAR_CHECKS
from generator.checks.between.entries import BetweenCheck, Entry
from generator.checks.between.ledger import Kept
from generator.checks.between.told import Teller, teller_of
from generator.checks.review import Remark
from generator.checks.running import broken_remark
from generator.findings import Finding, Place

_SHARING = {check.RULE: check for check in YEAR_CHECKS}


class UnitFindings(Struct, frozen=True):
    """The projects of a unit and what was found of them, before waivers."""

    tellers: tuple[Teller, ...]
    found: Mapping[str, tuple[Finding, ...]]  # by project
    broken: Mapping[str, str]  # rule → what broke in comparing
    images: Mapping[str, str]  # the pictures that the projects show, with their hashes


def compare_unit(
    unit: Sequence[Kept], last: Sequence[Kept], images: Mapping[str, str]
) -> tuple[UnitFindings, Mapping[str, Any]]:
    """Return what is found within a unit, and by rule what it shares with others.

    Args:
        unit: Its projects.
        last: Those of the year before that they are compared with.
        images: The pictures that they show, with their hashes.
    """
    own = sorted(unit, key=lambda one: one.id.split("/"))
    tellers = {one.id: teller_of(one) for one in own}
    found: dict[str, tuple[Finding, ...]] = {}
    broken: dict[str, str] = {}
    shared: dict[str, Any] = {}
    for check in BETWEEN_CHECKS:
        entries, before = _entries(check, own), _entries(check, last)
        remarks: list[tuple[str, Remark]] = []
        try:
            remarks += check.compare(entries, before) if entries else ()
            if entries and check.RULE in _SHARING:
                shared[check.RULE] = _SHARING[check.RULE].share(entries)
        except Exception as fault:  # a broken check is a finding that names it
            broken[check.RULE] = type(fault).__name__
        for identifier, remark in (*remarks, *_broken(check, own)):
            finding = tellers[identifier].stamp(check, remark)
            found[identifier] = (*found.get(identifier, ()), *([finding] if finding else ()))
    return UnitFindings(tuple(tellers.values()), found, broken, images), shared


def _entries(check: BetweenCheck, kept: Sequence[Kept]) -> list[Entry[Any]]:
    rule = check.RULE
    return [Entry(k.id, k.name, k.file, k.notes[rule]) for k in kept if rule in k.notes]


def _broken(check: BetweenCheck, kept: Sequence[Kept]) -> Iterator[tuple[str, Remark]]:
    for one in kept:
        if check.RULE in one.broken:
            yield one.id, broken_remark(check, Place(one.file), one.broken[check.RULE])
