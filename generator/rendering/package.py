"""The zip of a Word document: read with bounds, written the same bytes for the same parts.

Written here and not by `zipfile`, so that a member that many documents share is deflated once.
"""

import pathlib
import struct
from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, BinaryIO

from isal import isal_zlib
from msgspec import Struct

from generator.rendering.late import Late

if TYPE_CHECKING:
    import zipfile
else:
    zipfile = Late("zipfile")

_FIRST = ("[Content_Types].xml", "_rels/.rels")
_LEVEL = 1  # 2 gains a hundredth; 3 gives other bytes on other processors
_RAW = -15  # no header of zlib around the deflated bytes
_VERSION = 20  # that can read it: deflate
_UNIX = 3  # the system that made it, equal on Windows
_ATTRIBUTES = 0o600 << 16
_UTF8 = 0x800  # of a name that is not ASCII
_DEFLATED = 8
_DAY = 1 << 5 | 1  # 1980-01-01, the earliest a zip can say: no clock in the output
_MOST_SIZE, _MOST_COUNT = 0xFFFF_FFFF, 0xFFFF  # what the fields of a plain zip can hold
# Source: PKWARE APPNOTE 4.3.7, 4.3.12, 4.3.16. A local header and an entry share `_ABOUT`.
_ABOUT = struct.Struct("<HHHHHLLLHH")
_MADE = bytes((_VERSION, _UNIX))
_LOCAL, _ENTRY, _END = b"PK\3\4", b"PK\1\2", b"PK\5\6"
_BEHIND = struct.Struct("<HHHLL")  # comment, disk, internal and external attributes, offset
_LAST = struct.Struct("<4sHHHHLLH")
MOST_BYTES = 200_000_000  # unpacked, against zip bombs
MOST_MEMBERS = 2_000
_MOST_ORDERS = 64  # of members' names, that are remembered


class PackageError(ValueError):
    """A file is no package that we read, or no zip can hold it; says why, in Chinese."""


class _Laid(Struct, frozen=True):
    """A member as it stands in a zip: with its header, and what the list at the end begins with."""

    whole: bytes
    about: bytes
    path: bytes


class Kept(bytes):
    """A member that many documents share: `write_package` deflates it once for all of them."""

    @cached_property
    def laid(self) -> dict[str, _Laid]:
        """Return it as it stood in zips, by name."""
        return {}


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
    """Return a zip: order, times and attributes depend on nothing but the names.

    Raises:
        PackageError: It is larger than a plain zip can say.
    """
    pieces: list[bytes] = []
    entries: list[bytes] = []
    offset = 0
    for name in _order(tuple(members)):
        if offset > _MOST_SIZE:
            raise PackageError("文档过大")
        laid = _lay(name, members[name])
        pieces.append(laid.whole)
        entries += (laid.about, _BEHIND.pack(0, 0, 0, _ATTRIBUTES, offset), laid.path)
        offset += len(laid.whole)
    listed = b"".join(entries)
    if offset + len(listed) > _MOST_SIZE or len(members) > _MOST_COUNT:
        raise PackageError("文档过大")
    last = _LAST.pack(_END, 0, 0, len(members), len(members), len(listed), offset, 0)
    return b"".join((*pieces, listed, last))


@lru_cache(_MOST_ORDERS)
def _order(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(names, key=lambda name: (_rank(name), name)))


def _lay(name: str, blob: bytes) -> _Laid:
    if not isinstance(blob, Kept):
        return _lay_anew(name, blob)
    if name not in blob.laid:
        blob.laid[name] = _lay_anew(name, blob)
    return blob.laid[name]


def _lay_anew(name: str, blob: bytes) -> _Laid:
    if len(blob) > _MOST_SIZE:
        raise PackageError("文档过大")
    deflated = isal_zlib.compress(blob, level=_LEVEL, wbits=_RAW)
    path = name.encode()
    flags = 0 if name.isascii() else _UTF8
    sizes = (isal_zlib.crc32(blob), len(deflated), len(blob), len(path))
    about = _ABOUT.pack(_VERSION, flags, _DEFLATED, 0, _DAY, *sizes, 0)
    return _Laid(b"".join((_LOCAL, about, path, deflated)), _ENTRY + _MADE + about, path)


def _rank(name: str) -> int:
    return _FIRST.index(name) if name in _FIRST else len(_FIRST)
