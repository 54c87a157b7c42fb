"""The header of a new template: label and value side by side, groups, lists and grids."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from generator.domain.fields import Field
from generator.rendering.new_template_grid import LABEL, LEFT, TEXT, Cell, Row, merged_label, share
from generator.rendering.new_template_tags import Tags

LABEL_WIDTH = 1560  # eight characters
Pair = tuple[str, str]  # label, tag
WIDE = ("组", "列表", "表格", "长文本")
_LIST_ROWS = 3  # blank rows of a list that is not filled
_SIDE_BY_SIDE = (2, 3)  # long texts of a group that stand beside each other


def field_rows(fields: Iterable[Field], tags: Tags, width: int) -> Iterator[Row]:
    """Yield the rows of the header, in the order of the form."""
    waiting: list[Pair] = []
    for field in fields:
        if field.kind not in WIDE:
            waiting.append((field.label, tags.field(field)))
            continue
        yield from pair_rows(waiting, width)
        waiting = []
        yield from _wide(field, tags, width)
    yield from pair_rows(waiting, width)


def pair_rows(pairs: Sequence[Pair], width: int) -> Iterator[Row]:
    """Yield two pairs a row; of an odd number the first has a row of its own."""
    odd = len(pairs) % 2
    for label, tag in pairs[:odd]:
        yield _full(label, tag, width, TEXT)
    left = width // 2 - LABEL_WIDTH
    for first, second in zip(pairs[odd::2], pairs[odd + 1 :: 2], strict=True):
        yield Row(
            (
                Cell(first[0], LABEL_WIDTH, LABEL),
                Cell(first[1], left),
                Cell(second[0], LABEL_WIDTH, LABEL),
                Cell(second[1], width - left - 2 * LABEL_WIDTH),
            )
        )


def _full(label: str, tag: str, width: int, style: str) -> Row:
    return Row((Cell(label, LABEL_WIDTH, LABEL), Cell(tag, width - LABEL_WIDTH, style)))


def _wide(field: Field, tags: Tags, width: int) -> Iterator[Row]:
    inner = width - LABEL_WIDTH
    match field.kind:
        case "组":
            rows = list(_group(field, tags, inner))
        case "列表":
            rows = list(_list(field, tags, inner))
        case "表格":
            rows = list(_grid(field, tags, inner))
        case _:
            yield _full(field.label, tags.field(field), width, LEFT)
            return
    yield from merged_label(field.label, LABEL_WIDTH, rows)


def _group(group: Field, tags: Tags, width: int) -> Iterator[Row]:
    """Yield the members: long texts beside each other, else like fields of the header."""
    kinds = {member.kind for member in group.items}
    if kinds == {"长文本"} and len(group.items) in _SIDE_BY_SIDE:
        widths = share(width, [(1000, 1)] * len(group.items))
        members = list(zip(group.items, widths, strict=True))
        yield Row(tuple(Cell(member.label, wide, LABEL) for member, wide in members))
        yield Row(
            tuple(Cell(tags.field(member, group.name), wide, LEFT) for member, wide in members)
        )
        return
    waiting: list[Pair] = []
    for member in group.items:
        tag = tags.field(member, group.name)
        if member.kind != "长文本":
            waiting.append((member.label, tag))
            continue
        yield from pair_rows(waiting, width)
        waiting = []
        yield _full(member.label, tag, width, LEFT)
    yield from pair_rows(waiting, width)


def _list(field: Field, tags: Tags, width: int) -> Iterator[Row]:
    """Yield a header row and the row that the list repeats."""
    widths = share(width, [_wish(column) for column in field.items])
    columns = list(zip(field.items, widths, strict=True))
    yield Row(tuple(Cell(column.label, wide, LABEL) for column, wide in columns))
    cells = [Cell(Tags("项").field(column), wide, style(column)) for column, wide in columns]
    begin = tags.rows("项", field.name, least=_LIST_ROWS)
    cells[0] = replace(cells[0], text=begin + cells[0].text)
    yield Row(tuple(cells), is_repeated=True)


def _grid(field: Field, tags: Tags, width: int) -> Iterator[Row]:
    """Yield the printed rows of a 表格 under its columns."""
    first, *widths = share(width, [(1400, 1), *(_wish(column) for column in field.items)])
    columns = list(zip(field.items, widths, strict=True))
    heads = (Cell(column.label, wide, LABEL) for column, wide in columns)
    yield Row((Cell("", first, LABEL), *heads))
    for row in field.rows:
        cells = (
            Cell(tags.field(column, field.name, row.name), wide, style(column))
            for column, wide in columns
        )
        yield Row((Cell(row.label, first, LABEL), *cells))


def style(field: Field) -> str:
    """Return how a cell of this kind is set: long text from the left."""
    return LEFT if field.kind == "长文本" else TEXT


def _wish(field: Field) -> tuple[int, int]:
    if field.kind == "长文本":
        return 1400, 4
    return (800, 1) if field.is_number else (900, 2)
