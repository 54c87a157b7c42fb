"""The only door to lxml: names of WordprocessingML, parsing, and moves that keep the text."""

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from generator.rendering.late import Late

if TYPE_CHECKING:
    import copy

    from lxml import etree

    Element = etree._Element
else:
    copy = Late("copy")
    etree = Late("lxml.etree")
    Element = object

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = {"w": W, "wp": WP, "rel": RELATIONSHIPS, "ct": CONTENT_TYPES}
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class XmlError(ValueError):
    """Bytes are not well-formed XML; the argument says where."""


def w(name: str) -> str:
    """Return the full name of an element or attribute of WordprocessingML."""
    return f"{{{W}}}{name}"


def local_name(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return etree.QName(element).localname


def parse_xml(blob: bytes) -> Element:
    """Parse bytes without entities, network, comments or processing instructions."""
    try:
        root = etree.fromstring(blob, _parser())
    except etree.XMLSyntaxError as error:
        line, column = error.position
        raise XmlError(f"第 {line} 行第 {column} 列") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise XmlError("含有 DOCTYPE 声明")
    return root


@cache
def _parser() -> "etree.XMLParser":
    return etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )


def to_text(root: Element) -> str:
    """Serialise without the declaration."""
    return etree.tostring(root, encoding="unicode")


def fragment(element: Element) -> str:
    """Serialise an element that will stand in a part again: the names of W are known there."""
    text = etree.tostring(element, encoding="unicode", with_tail=False)
    return text.replace(f' xmlns:w="{W}"', "")


def canonical(element: Element) -> str:
    """Serialise so that equal elements of different parts give equal texts."""
    return etree.tostring(element, method="c14n", exclusive=True, with_tail=False).decode()


def copy_of(element: Element) -> Element:
    """Return a copy that stands nowhere."""
    return copy.deepcopy(element)


def to_bytes(root: Element) -> bytes:
    """Serialise as a package part."""
    return (DECLARATION + to_text(root)).encode()


def make(name: str, **attributes: str) -> Element:
    """Make an element of WordprocessingML."""
    return etree.Element(w(name), {w(key): value for key, value in attributes.items()})


def make_in(namespace: str, name: str, attributes: Mapping[str, str]) -> Element:
    """Make an element of a package part, whose attributes have no namespace."""
    return etree.Element(f"{{{namespace}}}{name}", dict(attributes))


def closest(element: Element, *names: str) -> Element | None:
    """Return the nearest ancestor with one of these names."""
    return next(element.iterancestors(*(w(name) for name in names)), None)


def parent_of(element: Element) -> Element:
    """Return the parent of an element that is known not to be a root."""
    parent = element.getparent()
    if parent is None:
        raise ValueError("the root of a part has no parent")
    return parent


def put_before(element: Element, text: str) -> None:
    """Write text directly before an element, after whatever stands there already."""
    previous = element.getprevious()
    if previous is not None:
        previous.tail = (previous.tail or "") + text
    else:
        parent = parent_of(element)
        parent.text = (parent.text or "") + text


def put_after(element: Element, text: str) -> None:
    """Write text directly after an element, before whatever stands there already."""
    element.tail = text + (element.tail or "")


def remove(element: Element) -> None:
    """Remove an element; the text behind it stays."""
    put_before(element, element.tail or "")
    element.tail = None
    parent_of(element).remove(element)


def text_of(element: Element) -> str:
    """Return the text that Word prints inside an element."""
    return "".join(text.text or "" for text in element.iter(w("t")))


def whole_number(element: Element, path: str, *, otherwise: int) -> int:
    """Return `w:val` of a descendant as a number, such as w:tcPr/w:gridSpan."""
    found = element.find(path, NAMES)
    value = None if found is None else found.get(w("val"))
    return int(value) if value is not None and value.isdecimal() else otherwise


def cells_of(row: Element) -> list[Element]:
    """Return the cells of a row, also those inside content controls."""
    cells: list[Element] = []
    for child in row:
        if child.tag == w("tc"):
            cells.append(child)
        elif child.tag == w("sdt"):
            content = child.find("w:sdtContent", NAMES)
            cells.extend(cells_of(content) if content is not None else ())
    return cells


def rows_of(table: Element) -> list[Element]:
    """Return the rows of a table, without those of tables inside its cells."""
    return [row for row in table.iter(w("tr")) if closest(row, "tbl") is table]
