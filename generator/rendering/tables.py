"""Rules for the tables of a finished document: rows, cells, grid and merges."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from generator.rendering.xml_tree import (
    NAMES,
    Element,
    cells_of,
    rows_of,
    text_of,
    w,
    whole_number,
)

_TABLE, _CELL, _PARAGRAPH, _CONTROL, _VALUE = w("tbl"), w("tc"), w("p"), w("sdt"), w("val")
_MOST_PAIRS = 1024  # of rows that are remembered
_BLOCKS = frozenset((_PARAGRAPH, _TABLE, _CONTROL))


class Continued(Struct, frozen=True):
    """A cell that goes on from the row above."""

    column: int
    span: int
    has_text: bool


class Row(Struct, frozen=True, eq=False):
    """What the rules of a table ask of a row."""

    has_cells: bool
    width: int  # columns, those that it leaves out before and behind included
    merges: Mapping[int, int]  # column → span of a cell that is merged downwards
    continued: tuple[Continued, ...]


def cell_problems(root: Element) -> Iterator[str]:
    """Yield the cells that do not end in a paragraph."""
    for cell in root.iter(_CELL):
        last = _last_block(cell)
        if last is None or last.tag != _PARAGRAPH:
            yield f"单元格不以段落结尾：「{text_of(cell)[:20]}」"


def grid_problems(root: Element) -> Iterator[str]:
    """Yield what is wrong between the rows of the tables of a part."""
    for number, table in enumerate(root.iter(_TABLE), 1):
        rows = [read_row(row) for row in rows_of(table)]
        yield from (f"表 {number} {problem}" for problem in row_problems(rows, grid_width(table)))


def grid_width(table: Element) -> int:
    """Return how many columns a table says it has; 0 when it does not say."""
    return len(table.findall("w:tblGrid/w:gridCol", NAMES))


def read_row(row: Element) -> Row:
    """Return what the rules ask of a row, whatever stands above it."""
    cells = cells_of(row)
    column = whole_number(row, "w:trPr/w:gridBefore", otherwise=0)
    merges: dict[int, int] = {}
    continued: list[Continued] = []
    for cell in cells:
        span = whole_number(cell, "w:tcPr/w:gridSpan", otherwise=1)
        merge = cell.find("w:tcPr/w:vMerge", NAMES)
        if merge is not None:
            merges[column] = span
            if merge.get(_VALUE, "continue") == "continue":
                continued.append(Continued(column, span, bool(text_of(cell).strip())))
        column += span
    column += whole_number(row, "w:trPr/w:gridAfter", otherwise=0)
    return Row(bool(cells), column, merges, tuple(continued))


def row_problems(rows: Iterable[Row], width: int) -> Iterator[str]:
    """Yield what is wrong with the rows of a table of `width` columns, from the top."""
    above: Row | None = None
    number = 0
    for number, row in enumerate(rows, 1):
        yield from (f"行 {number} {problem}" for problem in _problems(row, above, width))
        above = row
    if not number:
        yield "没有行"


def _problems(row: Row, above: Row | None, width: int) -> Iterator[str]:
    """Yield what is wrong with a row below another, or with the first of a table."""
    open_merges: Mapping[int, int] = above.merges if above is not None else {}
    if not row.has_cells:
        yield "没有单元格"
    for cell in row.continued:
        if open_merges.get(cell.column) != cell.span:
            yield f"列 {cell.column + 1} 接续的合并在上一行没有开始"
        if cell.has_text:
            yield f"列 {cell.column + 1} 是合并的下半部分，却有文字"
    if width and row.width != width:
        yield f"占 {row.width} 列，表格有 {width} 列"


def are_sound(rows: Sequence[Row | None], width: int) -> bool:
    """Say whether nothing is wrong with the rows of a table: each is judged with the one above."""
    pairs = dict.fromkeys(zip((None, *rows), rows, strict=False))
    return bool(rows) and all(_may_follow(above, row, width) for above, row in pairs)


@lru_cache(_MOST_PAIRS)
def _may_follow(above: Row | None, row: Row | None, width: int) -> bool:
    return row is not None and not any(_problems(row, above, width))


def _last_block(holder: Element) -> Element | None:
    """Return the last block of a cell, also inside content controls."""
    blocks = [child for child in holder if child.tag in _BLOCKS]
    if not blocks or blocks[-1].tag != _CONTROL:
        return blocks[-1] if blocks else None
    content = blocks[-1].find("w:sdtContent", NAMES)
    return None if content is None else _last_block(content)
