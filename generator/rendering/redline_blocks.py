"""Paragraphs and tables of a body or a cell, as they were and as they are, in one sequence.

The last paragraph of a body or a cell can be neither inserted nor deleted: its mark is the end.
"""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from generator.comparing.aligning import NONE, Step, Unit, align
from generator.rendering.redline_rows import merge_tables, table_unit, whole_table
from generator.rendering.redline_text import (
    DELETED,
    INSERTED,
    Stamp,
    end_paragraph,
    mark_end,
    merge_paragraphs,
    paragraph_key,
    whole_paragraph,
)
from generator.rendering.xml_tree import NAMES, Element, copy_of, text_of, w


def merge_blocks(old: Element, new: Element, stamp: Stamp) -> list[Element]:
    """Return the blocks of a body or a cell, with what was changed tracked."""
    both = _Both(tuple(_blocks(old)), tuple(_blocks(new)), stamp)
    before, after = [_unit(one) for one in both.olds], [_unit(one) for one in both.news]
    steps = both.keep_tables_apart(both.settle(align(before, after)))
    last = max(n for n, step in enumerate(steps) if NONE not in step)
    merged = [both.merge(step) for step in steps]
    if last < len(steps) - 1:  # paragraphs of one side behind the last pair
        mark_end(merged[last], INSERTED if steps[-1][0] == NONE else DELETED, stamp)
        merged[-1] = both.end(steps[last], steps[-1])
    return merged


def _blocks(holder: Element) -> Iterator[Element]:
    """Yield paragraphs and tables, also those inside content controls."""
    for child in holder:
        if child.tag in (w("p"), w("tbl")):
            yield child
        elif child.tag == w("sdt"):
            content = child.find("w:sdtContent", NAMES)
            yield from _blocks(content) if content is not None else ()


def _unit(block: Element) -> Unit:
    if block.tag == w("tbl"):
        return table_unit(block)
    return Unit("p", paragraph_key(block), text_of(block))


class _Both(Struct, frozen=True):
    """The blocks of both sides."""

    olds: tuple[Element, ...]
    news: tuple[Element, ...]
    stamp: Stamp

    def merge(self, step: Step) -> Element:
        """Return one block of the result."""
        old, new = step
        if NONE in step:
            kind, block = (INSERTED, self.news[new]) if old == NONE else (DELETED, self.olds[old])
            whole = whole_table if block.tag == w("tbl") else whole_paragraph
            return whole(block, kind, self.stamp)
        before, after = self.olds[old], self.news[new]
        if _unit(before).key == _unit(after).key:
            return copy_of(after)
        if after.tag == w("tbl"):
            return merge_tables(before, after, self.stamp, merge_blocks)
        return merge_paragraphs(before, after, self.stamp)

    def end(self, pair: Step, step: Step) -> Element:
        """Return the very last paragraph, of one side only: its mark stays.

        So the mark before it is the tracked one, as when somebody types at the end.
        """
        old, new = (own if own != NONE else other for own, other in zip(step, pair, strict=True))
        kind, block = (INSERTED, self.news[new]) if step[0] == NONE else (DELETED, self.olds[old])
        return end_paragraph(block, kind, (self.olds[old], self.news[new]), self.stamp)

    def settle(self, steps: list[Step]) -> list[Step]:
        """Order the steps, what was deleted first, and let both sides end alike.

        Either with a pair, or with paragraphs of one side only behind the last pair.
        """
        ends = [0, *(n + 1 for n, step in enumerate(steps) if NONE not in step)]
        at = ends.pop()
        deleted, added = _sides(steps[at:])
        if not (deleted and added) and any(self._is_table(step) for step in steps[at:]):
            parted, tail, at = _parted(steps[at - 1]), steps[at:], ends[-1]
            deleted, added = _sides([*steps[at : len(steps) - len(tail) - 1], *parted, *tail])
        last = [(deleted.pop()[0], added.pop()[1])] if deleted and added else []
        return [*_ordered(steps[:at]), *deleted, *added, *last]

    def keep_tables_apart(self, steps: list[Step]) -> list[Step]:
        """Put a paragraph between a deleted table and the one in its place: they would be one."""
        kept: list[Step] = []
        for step in steps:
            is_between = kept and step[0] == NONE and kept[-1][1] == NONE
            if is_between and self._is_table(step) and self._is_table(kept[-1]):
                pairs = [n for n, one in enumerate(kept) if NONE not in one]
                if pairs:
                    deleted, added = _parted(kept[pairs[-1]])
                    kept[pairs[-1] :] = [deleted, *kept[pairs[-1] + 1 :], added]
            kept.append(step)
        return kept

    def _is_table(self, step: Step) -> bool:
        block = self.olds[step[0]] if step[0] != NONE else self.news[step[1]]
        return block.tag == w("tbl")


def _sides(steps: Sequence[Step]) -> tuple[list[Step], list[Step]]:
    """Return what was deleted, and what was added."""
    return [step for step in steps if step[1] == NONE], [s for s in steps if s[0] == NONE]


def _parted(step: Step) -> tuple[Step, Step]:
    return (step[0], NONE), (NONE, step[1])


def _ordered(steps: Sequence[Step]) -> Iterator[Step]:
    """Yield the steps; between two pairs what was deleted stands before what was added."""
    waiting: list[Step] = []
    for step in steps:
        if NONE in step:
            waiting.append(step)
            continue
        for side in _sides(waiting):
            yield from side
        yield step
        waiting.clear()
