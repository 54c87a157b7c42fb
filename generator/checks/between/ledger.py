"""What a run keeps of its projects, and what the checks between documents say in the end."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import groupby
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from generator.checks.between import BETWEEN_CHECKS
from generator.checks.between.entries import BetweenCheck, Entry
from generator.checks.catalogue import BETWEEN_RULES
from generator.checks.review import Remark, Review
from generator.checks.running import apply_waivers, is_reasoned
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

    def place_of(self, path: Path, *, key: bool = False) -> Place:  # noqa: ARG002
        """Return where a waiver stands."""
        return self.places.get(path, Place(self.file))


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


class Ledger(Struct):
    """The projects of a run; compared when all of them have been read."""

    kept: dict[str, Kept] = field(default_factory=dict)

    def asking_last_year(self) -> dict[str, str]:
        """Return the names, by id, of the projects that say something of the year before."""
        return {one.id: one.name for one in self.kept.values() if one.asks_last_year}

    def add(self, one: Kept | None) -> None:
        """Keep one project; one whose data could not be read leaves nothing."""
        if one is not None:
            self.kept[one.id] = one

    def find(self, wanted: Iterable[str], *, whole: Set[int]) -> Iterator[tuple[str, Finding]]:
        """Yield the findings of some projects by id, waivers applied, in the order of their data.

        Args:
            wanted: The projects whose findings are asked for; the others are there to compare.
            whole: Years of which every project is here: only there a waiver can be unused.
        """
        found: dict[str, list[Finding]] = {}
        own = [self.kept[identifier] for identifier in wanted if identifier in self.kept]
        for check in BETWEEN_CHECKS:
            for one, remark in self._compare(check, own):
                if check.RULE not in one.off:
                    found.setdefault(one.id, []).append(_stamp(check, one, remark))
        for kept in own:
            identifier = kept.id
            is_whole = int(identifier.split("/")[0]) in whole
            later = frozenset[str]() if is_whole else BETWEEN_RULES
            mine = apply_waivers(kept, found.get(identifier, ()), later=later)
            for finding in sorted(mine, key=lambda one: (one.place, one.code)):
                yield identifier, _named(finding, kept)

    def _compare(self, check: BetweenCheck, own: Sequence[Kept]) -> list[tuple[Kept, Remark]]:
        """Return what a check says of any project; that it broke is said at the first of `own`."""
        rule = check.RULE
        entries = [
            Entry(one.id, one.name, one.file, one.notes[rule])
            for one in self.kept.values()
            if rule in one.notes
        ]
        broken = [(one, one.broken[rule]) for one in self.kept.values() if rule in one.broken]
        remarks: list[tuple[Kept, Remark]] = []
        try:
            remarks += ((self.kept[told], remark) for told, remark in check.compare(entries))
        except Exception as fault:
            broken += [(one, type(fault).__name__) for one in own[:1]]
        return [*remarks, *((one, _broken(check, one, fault)) for one, fault in broken)]


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


def _broken(check: BetweenCheck, one: Kept, fault: str) -> Remark:
    hint = "这是程序的错误，请把数据文件交给维护人"
    return Remark(Place(one.file), f"检查 {check.RULE} 没有做完：{fault}", hint=hint)


def _stamp(check: BetweenCheck, one: Kept, remark: Remark) -> Finding:
    severity = remark.severity or one.severities.get(check.RULE, check.SEVERITY)
    if severity is Severity.ERROR:
        severity = Severity.WARNING  # another file may be the wrong one: no document is stopped
    return Finding(
        check.CODE,
        check.RULE,
        severity,
        remark.place,
        remark.message,
        basis=remark.basis,
        hint=remark.hint,
        subject=remark.subject,
        expected=remark.expected,
        project=one.id,
    )


def _named(finding: Finding, one: Kept) -> Finding:
    """Take the project's name off what its unit's file says: that is said once."""
    return finding if finding.place.file == one.file else replace(finding, project="")
