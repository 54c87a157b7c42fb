"""What the first bytes of a PNG or a JPEG say: kind, size, and whether it was taken turned."""

import struct

from msgspec import Struct

_PNG, _PNG_HEAD = b"\x89PNG\r\n\x1a\n", struct.Struct(">8s4x4sII")
_JPEG, _JPEG_SIZE = b"\xff\xd8", struct.Struct(">xHH")  # precision, height, width
_BEGIN = 0xFF  # of every marker, and padding between them
_ALONE = (*range(0xD0, 0xD9), 0x01)  # markers without a length
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_SCAN, _APPLICATION = 0xDA, 0xE1
_EXIF, _ORIENTATION, _UPRIGHT = b"Exif\0\0", 0x0112, (0, 1)


class Head(Struct, frozen=True):
    """Kind (png, jpeg) and size in pixels; turned when a camera says that it was held so."""

    kind: str
    width: int
    height: int
    is_turned: bool = False


def read_head(blob: bytes) -> Head | None:
    """Return what the first bytes of a picture say; None when they are of no PNG or JPEG."""
    if blob.startswith(_PNG) and len(blob) >= _PNG_HEAD.size:
        _, first, width, height = _PNG_HEAD.unpack_from(blob)
        return Head("png", width, height) if first == b"IHDR" else None
    return _read_jpeg(blob) if blob.startswith(_JPEG) else None


def _read_jpeg(blob: bytes) -> Head | None:
    """Walk the segments to the frame header, which says height and width."""
    at, is_turned = len(_JPEG), False
    while at + 4 <= len(blob) and blob[at] == _BEGIN:
        marker, inside = blob[at + 1], at + 4
        if marker == _BEGIN:
            at += 1
        elif marker in _ALONE:
            at += 2
        elif marker in _FRAMES and inside + _JPEG_SIZE.size <= len(blob):
            height, width = _JPEG_SIZE.unpack_from(blob, inside)
            return Head("jpeg", width, height, is_turned)
        elif marker == _SCAN:
            break
        else:
            size = int.from_bytes(blob[at + 2 : inside])
            if marker == _APPLICATION:
                is_turned |= _orientation(blob[inside : at + 2 + size]) not in _UPRIGHT
            at += 2 + size
    return None


def _orientation(segment: bytes) -> int:
    """Return the orientation that an Exif segment states; 0 when it states none."""
    tiff = segment.removeprefix(_EXIF)
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None or tiff == segment:
        return 0
    try:
        (first,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, first)
        for number in range(count):
            entry = struct.unpack_from(f"{order}HHIH", tiff, first + 2 + 12 * number)
            if entry[0] == _ORIENTATION:
                return int(entry[3])
    except struct.error:
        return 0
    return 0
