"""What a document prints, piece by piece: paragraphs and cells in order, each with its place.

What a program computes anew when it opens a file (page numbers, contents) is left out, and blanks
are one blank, so that a file saved again by another program reads the same.
"""

import hashlib
import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.rendering.docx_text import (
    SIDES,
    cell_text,
    find_document,
    inner_blocks,
    paragraph_text,
)
from generator.rendering.xml_tree import NAMES, Element, cells_of, parse_xml, rows_of, w

_COMPUTED = ("PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF", "TOC", "DATE", "TIME", "SAVEDATE")


@dataclass(frozen=True, slots=True)
class Piece:
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
    _drop_computed(root)
    body = root.find("w:body", NAMES)
    pieces = list(_Reader().read(body)) if body is not None else []
    folder = posixpath.dirname(main)
    for kind, name in SIDES:
        parts = [part for part in members if part.startswith(f"{folder}/{kind}")]
        said: set[str] = set()  # programs write and number these parts as they like
        for part in parts:
            side = parse_xml(members[part])
            _drop_computed(side)
            for paragraph in side.iter(w("p")):
                said |= {line for line in map(_plain, [paragraph_text(paragraph)]) if line}
        pieces += [Piece(name, text) for text in sorted(said)]
    return tuple(pieces)


def digest_of(pieces: Sequence[Piece]) -> str:
    """Return the SHA-256 of what is printed, without the places."""
    return hashlib.sha256("\n".join(piece.text for piece in pieces).encode()).hexdigest()


class _Reader:
    """Counts paragraphs and tables while it goes through a document."""

    def __init__(self) -> None:
        self._paragraphs = 0
        self._tables = 0

    def read(self, holder: Element) -> Iterator[Piece]:
        for block in inner_blocks(holder):
            if block.tag == w("tbl"):
                self._tables += 1
                yield from _rows(block, self._tables)
                continue
            text = _plain(paragraph_text(block))
            if text:
                self._paragraphs += 1
                yield Piece(f"第 {self._paragraphs} 段", text)


def _rows(table: Element, number: int) -> Iterator[Piece]:
    for row_number, row in enumerate(rows_of(table), 1):
        texts = tuple(_plain(cell_text(cell)) for cell in cells_of(row))
        for column, text in enumerate(texts, 1):
            yield Piece(f"表 {number} 第 {row_number} 行第 {column} 格", text, texts)


def _plain(text: str) -> str:
    return " ".join(text.split())


def _drop_computed(root: Element) -> None:
    """Empty the results of fields that every program computes for itself."""
    for field in root.iter(w("fldSimple")):
        if _is_computed(field.get(w("instr"), "")):
            _empty(field.iter(w("t")))
    open_fields: list[list[str]] = []  # instruction, then whether its result has begun
    for element in root.iter(w("fldChar"), w("instrText"), w("t")):
        if element.tag == w("fldChar"):
            kind = element.get(w("fldCharType"), "")
            if kind == "begin":
                open_fields.append(["", ""])
            elif kind == "separate" and open_fields:
                open_fields[-1][1] = "result"
            elif kind == "end" and open_fields:
                open_fields.pop()
        elif element.tag == w("instrText") and open_fields:
            open_fields[-1][0] += element.text or ""
        elif any(result and _is_computed(instruction) for instruction, result in open_fields):
            _empty([element])


def _is_computed(instruction: str) -> bool:
    return instruction.strip().upper().startswith(_COMPUTED)


def _empty(texts: "Iterator[Element] | Sequence[Element]") -> None:
    for text in texts:
        text.text = ""
