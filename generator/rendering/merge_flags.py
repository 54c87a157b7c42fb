"""Merges decided by the data: each row is told to start, to continue or not to merge a cell."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby

from generator.rendering.markup import Markup

_DOTTED = '<w:{} w:val="dotted" w:sz="4" w:space="0" w:color="000000"/>'
RESTART = Markup('<w:vMerge w:val="restart"/>')
CONTINUE = Markup("<w:vMerge/>")
NONE = Markup("")
FLAGS = "并"  # the name that a row has its flags by
WHOLE_TABLE = "整表"  # a column that merges all rows: `绩效指标{% 合并 整表 %}` at the side


def flag_merges(
    rows: Sequence[Mapping[str, object]], groups: Mapping[str, Sequence[Hashable | None]]
) -> tuple[dict[str, object], ...]:
    """Return the rows with `并`: column → flag, by comparing each group with the row above.

    Args:
        rows: Flat rows, in printing order.
        groups: For each column that merges, one group id per row; None merges with nothing.
            Groups of different columns need not nest: shared 分值 over two measures is a column
            like any other. The column 整表 is always there.
    """
    every = {WHOLE_TABLE: (0,) * len(rows), **groups}
    flags = zip(*(_flag_column(ids) for ids in every.values()), strict=True)
    return tuple(
        {**row, FLAGS: dict(zip(every, row_flags, strict=True))}
        for row, row_flags in zip(rows, flags, strict=True)
    )


class Flag(Markup):
    """A flag that knows its row's place in the group, so that a long merge can be divided."""

    place: int
    size: int


def _flag(kind: Markup, place: int, size: int) -> Flag:
    flag = Flag(kind)
    flag.place, flag.size = place, size
    return flag


@lru_cache(maxsize=256)
def _flag_group(size: int) -> tuple[Flag, ...]:
    """Flag the rows of a group; a group of one row gets no flag."""
    kinds = [RESTART, *[CONTINUE] * (size - 1)] if size > 1 else [NONE]
    return tuple(_flag(kind, place, size) for place, kind in enumerate(kinds))


def _flag_column(ids: Sequence[Hashable | None]) -> Iterator[Flag]:
    """Flag one column."""
    for own, group in groupby(ids):
        size = len(list(group))
        yield from _flag_group(size) if own is not None else _flag_group(1) * size


def sizes_of(flags: Sequence[Flag]) -> tuple[int, ...]:
    """Return the sizes of the groups that the flags of a column belong to."""
    return tuple(flag.size for flag in flags if not flag.place)


def flags_of(sizes: Sequence[int]) -> tuple[Flag, ...]:
    """Return the flags of a column whose groups have these sizes."""
    return tuple(flag for size in sizes for flag in _flag_group(size))


def divide(flag: Flag, most: int) -> Markup:
    """Return the properties of a cell of a long merge: equal pieces, a dotted line between them.

    A page shows a merged cell's text only where the cell begins; a piece repeats it.

    Args:
        flag: The row's flag of the column.
        most: The rows of a piece at most.
    """
    pieces = -(-flag.size // most)
    length = -(-flag.size // pieces)
    if pieces == 1:
        return flag
    at, is_end = flag.place % length, flag.place == flag.size - 1
    edges = "".join(
        _DOTTED.format(edge)
        for edge, is_dotted in (
            ("top", not at and flag.place),
            ("bottom", at == length - 1 and not is_end),
        )
        if is_dotted
    )
    kind = CONTINUE if at else NONE if is_end else RESTART
    return kind + Markup(f"<w:tcBorders>{edges}</w:tcBorders>" if edges else "")
