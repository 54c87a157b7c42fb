"""Tables and paragraphs of a new template: cells by width, the grid of columns follows."""

from collections.abc import Sequence
from itertools import accumulate, pairwise

from msgspec import Struct
from msgspec.structs import replace

from generator.rendering.base_styles import STYLES
from generator.rendering.markup import escape

LABEL, TEXT, LEFT = "表头", "表文", "表文左"
START, ON = "restart", "continue"  # of a cell merged downwards
_IDS = {style.name: style.identifier for style in STYLES}
_ROW_HEIGHT = 340  # twentieths of a point, as every length here
_EDGES = ("top", "bottom")  # in the order of CT_TcBorders


class Cell(Struct, frozen=True):
    """One cell; a line break in its text is one in Word."""

    text: str
    width: int
    style: str = TEXT
    merge: str = ""
    open_edges: tuple[str, ...] = ()  # top, bottom: no line there


class Row(Struct, frozen=True):
    """One row of a table; those of one table are equally wide."""

    cells: tuple[Cell, ...]
    is_header: bool = False
    may_split: bool = False
    is_repeated: bool = False  # by a loop or a condition: it may be there many times, or not
    keeps_next: bool = False  # on the page of the row below
    least_height: int = 0

    @property
    def width(self) -> int:
        """Return how wide it is."""
        return sum(cell.width for cell in self.cells)


def paragraph(text: str, style: str, *, properties: str = "") -> str:
    """Return `w:p` with a style and plain text."""
    runs = "<w:r><w:br/></w:r>".join(
        f'<w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r>'
        for line in text.split("\n")
        if text
    )
    return f'<w:p><w:pPr><w:pStyle w:val="{_IDS[style]}"/>{properties}</w:pPr>{runs}</w:p>'


def table(rows: Sequence[Row]) -> str:
    """Return `w:tbl`: each edge of any cell is an edge of the grid."""
    edges = sorted({0}.union(*(accumulate(cell.width for cell in row.cells) for row in rows)))
    columns = "".join(f'<w:gridCol w:w="{end - start}"/>' for start, end in pairwise(edges))
    body = "".join(_row(row, edges) for row in rows)
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="OfficialTable"/>'
        f'<w:tblW w:w="{edges[-1]}" w:type="dxa"/><w:jc w:val="center"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0000"/></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{body}</w:tbl>"
    )


def join_tables(tables: Sequence[Sequence[Row]]) -> str:
    """Return tables that look like one: the paragraph that must stand between them is hidden.

    Each keeps its header, and its lines where a page ends.
    """
    return paragraph("", "表间").join(map(table, tables))


def share(total: int, wishes: Sequence[tuple[int, int]]) -> list[int]:
    """Divide a width: each column gets its least, the rest goes by weight.

    Args:
        total: What there is.
        wishes: For each column the least it needs and its weight in what is left.
    """
    least = sum(wish for wish, _ in wishes)
    weights = [weight for _, weight in wishes]
    if least > total or not any(weights):
        weights = [wish for wish, _ in wishes]
    rest, whole = total - least, sum(weights)
    widths = [
        wish + rest * weight // whole for (wish, _), weight in zip(wishes, weights, strict=True)
    ]
    widest = widths.index(max(widths))
    widths[widest] += total - sum(widths)
    return widths


def merged_label(label: str, width: int, rows: Sequence[Row]) -> list[Row]:
    """Put a label at the left of some rows, merged over them."""
    merges = [""] if len(rows) == 1 else [START, *[ON] * (len(rows) - 1)]
    return [
        replace(row, cells=(Cell("" if merge == ON else label, width, LABEL, merge), *row.cells))
        for row, merge in zip(rows, merges, strict=True)
    ]


def _row(row: Row, edges: Sequence[int]) -> str:
    whole = "" if row.may_split else "<w:cantSplit/>"
    header = "<w:tblHeader/>" if row.is_header else ""
    cells, start = [], 0
    for cell in row.cells:
        end = start + cell.width
        span = edges.index(end) - edges.index(start)
        cells.append(_cell(cell, span, keeps_next=row.keeps_next))
        start = end
    least = row.least_height or _ROW_HEIGHT
    height = f'<w:trHeight w:val="{least}" w:hRule="atLeast"/>'
    return f"<w:tr><w:trPr>{whole}{height}{header}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(cell: Cell, span: int, *, keeps_next: bool) -> str:
    edges = "".join(
        f'<w:{edge} w:val="nil"/>' for edge in ("top", "bottom") if edge in cell.open_edges
    )
    properties = (
        f'<w:tcW w:w="{cell.width}" w:type="dxa"/>',
        f'<w:gridSpan w:val="{span}"/>' if span > 1 else "",
        '<w:vMerge w:val="restart"/>' if cell.merge == START else "",
        "<w:vMerge/>" if cell.merge == ON else "",
        f"<w:tcBorders>{edges}</w:tcBorders>" if edges else "",
        '<w:vAlign w:val="center"/>',
    )
    keep = "<w:keepNext/>" if keeps_next else ""
    text = paragraph(cell.text, cell.style, properties=keep)
    return f"<w:tc><w:tcPr>{''.join(properties)}</w:tcPr>{text}</w:tc>"
