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

from generator.freshness.digests import NO_STAMP, stamp_of
from generator.rendering.output import digest, write_whole

Entry: TypeAlias = dict[str, object]

MANIFEST = "manifest.json"
_PATH = b'  {"path": "'  # how the line of a document begins
_ENDS = (b"},\n", b"}\n")
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
        self._stamp = NO_STAMP  # of the file that was looked into
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
        try:
            with open(self._path, "rb") as file:  # noqa: PTH123
                if stamp_of(os.fstat(file.fileno())) == self._stamp:
                    start, end = self._places.get(unit, (0, 0))
                    file.seek(start)
                    return file.read(end - start).rstrip(b",\n") or self._lines.get(unit, b"")
        except OSError:
            return b""
        self.look()  # somebody else has put another one in its place
        return self.lines(unit)

    def of(self, unit: str) -> Mapping[str, Entry]:
        """Return the documents of a unit by path, relative to the folder of the year."""
        if self._near[0] != unit:
            self._near = unit, _read(unit, self.lines(unit))
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

    def look(self) -> None:
        """Look where the lines of each unit stand; of one that is laid out anew, what they say."""
        self._places, self._lines, self._near = {}, {}, (None, {})
        try:
            with open(self._path, "rb") as lines:  # noqa: PTH123
                self._stamp = stamp_of(os.fstat(lines.fileno()))
                self._places = _find(lines)
        except OSError:
            return
        except (ValueError, MsgspecError):
            self._lines = dict(lay_out(_read_anyhow(self._path)))


def read_manifest(folder: Path) -> Manifest:
    """Look into a manifest; one that is missing or damaged knows no document."""
    manifest = Manifest(folder)
    manifest.look()
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
    ordered = sorted(entries, key=lambda one: _unit_of(str(one["path"])))
    for unit, group in groupby(ordered, key=lambda one: _unit_of(str(one["path"]))):
        yield unit, lay_out_unit(group)


def lay_out_unit(entries: Iterable[Entry]) -> bytes:
    """Return what a manifest says of one unit."""
    ordered = sorted(entries, key=lambda one: str(one["path"]))
    return b",\n".join(b"  " + layout(encode(one), indent=0) for one in ordered)


def _whole(year: int, lines: Iterable[bytes]) -> Iterator[bytes]:
    """Yield a manifest in pieces."""
    between = b'{\n "year": %d,\n "documents": [\n' % year
    for unit in lines:
        yield between + unit
        between = b",\n"
    yield b"\n ]\n}\n" if between == b",\n" else between + b"\n ]\n}\n"


def _find(lines: Iterable[bytes]) -> dict[str, tuple[int, int]]:
    """Return where the lines of each unit begin and end.

    Raises:
        ValueError: They are not as they were written.
    """
    places: dict[str, tuple[int, int]] = {}
    at, last = 0, ""
    for line in lines:
        if line.startswith(_PATH) and line.endswith(_ENDS):
            last, before = _unit_in(line), last
            if last != before and last in places:
                raise ValueError
            places[last] = places.get(last, (at, at))[0], at + len(line)
        elif b'"path"' in line:
            raise ValueError
        at += len(line)
    return places


def _read(unit: str, lines: bytes) -> Mapping[str, Entry]:
    """Return the documents of a unit in some lines, by path; a damaged line says nothing."""
    try:
        entries = decode(b"[%b]" % lines)
        found = {str(entry["path"]): entry for entry in entries}
    except (MsgspecError, KeyError, TypeError):
        found = {str(entry["path"]): entry for entry in _read_lines(lines.split(b"\n"))}
    return {path: entry for path, entry in found.items() if _unit_of(path) == unit}


def _read_lines(lines: Iterable[bytes]) -> Iterator[Entry]:
    """Yield what stands in a line each, whatever stands around."""
    for line in lines:
        try:
            entry = decode(line.strip().removesuffix(b","))
        except MsgspecError:
            continue
        if isinstance(entry, dict) and "path" in entry:
            yield entry


def _read_anyhow(path: str) -> list[Entry]:
    """Return the documents of a manifest that somebody's editor, or git, has laid out anew."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            blob = file.read()
    except OSError:
        return []
    try:
        entries = list(decode(blob)["documents"])
    except (MsgspecError, KeyError, TypeError):
        entries = list(_read_lines(blob.split(b"\n")))
    known = {str(one["path"]): one for one in entries if isinstance(one, dict) and "path" in one}
    return list(known.values())


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
