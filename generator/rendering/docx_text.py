"""A Word file as plain lines: a line a paragraph, a line a table row with a tab between cells."""

import pathlib
import posixpath
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from msgspec import Struct

from generator.rendering.judgements import remembered
from generator.rendering.package import PackageError, read_package
from generator.rendering.xml_tree import NAMES, Element, cells_of, local_name, parse_xml, rows_of, w

DOCUMENT = "word/document.xml"
_FIRST = "_rels/.rels"
_MOST_PACKAGES = 64  # whose first relationships are remembered
_OFFICE_DOCUMENT = "/officeDocument"
SIDES = (("header", "页眉"), ("footer", "页脚"), ("footnotes", "脚注"), ("endnotes", "尾注"))
_BREAKS = {w("tab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "-"}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def read_lines(path: pathlib.Path) -> Iterator[str]:
    """Yield the text of a Word file; merged cells are written once, deleted text is not.

    Raises:
        PackageError: It is no .docx.
        XmlError: A part is not well-formed.
    """
    members = read_package(path)
    body = _read_body(members)
    yield from _blocks(body) if body is not None else ()
    folder = posixpath.dirname(find_document(members))
    for kind, name in SIDES:
        parts = sorted(part for part in members if part.startswith(f"{folder}/{kind}"))
        said: dict[str, None] = {}  # left and right pages often say the same
        for part in parts:
            said |= dict.fromkeys(line for line in _blocks_of_part(parse_xml(members[part])))
        yield from (f"〔{name}〕{line}" for line in said if line.strip())


def _read_body(members: Mapping[str, bytes]) -> Element | None:
    return parse_xml(members[find_document(members)]).find("w:body", NAMES)


class Passage(Struct, frozen=True):
    """A paragraph or a cell that says something, and where it stands: 第3段, 表1第2行第4格."""

    place: str
    text: str  # on one line


def read_passages(source: pathlib.Path | BinaryIO) -> tuple[Passage, ...]:
    """Return what a Word file says, paragraph by paragraph and cell by cell.

    Raises:
        PackageError: It is no .docx.
        XmlError: A part is not well-formed.
    """
    body = _read_body(read_package(source))
    found: list[Passage] = []
    paragraphs = tables = 0
    for block in inner_blocks(body) if body is not None else ():
        if block.tag == w("p"):
            text = " ".join(paragraph_text(block).split())
            if text:
                paragraphs += 1
                found.append(Passage(f"第{paragraphs}段", text))
        else:
            tables += 1
            found += _cells(block, tables)
    return tuple(found)


def _cells(table: Element, number: int) -> Iterator[Passage]:
    for at, row in enumerate(rows_of(table), 1):
        for column, cell in enumerate(cells_of(row), 1):
            text = cell_text(cell)
            if text:
                yield Passage(f"表{number}第{at}行第{column}格", text)


def find_document(members: Mapping[str, bytes]) -> str:
    """Return the part that holds the text.

    Raises:
        PackageError: There is none.
    """
    for target in _read_documents(members[_FIRST]) if _FIRST in members else ():
        if target in members:
            return target
    if DOCUMENT not in members:
        raise PackageError("里面没有 Word 文档")
    return DOCUMENT


@remembered(_MOST_PACKAGES)
def _read_documents(relations: bytes) -> tuple[str, ...]:
    found = (one for one in parse_xml(relations) if one.get("Type", "").endswith(_OFFICE_DOCUMENT))
    return tuple(posixpath.normpath(one.get("Target", "").lstrip("/")) for one in found)


def _blocks_of_part(root: Element) -> Iterator[str]:
    """Yield the lines of a header, or of every note of a part of notes."""
    notes = [one for one in root if local_name(one) in ("footnote", "endnote")]
    for holder in notes or [root]:
        yield from _blocks(holder)


def inner_blocks(holder: Element) -> Iterator[Element]:
    """Yield paragraphs and tables in order; content controls are looked into."""
    for block in holder:
        if block.tag in (w("p"), w("tbl")):
            yield block
        elif block.tag == w("sdt"):
            content = block.find("w:sdtContent", NAMES)
            yield from inner_blocks(content) if content is not None else ()
        elif block.tag in (w("ins"), w("moveTo"), w("customXml")):
            yield from inner_blocks(block)


def _blocks(holder: Element) -> Iterator[str]:
    """Yield the lines of paragraphs and tables."""
    for block in inner_blocks(holder):
        if block.tag == w("p"):
            yield from paragraph_text(block).split("\n")
        else:
            yield from (_row(row) for row in rows_of(block))


def _row(row: Element) -> str:
    return "\t".join(cell_text(cell) for cell in cells_of(row)).rstrip("\t")


def cell_text(cell: Element) -> str:
    """Write a cell on one line; the rest of a cell merged downwards is blank."""
    merge = cell.find("w:tcPr/w:vMerge", NAMES)
    if merge is not None and merge.get(w("val"), "continue") == "continue":
        return ""
    return " ".join(" ".join(line.split()) for line in _blocks(cell) if line.strip())


def paragraph_text(paragraph: Element) -> str:
    """Return what is printed of a paragraph, its text boxes included once."""
    parts: list[str] = []
    _collect(paragraph, parts)
    return "".join(parts)


def _collect(element: Element, parts: list[str]) -> None:
    for child in element:
        if child.tag == w("t"):
            parts.append(child.text or "")
        elif child.tag in _BREAKS:
            parts.append(_BREAKS[child.tag])
        elif child.tag == w("tbl"):
            parts.append("\n" + "\n".join(_row(row) for row in rows_of(child)))
        elif child.tag not in (_FALLBACK, w("del"), w("moveFrom"), w("pPr"), w("rPr")):
            _collect(child, parts)
