"""What the content of a project file decides, kept so that it is not worked out twice.

It stands in build/ of the root, by a hash over every file that it depends on. It is never needed:
what is not there, or is damaged, is worked out from the file. What has an error is looked at again
each time, and so are drafts.
"""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from generator.checks.between.ledger import Kept, Ledger
from generator.findings import Finding
from generator.freshness.digests import Digests
from generator.freshness.kept_values import keep_value, pack, read_kept, unpack
from generator.freshness.sources import join_digests
from generator.pipeline import ProjectResult, Workbench, load_project
from generator.reading.discovery import DataFile
from generator.reading.neighbours import find_beside, find_last_year, whole_years

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
        self._keys: dict[str, str] = {}

    @property
    def shared(self) -> str:
        """Return the hash over what all projects depend on."""
        return self._bench.key

    def key(self, file: DataFile) -> str:
        """Return a hash over every file that a project depends on, but its pictures."""
        if file.id not in self._keys:
            own = ((name, self._digest(name)) for name in (file.unit_file, file.file))
            self._keys[file.id] = join_digests([("", self.shared), *own])
        return self._keys[file.id]

    def find(self, file: DataFile) -> KnownProject | None:
        """Return what is known of a file as it is now."""
        found = self.find_any(file)
        return found[1] if found and found[0] == self.key(file) else None

    def find_any(self, file: DataFile) -> tuple[str, KnownProject] | None:
        """Return what was known last of a file, with its key then."""
        key, known = read_kept(self._place(file))
        if not isinstance(known, KnownProject):
            return None
        are_same = all(self._digest(name) == was for name, was in known.images.items())
        return (key, known) if are_same else None

    def keep(self, file: DataFile, result: ProjectResult, page: bytes = b"") -> bool:
        """Keep what was worked out, unless the file was written to meanwhile; say whether it is."""
        project = result.project
        if result.is_blocked or project is None or not file.is_filed:
            return False
        images = {image.file: self._digest(image.file) for image in project.images()}
        known = KnownProject(project.form.id, result.findings, _pack(result.kept), images, page)
        key, paths = self.key(file), [self._path(name) for name in (file.file, file.unit_file)]
        is_same = all(self._digests.now(path) == self._digests.of(path) for path in paths)
        return is_same and keep_value(self._place(file), key, known)

    def look_up(self, file: DataFile) -> KnownProject:
        """Return what is known of a file, worked out where it is not."""
        known = self.find(file) if file.is_filed else None
        if known is None:
            result = load_project(self._bench, file)
            self.keep(file, result)
            form_id = result.project.form.id if result.project else ""
            known = KnownProject(form_id, result.findings, _pack(result.kept), {})
        return known

    def _digest(self, file: str) -> str:
        return self._digests.of(self._path(file))

    def _path(self, file: str) -> str:
        return os.path.join(self._root, file)  # noqa: PTH118 - as it is listed

    def _place(self, file: DataFile) -> str:
        return f"{self._root}/{_FOLDER}/{file.id}"


def _pack(kept: Kept | None) -> bytes:
    return pack(kept) if kept is not None else b""


def check_between(
    known: KnownProjects, root: Path, files: tuple[DataFile, ...], ledger: Ledger
) -> Iterator[tuple[str, Finding]]:
    """Yield where a run's files differ from each other, from their units' and from last year's.

    Of a run over single files the other files of their units are looked at too, and no more: other
    units are compared when the whole year is checked. Each finding comes with its project's id.
    """
    for beside in find_beside(root, files):
        ledger.add(known.look_up(beside).kept)
    for last in find_last_year(root, files, ledger.asking_last_year()):
        if last.id not in ledger.kept:
            ledger.add(known.look_up(last).kept)
    yield from ledger.find((file.id for file in files), whole=whole_years(root, files))
