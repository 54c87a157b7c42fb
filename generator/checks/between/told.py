"""What the checks between documents say of a project in the end: stamped, waived, in order."""

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from generator.checks.between.entries import BetweenCheck
from generator.checks.between.ledger import Kept
from generator.checks.catalogue import BETWEEN_RULES
from generator.checks.review import Remark
from generator.checks.running import apply_waivers, stamp
from generator.domain.model import Path, Waiver
from generator.findings import Finding, Place, Severity


class Teller(Struct, frozen=True):
    """A project that findings are told to: its settings and its waivers."""

    id: str
    file: str
    off: frozenset[str]  # rules that its form has switched off
    severities: Mapping[str, Severity]
    waivers: tuple[Waiver, ...]  # of these checks
    places: Mapping[Path, Place]  # of the waivers

    def place_of(self, path: Path, *, key: bool = False) -> Place:  # noqa: ARG002
        """Return where a waiver stands."""
        return self.places.get(path, Place(self.file))

    def stamp(self, check: BetweenCheck, remark: Remark) -> Finding | None:
        """Return what a check says; None where the form has switched it off."""
        if check.RULE in self.off:
            return None
        severity = remark.severity or self.severities.get(check.RULE, check.SEVERITY)
        if severity is Severity.ERROR:
            severity = Severity.WARNING  # another file may be the wrong one: no document is stopped
        return stamp(check, remark, severity, self.id)

    def tell(self, findings: Iterable[Finding], *, is_whole: bool) -> Iterator[Finding]:
        """Yield findings with the waivers applied, in the order of the data.

        Args:
            findings: What was found of the project.
            is_whole: Every project of the year was compared: only there a waiver can be unused.
        """
        later = frozenset[str]() if is_whole else BETWEEN_RULES
        mine = apply_waivers(self, findings, later=later)
        for finding in sorted(mine, key=lambda one: (one.place, one.code)):
            is_own = finding.place.file == self.file  # what the unit's file says is said once
            yield finding if is_own else replace(finding, project="")


def teller_of(kept: Kept) -> Teller:
    """Return a project without its notes."""
    settings = (kept.off, kept.severities, kept.waivers, kept.places)
    return Teller(kept.id, kept.file, *settings)
