"""Check sums in order, each with the paragraph that it stands in."""

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from itertools import compress
from operator import ne

from msgspec import Struct


class Owned(Struct, frozen=True):
    """Check sums in order, each with the paragraph that it stands in."""

    sums: "array[int]"
    owners: "array[int]"

    def part(self, part: range) -> "Owned":
        """Return those in a range."""
        start, end = bisect_left(self.sums, part.start), bisect_left(self.sums, part.stop)
        return Owned(self.sums[start:end], self.owners[start:end])

    def among(self, wanted: Set[int]) -> Iterator[tuple[int, int]]:
        """Yield those that are wanted."""
        are_wanted = map(wanted.__contains__, self.sums)
        return compress(zip(self.sums, self.owners, strict=True), are_wanted)

    def tally(self, wanted: Set[int]) -> Counter[int]:
        """Count for each paragraph those that are wanted."""
        return Counter(compress(self.owners, map(wanted.__contains__, self.sums)))


def split_sums(sums: Sequence[int], owners: Sequence[int]) -> tuple[Owned, Owned]:
    """Return check sums of a file where each stands first, and where it stands again.

    Args:
        sums: Those of all paragraphs in turn.
        owners: The paragraph of each.
    """
    first = dict(zip(reversed(sums), reversed(owners), strict=True))
    if len(first) == len(sums):
        return _ordered(sums, owners), Owned(array("I"), array("I"))
    again = list(map(ne, map(first.__getitem__, sums), owners))
    others = list(compress(sums, again)), list(compress(owners, again))
    return _ordered([*first], [*first.values()]), _ordered(*others)


def join_owned(files: Sequence[Owned], starts: Sequence[int]) -> Owned:
    """Return the check sums of some files as those of one.

    Args:
        files: Whose check sums they are.
        starts: The number of the first paragraph of each.
    """
    sums, owners = list[int](), list[int]()
    for start, file in zip(starts, files, strict=False):
        sums += file.sums
        owners += [start + owner for owner in file.owners]
    return _ordered(sums, owners)


def _ordered(sums: Sequence[int], owners: Sequence[int]) -> Owned:
    order = sorted(range(len(sums)), key=sums.__getitem__)
    return Owned(array("I", [sums[at] for at in order]), array("I", [owners[at] for at in order]))
