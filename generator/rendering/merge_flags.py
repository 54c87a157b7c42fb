"""Merges decided by the data: each row is told to start, to continue or not to merge a cell."""

from collections.abc import Hashable, Mapping, Sequence

from generator.rendering.markup import Markup

RESTART = Markup('<w:vMerge w:val="restart"/>')
CONTINUE = Markup("<w:vMerge/>")
NONE = Markup("")
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
    flags = {column: _flag_column(ids) for column, ids in every.items()}
    return tuple(
        {**row, "并": {column: column_flags[index] for column, column_flags in flags.items()}}
        for index, row in enumerate(rows)
    )


def _flag_column(ids: Sequence[Hashable | None]) -> tuple[Markup, ...]:
    """Flag one column; a group of one row gets no flag."""
    joined = [
        index > 0 and group is not None and group == ids[index - 1]
        for index, group in enumerate(ids)
    ]
    following = [*joined[1:], False][: len(joined)]  # a table may have no row
    return tuple(
        CONTINUE if continues else RESTART if starts else NONE
        for continues, starts in zip(joined, following, strict=True)
    )
