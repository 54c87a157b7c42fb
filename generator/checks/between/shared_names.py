"""The shared names of the units of a year: which are written in two ways, and where."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set

from msgspec import Struct

from generator.checks.between.names import fold_all, most_frequent
from generator.findings import Place


class Shared(Struct, frozen=True):
    """A name that other files have as well."""

    field: str
    value: str
    place: Place


File = tuple[str, str, tuple[Shared, ...]]  # id, path and names


class Names(Struct, frozen=True):
    """The shared names of the files of a unit."""

    counts: Mapping[str, int]  # how often each stands there
    firsts: Mapping[str, str]  # the first file that has it
    files: tuple[File, ...]
    told: Set[tuple[str, str]]  # project and field: already told within the unit


def join_names(files: Iterable[File], told: Set[tuple[str, str]]) -> Names:
    """Return the names of a unit's files, which come in order."""
    counts, firsts, own = Counter[str](), dict[str, str](), tuple(files)
    for _, file, names in own:
        for one in names:
            counts[one.value] += 1
            firsts.setdefault(one.value, file)
    return Names(dict(counts), firsts, own, frozenset(told))


def find_widths(units: Iterable[Names]) -> Iterator[tuple[str, Shared, str, str]]:
    """Yield shared names that another unit writes with other brackets, quotes or widths.

    Each comes with its project, the right writing and a file of another unit that has it.
    """
    counts = Counter[str]()
    for unit in units:
        counts.update(unit.counts)
    rights = find_rights(counts)
    if not rights:
        return
    firsts: dict[str, dict[int, str]] = {right: {} for right in rights.values()}
    for number, unit in enumerate(units):
        for right in firsts.keys() & unit.firsts.keys():
            firsts[right][number] = unit.firsts[right]
    for number, unit in enumerate(units):
        for identifier, _, names in unit.files if rights.keys() & unit.counts.keys() else ():
            for one in names:
                known = firsts.get(rights.get(one.value, ""), {}).items()
                other = next((file for own, file in known if own != number), "")
                if other and (identifier, one.field) not in unit.told:
                    yield identifier, one, rights[one.value], other


def find_rights(counts: Mapping[str, int]) -> dict[str, str]:
    """Return the most frequent writing of each name that is folded like it and is not it."""
    every = fold_all(counts)
    if len(set(every)) == len(every):  # each has one writing
        return {}
    writings = dict[str, dict[str, int]]()
    for name, folded in zip(counts, every, strict=True):
        writings.setdefault(folded, {})[name] = counts[name]
    several = (own for own in writings.values() if len(own) > 1)
    found = {name: most_frequent(own) for own in several for name in own}
    return {name: right for name, right in found.items() if name != right}
