"""The manifest: which documents of a year were written, what each was made from, with hashes."""

import os
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

from msgspec import MsgspecError
from msgspec.json import decode, encode
from msgspec.json import format as layout

from generator.rendering.output import digest, write_whole

Entry: TypeAlias = dict[str, object]

MANIFEST = "manifest.json"
_PATH = b'  {"path": "'  # how the line of a document begins
_NO_ENTRY: Mapping[str, object] = MappingProxyType({})


def inputs_of(entry: Mapping[str, object]) -> dict[str, str]:
    """Return the files that a document was made from, each with its hash."""
    inputs = entry.get("inputs")
    return dict(inputs) if isinstance(inputs, dict) else {}


class Manifest:
    """What was written before into a folder; it is read unit by unit, where it is asked for."""

    def __init__(self, folder: Path) -> None:
        """Know nothing yet; see `read_manifest`."""
        self.folder = folder
        self._path = os.fspath(folder / MANIFEST)
        self._places: dict[str, tuple[int, int]] = {}  # unit → where its lines begin and end
        self._lines: dict[str, bytes] = {}  # of a manifest that is not as it was written
        self._near: tuple[str | None, Mapping[str, Entry]] = None, {}  # the unit asked for last

    @property
    def units(self) -> list[str]:
        """Return the folders of the units that have documents."""
        return [*self._places, *self._lines]

    @property
    def documents(self) -> dict[str, Entry]:
        """Return all that it says, by the paths of the documents."""
        return {path: entry for unit in self.units for path, entry in self.of(unit).items()}

    def lines(self, unit: str) -> bytes:
        """Return what it says of a unit as it stands, without the comma behind it."""
        if unit not in self._places:
            return self._lines.get(unit, b"")
        start, end = self._places[unit]
        try:
            with open(self._path, "rb") as file:  # noqa: PTH123
                file.seek(start)
                return file.read(end - start).rstrip(b",\n")
        except OSError:
            return b""

    def of(self, unit: str) -> Mapping[str, Entry]:
        """Return the documents of a unit by path, relative to the folder of the year."""
        if self._near[0] != unit:
            self._near = unit, _read(self.lines(unit))
        return self._near[1]

    def entry(self, path: str) -> Mapping[str, object]:
        """Return what it says of a document; nothing of one that it does not know."""
        return self.of(_unit_of(path)).get(path, _NO_ENTRY)

    def is_edited(self, path: str, blob: bytes) -> bool:
        """Say whether the document on disk is neither the one written before nor `blob`."""
        file = self.folder / path
        if not file.is_file():
            return False
        found = digest(file.read_bytes())
        return found != digest(blob) and found != self.entry(path).get("sha256")

    def find(self) -> None:
        """Look where the lines of each unit stand.

        Raises:
            ValueError: They are not as they were written.
        """
        with open(self._path, "rb") as lines:  # noqa: PTH123
            at, last = 0, ""
            for line in lines:
                if line.startswith(_PATH):
                    last, before = _unit_in(line), last
                    if last != before and last in self._places:
                        raise ValueError
                    self._places[last] = self._places.get(last, (at, at))[0], at + len(line)
                elif b'"path"' in line:
                    raise ValueError
                at += len(line)

    def take(self, entries: Iterable[Entry]) -> None:
        """Take what stands in a manifest that somebody's editor has laid out anew."""
        self._places.clear()
        self._lines = dict(lay_out(entries))


def read_manifest(folder: Path) -> Manifest:
    """Look into a manifest; one that is missing or damaged knows no document."""
    manifest = Manifest(folder)
    try:
        manifest.find()
        return manifest
    except OSError:
        return manifest
    except (ValueError, MsgspecError):
        manifest = Manifest(folder)
    try:
        manifest.take(decode((folder / MANIFEST).read_bytes())["documents"])
    except (OSError, KeyError, TypeError, AttributeError, MsgspecError):
        return Manifest(folder)
    return manifest


def write_manifest(folder: Path, *, year: int, lines: Iterable[bytes]) -> None:
    """Write a manifest, with nothing of the clock or the machine.

    Args:
        folder: The folder of the year's documents.
        year: The year.
        lines: What it says of each unit, in order; gone through twice.
    """
    path = folder / MANIFEST
    if not _holds(path, _whole(year, lines)):
        write_whole(path, _whole(year, lines))


def lay_out(entries: Iterable[Entry]) -> Iterator[tuple[str, bytes]]:
    """Yield units with what a manifest says of each: a line a document, for reviewers."""
    ordered = sorted(entries, key=lambda one: (_unit_of(str(one["path"])), str(one["path"])))
    for unit, group in groupby(ordered, key=lambda one: _unit_of(str(one["path"]))):
        yield unit, b",\n".join(b"  " + layout(encode(one), indent=0) for one in group)


def _whole(year: int, lines: Iterable[bytes]) -> Iterator[bytes]:
    """Yield a manifest in pieces."""
    between = b'{\n "year": %d,\n "documents": [\n' % year
    for unit in lines:
        yield between + unit
        between = b",\n"
    yield b"\n ]\n}\n" if between == b",\n" else between + b"\n ]\n}\n"


def _read(lines: bytes) -> Mapping[str, Entry]:
    """Return the documents in some lines by path; none of damaged ones."""
    try:
        return {str(entry["path"]): entry for entry in decode(b"[%b]" % lines)}
    except (MsgspecError, KeyError, TypeError):
        return {}


def _unit_of(path: str) -> str:
    return path.rpartition("/")[0]


def _unit_in(line: bytes) -> str:
    """Return the unit that a line is about."""
    end = line.index(b'"', len(_PATH))
    while line[end - 1 : end] == b"\\":
        end = line.index(b'"', end + 1)
    return _unit_of(decode(line[len(_PATH) - 1 : end + 1]))


def _holds(path: Path, pieces: Iterator[bytes]) -> bool:
    """Say whether a file consists of some pieces."""
    try:
        with path.open("rb") as file:
            return all(file.read(len(piece)) == piece for piece in pieces) and not file.read(1)
    except OSError:
        return False
