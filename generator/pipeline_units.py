"""What is found within the units of a year, kept so that it is not worked out twice.

It stands in build/ of the root, by a hash over the files of the unit and of its last year. Beside
it stands what the units are compared by, a file for each unit, so that never all of it is in
memory. Nothing of it is ever needed: what is not there, or is damaged, is worked out again.
"""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from msgspec import Struct

from generator.checks.between import YEAR_CHECKS
from generator.checks.between.ledger import Kept
from generator.checks.between.told import Teller
from generator.checks.between.unit_findings import UnitFindings, compare_unit
from generator.freshness.kept_values import keep_value, pack, read_value
from generator.freshness.sources import join_digests
from generator.pipeline_known import KnownProjects
from generator.reading.discovery import DataFile
from generator.reading.neighbours import UnitFiles

_FOUND = "found"
_MOST_NEAR = 48  # of what units share under a rule, that stays in memory


class Notes(Struct, frozen=True):
    """What is noted of projects: known, or told by who has just read them."""

    known: KnownProjects
    told: Mapping[str, Kept | None]  # by project; not to be found again

    def of(self, file: DataFile) -> "Noted":
        """Return what is noted of a project."""
        if file.id in self.told:
            return Noted(self.told[file.id], {}, is_kept=False)
        one = self.known.look_up(file)
        return Noted(one.kept, one.images, is_kept=self.known.is_kept(file))


class Noted(NamedTuple):
    """What is noted of one project; nothing where its data could not be read."""

    kept: Kept | None
    images: Mapping[str, str]
    is_kept: bool  # the same will be found under the same key


class YearUnits:
    """The units of a year; each is looked up, and compared within itself where it is not known."""

    def __init__(self, notes: Notes, units: tuple[UnitFiles, ...], folder: str) -> None:
        """Know nothing yet.

        Args:
            notes: What is noted of the projects.
            units: In order.
            folder: Where it is kept; blank: nothing is kept.
        """
        self._notes, self._folder = notes, folder
        self._units = {unit.name: unit for unit in units}
        self._held: dict[str, Mapping[str, Any]] = {}  # what units share that could not be kept
        self._near: dict[tuple[str, str], Any] = {}  # what some of the others share
        self.keys: dict[str, str] = {}

    def look_up(self, name: str) -> UnitFindings | None:
        """Return what is known of a unit as it is now."""
        key = self._key(self._units[name])
        found = read_value(self._place(_FOUND, name), key) if self._folder else None
        if not isinstance(found, UnitFindings) or not self._notes.known.are_same(found.images):
            return None
        self.keys[name] = key
        return found

    def teller(self, identifier: str) -> Teller:
        """Return a project that something is told to, by its id."""
        name = identifier.split("/")[1]
        found = self.look_up(name) or self.work_out(name)
        return next(one for one in found.tellers if one.id == identifier)

    def work_out(self, name: str) -> UnitFindings:
        """Compare the files of a unit, and keep what is found."""
        found, shared, is_certain = self._compare(self._units[name])
        key = self._key(self._units[name])
        if self._folder and not is_certain:  # nobody finds it by this key, but by what it is
            content = hashlib.sha256(pack((found, shared))).hexdigest()
            key = join_digests([(key, content)])
        self.keys[name] = key
        if not self._folder or not self._keep(name, key, found, shared):
            self._held[name] = shared
        for check in YEAR_CHECKS:
            self._stay_near(check.RULE, name, shared.get(check.RULE))
        return found

    def _compare(self, unit: UnitFiles) -> tuple[UnitFindings, Mapping[str, Any], bool]:
        """Compare the files of a unit; say whether the same will be found under its key."""
        noted = [self._notes.of(file) for file in unit.files]
        own = [one.kept for one in noted if one.kept is not None]
        titles = {one.id: one.name for one in own if one.asks_last_year}
        last = [self._notes.of(file) for file in unit.find_last(titles)]
        images = {image: sha for one in (*noted, *last) for image, sha in one.images.items()}
        before = [one.kept for one in last if one.kept is not None]
        found, shared = compare_unit(own, before, images)
        is_certain = all(one.is_kept for one in (*noted, *last)) and not found.broken
        return found, shared, is_certain

    def shared(self, rule: str, name: str) -> Any:
        """Return by what a unit is compared with others under a rule; None: there is nothing."""
        if name not in self._held:
            place = rule, name
            if place in self._near:
                return self._near[place]
            found = self.shared_before(rule, name, self.keys[name])
            if isinstance(found, tuple):
                return self._stay_near(rule, name, found[0])
            _, self._held[name], _ = self._compare(self._units[name])  # it is gone
        return self._held[name].get(rule)

    def _stay_near(self, rule: str, name: str, part: Any) -> Any:
        """Return what a unit shares; the first ones stay in memory, never all of many."""
        if len(self._near) < _MOST_NEAR:
            self._near[rule, name] = part
        return part

    def shared_before(self, rule: str, name: str, key: str) -> object:
        """Return what a unit shared under a key, in a tuple; anything else when it is not there."""
        return read_value(self._place(rule, name), key)

    def _keep(self, name: str, key: str, found: UnitFindings, shared: Mapping[str, Any]) -> bool:
        parts = ((check.RULE, (shared.get(check.RULE),)) for check in YEAR_CHECKS)
        are_kept = all(keep_value(self._place(rule, name), key, part) for rule, part in parts)
        return are_kept and keep_value(self._place(_FOUND, name), key, found)

    def _key(self, unit: UnitFiles) -> str:
        """Return a hash over every file that a unit depends on, but its pictures."""
        known = self._notes.known
        own = [("", known.unit_key(files)) for files in (unit.files, unit.last)]
        return join_digests([*own, (str(unit.has_last), "")])

    def _place(self, kind: str, name: str) -> str:
        return f"{self._folder}/{kind}/{name}"


class Parts(Struct, frozen=True):
    """What the units of a year share under a rule, read anew whenever it is gone through."""

    units: YearUnits
    rule: str

    def __iter__(self) -> Iterator[Any]:
        """Yield it unit by unit."""
        found = (self.units.shared(self.rule, name) for name in self.units.keys)
        return (part for part in found if part is not None)
