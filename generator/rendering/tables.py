"""Rules for the tables of a finished document: rows, cells, grid and merges."""

from collections.abc import Iterator

from generator.rendering.xml_tree import (
    NAMES,
    Element,
    cells_of,
    rows_of,
    text_of,
    w,
    whole_number,
)


def table_problems(root: Element) -> Iterator[str]:
    """Yield what is wrong with the tables of a part."""
    for cell in root.iter(w("tc")):
        last = _last_block(cell)
        if last is None or last.tag != w("p"):
            yield f"单元格不以段落结尾：「{text_of(cell)[:20]}」"
    for number, table in enumerate(root.iter(w("tbl")), 1):
        rows = rows_of(table)
        if not rows:
            yield f"表 {number} 没有行"
        yield from (f"表 {number} {problem}" for problem in _row_problems(table, rows))


def _last_block(holder: Element) -> Element | None:
    """Return the last block of a cell, also inside content controls."""
    blocks = [child for child in holder if child.tag in (w("p"), w("tbl"), w("sdt"))]
    if not blocks or blocks[-1].tag != w("sdt"):
        return blocks[-1] if blocks else None
    content = blocks[-1].find("w:sdtContent", NAMES)
    return None if content is None else _last_block(content)


def _row_problems(table: Element, rows: list[Element]) -> Iterator[str]:
    width = len(table.findall("w:tblGrid/w:gridCol", NAMES))
    open_merges: dict[int, int] = {}  # column → span of a merge that the row above leaves open
    for number, row in enumerate(rows, 1):
        cells = cells_of(row)
        if not cells:
            yield f"行 {number} 没有单元格"
        column = whole_number(row, "w:trPr/w:gridBefore", otherwise=0)
        merges: dict[int, int] = {}
        for cell in cells:
            span = whole_number(cell, "w:tcPr/w:gridSpan", otherwise=1)
            merge = cell.find("w:tcPr/w:vMerge", NAMES)
            if merge is not None:
                merges[column] = span
                if merge.get(w("val"), "continue") == "continue":
                    if open_merges.get(column) != span:
                        yield f"行 {number} 列 {column + 1} 接续的合并在上一行没有开始"
                    if text_of(cell).strip():
                        yield f"行 {number} 列 {column + 1} 是合并的下半部分，却有文字"
            column += span
        column += whole_number(row, "w:trPr/w:gridAfter", otherwise=0)
        if width and column != width:
            yield f"行 {number} 占 {column} 列，表格有 {width} 列"
        open_merges = merges
