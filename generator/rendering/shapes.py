"""Shapes: the XML of a row, a paragraph or the frame around them, without what their `w:t` say.

A document repeats a few shapes, so each is parsed and judged once, by the rules that are asked of
whole parts. What cannot be judged apart from its surroundings is refused: `NotPlainError`.
"""

from functools import lru_cache

from msgspec import Struct

from generator.patterns import pattern
from generator.rendering.judgements import remembered
from generator.rendering.part_rules import Uses, is_whole, read_uses
from generator.rendering.printed_rows import ROW_BEGIN, ROW_END, SLOT
from generator.rendering.printed_text import drop_computed, read_blocks, row_texts
from generator.rendering.tables import Row, grid_width, read_row
from generator.rendering.xml_tree import (
    NAMES,
    Element,
    W,
    XmlError,
    parse_xml,
    rows_of,
    text_of,
    w,
)

ROWS, PARAGRAPHS = b"\1", b"\2"  # in place of these: XML has none of either
PARAGRAPH_END = b"</w:p>"
_BEGINS = {ROWS: (ROW_BEGIN, ROW_END), PARAGRAPHS: (b"<w:p>", PARAGRAPH_END)}
_MOST_SHAPES, _MOST_FRAMES = 2048, 64  # that are remembered
_MARK = "\ue000{}\ue001"  # stands for a text while a shape is read
_FOUND = pattern("\ue000(\\d+)\ue001")
_KINDS = pattern(b"[\1\2]")
_PART_OF_TAG = pattern("[{%#\ufdd0\ufdd1\ue000\ue001]")  # or could be, beside a slot
_STAND_INS = {
    ROWS: "<w:tr><w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc></w:tr>",
    PARAGRAPHS: "<w:p><w:r><w:t>{}</w:t></w:r></w:p>",
}
_TABLE, _ROW, _PARAGRAPH, _TEXT = w("tbl"), w("tr"), w("p"), w("t")


class NotPlainError(Exception):
    """A body has to be read as a whole: it breaks a rule, or is built unusually."""


class Shape(Struct, frozen=True, eq=False):
    """What is known of a row or a paragraph, whatever its texts say."""

    uses: Uses
    row: Row | None
    line: bytes | None  # its pieces, one a line, `%b` for each text; None: nothing is printed
    slots: tuple[int, ...]  # those of its texts that are printed
    size: int  # how many texts it has
    prints_all: bool  # all its texts, in order


class Frame(Struct, frozen=True, eq=False):
    """What is known of a body without its rows and paragraphs."""

    uses: Uses
    tables: tuple[tuple[int, tuple[int, ...]], ...]  # columns, and the numbers of its stand-ins


@lru_cache(_MOST_SHAPES)
def read_end(root: bytes, text: bytes, kind: bytes) -> tuple[bytes, Shape]:
    """Read the row or paragraph that a text ends with; return what stands before it, too.

    Args:
        root: The tag that the part begins with, for its namespaces.
        text: A piece of the part with a SLOT in place of each text, without the closing tag.
        kind: ROWS or PARAGRAPHS.

    Raises:
        NotPlainError: There is none, it breaks a rule, or something depends on where it stands.
    """
    opening, closing = _BEGINS[kind]
    before, begin, inside = text.rpartition(opening)
    if not begin:
        raise NotPlainError  # one stands inside another, or has attributes
    return before, _read_shape(root, begin + inside + closing)


@remembered(_MOST_SHAPES)
def _read_shape(root: bytes, shape: bytes) -> Shape:
    """Read a row or a paragraph.

    Args:
        root: The tag that the part begins with, for its namespaces.
        shape: A `w:tr` or `w:p` with a SLOT in place of each text.

    Raises:
        NotPlainError: It breaks a rule, or something of it depends on where it stands.
    """
    first, *others = shape.split(SLOT)
    marked = (_open_text(number) + other for number, other in enumerate(others))
    name = root[1:-1].partition(b" ")[0]
    holder = _parse(b"".join((root, first, *marked, b"</", name, b">")))
    block = holder[0]
    if len(holder) > 1 or block.tag not in (_ROW, _PARAGRAPH) or b"xmlns:w=" in shape:
        raise NotPlainError
    inner = [one for one in holder.iter(_TABLE, _ROW) if one is not block]
    if inner or not is_whole(holder):
        raise NotPlainError
    said = (one.text or "" for one in holder.iter(_TEXT))
    if any(_PART_OF_TAG.search(text) for text in said if not _FOUND.fullmatch(text)):
        raise NotPlainError
    uses, row = read_uses(holder), read_row(block) if block.tag == _ROW else None
    drop_computed(holder)
    texts = row_texts(block) if row else [piece.text for piece in read_blocks(holder)]
    around = _FOUND.split("\n".join(texts).replace("%", "%%"))
    line = "%b".join(around[::2]).encode() if texts else None
    slots = tuple(map(int, around[1::2]))
    return Shape(uses, row, line, slots, len(others), slots == tuple(range(len(others))))


@remembered(_MOST_FRAMES)
def read_frame(root: bytes, frame: bytes) -> Frame:
    """Read a body without its rows and paragraphs.

    Args:
        root: The tag that the part begins with; it stands in the frame, too.
        frame: The part, with ROWS and PARAGRAPHS each in place of as many as stood there in a row.

    Raises:
        NotPlainError: It breaks a rule, or prints something else than its stand-ins in order.
    """
    kinds = _KINDS.findall(frame)
    marks = [_MARK.format(number) for number in range(len(kinds))]
    pieces = _KINDS.split(frame)
    stand_ins = (_STAND_INS[kind].format(mark) for kind, mark in zip(kinds, marks, strict=True))
    filled = (one.encode() + piece for one, piece in zip(stand_ins, pieces[1:], strict=True))
    whole = _parse(b"".join((pieces[0], *filled)))
    is_single = frame.count(b"xmlns") == root.count(b"xmlns") and whole.nsmap.get("w") == W
    if not is_single or b"fldChar" in frame or b"instrText" in frame or not is_whole(whole):
        raise NotPlainError
    uses, tables = read_uses(whole), list(whole.iter(_TABLE))
    rows = list(whole.iter(_ROW))
    drop_computed(whole)
    body = whole.find("w:body", NAMES)
    printed = [] if body is None else [piece.text for piece in read_blocks(body)]
    said = [one for one in whole.iter(_PARAGRAPH) if text_of(one).strip()]
    if printed != marks or len(said) != len(marks) or len(rows) != kinds.count(ROWS):
        raise NotPlainError
    return Frame(
        uses,
        tuple(
            (grid_width(table), tuple(marks.index(text_of(row)) for row in rows_of(table)))
            for table in tables
        ),
    )


def _open_text(number: int) -> bytes:
    return f'<w:t xml:space="preserve">{_MARK.format(number)}'.encode()


def _parse(blob: bytes) -> Element:
    try:
        return parse_xml(blob)
    except XmlError:
        raise NotPlainError from None
