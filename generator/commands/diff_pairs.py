"""Both sides of a diff brought together: which projects and forms to compare, and how they did."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from generator.comparing.entries import Entry, Facing, gather
from generator.comparing.projects import Comparison, Side, compare_projects
from generator.comparing.remarks import Remarks, compare_findings
from generator.comparing.trees import compare_trees
from generator.comparing.wording import Paragraph, compare_texts
from generator.domain.model import Path as DataPath
from generator.errors import UserError
from generator.findings import Finding
from generator.pipeline import ProjectResult, Workbench, load_project, open_workbench
from generator.pipeline_revision import Revision, find_unit_file, open_revision
from generator.reading.discovery import DataFile, name_file
from generator.reading.package import SETTINGS_FILE, TERMS_FILE
from generator.reading.revision import Repository
from generator.reading.yaml_source import Source, read_yaml

ADDED, REMOVED, CHANGED, RENAMED, UNREADABLE = (
    "added",
    "removed",
    "changed",
    "renamed",
    "unreadable",
)
_RULES = ("templates/", "schema/")
_FOR_ALL = (TERMS_FILE, SETTINGS_FILE)
_YEAR_AND_UNIT = 2


class ProjectDiff(Struct, frozen=True):
    """One project of a diff."""

    id: str
    file: str
    status: str
    old_file: str = ""
    name: str = ""
    comparison: Comparison | None = None
    side: Side | None = None  # of one that was added or removed
    stopped: tuple[tuple[str, Finding], ...] = ()  # 原来 or 现在, and what stopped its reading


class FileDiff(Struct, frozen=True):
    """A file that projects share: a form, its rubric, a template, what a unit shares."""

    file: str
    status: str
    entries: tuple[Entry, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    stopped: tuple[tuple[str, Finding], ...] = ()


class Sides(Struct, frozen=True):
    """Two revisions of one repository, and every path that is not the same in both."""

    repository: Repository
    before: Revision
    after: Revision
    changed: frozenset[str]

    @property
    def has_other_rules(self) -> bool:
        """Say whether anything of forms or schemas is different; Word templates score nothing."""
        return any(p.startswith(_RULES) and p.endswith((".yaml", ".json")) for p in self.changed)


def compare_sides(
    sides: Sides, wanted: tuple[DataFile, ...]
) -> tuple[tuple[FileDiff, ...], tuple[ProjectDiff, ...], Remarks]:
    """Return shared files and projects that are not the same, and what is said of no project.

    What did not change is not read at all.

    Raises:
        UserError: when a side cannot be opened.
    """
    files = [one for one in wanted if sides.has_other_rules or _is_touched(one, sides.changed)]
    names = [name for one in files for name in (one.file, find_unit_file(one.file))]
    units = [path for path in sorted(sides.changed) if path.endswith("/_unit.yaml")]
    asked = {find_unit_file(one.file) for one in wanted}
    units = [path for path in units if path in asked]
    opening = [
        open_revision(sides.repository, side, wanted=names) for side in (sides.before, sides.after)
    ]
    with opening[0] as old_root, opening[1] as root:
        pair = _Pair(_open(old_root, sides.before), _open(root, sides.after), sides)
        projects = tuple(_pair_renamed(list(pair.projects(files))))
        shared = sorted(path for path in sides.changed if path.startswith("templates/"))
        compared = [pair.shared_file(path) for path in (*shared, *units)]
    shared_files = tuple(one for one in compared if one is not None)
    return shared_files, projects, compare_findings(tuple(pair.said_before), tuple(pair.said))


def _open(root: Path, revision: Revision) -> Workbench:
    try:
        return open_workbench(root)
    except UserError as fault:
        if not revision.commit:
            raise
        raise UserError(f"版本「{revision.name}」不能读：{fault}", hint=fault.hint) from None


def _is_touched(file: DataFile, changed: frozenset[str]) -> bool:
    """Say whether a file, what its unit shares or a picture of the unit is different."""
    if file.file in changed or find_unit_file(file.file) in changed:
        return True
    folder = f"{file.file.rpartition('/')[0]}/"
    return any(path.startswith(folder) and not path.endswith(".yaml") for path in changed)


class _Pair(Struct, frozen=True):
    """Both sides, opened."""

    before: Workbench
    after: Workbench
    sides: Sides
    said_before: dict[Finding, None] = field(default_factory=dict)  # of no single project
    said: dict[Finding, None] = field(default_factory=dict)

    def projects(self, files: list[DataFile]) -> Iterator[ProjectDiff]:
        for file in files:
            new = self._load(self.after, self.sides.after, file.file)
            if not self._is_concerned(file, new):
                continue
            old = self._load(self.before, self.sides.before, file.file)
            if _is_unreadable(old) and _is_unreadable(new) and not self._is_own(file):
                continue  # nothing new about it
            self.said_before.update(_of_none(old))
            self.said.update(_of_none(new))
            found = compare_results(file, old, new)
            if found is not None:
                yield found

    def _is_own(self, file: DataFile) -> bool:
        return _is_touched(file, self.sides.changed)

    def _is_concerned(self, file: DataFile, new: ProjectResult | None) -> bool:
        """Say whether the project or anything it is made from is different."""
        if self._is_own(file) or new is None or new.project is None:
            return True
        return bool(self.sides.changed & {*new.inputs, *_FOR_ALL})

    def _load(self, bench: Workbench, revision: Revision, file: str) -> ProjectResult | None:
        data = name_file(bench.root, file)
        return load_project(bench, data) if data and file in revision.files else None

    def shared_file(self, file: str) -> FileDiff | None:
        """Compare a file that projects share; None where nothing of it counts."""
        old, new = (file in side.files for side in (self.sides.before, self.sides.after))
        status = CHANGED if old and new else ADDED if new else REMOVED
        if file.endswith(".docx"):
            return self._template(file, status)
        return self._yaml(file, status) if file.endswith(".yaml") else None

    def _yaml(self, file: str, status: str) -> FileDiff | None:
        sources = [read_yaml(b.root / file, file=file) for b in (self.before, self.after)]
        if status != CHANGED:
            return FileDiff(file, status)
        stopped = tuple(
            (when, finding)
            for when, source in zip(("原来", "现在"), sources, strict=True)
            for finding in source.findings[:1]
            if not source.is_readable
        )
        entries = () if stopped else _compare_sources(*sources)
        return FileDiff(file, status, entries, stopped=stopped) if entries or stopped else None

    def _template(self, file: str, status: str) -> FileDiff | None:
        from generator.rendering.docx_text import read_lines  # noqa: PLC0415 - lxml only here
        from generator.rendering.package import PackageError  # noqa: PLC0415
        from generator.rendering.xml_tree import XmlError  # noqa: PLC0415

        if status != CHANGED:
            return FileDiff(file, status)
        texts: list[str] = []
        for bench in (self.before, self.after):
            try:
                texts.append("\n".join(read_lines(bench.root / file)))
            except (PackageError, XmlError):
                return FileDiff(file, status)
        return FileDiff(file, status, paragraphs=compare_texts(*texts))


def _of_none(result: ProjectResult | None) -> dict[Finding, None]:
    """Return what is said of forms and units, not of the project."""
    findings = result.findings if result is not None else ()
    return dict.fromkeys(finding for finding in findings if not finding.project)


def _compare_sources(before: Source, after: Source) -> tuple[Entry, ...]:
    facing = Facing(before.place, after.place, str, str, _to_first_item)
    return gather(compare_trees(before.value, after.value), facing)


def _to_first_item(old: DataPath, new: DataPath) -> int:
    path = new or old
    return next((n for n, step in enumerate(path, 1) if isinstance(step, int)), len(path))


def compare_results(
    file: DataFile, old: ProjectResult | None, new: ProjectResult | None
) -> ProjectDiff | None:
    """Compare one project as loaded on both sides; None where nothing is different."""
    stopped = tuple(
        (when, _first(result.findings))
        for when, result in (("原来", old), ("现在", new))
        if result is not None and result.project is None
    )
    if stopped:
        return ProjectDiff(file.id, file.file, UNREADABLE, stopped=stopped)
    before, after = _side(old), _side(new)
    if before is None or after is None:
        side = after or before
        status = REMOVED if after is None else ADDED
        name = side.project.name if side else ""
        return ProjectDiff(file.id, file.file, status, name=name, side=side)
    found = compare_projects(before, after)
    name = after.project.name
    return ProjectDiff(file.id, file.file, CHANGED, name=name, comparison=found) if found else None


def _is_unreadable(result: ProjectResult | None) -> bool:
    return result is not None and result.project is None


def _first(findings: tuple[Finding, ...]) -> Finding:
    return next(finding for finding in findings if finding.is_blocking)


def _side(result: ProjectResult | None) -> Side | None:
    if result is None or result.project is None or result.source is None:
        return None
    if result.sheet is None or result.scope is None:
        return None
    data = result.source.value
    own = tuple(finding for finding in result.findings if finding.project)
    return Side(data, result.project, result.sheet, result.scope, own)


def _pair_renamed(found: list[ProjectDiff]) -> Iterator[ProjectDiff]:
    """Yield the projects; one removed and one added of one unit and name is a file renamed."""
    removed: Mapping[tuple[str, ...], ProjectDiff] = {
        _identity(one): one for one in found if one.status == REMOVED
    }
    partners = {
        one.id: removed[_identity(one)]
        for one in found
        if one.status == ADDED and _identity(one) in removed
    }
    gone = {old.id for old in partners.values()}
    for one in found:
        if one.id in gone:
            continue
        old = partners.get(one.id)
        if old is None or old.side is None or one.side is None:
            yield one
            continue
        comparison = compare_projects(old.side, one.side)
        yield replace(one, status=RENAMED, old_file=old.file, comparison=comparison, side=None)


def _identity(one: ProjectDiff) -> tuple[str, ...]:
    return (*one.id.split("/")[:_YEAR_AND_UNIT], one.name)
