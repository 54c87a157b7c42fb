"""Which item of one list is which item of another: by name, then by position and likeness."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from msgspec import Struct

from generator.comparing.naming import ALIKE, likeness, own_name
from generator.domain.model import Plain


class Matched(Struct, frozen=True):
    """The pairs of two lists by index, in the order of the new one, and what is left over."""

    pairs: tuple[tuple[int, int], ...]
    removed: tuple[int, ...]
    added: tuple[int, ...]

    @property
    def reordered(self) -> frozenset[int]:
        """Return the new indices of the fewest items that were moved within the list."""
        kept = _longest_rise([before for before, _ in self.pairs])
        return frozenset(new for at, (_, new) in enumerate(self.pairs) if at not in kept)


def match_lists(before: Sequence[Plain], after: Sequence[Plain]) -> Matched:
    """Pair the items of two lists of one place."""
    pairs = dict(_by_name(before, after))
    for old, new in _by_likeness(before, after, pairs):
        pairs[old] = new
    ordered = sorted(pairs.items(), key=lambda pair: pair[1])
    taken = set(pairs.values())
    removed = tuple(at for at in range(len(before)) if at not in pairs)
    added = tuple(at for at in range(len(after)) if at not in taken)
    return Matched(tuple(ordered), removed, added)


def _by_name(before: Sequence[Plain], after: Sequence[Plain]) -> Iterator[tuple[int, int]]:
    """Yield pairs of one name; of several equal names first those that are wholly equal."""
    old, new = _group(before), _group(after)
    for name, places in new.items():
        left, right = list(old.get(name, ())), list(places)
        for place in places:
            same = next((one for one in left if before[one] == after[place]), None)
            if same is not None and len(left) > 1:
                left.remove(same)
                right.remove(place)
                yield same, place
        yield from zip(left, right, strict=False)


def _group(items: Sequence[Plain]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for at, item in enumerate(items):
        found.setdefault("".join(own_name(item).split()), []).append(at)
    return found


def _by_likeness(
    before: Sequence[Plain], after: Sequence[Plain], pairs: dict[int, int]
) -> Iterator[tuple[int, int]]:
    """Yield pairs of what has no namesake: the likest first."""
    taken = set(pairs.values())
    old = [at for at in range(len(before)) if at not in pairs]
    new = [at for at in range(len(after)) if at not in taken]
    scored = [
        (-likeness(before[a], after[b], is_same_position=_is_same_position(a, b, pairs)), a, b)
        for a in old
        for b in new
    ]
    used_old: set[int] = set()
    used_new: set[int] = set()
    for score, a, b in sorted(scored):
        if -score >= ALIKE and a not in used_old and b not in used_new:
            used_old.add(a)
            used_new.add(b)
            yield a, b


def _is_same_position(old: int, new: int, pairs: dict[int, int]) -> bool:
    """Say whether the neighbour before, or the one behind, is the same on both sides."""
    before = new - 1 == pairs.get(old - 1, -1)
    return before or pairs.get(old + 1) == new + 1 or old == new


def _longest_rise(values: Sequence[int]) -> set[int]:
    """Return the places of a longest rising part of a sequence."""
    tails: list[int] = []
    ends: list[int] = []
    previous: list[int] = []
    for at, value in enumerate(values):
        slot = bisect_left(tails, value)
        tails[slot : slot + 1] = [value]
        ends[slot : slot + 1] = [at]
        previous.append(ends[slot - 1] if slot else -1)
    kept: set[int] = set()
    at = ends[-1] if ends else -1
    while at >= 0:
        kept.add(at)
        at = previous[at]
    return kept
