"""What a document prints, piece by piece: paragraphs and cells in order, each with its place.

What a program computes anew when it opens a file (page numbers, contents) is left out, and blanks
are one blank, so that a file saved again by another program reads the same.
"""

import hashlib
import posixpath
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from msgspec import Struct

from generator.rendering.docx_text import (
    SIDES,
    cell_text,
    find_document,
    inner_blocks,
    paragraph_text,
)
from generator.rendering.judgements import remembered
from generator.rendering.xml_tree import NAMES, Element, cells_of, parse_xml, rows_of, w

_TABLE, _PARAGRAPH, _TEXT = w("tbl"), w("p"), w("t")
_SIMPLE, _INSTRUCTION = w("fldSimple"), w("instrText")
_FIELD, _FIELD_KIND = w("fldChar"), w("fldCharType")
_SIDES = 256  # headers, footers and notes that are remembered
_MOST_PACKAGES = 64  # whose names are remembered
_COMPUTED = ("PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF", "TOC", "DATE", "TIME", "SAVEDATE")


class Piece(Struct, frozen=True):
    """A paragraph that is not blank, or a cell."""

    place: str  # 第 3 段; 表 1 第 2 行第 3 格; 页眉
    text: str
    row: tuple[str, ...] = ()  # of a cell: all texts of its row


def read_pieces(members: Mapping[str, bytes]) -> tuple[Piece, ...]:
    """Return what a package prints.

    Raises:
        PackageError: It is no Word document.
        XmlError: A part is not well-formed.
    """
    main = find_document(members)
    root = parse_xml(members[main])
    drop_computed(root)
    body = root.find("w:body", NAMES)
    pieces = list(read_blocks(body)) if body is not None else []
    return (*pieces, *read_sides(members, posixpath.dirname(main)))


def read_sides(members: Mapping[str, bytes], folder: str) -> Iterator[Piece]:
    """Yield what is printed beside the text: headers, footers and notes.

    Raises:
        XmlError: A part is not well-formed.
    """
    for name, parts in _find_sides(tuple(members), folder):
        yield from _read_kind(name, tuple([members[part] for part in parts]))


@lru_cache(_MOST_PACKAGES)
def _find_sides(names: tuple[str, ...], folder: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the parts of each kind that members have."""
    return tuple(
        (name, tuple(part for part in names if part.startswith(f"{folder}/{kind}")))
        for kind, name in SIDES
    )


@lru_cache(_SIDES)
def _read_kind(name: str, parts: tuple[bytes, ...]) -> tuple[Piece, ...]:
    """Return what parts of a kind print; programs write and number them as they like."""
    said = frozenset[str]().union(*map(_read_side, parts))
    return tuple(Piece(name, text) for text in sorted(said))


@remembered(_SIDES)
def _read_side(blob: bytes) -> frozenset[str]:
    side = parse_xml(blob)
    drop_computed(side)
    texts = (_plain(paragraph_text(paragraph)) for paragraph in side.iter(_PARAGRAPH))
    return frozenset(text for text in texts if text)


def digest_of(pieces: Iterable[Piece]) -> str:
    """Return the SHA-256 of what is printed, without the places."""
    return digest_texts(piece.text for piece in pieces)


def digest_texts(texts: Iterable[str]) -> str:
    """Return the SHA-256 of what is printed, piece by piece."""
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


def read_blocks(holder: Element) -> Iterator[Piece]:
    """Yield the paragraphs and cells of a body."""
    return _Reader().read(holder)


def row_texts(row: Element) -> tuple[str, ...]:
    """Return what the cells of a row print."""
    return tuple(_plain(cell_text(cell)) for cell in cells_of(row))


class _Reader:
    """Counts paragraphs and tables while it goes through a document."""

    def __init__(self) -> None:
        self._paragraphs = 0
        self._tables = 0

    def read(self, holder: Element) -> Iterator[Piece]:
        for block in inner_blocks(holder):
            if block.tag == _TABLE:
                self._tables += 1
                yield from _rows(block, self._tables)
                continue
            text = _plain(paragraph_text(block))
            if text:
                self._paragraphs += 1
                yield Piece(f"第 {self._paragraphs} 段", text)


def _rows(table: Element, number: int) -> Iterator[Piece]:
    for row_number, row in enumerate(rows_of(table), 1):
        texts = row_texts(row)
        for column, text in enumerate(texts, 1):
            yield Piece(f"表 {number} 第 {row_number} 行第 {column} 格", text, texts)


def _plain(text: str) -> str:
    return " ".join(text.split())


def drop_computed(root: Element) -> None:
    """Empty the results of fields that every program computes for itself."""
    for field in root.iter(_SIMPLE):
        if _is_computed(field.get(w("instr"), "")):
            _empty(field.iter(_TEXT))
    open_fields: list[list[str]] = []  # instruction, then whether its result has begun
    for element in root.iter(_FIELD, _INSTRUCTION, _TEXT):
        if element.tag == _FIELD:
            kind = element.get(_FIELD_KIND, "")
            if kind == "begin":
                open_fields.append(["", ""])
            elif kind == "separate" and open_fields:
                open_fields[-1][1] = "result"
            elif kind == "end" and open_fields:
                open_fields.pop()
        elif element.tag == _INSTRUCTION and open_fields:
            open_fields[-1][0] += element.text or ""
        elif any(result and _is_computed(instruction) for instruction, result in open_fields):
            _empty([element])


def _is_computed(instruction: str) -> bool:
    return instruction.strip().upper().startswith(_COMPUTED)


def _empty(texts: Iterable[Element]) -> None:
    for text in texts:
        text.text = ""
