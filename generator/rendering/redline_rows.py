"""The rows of a table as they were and as they are: tracked whole where their cells are others.

Word tracks rows well and merges of cells badly. So a row whose merges or spans are not the same
(the first of a merged group was deleted) is deleted and inserted again.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import TypeAlias

from msgspec import Struct

from generator.comparing.aligning import NONE, Step, Unit, align
from generator.rendering.redline_text import (
    DELETED,
    INSERTED,
    Stamp,
    paragraph_key,
    track_properties,
    whole_paragraph,
)
from generator.rendering.xml_tree import (
    NAMES,
    Element,
    canonical,
    cells_of,
    copy_of,
    make,
    parent_of,
    rows_of,
    text_of,
    w,
    whole_number,
)

Merge: TypeAlias = Callable[[Element, Element, Stamp], list[Element]]
_CONTINUED = "continue"
_ENDS = ("Before", "After")


def table_unit(table: Element) -> Unit:
    """Return a table as it is compared; with as many columns it is the same one, changed."""
    columns = len(table.findall("w:tblGrid/w:gridCol", NAMES))
    properties = (table.find(w(name)) for name in ("tblPr", "tblGrid"))
    head = tuple("" if one is None else canonical(one) for one in properties)
    key = (*head, *(_row_unit(row).key for row in rows_of(table)))
    return Unit(f"tbl {columns}", key, text_of(table), is_lasting=True)


def merge_tables(old: Element, new: Element, stamp: Stamp, merge: Merge) -> Element:
    """Return the new table, in which rows and what stands in their cells are tracked.

    Args:
        old: The table as it was.
        new: The table as it is, with as many columns.
        stamp: Who changed it.
        merge: Merges the blocks of two cells.
    """
    table = make("tbl")
    properties = track_properties(old, new, stamp, "tblPr")
    table.extend([] if properties is None else [properties])
    table.extend(_grid(old, new))
    both = _Rows(tuple(rows_of(old)), tuple(rows_of(new)), stamp, merge)
    table.extend([both.merge(step) for step in both.steps()])
    return table


def whole_table(table: Element, kind: str, stamp: Stamp) -> Element:
    """Return a table whose rows are all inserted, or all deleted."""
    whole = make("tbl")
    whole.extend([copy_of(one) for one in table if one.tag in (w("tblPr"), w("tblGrid"))])
    whole.extend([_whole_row(row, kind, stamp) for row in rows_of(table)])
    return whole


def _grid(old: Element, new: Element) -> list[Element]:
    """Return the grid, with the old one where widths are others."""
    before, after = old.find(w("tblGrid")), new.find(w("tblGrid"))
    if before is None or after is None:
        return [] if after is None else [copy_of(after)]
    grid = copy_of(after)
    if canonical(before) != canonical(after):
        change = make("tblGridChange", id="0")
        change.append(copy_of(before))
        grid.append(change)
    return [grid]


def _row_unit(row: Element) -> Unit:
    cells = cells_of(row)
    paragraphs = tuple(paragraph_key(one) for one in row.iter(w("p")))
    properties = (one for one in row.iter(w("trPr"), w("tcPr")))
    key = (*(canonical(one) for one in properties), len(cells), paragraphs)
    return Unit("tr", key, "\t".join(text_of(cell) for cell in cells))


def _merge_of(cell: Element) -> str:
    found = cell.find("w:tcPr/w:vMerge", NAMES)
    return "" if found is None else found.get(w("val"), _CONTINUED)


def _shapes(rows: Sequence[Element]) -> list[tuple[object, ...]]:
    """Return of each row what is not tracked inside it: its cells with their spans and merges.

    A merge that begins again below the same text (a long one is divided for the page) goes on.
    """
    shapes: list[tuple[object, ...]] = []
    labels: dict[int, str] = {}  # of the row above
    for row in rows:
        begun = dict(_begun(row))
        kinds = [
            (column, span, _CONTINUED if begun.get(column, "") == labels.get(column) else kind)
            for column, span, kind in _merges(row)
        ]
        ends = (whole_number(row, f"w:trPr/w:grid{name}", otherwise=0) for name in _ENDS)
        spans = (whole_number(one, "w:tcPr/w:gridSpan", otherwise=1) for one in cells_of(row))
        shapes.append((*ends, *spans, *kinds))
        labels = {column: begun.get(column, labels.get(column, "")) for column, _, _ in kinds}
    return shapes


def _begun(row: Element) -> Iterator[tuple[int, str]]:
    """Yield column and text of each cell at which a merge begins."""
    places = {column: kind for column, _, kind in _merges(row)}
    column = whole_number(row, "w:trPr/w:gridBefore", otherwise=0)
    for cell in cells_of(row):
        if places.get(column, _CONTINUED) != _CONTINUED:
            yield column, text_of(cell)
        column += whole_number(cell, "w:tcPr/w:gridSpan", otherwise=1)


def _merges(row: Element) -> Iterator[tuple[int, int, str]]:
    """Yield column, span and kind of each cell that is merged downwards."""
    column = whole_number(row, "w:trPr/w:gridBefore", otherwise=0)
    for cell in cells_of(row):
        span = whole_number(cell, "w:tcPr/w:gridSpan", otherwise=1)
        if kind := _merge_of(cell):
            yield column, span, kind
        column += span


def _may_follow(above: Element, below: Element) -> bool:
    """Say whether each merge that goes on in a row is open in the row above it."""
    is_open = {(column, span) for column, span, _ in _merges(above)}
    return all((c, span) in is_open for c, span, kind in _merges(below) if kind == _CONTINUED)


class _Rows(Struct, frozen=True):
    """The rows of both sides."""

    olds: tuple[Element, ...]
    news: tuple[Element, ...]
    stamp: Stamp
    merge_cells: Merge

    def steps(self) -> list[Step]:
        """Return the rows of the result: pairs of one shape, deleted and inserted ones."""
        shapes = _shapes(self.olds), _shapes(self.news)
        aligned = align([_row_unit(r) for r in self.olds], [_row_unit(r) for r in self.news])
        steps: list[Step] = []
        waiting: list[Step] = []
        for step in [*aligned, (len(self.olds), len(self.news))]:
            is_end = step[0] == len(self.olds)
            if not is_end and NONE in step:
                waiting.append(step)
                continue
            if not is_end and shapes[0][step[0]] != shapes[1][step[1]]:
                waiting += [(step[0], NONE), (NONE, step[1])]
                continue
            steps = self._place(steps, waiting)
            waiting = []
            steps += [] if is_end else [step]
        return steps

    def _place(self, steps: list[Step], waiting: list[Step]) -> list[Step]:
        """Put rows behind the others so that no merge goes on from a row that has none.

        Deleted rows come first, else the inserted ones; where neither will do, the row before
        them is deleted and inserted as well.
        """
        deleted = [step for step in waiting if step[1] == NONE]
        added = [step for step in waiting if step[0] == NONE]
        while steps and deleted and added:
            for order in ([*deleted, *added], [*added, *deleted]):
                if self._is_sound([*steps[-1:], *order]):
                    return [*steps, *order]
            *steps, last = steps
            old, new = last
            deleted = [(old, NONE), *deleted] if old != NONE else deleted
            added = [(NONE, new), *added] if new != NONE else added
        return [*steps, *deleted, *added]

    def _is_sound(self, steps: Sequence[Step]) -> bool:
        rows = [self._row(step) for step in steps]
        return all(_may_follow(above, below) for above, below in pairwise(rows))

    def _row(self, step: Step) -> Element:
        return self.news[step[1]] if step[1] != NONE else self.olds[step[0]]

    def merge(self, step: Step) -> Element:
        """Return one row of the result."""
        if step[1] == NONE:
            return _whole_row(self.olds[step[0]], DELETED, self.stamp)
        if step[0] == NONE:
            return _whole_row(self.news[step[1]], INSERTED, self.stamp)
        old, new = self.olds[step[0]], self.news[step[1]]
        if _row_unit(old).key == _row_unit(new).key:
            return copy_of(new)
        row = make("tr")
        row.extend([copy_of(one) for one in new.findall(w("tblPrEx"))])
        properties = track_properties(old, new, self.stamp, "trPr")
        row.extend([] if properties is None else [properties])
        for before, after in zip(cells_of(old), cells_of(new), strict=True):
            cell = make("tc")
            properties = track_properties(before, after, self.stamp, "tcPr")
            cell.extend([] if properties is None else [properties])
            cell.extend(self.merge_cells(before, after, self.stamp))
            row.append(cell)
        return row


def _whole_row(row: Element, kind: str, stamp: Stamp) -> Element:
    """Return a row that is inserted or deleted, with the marks of all its paragraphs."""
    whole = copy_of(row)
    properties = whole.find(w("trPr"))
    if properties is None:
        properties = make("trPr")
        edges = [n for n, one in enumerate(whole) if one.tag == w("tblPrEx")]
        whole.insert(max(edges, default=-1) + 1, properties)
    properties.append(stamp.make(kind))
    for paragraph in list(whole.iter(w("p"))):
        tracked = whole_paragraph(paragraph, kind, stamp)
        parent_of(paragraph).replace(paragraph, tracked)
    return whole
