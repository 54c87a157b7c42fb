"""The rows of a table column by column: what is kept so is read back in half the time."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from generator.rendering.merge_flags import FLAGS, Flag, flags_of, sizes_of

_MOST_MERGES = 64  # of whole tables, that are remembered
Row = Mapping[str, object]


class FlatRows(Struct, frozen=True):
    """Rows with equal names, whose flags are known by the sizes of their groups."""

    shared: dict[str, object]  # what all rows say
    columns: dict[str, tuple[object, ...]]  # what each row says
    merges: dict[str, tuple[int, ...]]  # column → sizes of the groups that its flags merge

    def to_rows(self) -> tuple[Row, ...]:
        """Return the rows as they were."""
        flags = _flag_rows(tuple(self.merges.items()))
        whole = {**self.shared, **dict.fromkeys(self.columns), FLAGS: None}
        rows = [whole.copy() for _ in flags]  # a copy has room for all names
        columns: list[tuple[str, Sequence[object]]] = [*self.columns.items(), (FLAGS, flags)]
        for name, column in columns:
            for row, cell in zip(rows, column, strict=True):
                row[name] = cell
        return tuple(rows)


def flatten(value: object) -> object:
    """Return rows of texts with flags column by column; anything else as it is."""
    rows = value if isinstance(value, tuple) else ()
    if not _are_flat(rows):
        return value
    known: dict[tuple[type, object], object] = {}  # equal cells are kept once
    shared: dict[str, object] = {}
    columns: dict[str, tuple[object, ...]] = {}
    for name in (name for name in rows[0] if name != FLAGS):
        column = tuple(known.setdefault((type(row[name]), row[name]), row[name]) for row in rows)
        if all(cell is column[0] for cell in column):
            shared[name] = column[0]
        else:
            columns[name] = column
    merges = {name: sizes_of([row[FLAGS][name] for row in rows]) for name in rows[0][FLAGS]}
    return FlatRows(shared, columns, merges)


def _are_flat(rows: Sequence[object]) -> bool:
    """Say whether all are rows with the same names, of texts but for their flags."""
    first = rows[0] if rows else None
    if not isinstance(first, dict) or FLAGS not in first:
        return False
    for row in rows:
        if not isinstance(row, dict) or row.keys() != first.keys():
            return False
        flags, cells = row[FLAGS], (cell for name, cell in row.items() if name != FLAGS)
        if not isinstance(flags, dict) or flags.keys() != first[FLAGS].keys():
            return False
        if not all(isinstance(flag, Flag) for flag in flags.values()):
            return False
        if not all(isinstance(cell, str) for cell in cells):
            return False
    return True


@lru_cache(_MOST_MERGES)
def _flag_rows(merges: tuple[tuple[str, tuple[int, ...]], ...]) -> tuple[Mapping[str, object], ...]:
    """Return the flags of each row; many projects have the same, and nobody changes them."""
    names = [name for name, _ in merges]
    columns = (flags_of(sizes) for _, sizes in merges)
    return tuple(dict(zip(names, flags, strict=True)) for flags in zip(*columns, strict=True))
