"""What is remembered of the last run of a year: never needed, never part of the output.

It stands in build/ of the root. Without it everything is hashed and checked again, and the
documents are the same.
"""

import hashlib
import os
from collections.abc import Iterable, Mapping

from generator.freshness.digests import Digests, Names
from generator.freshness.folder_lines import FolderLines, line_of, write_lines
from generator.freshness.quiet import keep_only, remove_quietly
from generator.freshness.sources import list_sources

_FOLDER = "build/ziping/runs"
_SEEN = "build/ziping/seen"
_PARTS = ("run", "units", "between", "texts")  # of what is remembered of one folder
_MOST_FOLDERS = 8  # of output folders that were written to; the oldest is forgotten
DRAFTS = "草稿"  # the folder of drafts


class RunRecord:
    """The last run over a whole year into one folder."""

    def __init__(self, folder: str) -> None:
        """Look at what is remembered.

        Args:
            folder: Where it stands.
        """
        self.folder = folder
        self._lines = FolderLines(f"{folder}/run")
        self.digests = Digests(self._lines.read, saved=self._lines.saved)
        self._again: dict[str, Names] = {}  # folders of which a file had to be read

    @property
    def summary(self) -> Mapping[str, object]:
        """Return what the run said in the end; nothing when anything was wrong."""
        return self._lines.head

    def is_unchanged(self, root: str, year: int) -> bool:
        """Say whether every file is as it was, and none has come."""
        if not self.summary:
            return False
        left = dict.fromkeys(self._lines.folders)
        for folder, names in list_sources(root, year):
            known = self.digests.known_in(folder)
            if any(name not in known for name in names) or not self._is_as_it_was(folder):
                return False
            left.pop(folder, None)
        return all(map(self._is_as_it_was, left))

    def _is_as_it_was(self, folder: str) -> bool:
        """Say whether the files of a folder are, and let it go."""
        read, known = self.digests.read, self.digests.known_in(folder)
        for name, seen in list(known.items()):
            if not self.digests.is_as_seen(f"{folder}/{name}", seen):
                return False
        now = dict(self.digests.release(folder)).get(folder, {})
        if self.digests.read > read:
            self._again[folder] = now
        return True

    def refresh(self) -> None:
        """Remember the files of a run that found nothing changed, where any had to be read."""
        if self._again:
            folders = self._lines.folders
            lines = (line_of(one, self._again.get(one) or self._lines.read(one)) for one in folders)
            write_lines(f"{self.folder}/run", self.summary, lines)


def output_folder(out: str, year: int, *, is_draft: bool) -> str:
    """Return where the documents of a year go: drafts have a folder of their own."""
    return "/".join([out, str(year), *([DRAFTS] if is_draft else [])])


def open_record(root: str, folder: str) -> RunRecord:
    """Return what is remembered of the runs into a folder; nothing of a damaged record."""
    name = hashlib.sha256(os.path.abspath(folder).encode()).hexdigest()[:16]
    return RunRecord(os.path.join(root, _FOLDER, name))


def save_record(record: RunRecord, summary: Mapping[str, object], lines: Iterable[bytes]) -> None:
    """Remember a run; a folder that cannot be written to remembers nothing.

    Args:
        record: As it was opened.
        summary: What the run said; empty when the next one has to look at everything again.
        lines: Of what it saw, folder by folder.
    """
    keep_only(record.folder, _PARTS)
    if write_lines(f"{record.folder}/run", summary, lines):
        _forget_oldest(os.path.dirname(record.folder), record.folder)


def open_seen(root: str) -> Digests:
    """Return what is remembered of files by runs that make no documents."""
    lines = FolderLines(os.path.join(root, _SEEN))
    return Digests(lines.read, saved=lines.saved)


def save_seen(root: str, digests: Digests) -> None:
    """Remember files, when any had to be read; a folder that cannot be written to does not."""
    if not digests.read:
        return
    path = os.path.join(root, _SEEN)
    folders = dict.fromkeys((*FolderLines(path).folders, *digests.folders))
    write_lines(path, {}, (line_of(one, digests.lasting_in(one)) for one in folders))


def _forget_oldest(folder: str, own: str) -> None:
    try:
        with os.scandir(folder) as found:
            others = sorted((one.stat().st_mtime_ns, one.path) for one in found if one.path != own)
    except OSError:
        return
    for _, path in others[: max(0, len(others) + 1 - _MOST_FOLDERS)]:
        remove_quietly(path)
