"""Content hashes of files; one whose stat is as before is not read again."""

import hashlib
import os
from collections.abc import Mapping, Sequence

Seen = Sequence[int | str]  # device, inode, size, mtime, ctime in ns; SHA-256
Stamp = tuple[int, int, int]  # inode, size, mtime in ns: what stays when a file is renamed
NO_STAMP: Stamp = (0, 0, 0)  # of no file
_RACY = 2_000_000_000  # ns: a file changed so shortly before may change again unseen (FAT: 2 s)
_MISSING: Seen = ()


def stamp_of(found: os.stat_result) -> Stamp:
    """Return what tells a file that was just written from any other."""
    return found.st_ino, found.st_size, found.st_mtime_ns


class Digests:
    """Hashes of one run: a source counts as it was when it was first looked at."""

    def __init__(self, known: Mapping[str, Seen] | None = None, *, saved: int = 0) -> None:
        """Begin with what an earlier run saw.

        Args:
            known: By path, as `seen` returned it.
            saved: When that was kept, in ns of the same file system's clock.
        """
        self._known = dict(known or {})
        self._trusted = saved - _RACY
        self._first: dict[str, str] = {}
        self.seen: dict[str, Seen] = {}
        self.read = 0  # files that had to be read

    @property
    def known(self) -> dict[str, Seen]:
        """Return what is known of the files that are there, of this run and of earlier ones.

        What an earlier run saw too soon after a change is forgotten, unless this run has looked.
        """
        known = {path: seen for path, seen in self._known.items() if seen}
        return {p: one for p, one in known.items() if p in self.seen or self._is_old(one)}

    def begin(self) -> None:
        """Begin to note what is looked at."""
        self.seen.clear()
        self._first.clear()

    def of(self, path: str) -> str:
        """Return the hash of a source as it was at the first look of this run; blank: no file."""
        if path not in self._first:
            self._first[path] = self.now(path)
        return self._first[path]

    def now(self, path: str) -> str:
        """Return the hash of a file as it is now; blank when there is none that can be read."""
        try:
            found = os.stat(path)
            stat = _numbers(found)
            known = self._known.get(path, _MISSING)
            is_old = max(found.st_mtime_ns, found.st_ctime_ns) < self._trusted
            if list(known[:-1]) == stat and (is_old or path in self.seen):
                digest = str(known[-1])
            else:
                with open(path, "rb") as file:
                    digest = hashlib.sha256(file.read()).hexdigest()
                self.read += 1
            entry: Seen = [*stat, digest]
        except OSError:
            entry, digest = _MISSING, ""
        self._note(path, entry)
        return digest

    def _is_old(self, seen: Seen) -> bool:
        """Say whether a file was seen long enough after its last change."""
        return bool(seen) and max(map(int, seen[3:5])) < self._trusted

    def learn(self, path: str, digest: str, stamp: Stamp) -> str:
        """Take the hash of a file that was just written; one that is another by now is read.

        Returns:
            The hash of the file as it is now.
        """
        try:
            found = os.stat(path)
        except OSError:
            found = None
        if found is not None and stamp_of(found) == stamp:
            self._note(path, [*_numbers(found), digest])
            return digest
        return self.now(path)

    def _note(self, path: str, entry: Seen) -> None:
        self._known[path] = entry
        if path not in self._first:  # a source is kept as it was at the first look
            self.seen[path] = entry


def _numbers(found: os.stat_result) -> list[int]:
    return [found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns]
