"""Writing documents: safe names, whole files or none, never over somebody's own edit."""

import errno
import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from sys import intern
from typing import TypeAlias

from msgspec import MsgspecError, Struct
from msgspec.json import decode, encode
from msgspec.json import format as layout

from generator.errors import UserError

Entry: TypeAlias = dict[str, object]

_UNUSABLE = re.compile(r'[/\\:*?"<>|\x00-\x1f\x7f]')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
_LONGEST = 180  # bytes of UTF-8; Windows and common file systems end at 255
MANIFEST = "manifest.json"
_ENTRY = b"  {"  # how the line of a document begins
_PREFIX, _SUFFIX = ".ziping-", ".tmp"  # of a file that is being written
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)  # Windows: as it is
_WHY = {
    errno.EACCES: "没有权限，或文件正在 Word 中打开",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘只能读",
    errno.ENOSPC: "磁盘已满",
    errno.EISDIR: "这里有一个同名的文件夹",
    errno.ENOTDIR: "上一级不是文件夹",
    errno.EEXIST: "这里有一个同名的文件",
}


def safe_file_name(name: str) -> str:
    """Return a name that every system can store and that stays in its folder."""
    stem, dot, ending = _UNUSABLE.sub("_", name).rpartition(".")
    stem = (stem if dot else ending).strip(" .") or "未命名"
    if _RESERVED.fullmatch(stem):
        stem = f"_{stem}"
    while len(stem.encode()) > _LONGEST:
        stem = stem[:-1]
    return f"{stem}.{ending}" if dot else stem


def digest(blob: bytes) -> str:
    """Return the SHA-256 of bytes as the manifest writes it."""
    return hashlib.sha256(blob).hexdigest()


def write_whole(path: Path, blob: bytes, *, is_settled: bool = True) -> None:
    """Write a file so that a reader sees all of it or what was there before.

    Args:
        path: Where it goes.
        blob: What is in it.
        is_settled: It outlives a power failure at once; else `settle` sees to many together.

    Raises:
        UserError: when the folder cannot be written to.
    """
    try:
        handle, temporary = _open_beside(path)
        try:
            try:
                _write_all(handle, blob)
                if is_settled or not hasattr(os, "sync"):
                    os.fsync(handle)
            finally:
                os.close(handle)
            temporary.chmod(0o644)  # whatever the umask says
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    except OSError as fault:
        why = _WHY.get(fault.errno or 0, f"系统错误 {fault.errno}")
        raise UserError(f"不能写 {path}：{why}", hint="处理后重新运行") from fault


def _open_beside(path: Path) -> tuple[int, Path]:
    """Open a new file in the folder of another; the folder is made when it is not there."""
    new = path.with_name(f"{_PREFIX}{os.urandom(8).hex()}{_SUFFIX}")
    try:
        return os.open(new, _NEW, 0o600), new
    except (FileNotFoundError, NotADirectoryError):
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(new, _NEW, 0o600), new


def _write_all(handle: int, blob: bytes) -> None:
    rest = memoryview(blob)
    while rest:
        rest = rest[os.write(handle, rest) :]


def settle() -> None:
    """Let everything that was written outlive a power failure: once for many files."""
    if hasattr(os, "sync"):
        os.sync()


def sweep(folder: Path) -> None:
    """Remove what a process that died left half written in the folders of the units."""
    for path in folder.glob(f"*/{_PREFIX}*{_SUFFIX}"):
        path.unlink(missing_ok=True)


def is_written(path: Path, blob: bytes) -> bool:
    """Say whether a file is there and has just these bytes; of another size it is not read."""
    try:
        return path.stat().st_size == len(blob) and path.read_bytes() == blob
    except OSError:
        return False


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
    lines = (b"  " + layout(encode(documents[path]), indent=0) for path in sorted(documents))
    listed = b",\n".join(lines)  # one a document, for reviewers
    blob = b'{\n "year": %d,\n "documents": [\n%b\n ]\n}\n' % (year, listed)
    path = folder / MANIFEST
    if not is_written(path, blob):
        write_whole(path, blob)
