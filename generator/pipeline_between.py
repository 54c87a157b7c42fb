"""Comparing the files of a run with each other, with their units' and with last year's.

A unit is compared within itself, then the units of a year by what they share. What was found
between units stays as long as it is certain that it would be found again.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct, field

from generator.checks.between import BETWEEN_CHECKS, YEAR_CHECKS
from generator.checks.between.entries import YearCheck, YearFindings
from generator.checks.between.told import Teller
from generator.checks.between.unit_findings import UnitFindings
from generator.checks.running import broken_remark
from generator.findings import Finding, Place
from generator.freshness.kept_values import keep_value, read_value
from generator.pipeline_units import Notes, Parts, YearUnits
from generator.reading.discovery import DataFile
from generator.reading.neighbours import YearFiles, find_years

KEPT = "build/ziping/years"
_MOST_CHANGED = 8  # units of which it is looked at what exactly has changed


class _Comparison(Struct, frozen=True):
    """The last comparison of the units of a whole year."""

    keys: Mapping[str, str] = field(default_factory=dict)  # by unit
    findings: Mapping[str, YearFindings] = field(default_factory=dict)  # by rule


class _Told(Struct):
    """What is found in a run, and whom it is told to."""

    done: Callable[[int, str], None]  # told of each unit that was compared
    tellers: dict[str, Teller] = field(default_factory=dict)
    found: dict[str, list[Finding]] = field(default_factory=dict)
    broken: dict[str, str] = field(default_factory=dict)  # rule → what broke in comparing

    def take(self, own: UnitFindings, *, keeps_all: bool) -> None:
        """Take what was found within a unit; of projects without anything only one is kept.

        Args:
            own: What was found.
            keeps_all: Keep every project that something may be told to.
        """
        self.broken |= own.broken
        for identifier, said in own.found.items():
            self.found.setdefault(identifier, []).extend(said)
        for one in own.tellers:
            if keeps_all or one.waivers or one.id in own.found or not self.tellers:
                self.tellers[one.id] = one


def check_between(
    notes: Notes,
    root: Path,
    files: tuple[DataFile, ...],
    *,
    folder: str = KEPT,
    done: Callable[[int, str], None] | None = None,
) -> Iterator[tuple[str, Finding]]:
    """Yield where a run's files differ from each other, from their units' and from last year's.

    Of a run over single files the other files of their units are looked at too, and no more: other
    units are compared when the whole year is checked. Each finding comes with its project's id.

    Args:
        notes: What is noted of projects.
        root: Where data/ stands.
        files: The projects whose findings are asked for.
        folder: Where it is kept what is found in a whole year; blank: nowhere.
        done: Told year and folder of each unit whose files need not be known any more.
    """
    whole, run = set[int](), _Told(done or (lambda _year, _unit: None))
    for year in find_years(root, files):
        is_kept = year.is_whole and folder
        place = f"{os.fspath(root)}/{folder}/{year.year}" if is_kept else ""
        _compare(YearUnits(notes, year.units, place), year, place, run, notes.known.shared)
        whole |= {year.year} if year.is_whole else set()
    own = [run.tellers[file.id] for file in files if file.id in run.tellers]
    for check in BETWEEN_CHECKS:
        if own and check.RULE in run.broken:
            remark = broken_remark(check, Place(own[0].file), run.broken[check.RULE])
            finding = own[0].stamp(check, remark)
            run.found.setdefault(own[0].id, []).extend([finding] if finding else ())
    for teller in own:
        is_whole = int(teller.id.split("/")[0]) in whole
        for finding in teller.tell(run.found.get(teller.id, ()), is_whole=is_whole):
            yield teller.id, finding


def _compare(units: YearUnits, year: YearFiles, place: str, run: _Told, shared: str) -> None:
    """Compare the files within the units of a year, and its units."""
    path = f"{place}/compared"
    found = read_value(path, shared) if place else None
    before = found if isinstance(found, _Comparison) else _Comparison()
    changed: dict[str, Mapping[str, object]] = {}  # what units shared by rule that have changed
    for name in (unit.name for unit in year.units):
        own, key = units.look_up(name), before.keys.get(name, "")
        if own is None or units.keys[name] != key:
            is_asked = key and own is None and len(changed) < _MOST_CHANGED
            rules = [check.RULE for check in YEAR_CHECKS] if is_asked else []
            changed[name] = {rule: units.shared_before(rule, name, key) for rule in rules}
        own = own or units.work_out(name)
        run.take(own, keeps_all=not year.is_whole)
        for one in (year.year, year.year - 1):
            run.done(one, name)
    findings: dict[str, YearFindings] = {}
    for check in YEAR_CHECKS:
        last = before.findings.get(check.RULE) if before.keys.keys() == units.keys.keys() else None
        try:
            settled = last if last and _is_settled(check, units, changed, last) else None
            findings[check.RULE] = settled or check.compare_year(Parts(units, check.RULE))
        except Exception as fault:  # a broken check is a finding that names it
            run.broken[check.RULE] = type(fault).__name__
            continue
        for identifier, remark in findings[check.RULE].remarks:
            if identifier not in run.tellers:
                run.tellers[identifier] = units.teller(identifier)
            finding = run.tellers[identifier].stamp(check, remark)
            run.found.setdefault(identifier, []).extend([finding] if finding else ())
    if place and len(findings) == len(YEAR_CHECKS) and (changed or before.keys != units.keys):
        keep_value(path, shared, _Comparison(units.keys, findings))


def _is_settled(
    check: YearCheck,
    units: YearUnits,
    changed: Mapping[str, Mapping[str, object]],
    before: YearFindings,
) -> bool:
    """Say whether what was found between the units of a year would be found again."""
    changes = []
    for name, then in changed.items():
        was, now = then.get(check.RULE), units.shared(check.RULE, name)
        if not isinstance(was, tuple) or (was[0] != now and None in (was[0], now)):
            return False
        if was[0] != now:
            changes.append((was[0], now))
    return not changes or check.is_settled(changes, Parts(units, check.RULE), before)
