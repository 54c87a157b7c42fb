"""Tables and pictures of a narrative, by the styles of the template."""

import unicodedata
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from generator.domain.blocks import Picture, Table
from generator.patterns import pattern
from generator.rendering.looks import write_paragraph
from generator.rendering.markup import Markup
from generator.rendering.pictures import draw
from generator.rendering.style_ids import StyleIds
from generator.rendering.type_area import Area

CAPTION, FIGURE = "图表题", "图"
HEAD, CELL, LEFT_CELL, RIGHT_CELL = "表头", "表文", "表文左", "表文右"
GRID = "公文表格"
_NARROWEST, _WIDEST = 6, 36  # of a column, in half-width characters: what its share is made of
_LONG = 16  # half-width characters: longer texts are not centred
_NUMBER = pattern(r"[-+−±≥≤＞＜><]?\d[\d,，]*(\.\d+)?[%％‰]?")
_NOTHING = ("", "-", "—", "——", "/", "无")
_KEEP, _DO_NOT_KEEP = "<w:keepNext/>", '<w:keepNext w:val="0"/>'


class BlockWriter(Struct, frozen=True):
    """Writes tables and pictures into a given room."""

    styles: StyleIds

    def write(self, block: Table | Picture, area: Area, *, is_titled: bool = True) -> Markup:
        """Return a table or a picture; without its caption where its title stands elsewhere.

        Raises:
            UnusableValueError: The template lacks a style.
        """
        if isinstance(block, Picture):
            return self._picture(block, area, is_titled=is_titled)
        caption = write_paragraph(block.title, self.styles.look(CAPTION)) if is_titled else ""
        table = self._table(block, area)
        return Markup(f"{caption}{table}{write_paragraph('', self.styles.look(CELL))}")

    def _table(self, table: Table, area: Area) -> str:
        table = _even(table)
        widths = column_widths(table, area.width)
        looks = [self._cell_look(column) for column in zip(*table.rows, strict=True)]
        head = [(HEAD, _KEEP)] * len(widths)
        rows = [self._row(table.columns, head, widths, "<w:cantSplit/><w:tblHeader/>")]
        rows += [self._row(row, looks, widths, "<w:cantSplit/>") for row in table.rows]
        grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in widths)
        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{self.styles.table(GRID)}"/>'
            f'<w:tblW w:w="{area.width}" w:type="dxa"/>'
            '<w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
        )

    def _row(
        self,
        cells: tuple[str, ...],
        looks: list[tuple[str, str]],
        widths: list[int],
        properties: str,
    ) -> str:
        written = (
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
            f"{''.join(self._cell(text, *look))}</w:tc>"
            for text, look, width in zip(cells, looks, widths, strict=True)
        )
        return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(written)}</w:tr>"

    def _cell(self, text: str, style: str, properties: str) -> Iterator[Markup]:
        for line in text.strip().splitlines() or [""]:
            yield write_paragraph(line.strip(), self.styles.look(style, properties))

    def _cell_look(self, column: tuple[str, ...]) -> tuple[str, str]:
        """Align numbers to the right, short texts in the middle, long ones to the left."""
        plain = (text.replace("**", "").strip() for text in column)
        told = [text for text in plain if text not in _NOTHING]
        if told and all(_NUMBER.fullmatch(text) for text in told):
            return (RIGHT_CELL if len({display_width(text) for text in told}) > 1 else CELL), ""
        is_long = any(display_width(text) > _LONG for text in told)
        return (LEFT_CELL if is_long else CELL), ""

    def _picture(self, picture: Picture, area: Area, *, is_titled: bool) -> Markup:
        properties = "" if is_titled else _DO_NOT_KEEP
        look = self.styles.look(FIGURE, properties)
        paragraph = Markup(f"<w:p>{look.paragraph}{draw(picture, area)}</w:p>")
        if not is_titled:
            return paragraph
        caption = write_paragraph(picture.title, self.styles.look(CAPTION, _DO_NOT_KEEP))
        return paragraph + caption


def _even(table: Table) -> Table:
    """Give every row as many cells; rows that differ have a finding, but a draft prints them."""
    width = max(len(table.columns), *(len(row) for row in table.rows))
    head, *rows = ((*row, *("",) * (width - len(row))) for row in (table.columns, *table.rows))
    return replace(table, columns=head, rows=tuple(rows))


def column_widths(table: Table, width: int) -> list[int]:
    """Share a width among the columns by their longest texts; the shares sum to it."""
    columns = zip(table.columns, *table.rows, strict=True)
    wants = [
        min(max(_NARROWEST, *(display_width(text) for text in column)) + 1, _WIDEST)
        for column in columns
    ]
    shares = [width * want // sum(wants) for want in wants]
    shares[-1] += width - sum(shares)
    return shares


def display_width(text: str) -> int:
    """Return the width of the longest line: a Chinese character is 2, a letter 1."""
    lines = text.replace("**", "").splitlines() or [""]
    return max(sum(1 + (unicodedata.east_asian_width(c) in "WFA") for c in line) for line in lines)
