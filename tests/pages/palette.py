"""Pages as small PNGs: sixteen colours, four bits a pixel, no library of image codecs."""

import collections
import struct
import zlib
from collections.abc import Sequence

Colour = tuple[int, int, int]
Rows = Sequence[Sequence[Colour]]
STEP, MOST = 17, 16  # 255 = 15 × 17: greys fall on the sixteen of four bits


def read_ppm(blob: bytes) -> list[list[Colour]]:
    """Return the rows of a binary PPM as pdftoppm writes it."""
    _, width, height = blob.split(maxsplit=3)[:3]
    start = len(blob) - int(width) * int(height) * 3
    flat = list(zip(*(blob[start + part :: 3] for part in range(3)), strict=True))
    return [flat[at : at + int(width)] for at in range(0, len(flat), int(width))]


def write_png(rows: Rows) -> bytes:
    """Return a PNG of the sixteen colours that are most frequent; the others take the nearest."""
    counted: collections.Counter[Colour] = collections.Counter()
    for row in rows:
        counted.update(row)
    rounded: collections.Counter[Colour] = collections.Counter()
    for colour, times in counted.items():
        rounded[_round(colour)] += times
    palette = [colour for colour, _ in rounded.most_common(MOST)]
    index = {colour: _nearest(colour, palette) for colour in counted}
    lines = bytearray()
    for row in rows:
        numbers = [index[colour] for colour in row] + [0] * (len(row) % 2)
        lines.append(0)
        lines += bytes(
            high << 4 | low for high, low in zip(numbers[::2], numbers[1::2], strict=True)
        )
    header = struct.pack(">IIBBBBB", len(rows[0]), len(rows), 4, 3, 0, 0, 0)
    parts = (
        (b"IHDR", header),
        (b"PLTE", bytes(part for colour in palette for part in colour)),
        (b"IDAT", zlib.compress(bytes(lines), 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, body) for kind, body in parts)


def _round(colour: Colour) -> Colour:
    red, green, blue = ((part + STEP // 2) // STEP * STEP for part in colour)
    return red, green, blue


def _nearest(colour: Colour, palette: Sequence[Colour]) -> int:
    def distance(number: int) -> int:
        return sum((one - two) ** 2 for one, two in zip(colour, palette[number], strict=True))

    return min(range(len(palette)), key=distance)


def _chunk(kind: bytes, body: bytes) -> bytes:
    checksum = struct.pack(">I", zlib.crc32(kind + body))
    return struct.pack(">I", len(body)) + kind + body + checksum
