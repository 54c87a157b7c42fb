"""Merged cells: 合并 (down, by flags in the rows) and 右并 (to the right, by a condition)."""

from collections.abc import Sequence

from msgspec import Struct

from generator.patterns import pattern
from generator.rendering.expressions import quote
from generator.rendering.problems import Tag, row_of
from generator.rendering.template_part import Code, TemplatePart
from generator.rendering.xml_tree import (
    NAMES,
    Element,
    cells_of,
    closest,
    local_name,
    make,
    parent_of,
    put_after,
    put_before,
    rows_of,
    w,
    whole_number,
)

# The order of CT_TcPr: a property must stand in its place, or the file is invalid.
_CELL_PROPERTIES = (
    "cnfStyle",
    "tcW",
    "gridSpan",
    "hMerge",
    "vMerge",
    "tcBorders",
    "shd",
    "noWrap",
    "tcMar",
    "textDirection",
    "tcFitText",
    "vAlign",
    "hideMark",
)
_PIECES = pattern(r"(?:^|\s+)至多\s*([1-9]\d{0,2})\s*行$")


class CellTag(Struct, frozen=True):
    """合并 or 右并 in a cell."""

    part: TemplatePart
    cell: Element
    paragraph: Element
    tag: Tag

    def refuse(self, message: str) -> None:
        """Note what is wrong with it."""
        self.part.refuse(f"{self.tag.text}：{message}", self.paragraph)

    def refuse_once_a_row(self, message: str) -> None:
        """Note what is wrong with all such cells of a row at the first of them."""
        row = row_of(self.tag.where)
        told = (one.message for one in self.part.problems if row_of(one.where) == row)
        if not any(one.endswith(message) for one in told):
            self.refuse(message)


def merge_down(found: CellTag, rest: str) -> None:
    """合并, 合并 列名, 合并 至多 16 行: the row's flag says restart, continue or nothing.

    A continued cell keeps its first paragraph, with its style, and loses all text.
    """
    part, cell, tag = found.part, found.cell, found.tag
    pieces = _PIECES.search(rest)
    column = rest[: pieces.start()] if pieces else rest
    column = column or part.cell_columns.get(cell, "")
    if not column and any(closest(at, "tc") is cell for at, _ in part.broken):
        return  # the tag that names the column cannot be read
    if not column:
        found.refuse("不知道是哪一列，请写「合并 列名」")
        return
    loops = [block.variable for block in part.open_blocks(cell) if block.variable]
    if not loops:
        found.refuse_once_a_row("「合并」只能写在「每行」的行里，或「每 … 完」之间的行里")
        return
    flag = f'{loops[-1]}["并"][{quote(column)}]'
    if pieces and cell.find("w:tcPr/w:tcBorders", NAMES) is not None:
        found.refuse("这一格自己有框线，合并不能分段")
        return
    if pieces:
        flag += f"|分段({pieces[1]})"
    _set_property(cell, "vMerge", part.mark(Code(f"{{{{ {flag} }}}}", tag)))
    begin = Code(f"{{% if {flag} is not 续 %}}", tag, opens=1)
    first = cell.find("w:p", NAMES)
    if first is None:
        return
    inside = [child for child in first if child.tag != w("pPr")]
    behind = list(first.itersiblings())
    for content in (inside, behind):
        if content:
            put_before(content[0], part.mark(begin))
            put_after(content[-1], part.mark(Code("{% endif %}", opens=-1)))


def merge_right(found: CellTag, count: int, *, condition: str) -> None:
    """右并 N 若 …: under the condition this cell also covers the N cells to its right."""
    part, cell, tag = found.part, found.cell, found.tag
    cells = cells_of(parent_of(cell))
    begin = cells.index(cell) + 1 if cell in cells else len(cells)
    covered = cells[begin : begin + count]
    if len(covered) < count or not count:
        found.refuse(f"右边没有 {count} 个单元格")
        return
    own = _span(cell)
    wide = own + sum(map(_span, covered))
    value = f"{{% if {condition} %}}{wide}{{% else %}}{own}{{% endif %}}"
    for old in cell.findall("w:tcPr/w:gridSpan", NAMES):
        parent_of(old).remove(old)
    span = make("gridSpan", val=part.mark(Code(value, tag)))
    _insert_property(cell, span)
    put_before(covered[0], part.mark(Code(f"{{% if not ({condition}) %}}", tag, opens=1)))
    put_after(covered[-1], part.mark(Code("{% endif %}", opens=-1)))


def refuse_merges_from_header(part: TemplatePart) -> None:
    """Refuse a hand-made merge that starts in a repeated header row and goes on in the body.

    Source: layouters draw its lines into the bottom margin (eigenpal/docx-editor #518).
    """
    for table in part.root.iter(w("tbl")):
        is_header, starts = True, set[int]()
        for row in rows_of(table):
            was_header = is_header
            is_header = was_header and row.find("w:trPr/w:tblHeader", NAMES) is not None
            column = whole_number(row, "w:trPr/w:gridBefore", otherwise=0)
            for cell in cells_of(row):
                kind = merge_kind(cell)
                if kind == "continue" and was_header and not is_header and column in starts:
                    part.refuse(
                        "合并单元格从重复的标题行开始，延伸到了正文行；请从标题行的下一行开始合并",
                        next(cell.iter(w("p"))),
                    )
                if kind != "continue":
                    starts.discard(column)
                if kind == "restart" and is_header:
                    starts.add(column)
                column += _span(cell)


def merge_kind(cell: Element) -> str:
    """Return how a cell is merged downwards by hand: restart, continue or blank."""
    merge = cell.find("w:tcPr/w:vMerge", NAMES)
    return "" if merge is None else merge.get(w("val"), "continue")


def _span(cell: Element) -> int:
    return whole_number(cell, "w:tcPr/w:gridSpan", otherwise=1)


def _properties(cell: Element) -> Element:
    properties = cell.find("w:tcPr", NAMES)
    if properties is None:
        properties = make("tcPr")
        cell.insert(0, properties)
        properties.tail, cell.text = cell.text, None
    return properties


def _behind(properties: Sequence[Element], name: str) -> Element | None:
    """Return the first property that must stand behind the named one."""
    rank = _CELL_PROPERTIES.index(name)
    for child in properties:
        if local_name(child) not in _CELL_PROPERTIES[: rank + 1]:
            return child
    return None


def _set_property(cell: Element, name: str, mark: str) -> None:
    """Put a mark where a property stands, in the place of the one that was there."""
    properties = _properties(cell)
    for old in properties.findall(w(name)):
        properties.remove(old)
    behind = _behind(list(properties), name)
    if behind is not None:
        put_before(behind, mark)
    elif len(properties):
        put_after(properties[-1], mark)
    else:
        properties.text = (properties.text or "") + mark


def _insert_property(cell: Element, element: Element) -> None:
    properties = _properties(cell)
    behind = _behind(list(properties), local_name(element))
    if behind is not None:
        behind.addprevious(element)
    else:
        properties.append(element)
