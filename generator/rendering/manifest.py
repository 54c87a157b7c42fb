"""The manifest: which documents of a year were written, what each was made from, with hashes."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from sys import intern
from typing import TypeAlias

from msgspec import MsgspecError, Struct
from msgspec.json import decode, encode
from msgspec.json import format as layout

from generator.rendering.output import digest, write_whole

Entry: TypeAlias = dict[str, object]

MANIFEST = "manifest.json"
_ENTRY = b"  {"  # how the line of a document begins
_AT_ONCE = 500  # documents that are written at once


def inputs_of(entry: Entry) -> dict[str, str]:
    """Return the files that a document was made from, each with its hash."""
    inputs = entry.get("inputs")
    return dict(inputs) if isinstance(inputs, dict) else {}


class Manifest(Struct, frozen=True):
    """What was written before: document path → entry; the folder it stands in."""

    folder: Path
    documents: Mapping[str, Entry]

    def is_edited(self, path: str, blob: bytes) -> bool:
        """Say whether the document on disk is neither the one written before nor `blob`."""
        file = self.folder / path
        if not file.is_file():
            return False
        found, entry = digest(file.read_bytes()), self.documents.get(path)
        return found != digest(blob) and (entry is None or found != entry.get("sha256"))


def read_manifest(folder: Path) -> Manifest:
    """Read a manifest; one that is missing or damaged knows no document."""
    for read in (_read_lines, _read_whole):
        try:
            documents = {str(entry["path"]): entry for entry in read(folder / MANIFEST)}
        except (OSError, ValueError, KeyError, TypeError, AttributeError, MsgspecError):
            continue
        if documents:
            return Manifest(folder, documents)
    return Manifest(folder, {})


def _read_lines(path: Path) -> Iterator[Entry]:
    """Yield the entries of a manifest as it was written, a line each.

    What thousands of documents have in common stands in memory once.
    """
    with path.open("rb") as lines:
        for line in lines:
            if line.startswith(_ENTRY):
                entry: Entry = decode(line.rstrip().removesuffix(b","))
                shared = {key: intern(one) for key, one in entry.items() if isinstance(one, str)}
                inputs = {intern(file): intern(sha) for file, sha in inputs_of(entry).items()}
                yield entry | shared | ({"inputs": inputs} if inputs else {})


def _read_whole(path: Path) -> Iterator[Entry]:
    """Yield the entries of a manifest that somebody's editor has laid out anew."""
    yield from decode(path.read_bytes())["documents"]


def write_manifest(folder: Path, *, year: int, documents: Mapping[str, Entry]) -> None:
    """Write a manifest: documents by path, nothing of the clock or the machine."""
    path, entries = folder / MANIFEST, [documents[name] for name in sorted(documents)]
    if not _holds(path, _lay_out(year, entries)):
        write_whole(path, _lay_out(year, entries))


def _lay_out(year: int, entries: Sequence[Entry]) -> Iterator[bytes]:
    """Yield a manifest in pieces, a line a document, for reviewers."""
    between = b'{\n "year": %d,\n "documents": [\n' % year
    for start in range(0, len(entries), _AT_ONCE):
        part = entries[start : start + _AT_ONCE]
        yield between + b",\n".join(b"  " + layout(encode(one), indent=0) for one in part)
        between = b",\n"
    yield b"\n ]\n}\n" if entries else between + b"\n ]\n}\n"


def _holds(path: Path, pieces: Iterator[bytes]) -> bool:
    """Say whether a file consists of some pieces."""
    try:
        with path.open("rb") as file:
            return all(file.read(len(piece)) == piece for piece in pieces) and not file.read(1)
    except OSError:
        return False
