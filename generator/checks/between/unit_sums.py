"""The check sums of a unit's paragraphs in order, so that a range of them is found at once.

What paragraphs share is counted without looking at pairs, and range by range over all units of a
year: the work grows with the length of the texts only, and what stands in memory does not grow.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from itertools import accumulate, chain, compress, permutations

from msgspec import Struct

from generator.checks.between.owned_sums import Owned, join_owned
from generator.checks.between.paragraphs import ALL_SUMS, Paragraphs

_AT_ONCE = 1 << 19  # check sums that are counted at once


class UnitSums(Struct, frozen=True):
    """The check sums of the files of a unit; its paragraphs are numbered through."""

    starts: "array[int]"  # the first paragraph of each file, and how many there are
    counts: "array[int]"  # check sums of each paragraph
    firsts: Owned  # each once a file, where it stands first
    others: Owned  # where it stands again in the same file

    def __len__(self) -> int:
        """Return how many paragraphs there are."""
        return len(self.counts)

    def of_file(self, index: int) -> list[Set[int]]:
        """Return the check sums of each paragraph of a file."""
        start, end = self.starts[index : index + 2]
        found: list[set[int]] = [set() for _ in range(start, end)]
        for owned in (self.firsts, self.others):
            for one, owner in zip(owned.sums, owned.owners, strict=True):
                if start <= owner < end:
                    found[owner - start].add(one)
        return [*found]

    def count_files(self, one: int) -> int:
        """Return how many files have a check sum."""
        start, sums = bisect_left(self.firsts.sums, one), self.firsts.sums
        is_there = start < len(sums) and sums[start] == one
        return bisect_right(sums, one, start) - start if is_there else 0


def join_sums(files: Sequence[Paragraphs]) -> UnitSums:
    """Return the check sums of all files of a unit."""
    starts = array("I", accumulate((len(file) for file in files), initial=0))
    counts = array("I", chain.from_iterable(file.counts() for file in files))
    firsts = join_owned([file.firsts for file in files], starts)
    return UnitSums(starts, counts, firsts, join_owned([file.others for file in files], starts))


class Shares(Struct):
    """How many check sums of each paragraph of a unit are not its file's alone."""

    common: "array[int]"  # that too many files have
    met: "array[int]"  # that another file has, and not too many


def count_shares(units: Iterable[UnitSums], most: int) -> list[Shares]:
    """Count for each paragraph of a year what other files have of it.

    Args:
        units: Those of a year in order; gone through once for each range.
        most: In how many files a check sum may stand to be anybody's.
    """
    found, total = list[Shares](), 0
    for unit in units:
        blank = array("I", [0]) * len(unit)
        found.append(Shares(blank, blank[:]))
        total += len(unit.firsts.sums)
    parts = 1 + total // _AT_ONCE
    for number in range(parts):
        part = range(number * ALL_SUMS // parts, (number + 1) * ALL_SUMS // parts)
        _count_part([(one.firsts.part(part), one.others.part(part)) for one in units], most, found)
    return found


def _count_part(units: Sequence[tuple[Owned, Owned]], most: int, found: Sequence[Shares]) -> None:
    files = Counter[int]()
    for firsts, _ in units:
        files.update(firsts.sums)
    common = {one for one, number in files.items() if number > most}
    met = {one for one, number in files.items() if 1 < number <= most}
    for shares, both in zip(found, units, strict=True):
        for owned in both:
            _add(shares.common, owned.tally(common))
            _add(shares.met, owned.tally(met))


def _add(numbers: "array[int]", counts: Counter[int]) -> None:
    for index, more in counts.items():
        numbers[index] += more


def count_pairs(units: Iterable[UnitSums], wanted: Set[int], most: int) -> Counter[tuple[int, int]]:
    """Count what some paragraphs share with those of other files.

    Args:
        units: Those of a year in order, whose paragraphs are numbered through.
        wanted: The paragraphs, which come first in each pair.
        most: In how many files a check sum may stand to be anybody's.
    """
    asked, first = set[int](), 0
    for unit in units:
        own = wanted & set(range(first, first + len(unit)))
        is_wanted = map({number - first for number in own}.__contains__, unit.firsts.owners)
        asked.update(compress(unit.firsts.sums, is_wanted) if own else ())
        first += len(unit)
    files = Counter[int]()
    for unit in units if asked else ():
        files.update(filter(asked.__contains__, unit.firsts.sums))
    owners = {one: list[int]() for one, number in files.items() if 1 < number <= most}
    first = 0
    for unit in units if owners else ():
        for one, owner in unit.firsts.among(set(owners)):
            owners[one].append(first + owner)
        first += len(unit)
    shared = Counter[tuple[int, int]]()
    for several in owners.values():
        shared.update(pair for pair in permutations(several, 2) if pair[0] in wanted)
    return shared
