"""A file of lines: what is said of all, then a line of what was seen in each folder.

A line is read where its folder is asked for, so that a year of any size takes the same memory.
"""

import json
import os
from collections.abc import Iterable, Mapping
from itertools import chain

from generator.freshness.digests import Names
from generator.freshness.quiet import write_quietly

_NAME = json.JSONDecoder()  # of what a line begins with


class FolderLines:
    """What an earlier run has kept; nothing of a file that is missing or damaged."""

    def __init__(self, path: str) -> None:
        """Look where each folder stands."""
        self.head: Mapping[str, object] = {}
        self.saved = 0  # when it was kept, in ns
        self._path = path
        self._lines: dict[str, tuple[int, int]] = {}  # where they begin, how long they are
        try:
            with open(path, "rb") as file:
                self.saved = os.fstat(file.fileno()).st_mtime_ns
                self._index(file)
        except (OSError, ValueError, AttributeError):
            self.head, self._lines = {}, {}

    @property
    def folders(self) -> list[str]:
        """Return the folders that there is a line of."""
        return list(self._lines)

    def read(self, folder: str) -> Names:
        """Return what was seen in a folder, by name."""
        if folder not in self._lines:
            return {}
        start, length = self._lines[folder]
        try:
            with open(self._path, "rb") as file:
                file.seek(start)
                name, seen = json.loads(file.read(length).rstrip(b",\n"))
            return dict(seen) if name == folder else {}
        except (OSError, ValueError, TypeError):
            return {}

    def _index(self, lines: Iterable[bytes]) -> None:
        at = 0
        for line in lines:
            if at == 0:
                self.head = dict(json.loads(line).items())
            else:
                folder, _ = _NAME.raw_decode(line[1:].decode("utf-8", "surrogatepass"))
                self._lines[folder] = (at, len(line))
            at += len(line)


def write_lines(path: str, head: Mapping[str, object], lines: Iterable[bytes]) -> bool:
    """Write what is said of all, then lines of folders; say whether it could be written."""
    return write_quietly(path, chain((f"{json.dumps(dict(head))}\n".encode(),), lines))


def line_of(folder: str, seen: Names) -> bytes:
    """Return the line of a folder; none where nothing was seen."""
    if not seen:
        return b""
    line = f"{json.dumps([folder, dict(seen)], ensure_ascii=False)}\n"
    return line.encode("utf-8", "surrogatepass")  # a name may be no UTF-8
