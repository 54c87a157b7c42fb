"""Small pictures, made in the test that needs them."""

import struct
import zlib


def png(width: int, height: int, shade: int = 200) -> bytes:
    """Return a grey PNG."""
    rows = (b"\0" + bytes((shade,)) * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, body) for kind, body in chunks)


def _chunk(kind: bytes, body: bytes) -> bytes:
    checksum = struct.pack(">I", zlib.crc32(kind + body))
    return struct.pack(">I", len(body)) + kind + body + checksum


def jpeg_head(width: int, height: int, *, frame: int = 0xC2, orientation: int = 0) -> bytes:
    """Return the beginning of a JPEG, as far as its size: Exif, comment, tables, the frame."""
    tiff = struct.pack(">2sHIHHHIHH", b"MM", 42, 8, 1, 0x0112, 3, 1, orientation, 0)
    exif = b"\xff\xe1" + struct.pack(">H", len(tiff) + 8) + b"Exif\0\0" + tiff
    comment = b"\xff\xfe" + struct.pack(">H", 6) + b"\xff\xc0xx"
    table = b"\xff\xc4" + struct.pack(">H", 4) + b"\0\0"
    header = struct.pack(">HBHHB", 8, 8, height, width, 1)
    return (
        b"\xff\xd8"
        + (exif if orientation else b"")
        + comment
        + b"\xff"
        + table
        + bytes((0xFF, frame))
        + header
    )
