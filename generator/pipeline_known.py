"""What the content of a project file decides, kept so that it is not worked out twice.

It stands in build/ of the root, by a hash over every file that it depends on. It is never needed:
what is not there, or is damaged, is worked out from the file. What has an error is looked at again
each time, and so are drafts.
"""

import os
from collections.abc import Mapping, Sequence

from msgspec import Struct

from generator.checks.between.ledger import Kept
from generator.findings import Finding
from generator.freshness.digests import Digests
from generator.freshness.kept_values import keep_value, pack, read_value, unpack
from generator.freshness.sources import join_digests
from generator.pipeline import ProjectResult, Workbench, load_project
from generator.reading.discovery import DataFile

_FOLDER = "build/ziping/projects"


class KnownProject(Struct, frozen=True):
    """One project in short: enough to say what is wrong, and to compare it with others."""

    form_id: str
    findings: tuple[Finding, ...]
    notes: bytes  # what other documents are compared with, packed; blank: there is nothing
    images: Mapping[str, str]  # the pictures it shows, with their hashes
    page: bytes = b""  # what its documents say, packed; blank: they were not printed

    @property
    def kept(self) -> Kept | None:
        """Return what other documents are compared with."""
        found = unpack(self.notes) if self.notes else None
        return found if isinstance(found, Kept) else None


class KnownProjects:
    """The projects of a root; each is looked up, and worked out where it is not known."""

    def __init__(self, bench: Workbench, digests: Digests) -> None:
        """Know nothing yet.

        Args:
            bench: Works out what is not known; its key is part of theirs.
            digests: The hashes of the files of this run.
        """
        self._bench, self._digests = bench, digests
        self._root = os.fspath(bench.root)
        self._keys: dict[str, dict[str, str]] = {}  # by unit, by project
        self._unit_keys: dict[str, tuple[int, str]] = {}  # each with a mark of its projects
        self._unkept: dict[str, KnownProject] = {}  # what had to be worked out and cannot be kept

    @property
    def shared(self) -> str:
        """Return the hash over what all projects depend on."""
        return self._bench.key

    def key(self, file: DataFile) -> str:
        """Return a hash over every file that a project depends on, but its pictures."""
        keys = self._keys.setdefault(_unit_of(file), {})
        if file.id not in keys:
            keys[file.id] = self._join(file.unit_file, file.file)
        return keys[file.id]

    def unit_key(self, files: Sequence[DataFile]) -> str:
        """Return a hash over every file that all projects of a unit depend on, but pictures."""
        if not files:
            return ""
        mark = hash(tuple(file.id for file in files))
        known, key = self._unit_keys.get(_unit_of(files[0]), (0, ""))
        if known != mark:
            key = self._join(files[0].unit_file, *(file.file for file in files))
            self._unit_keys[_unit_of(files[0])] = mark, key
        return key

    def last_key(self, unit_id: str) -> str:
        """Return the hash of a unit that was asked for last; blank: it was let go, or never was."""
        return self._unit_keys.get(unit_id, (0, ""))[1]

    def release(self, unit_id: str) -> None:
        """Let go what is only needed while a unit is worked on."""
        self._keys.pop(unit_id, None)
        self._unit_keys.pop(unit_id, None)

    def find(self, file: DataFile) -> KnownProject | None:
        """Return what is known of a file as it is now."""
        known = read_value(self._place(file), self.key(file))
        return known if isinstance(known, KnownProject) and self.are_same(known.images) else None

    def are_same(self, files: Mapping[str, str]) -> bool:
        """Say whether files have the hashes that are given, by path."""
        return all(self._digest(name) == was for name, was in files.items())

    def keep(self, file: DataFile, result: ProjectResult, page: bytes = b"") -> bool:
        """Keep what was worked out, unless the file was written to meanwhile; say whether it is."""
        project = result.project
        if result.is_blocked or project is None or not file.is_filed:
            return False
        key, known = self.key(file), self._shorten(result, page)
        paths = [self._path(name) for name in (file.file, file.unit_file)]
        is_same = all(self._digests.now(path) == self._digests.of(path) for path in paths)
        return is_same and keep_value(self._place(file), key, known)

    def look_up(self, file: DataFile) -> KnownProject:
        """Return what is known of a file, worked out where it is not."""
        known = (self._unkept.get(file.id) or self.find(file)) if file.is_filed else None
        if known is None:
            result = load_project(self._bench, file)
            known = self._shorten(result, b"")
            if not self.keep(file, result) and file.is_filed:
                self._unkept[file.id] = known
        return known

    def is_kept(self, file: DataFile) -> bool:
        """Say whether what was looked up of a file is found again as long as nothing changes."""
        return file.id not in self._unkept

    def _shorten(self, result: ProjectResult, page: bytes) -> KnownProject:
        project, notes = result.project, _pack(result.kept)
        if project is None:
            return KnownProject("", result.findings, notes, {})
        images = {image.file: self._digest(image.file) for image in project.images()}
        return KnownProject(project.form.id, result.findings, notes, images, page)

    def _join(self, *names: str) -> str:
        """Return a hash over what all projects depend on, and some files."""
        return join_digests([("", self.shared), *((name, self._digest(name)) for name in names)])

    def _digest(self, file: str) -> str:
        return self._digests.of(self._path(file))

    def _path(self, file: str) -> str:
        return os.path.join(self._root, file)  # noqa: PTH118 - as it is listed

    def _place(self, file: DataFile) -> str:
        return f"{self._root}/{_FOLDER}/{file.id}"


def _unit_of(file: DataFile) -> str:
    return file.id.rpartition("/")[0]


def _pack(kept: Kept | None) -> bytes:
    return pack(kept) if kept is not None else b""
