"""No paragraph is copied from another project's or another unit's file (FIELD §3, 36).

Rule: a paragraph (最少字数) of which a share (阈值) stands in one paragraph of another file of the
year is told in both files, once for each heading and other file. What stands in more files than
最多份数, or in the form's own words, is nobody's: it does not count. Nor does another unit call
itself by its name here: a name of another unit's 字段 right before 自称后, or in brackets behind
自称前, is told.
Source: re-checkers' practice: text pasted from another unit's report.

PASS: 二十份文件里都有的一段话；会同某某市乙局
FAIL: 项目概况与另一个项目的一字不差；甲局的文件里写 某某市乙局主要职责

A paragraph is kept as a quarter of the check sums of its eight-letter pieces: a copy shares them,
and the work grows with the length of the texts only.
"""

import zlib
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby, permutations

from generator.amounts import percent
from generator.checks.about import About
from generator.checks.between.entries import Entry, by_year
from generator.checks.between.names import fold
from generator.checks.between.other_units import Called, find_called, find_other_units
from generator.checks.between.sentences import dotted
from generator.checks.review import Remark, Review
from generator.checks.texts import Text
from generator.domain.forms import Form, Heading
from generator.findings import Place, Severity
from generator.scoring.references import find_references

CODE = "B704"
RULE = "text-copied"
SEVERITY = Severity.WARNING
IS_LAW = False
PARAMETERS = {
    "最少字数": "多少字以上的段落才比",
    "阈值": "一段里有多少与另一份文件的一段相同，就提示",
    "最多份数": "同一段话在多少份文件以内才提示；更多的是通用的话",
    "字段": "写单位名称的字段",
    "词尾": "单位名称的末尾，如 局、委员会",
    "自称后": "单位名称后面紧跟着这些词的，是单位在说自己",
    "自称前": "括号里的单位名称前面是这些词的，是单位在说自己",
}
ABOUT = About(
    what=(
        "一段话与另一个项目、另一个单位的文件相同或几乎相同，两边都提示。很多文件里都有的话、表上印好"
        "的提示语不算；同一年度的文件才比。本单位的文件里以别的单位自称，如“某某市乙局主要职责”，也"
        "提示。"
    ),
    basis="复核的惯例",
    example="「项目概况」有 1 段（126 字）与 data/2020/yi/b.yaml 第 40 行相同 100%",
    subject="文字所在，如 `报告.基本情况.项目概况`；别的单位的名称，如 `某某市乙局`",
    remedy="改写成本项目的情况；确实是同一段话的，豁免并写明",
    reason="两个项目执行同一个办法，这段话相同属实",
)
_PIECE = 8  # letters of which one check sum is taken
_KEPT = 4  # one check sum in so many is kept
_WIDE = 2  # bytes of a letter
_LEAST_SUMS = 4
_ALL_SUMS = 1 << 32
_PARTS = 16


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph in short."""

    subject: str  # the path of its text
    heading: str
    place: Place
    length: int
    sums: "array[int]"


@dataclass(frozen=True, slots=True)
class Note:
    """The paragraphs of a project, its unit's names, and who calls itself by name in it."""

    paragraphs: tuple[Paragraph, ...]
    names: frozenset[str]  # folded
    called: tuple[Called, ...]
    least_share: Decimal
    most_files: int


def note(review: Review, texts: Sequence[Text]) -> Note:
    """Return the paragraphs of one project as check sums."""
    setting = review.setting(RULE)
    least, share = setting.number("最少字数"), setting.number("阈值")
    most = setting.number("最多份数")
    is_on = None not in (least, share, most)
    values = (review.project.values.get(field) for field in setting.words("字段"))
    return Note(
        tuple(_paragraphs(review, texts, int(least or 0))) if is_on else (),
        frozenset(fold(value) for value in values if isinstance(value, str) and fold(value)),
        tuple(find_called(review, texts, setting)),
        share or Decimal(1),
        int(most or 0),
    )


def _paragraphs(review: Review, texts: Sequence[Text], least: int) -> Iterator[Paragraph]:
    printed = _own_words(review.project.form)
    for one in texts:
        if one.is_value or len(one.text) < least:
            continue
        start = 0
        for line in one.text.split("\n"):
            letters = _bare(line)
            if len(letters) >= least and letters not in printed:
                sums = array("I", sorted(_sums(letters, printed)))
                at = start + len(line) - len(line.lstrip())
                place, heading = review.place_in(one.path, at), str(one.path[-1])
                yield Paragraph(dotted(one.path), heading, place, len(letters), sums)
            start += len(line) + 1


def _bare(line: str) -> str:
    """Return a paragraph without references, marks and spaces."""
    for reference in reversed(list(find_references(line))):
        line = line[: reference.start] + line[reference.end :]
    return fold(line)


def _own_words(form: Form) -> str:
    """Return the form's own words: its prompts and notes."""
    words = [*form.notes, *(field.label for field in form.fields)]
    below = list(form.outline.headings if form.outline else ())
    while below:
        heading: Heading = below.pop()
        words += [heading.name, *heading.aliases, heading.prompt]
        below += heading.below
    return "\n".join(fold(word) for word in words)


def _sums(letters: str, printed: str) -> Iterator[int]:
    """Yield a quarter of the check sums, always of the same pieces; none of the form's words."""
    wide = memoryview(letters.encode("utf-16-le", "surrogatepass"))
    size, seen = _PIECE * _WIDE, set[int]()
    for at in range(0, len(wide) - size + 1, _WIDE):
        one = zlib.crc32(wide[at : at + size])
        if one % _KEPT == 0 and one not in seen:
            seen.add(one)
            if bytes(wide[at : at + size]).decode("utf-16-le", "ignore") not in printed:
                yield one


def compare(entries: Iterable[Entry[Note]]) -> Iterator[tuple[str, Remark]]:
    """Yield what was copied, in each of the two files, and other units' names."""
    for year in by_year(entries):
        yield from _copies(year)
        units = {entry.unit: entry.note.names for entry in year}
        for entry in year:
            units[entry.unit] |= entry.note.names
        called = ((entry.id, entry.unit, entry.note.called) for entry in year)
        yield from find_other_units(called, units)


@dataclass(frozen=True, slots=True)
class _Owned:
    entry: Entry[Note]
    paragraph: Paragraph


def _copies(year: Sequence[Entry[Note]]) -> Iterator[tuple[str, Remark]]:
    every = [_Owned(entry, one) for entry in year for one in entry.note.paragraphs]
    shared, common = _count(every, max((e.note.most_files for e in year), default=0))
    best: dict[tuple[str, str, str], list[tuple[int, int]]] = {}
    for (mine, other), count in sorted(shared.items()):
        one, there = every[mine], every[other]
        own = len(one.paragraph.sums) - common[mine]
        is_copy = own >= _LEAST_SUMS and count >= one.entry.note.least_share * own
        if is_copy:
            key = (one.entry.id, one.paragraph.subject, there.entry.id)
            best.setdefault(key, []).append((mine, other))
    for pairs in best.values():
        firsts = dict(reversed(pairs))  # each paragraph once
        mine = min(firsts)
        one, there = every[mine], every[firsts[mine]]
        length = sum(every[index].paragraph.length for index in firsts)
        own = sum(len(every[index].paragraph.sums) - common[index] for index in firsts)
        rate = Decimal(sum(shared[pair] for pair in firsts.items())) / own
        where = f"{there.entry.file} 第 {there.paragraph.place.line} 行"
        yield (
            one.entry.id,
            Remark(
                place=one.paragraph.place,
                message=f"「{one.paragraph.heading}」有 {len(firsts)} 段（{length} 字）与 {where}"
                f"（{there.paragraph.heading}）相同 {percent(rate, 0)}",
                subject=one.paragraph.subject,
                hint="改写成本项目的情况；确实是同一段话的，豁免并写明",
            ),
        )


def _count(every: list[_Owned], most: int) -> tuple[Counter[tuple[int, int]], Counter[int]]:
    """Count what each two paragraphs of different files share, and what is common to many files.

    Sorting brings equal check sums together; each is looked at with at most `most` others. It
    goes part by part, so that never all of them stand in memory as numbers.
    """
    shared, common = Counter[tuple[int, int]](), Counter[int]()
    for least in range(0, _ALL_SUMS, _ALL_SUMS // _PARTS):
        marked = sorted(_marked(every, least, least + _ALL_SUMS // _PARTS))
        for _, group in groupby(marked, key=lambda pair: pair[0]):
            owners = [index for _, index in group]
            firsts = {every[index].entry.id: index for index in reversed(owners)}  # one a file
            if len(firsts) > most:
                common.update(owners)
            elif len(firsts) > 1:
                shared.update(permutations(firsts.values(), 2))
    return shared, common


def _marked(every: list[_Owned], least: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the check sums of a range, each with the number of its paragraph."""
    for index, owned in enumerate(every):
        sums = owned.paragraph.sums
        for one in sums[bisect_left(sums, least) : bisect_left(sums, end)]:
            yield one, index
