"""The zip of a Word document: read with bounds, written the same bytes for the same parts."""

import io
import pathlib
import zipfile
from collections.abc import Mapping
from typing import BinaryIO

_FIRST = ("[Content_Types].xml", "_rels/.rels")
_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can say: no clock in the output
_UNIX = 3  # create_system, equal on Windows
_ATTRIBUTES = 0o600 << 16
_LEVEL = 6
MOST_BYTES = 200_000_000  # unpacked, against zip bombs
MOST_MEMBERS = 2_000


class PackageError(ValueError):
    """A file is no package that we read; the argument says why, in Chinese."""


def read_package(path: pathlib.Path | BinaryIO) -> dict[str, bytes]:
    """Return the members of a package by name.

    Raises:
        PackageError: It is no zip, it is damaged, too large, or names a member twice.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if len(entries) > MOST_MEMBERS or sum(e.file_size for e in entries) > MOST_BYTES:
                raise PackageError("解压后过大")
            members = {entry.filename: archive.read(entry) for entry in entries}
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise PackageError(f"压缩包无法读取（{type(error).__name__}）") from None
    if len(members) != len(entries):
        raise PackageError("压缩包里有同名的部件")
    if "[Content_Types].xml" not in members:
        raise PackageError("缺少 [Content_Types].xml")
    return members


def write_package(members: Mapping[str, bytes]) -> bytes:
    """Return a zip: order, times and attributes depend on nothing but the names."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
        for name in sorted(members, key=lambda name: (_rank(name), name)):
            entry = zipfile.ZipInfo(name, _TIME)
            entry.create_system = _UNIX
            entry.external_attr = _ATTRIBUTES
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, members[name])
    return buffer.getvalue()


def _rank(name: str) -> int:
    return _FIRST.index(name) if name in _FIRST else len(_FIRST)
