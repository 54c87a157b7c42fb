"""What is counted, folded and found in one go is what going one by one would find."""

import random
import tracemalloc
from array import array
from collections import Counter
from zlib import crc32

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.checks.between import paragraphs, unit_sums
from generator.checks.between.names import Finder, Mention, Slips, fold, fold_all
from generator.checks.between.owned_sums import split_sums
from generator.checks.between.paragraphs import Paragraphs
from generator.checks.between.unit_sums import count_pairs, count_shares, join_sums

LETTERS = "甲乙丙丁㎡Ⅲ，（）“-a１𠀀é\u0301 \n"
SLIPS = Slips(("项目", "的"), "东西", 5)
SUMS = st.sets(st.integers(0, 12).map(lambda number: number << 26), max_size=8)


def packed(file):
    """Return paragraphs with some check sums."""
    numbers = [number for own in file for number in (0, 1, 1, 0, 80, len(own))]
    sums = [one for own in file for one in own]
    owners = [index for index, own in enumerate(file) for _ in own]
    return Paragraphs((("报告", "报告"),), array("I", numbers), *split_sums(sums, owners))


def counted_by_pairs(files, most):
    """Count what is shared, each check sum by itself."""
    shared, common = Counter(), Counter()
    every = [(number, own) for number, file in enumerate(files) for own in file]
    for one in set().union(*(own for _, own in every)):
        owners = [index for index, (_, own) in enumerate(every) if one in own]
        firsts = {}
        for index in owners:
            firsts.setdefault(every[index][0], index)
        if len(firsts) > most:
            common.update(owners)
        else:
            pairs = ((a, b) for a in firsts.values() for b in firsts.values() if a != b)
            shared.update(pairs)
    return shared, common


@pytest.mark.parametrize("at_once", [1, 1 << 20])
@given(st.lists(st.lists(SUMS, max_size=4), max_size=6), st.integers(1, 4), st.integers(1, 3))
def test_shared_check_sums_are_counted_as_pair_by_pair(at_once, files, most, per_unit):
    units = [files[at : at + per_unit] for at in range(0, len(files), per_unit)]
    units = [join_sums([packed(file) for file in unit]) for unit in units]
    shared, common = counted_by_pairs(files, most)
    every = [own for file in files for own in file]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(unit_sums, "_AT_ONCE", at_once)
        found = count_shares(units, most)
    assert [n for own in found for n in own.common] == [common[i] for i in range(len(every))]
    firsts = Counter(one for file in files for one in set().union(*file))
    met = [len([one for one in own if 1 < firsts[one] <= most]) for own in every]
    assert [n for own in found for n in own.met] == met
    for wanted in (set(range(len(every))), {0, 3}):
        pairs = {pair: count for pair, count in shared.items() if pair[0] in wanted}
        assert count_pairs(units, wanted, most) == pairs


class InventedYear:
    """Units that are made anew whenever they are gone through."""

    def __init__(self, units):
        self.units = units

    def __iter__(self):
        for number in range(self.units):
            chance = random.Random(number)
            files = [[{chance.getrandbits(30) for _ in range(50)} for _ in range(4)]] * 5
            yield join_sums([packed(file) for file in files])


def test_a_year_of_any_size_takes_the_same_memory(monkeypatch):
    monkeypatch.setattr(unit_sums, "_AT_ONCE", 5000)
    peaks = []
    for units in (15, 60):
        tracemalloc.start()
        count_pairs(InventedYear(units), {0, 30}, 9)
        assert len(count_shares(InventedYear(units), 3)) == units
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] * 1.5


@given(st.lists(st.lists(SUMS, max_size=4), max_size=6))
def test_check_sums_of_a_file_are_found_again(files):
    unit = join_sums([packed(file) for file in files])
    assert [unit.of_file(index) for index in range(len(files))] == files
    for one in range(0, 13 << 26, 1 << 26):
        assert unit.count_files(one) == sum(one in set().union(*file) for file in files)


@given(st.lists(st.text(LETTERS, max_size=30), max_size=5), st.text(LETTERS, max_size=30))
def test_check_sums_are_a_quarter_of_those_of_all_pieces(texts, printed):
    own_words = paragraphs._printed((printed,))
    for text, found in zip(texts, paragraphs._sums(texts, own_words), strict=True):
        wide, wanted, seen = text.encode("utf-16-le"), set(), set()
        for at in range(0, len(wide) - 15, 2):
            piece = wide[at : at + 16]
            one = crc32(piece)
            is_first = one % 4 == 0 and one not in seen
            seen.add(one)
            if is_first and piece.decode("utf-16-le", "ignore") not in own_words.words:
                wanted.add(one)
        assert found == wanted


@given(st.lists(st.text(LETTERS + "\x00", max_size=12), max_size=5))
def test_texts_are_folded_together_as_one_by_one(texts):
    assert fold_all(texts) == [fold(text) for text in texts]


@example(["丙甲东东", "丙甲东东丙"], "丙甲东东")
@given(
    st.lists(st.text("甲乙丙的项目东", min_size=4, max_size=9), max_size=6),
    st.text("甲乙丙的项目东", max_size=40),
)
def test_mentions_are_those_of_a_look_at_every_letter(names, text):
    found, at = [], 0
    while at < len(text):
        mention = mention_at(sorted(names), text, at)
        found += [mention] if mention else []
        at = mention.end if mention else at + 1
    assert list(Finder(names, SLIPS).find(text)) == found


def mention_at(names, text, at):
    """Return the name that stands at a letter: the longest, an exact one before one with a slip."""
    longest = sorted(names, key=len, reverse=True)
    for name in longest:
        if text.startswith(name, at):
            return Mention(name, at, at + len(name), is_exact=True)
    for length in sorted({len(name) for name in names if len(name) >= SLIPS.least}, reverse=True):
        for more in (1, -1, 2, -2):
            part = text[at : at + length + more]
            for name in (one for one in names if len(one) == length == len(part) - more):
                is_anchored = part[:4] == name[:4] and part[-4:] == name[-4:]
                if is_anchored and SLIPS.differ_inside(part, name):
                    return Mention(name, at, at + len(part), is_exact=False)
    return None
