"""Two plain trees to their differences: nothing that was typed differently goes unsaid.

Both sides are walked by key; items of lists are the same by name, else by position and likeness.
What left one list and came into another of the same table was moved, not removed and added.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from generator.comparing.matching import match_lists
from generator.comparing.naming import own_name, word_for
from generator.domain.model import Path, Plain


class Kind(StrEnum):
    """What happened to a value or an item."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    MOVED = "moved"
    REORDERED = "reordered"


class Way(Struct, frozen=True):
    """A place in both trees: its path in each, and its words in each (items by their names)."""

    old: Path = ()
    new: Path = ()
    old_words: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    def key(self, name: str) -> "Way":
        """Go down by a key."""
        words = (*self.old_words, name), (*self.words, name)
        return Way((*self.old, name), (*self.new, name), *words)

    def item(self, old: int, before: Plain, new: int, after: Plain) -> "Way":
        """Go down to an item of a list."""
        words = (*self.old_words, word_for(before, old)), (*self.words, word_for(after, new))
        return Way((*self.old, old), (*self.new, new), *words)


class Difference(Struct, frozen=True):
    """One difference; `item` is set for what happened to a whole item of a list."""

    kind: Kind
    way: Way
    before: Plain
    after: Plain
    is_item: bool = False


def compare_trees(before: Plain, after: Plain) -> tuple[Difference, ...]:
    """Return all differences, in the order of the new tree; what was removed stands in its list."""
    return tuple(_join_moved(list(_compare(before, after, Way()))))


def _compare(before: Plain, after: Plain, way: Way) -> Iterator[Difference]:
    if before == after:
        return
    if _is_empty(before) and _is_empty(after):
        yield Difference(Kind.CHANGED, way, before, after)
    elif _is(dict, before, after):
        yield from _compare_mappings(_mapping(before), _mapping(after), way)
    elif _is(list, before, after) and _has_mappings(before, after):
        yield from _compare_lists(_list(before), _list(after), way)
    else:
        yield Difference(Kind.CHANGED, way, before, after)


def _compare_mappings(
    before: Mapping[str, Plain], after: Mapping[str, Plain], way: Way
) -> Iterator[Difference]:
    for key in dict.fromkeys((*after, *before)):
        old, new, own = before.get(key), after.get(key), way.key(key)
        if (key in before) == (key in after) or not (_is_empty(old) and _is_empty(new)):
            yield from _compare(old, new, own)
        else:  # a level without rows still prints its blank row
            yield Difference(Kind.ADDED if key in after else Kind.REMOVED, own, old, new)


def _compare_lists(before: list[Plain], after: list[Plain], way: Way) -> Iterator[Difference]:
    matched = match_lists(before, after)
    for at in matched.removed:
        yield Difference(Kind.REMOVED, way.item(at, before[at], at, None), before[at], None, True)
    reordered, partners = matched.reordered, {new: old for old, new in matched.pairs}
    for new, item in enumerate(after):
        if new not in partners:
            yield Difference(Kind.ADDED, way.item(new, None, new, item), None, item, True)
            continue
        old = partners[new]
        own = way.item(old, before[old], new, item)
        if isinstance(item, dict) and _squeezed(before[old]) != _squeezed(item):
            yield Difference(Kind.RENAMED, own, own_name(before[old]), own_name(item), True)
        if new in reordered:
            yield Difference(Kind.REORDERED, own, f"第{old + 1}项", f"第{new + 1}项", True)
        yield from _compare(before[old], item, own)


def _join_moved(found: list[Difference]) -> Iterator[Difference]:
    """Yield the differences, what was removed here and added there as one that was moved."""
    partners = dict(_find_moved(found))
    gone = set(partners.values())
    for at, difference in enumerate(found):
        if at in gone:
            continue
        if at not in partners:
            yield difference
            continue
        old = found[partners[at]]
        way = replace(difference.way, old=old.way.old, old_words=old.way.old_words)
        yield Difference(Kind.MOVED, way, old.before, difference.after, True)
        yield from _join_moved(list(_compare(old.before, difference.after, way)))


def _find_moved(found: list[Difference]) -> Iterator[tuple[int, int]]:
    """Yield places of an added and of a removed item of one table that bear the same name."""
    removed = [at for at, one in enumerate(found) if one.is_item and one.kind is Kind.REMOVED]
    for at, one in enumerate(found):
        if not one.is_item or one.kind is not Kind.ADDED or not own_name(one.after):
            continue
        same = [
            other
            for other in removed
            if found[other].way.old[0] == one.way.new[0]
            and _squeezed(found[other].before) == _squeezed(one.after)
        ]
        if same:
            best = next((o for o in same if found[o].before == one.after), same[0])
            removed.remove(best)
            yield at, best


def _squeezed(item: Plain) -> str:
    return "".join(own_name(item).split())


def _is(kind: type, before: Plain, after: Plain) -> bool:
    """Say whether both are of a kind; what is not there is an empty one."""
    sides = [side for side in (before, after) if side is not None]
    return all(isinstance(side, kind) for side in sides)


def _has_mappings(before: Plain, after: Plain) -> bool:
    return any(isinstance(item, dict) for side in (before, after) for item in _list(side))


def _is_empty(value: Plain) -> bool:
    return value is None or value in ([], {})


def _mapping(value: Plain) -> Mapping[str, Plain]:
    return value if isinstance(value, dict) else {}


def _list(value: Plain) -> list[Plain]:
    return value if isinstance(value, list) else []
