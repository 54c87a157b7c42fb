"""Content hashes of files; one whose stat is as before is not read again.

They are kept folder by folder, so that a run that has done with a unit can let it go.
"""

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

Seen = list[int | str]  # device, inode, size, mtime, ctime in ns; SHA-256. Or size and mtime only
Names = Mapping[
    str, Seen
]  # what was seen in one folder, by name; nothing of a file: it is not there
Stamp = tuple[int, int, int]  # inode, size, mtime in ns: what stays when a file is renamed
NO_STAMP: Stamp = (0, 0, 0)  # of no file
_RACY = 2_000_000_000  # ns: a file changed so shortly before may change again unseen (FAT: 2 s)
_BLOCK = 1 << 20  # bytes: the manifest of a large year is large
_GLANCED = 2  # what is seen of a file that was not read
_MISSING: Seen = []


def stamp_of(found: os.stat_result) -> Stamp:
    """Return what tells a file that was just written from any other."""
    return found.st_ino, found.st_size, found.st_mtime_ns


def _nothing(folder: str) -> Names:  # noqa: ARG001
    return MappingProxyType({})


class _Folder:
    """What is known of the files in one folder, by name."""

    __slots__ = ("first", "known", "seen")

    def __init__(self, known: Names) -> None:
        self.known = dict(known)  # by whoever looked last, this run or an earlier one
        self.first: dict[str, str] = {}  # hashes of sources
        self.seen: dict[str, Seen] = {}  # by this run


class Digests:
    """Hashes of one run: a source counts as it was when it was first looked at."""

    def __init__(self, recall: Callable[[str], Names] = _nothing, *, saved: int = 0) -> None:
        """Begin with what an earlier run saw.

        Args:
            recall: Returns it, folder by folder.
            saved: When that was kept, in ns of the same file system's clock.
        """
        self._recall = recall
        self._trusted = saved - _RACY
        self._folders: dict[str, _Folder] = {}
        self.read = 0  # files that had to be read

    def begin(self) -> None:
        """Begin to note what is looked at."""
        for folder in self._folders.values():
            folder.first.clear()
            folder.seen.clear()

    def of(self, path: str) -> str:
        """Return the hash of a source as it was at the first look of this run; blank: no file."""
        folder, name = self._find(path)
        if name not in folder.first:
            folder.first[name] = self.now(path)
        return folder.first[name]

    def now(self, path: str) -> str:
        """Return the hash of a file as it is now; blank when there is none that can be read."""
        folder, name = self._find(path)
        try:
            found = _numbers(os.stat(path))
            entry = folder.known.get(name, _MISSING)
            if entry[:-1] != found or not (name in folder.seen or self._is_old(entry)):
                entry = [*found, _read_digest(path)]
                self.read += 1
        except OSError:
            entry = _MISSING
        _note(folder, name, entry)
        return str(entry[-1]) if entry else ""

    def glance(self, path: str) -> Seen:
        """Look at a file that nobody reads, not into it; return what is seen of it."""
        folder, name = self._find(path)
        try:
            found = os.stat(path)
            folder.seen[name] = folder.known[name] = [found.st_size, found.st_mtime_ns]
        except OSError:
            folder.seen[name] = folder.known[name] = _MISSING
        return folder.seen[name]

    def is_as_seen(self, path: str, seen: Seen) -> bool:
        """Say whether a file is as it was seen."""
        if len(seen) == _GLANCED:
            return self.glance(path) == seen
        return self.now(path) == (str(seen[-1]) if seen else "")

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
            _note(*self._find(path), [*_numbers(found), digest])
            return digest
        return self.now(path)

    @property
    def folders(self) -> list[str]:
        """Return the folders that were looked into and not let go."""
        return list(self._folders)

    def has_seen(self, path: str) -> bool:
        """Say whether this run has looked at a file."""
        folder, name = self._find(path)
        return name in folder.seen

    def known_in(self, folder: str) -> Names:
        """Return what is known of the files in a folder, of this run and of earlier ones."""
        return self._open(folder).known

    def lasting_in(self, folder: str) -> Names:
        """Return the same without what an earlier run saw too soon after a change."""
        found = self._open(folder)
        known = ((name, seen) for name, seen in found.known.items() if seen)
        return {n: seen for n, seen in known if n in found.seen or self._is_old(seen)}

    def release(self, top: str = "") -> Iterator[tuple[str, Names]]:
        """Yield what this run saw in a folder and below, and let it go; blank: everywhere."""
        below = f"{top}/"
        for folder in [one for one in self._folders if not top or f"{one}/".startswith(below)]:
            yield folder, self._folders.pop(folder).seen

    def _find(self, path: str) -> tuple[_Folder, str]:
        top, _, name = path.rpartition("/")
        return self._folders.get(top) or self._open(top), name

    def _open(self, top: str) -> _Folder:
        folder = self._folders.get(top)
        if folder is None:
            folder = self._folders[top] = _Folder(self._recall(top))
        return folder

    def _is_old(self, seen: Seen) -> bool:
        """Say whether a file was seen long enough after its last change."""
        return len(seen) > _GLANCED and max(map(int, seen[3:5])) < self._trusted


def _note(folder: _Folder, name: str, entry: Seen) -> None:
    folder.known[name] = entry
    if name not in folder.first:  # a source is kept as it was at the first look
        folder.seen[name] = entry


def _read_digest(path: str) -> str:
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _numbers(found: os.stat_result) -> Seen:
    return [found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns]
