"""How much room there is where a tag stands: the type area of its section, or its cell."""

from msgspec import Struct

from generator.rendering.xml_tree import NAMES, Element, cells_of, closest, w

_DEFAULT = (11906, 16838)  # A4
_MARGINS = {"left": 1587, "right": 1474, "top": 2098, "bottom": 1985, "gutter": 0}
_CELL_MARGINS = 216  # both sides, as Word sets them


class Area(Struct, frozen=True):
    """Width and height of a type area or a cell, in twentieths of a point."""

    width: int
    height: int


def area_at(element: Element) -> Area:
    """Return the room at a paragraph."""
    area = _page(_section_of(element))
    cell = closest(element, "tc")
    if cell is None:
        return area
    return Area(max(_cell_width(cell, area) - _CELL_MARGINS, 1), area.height)


def last_area(body: Element) -> Area:
    """Return the room of the last section of a document."""
    return _page(body.find("w:sectPr", NAMES))


def _section_of(element: Element) -> Element | None:
    """Return the properties of a section, which stand at its end."""
    lineage = [element, *element.iterancestors()]
    top = next((one for one in lineage if one.getparent() is not None and _is_body(one)), None)
    if top is None:
        return None
    for block in (top, *top.itersiblings()):
        if block.tag == w("sectPr"):
            return block
        found = block.find("w:pPr/w:sectPr", NAMES)
        if found is not None:
            return found
    return None


def _is_body(element: Element) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag == w("body")


def _page(section: Element | None) -> Area:
    size = section.find("w:pgSz", NAMES) if section is not None else None
    margins = section.find("w:pgMar", NAMES) if section is not None else None
    width, height = _length(size, "w", _DEFAULT[0]), _length(size, "h", _DEFAULT[1])
    room = {name: _length(margins, name, usual) for name, usual in _MARGINS.items()}
    return Area(
        max(width - room["left"] - room["right"] - room["gutter"], 1),
        max(height - room["top"] - room["bottom"], 1),
    )


def _cell_width(cell: Element, area: Area) -> int:
    width = cell.find("w:tcPr/w:tcW", NAMES)
    if width is not None and width.get(w("type"), "dxa") == "dxa":
        return _length(width, "w", area.width)
    row = closest(cell, "tr")
    return area.width // max(len(cells_of(row)) if row is not None else 1, 1)


def _length(element: Element | None, name: str, usual: int) -> int:
    value = element.get(w(name), "") if element is not None else ""
    digits = value.removeprefix("-")
    return int(digits) if digits.isdecimal() else usual
