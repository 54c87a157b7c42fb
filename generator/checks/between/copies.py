"""Paragraphs that stand in two files of a year; the units are gone through one by one."""

import hashlib
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from decimal import ROUND_CEILING, Decimal
from itertools import pairwise

from msgspec import Struct

from generator.amounts import percent
from generator.checks.between.other_units import Called
from generator.checks.between.owned_sums import Owned
from generator.checks.between.paragraphs import Paragraph, Paragraphs
from generator.checks.between.unit_sums import UnitSums, count_pairs, count_shares, join_sums
from generator.checks.review import Remark

_LEAST_SUMS = 4
_NONE = Owned(array("I"), array("I"))


class Copyable(Struct, frozen=True):
    """One file of a unit, and from which share on a paragraph of it is a copy."""

    id: str
    file: str
    least_share: Decimal
    most_files: int
    called: tuple[Called, ...]


class Texts(Struct, frozen=True):
    """What the files of a unit are compared by with those of other units."""

    folder: tuple[str, str]  # year and unit
    files: tuple[Copyable, ...]
    prints: tuple[str, ...]  # of the paragraphs of each file, a hash
    names: Set[str]  # of the unit, folded
    sums: UnitSums
    paragraphs: tuple[Paragraphs, ...]  # of each file, without their check sums

    @property
    def most_files(self) -> int:
        """Return in how many files a text may stand to be anybody's."""
        return max((file.most_files for file in self.files), default=0)

    def files_with(self, wanted: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Yield paragraphs, and the index of the file that each is in.

        Args:
            wanted: A number for each paragraph; blank: it is left out.
        """
        for index, (start, end) in enumerate(pairwise(self.sums.starts)):
            if any(wanted[start:end]):
                yield from ((number, index) for number in range(start, end) if wanted[number])


class Found(Struct, frozen=True):
    """A paragraph that is told, or that is the source of one."""

    id: str
    file: str
    paragraph: Paragraph
    own: int  # its check sums that are not common


class _Sums(Struct, frozen=True):
    """The check sums of each unit, read anew whenever they are gone through."""

    parts: Iterable[Texts]

    def __iter__(self) -> Iterator[UnitSums]:
        return (part.sums for part in self.parts)


def join_texts(
    folder: tuple[str, str],
    files: Sequence[tuple[Copyable, Paragraphs]],
    names: Set[str],
) -> Texts:
    """Return what other units are compared with."""
    every = [own for _, own in files]
    return Texts(
        folder,
        tuple(file for file, _ in files),
        tuple(map(_print, every)),
        names,
        join_sums(every),
        tuple(Paragraphs(own.texts, own.numbers, _NONE, _NONE) for own in every),
    )


def _print(own: Paragraphs) -> str:
    texts = repr(own.texts).encode("utf-8", "surrogatepass")
    sums = (own.firsts.sums, own.firsts.owners, own.others.sums, own.others.owners)
    blob = b"\0".join((texts, *(one.tobytes() for one in (own.numbers, *sums))))
    return hashlib.sha256(blob).hexdigest()


def find_copies(parts: Iterable[Texts]) -> tuple[list[tuple[str, Remark]], Set[str]]:
    """Return what was copied, in each of the two files, and whose change may change that.

    These are the files with a paragraph of which enough stands in others, taken together, and
    the files of which any has enough: every pair that is told is among them.
    """
    most = max((part.most_files for part in parts), default=0)
    shares = count_shares(_Sums(parts), most)
    least: dict[int, int] = {}  # of paragraphs that may be told
    first, involved = 0, set[str]()
    for part, own in zip(parts, shares, strict=True):
        for number, index in part.files_with(own.met):
            enough = _least(part.files[index], part.sums.counts[number] - own.common[number])
            if own.met[number] >= enough:
                least[first + number] = enough
                involved.add(part.files[index].id)
        first += len(part.sums)
    if not least:
        return [], involved
    shared = count_pairs(_Sums(parts), least.keys(), most)
    wanted = {number for pair in shared for number in pair}
    found = _look_up(parts, wanted, [own.common for own in shares])
    by_file = Counter[tuple[int, str]]()
    for (mine, other), count in shared.items():
        by_file[mine, found[other].id] += count
    involved |= {told for (mine, told), count in by_file.items() if count >= least[mine]}
    pairs = sorted(pair for pair, count in shared.items() if count >= least[pair[0]])
    return list(_tell(pairs, shared, found)), involved


def _look_up(
    parts: Iterable[Texts], wanted: Set[int], common: Sequence["array[int]"]
) -> dict[int, Found]:
    """Return some paragraphs by their numbers."""
    found, first = dict[int, Found](), 0
    for part, often in zip(parts, common, strict=True):
        asked = bytes(first + number in wanted for number in range(len(part.sums)))
        for number, index in part.files_with(asked):
            file, at = part.files[index], number - part.sums.starts[index]
            paragraph = part.paragraphs[index].paragraph(at, file.file)
            rest = part.sums.counts[number] - often[number]
            found[first + number] = Found(file.id, file.file, paragraph, rest)
        first += len(part.sums)
    return found


def _tell(
    pairs: Iterable[tuple[int, int]],
    shared: Counter[tuple[int, int]],
    found: dict[int, Found],
) -> Iterator[tuple[str, Remark]]:
    """Yield the pairs, once for each heading and other file."""
    best: dict[tuple[str, str, str], list[tuple[int, int]]] = {}
    for mine, other in pairs:
        key = (found[mine].id, found[mine].paragraph.subject, found[other].id)
        best.setdefault(key, []).append((mine, other))
    for alike in best.values():
        firsts = dict(reversed(alike))  # each paragraph once
        mine = min(firsts)
        one, source = found[mine].paragraph, found[firsts[mine]]
        length = sum(found[number].paragraph.length for number in firsts)
        rate = Decimal(sum(shared[pair] for pair in firsts.items()))
        rate /= sum(found[number].own for number in firsts)
        where = f"{source.file} 第 {source.paragraph.place.line} 行"
        yield (
            found[mine].id,
            Remark(
                place=one.place,
                message=f"「{one.heading}」有 {len(firsts)} 段（{length} 字）与 {where}"
                f"（{source.paragraph.heading}）相同 {percent(rate, 0)}",
                subject=one.subject,
                hint="改写成本项目的情况；确实是同一段话的，豁免并写明",
            ),
        )


def _least(file: Copyable, own: int) -> int:
    """Return how many check sums of its own a copied paragraph shares; more than it has if few."""
    if own < _LEAST_SUMS:
        return own + 1
    return int((file.least_share * own).to_integral_value(ROUND_CEILING))


def are_copies_settled(
    changes: Sequence[tuple[Texts, Texts]], parts: Iterable[Texts], involved: Set[str]
) -> bool:
    """Say whether it is certain that changed files change nothing of what was copied.

    It is when no changed file was involved, no check sum has become anybody's or common, or ceased
    to be (so what any two files share is as it was), and of no paragraph that is new in its file
    enough stands in other files, taken together.
    """
    come, gone = Counter[int](), Counter[int]()
    fresh: list[tuple[Copyable, Set[int]]] = []
    for was, now in changes:
        for index, file in enumerate(now.files):
            if was.prints[index] == now.prints[index]:
                continue
            if file.id in involved:
                return False
            before, after = was.sums.of_file(index), now.sums.of_file(index)
            had, has = set[int]().union(*before), set[int]().union(*after)
            come.update(has - had)
            gone.update(had - has)
            known = {frozenset(own) for own in before}
            fresh += ((file, own) for own in after if own not in known)
    counts = Counter(dict.fromkeys({*come, *gone}.union(*(own for _, own in fresh)), 0))
    if not counts:  # only lines have moved: nothing to be counted in other units
        return True
    most = 0
    for part in parts:
        most = max(most, part.most_files)
        for one in counts:
            counts[one] += part.sums.count_files(one)
    for one in {*come, *gone}:
        now_in, was_in = counts[one], counts[one] - come[one] + gone[one]
        if min(now_in, was_in) <= most and max(now_in, was_in) > 1:
            return False
    for file, own in fresh:
        common = sum(1 for one in own if counts[one] > most)
        met = sum(1 for one in own if 1 < counts[one] <= most)
        if met and met >= _least(file, len(own) - common):
            return False
    return True
