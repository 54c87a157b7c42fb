"""No paragraph is copied from another project's or another unit's file (FIELD §3, 36).

Rule: a paragraph (最少字数) of which a share (阈值) stands in one paragraph of another file of the
year is told in both files, once for each heading and other file. What stands in more files than
最多份数, or in the form's own words, is nobody's: it does not count. Nor does another unit call
itself by its name here: a name of another unit's 字段 right before 自称后, or in brackets behind
自称前, is told.
Source: re-checkers' practice: text pasted from another unit's report.

PASS: 二十份文件里都有的一段话；会同某某市乙局
FAIL: 项目概况与另一个项目的一字不差；甲局的文件里写 某某市乙局主要职责
"""

from collections.abc import Iterable, Iterator, Sequence, Set
from decimal import Decimal

from msgspec import Struct

from generator.checks.about import About
from generator.checks.between.copies import (
    Copyable,
    Texts,
    are_copies_settled,
    find_copies,
    join_texts,
)
from generator.checks.between.entries import Entry, YearFindings
from generator.checks.between.names import fold
from generator.checks.between.other_units import Called, Calling, find_called, find_other_units
from generator.checks.between.paragraphs import Paragraphs, read_paragraphs
from generator.checks.review import Remark, Review
from generator.checks.texts import Text
from generator.findings import Severity

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


class Note(Struct, frozen=True):
    """The paragraphs of a project, its unit's names, and who calls itself by name in it."""

    paragraphs: Paragraphs
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
    compared = texts if is_on else ()
    values = (review.project.values.get(field) for field in setting.words("字段"))
    return Note(
        read_paragraphs(review, compared, int(least or 0)),
        frozenset(fold(value) for value in values if isinstance(value, str) and fold(value)),
        tuple(find_called(review, texts, setting)),
        share or Decimal(1),
        int(most or 0),
    )


def compare(
    unit: Sequence[Entry[Note]],  # noqa: ARG001 - one form for all checks
    last: Sequence[Entry[Note]],  # noqa: ARG001
) -> Iterator[tuple[str, Remark]]:
    """Yield nothing: files of one unit are compared with all those of the year."""
    yield from ()


def share(unit: Sequence[Entry[Note]]) -> Texts:
    """Return the paragraphs of a unit, its names and who calls itself by name in it."""
    year, folder, _ = unit[0].id.split("/")
    names = frozenset[str]().union(*(entry.note.names for entry in unit))
    files = ((_copyable(entry), entry.note.paragraphs) for entry in unit)
    return join_texts((year, folder), tuple(files), names)


def _copyable(entry: Entry[Note]) -> Copyable:
    note = entry.note
    return Copyable(entry.id, entry.file, note.least_share, note.most_files, note.called)


def compare_year(parts: Iterable[Texts]) -> YearFindings:
    """Return what was copied, in each of the two files, and other units' names."""
    copies, involved = find_copies(parts)
    units, called = dict[tuple[str, str], Set[str]](), list[Calling]()
    for part in parts:
        units[part.folder] = part.names
        called += ((file.id, part.folder, file.called) for file in part.files if file.called)
    return YearFindings((*copies, *find_other_units(called, units)), frozenset(involved))


def is_settled(
    changes: Sequence[tuple[Texts, Texts]], parts: Iterable[Texts], before: YearFindings
) -> bool:
    """Say whether only paragraphs have changed, and none that anybody else has."""
    if any((was.files, was.names) != (now.files, now.names) for was, now in changes):
        return False
    return are_copies_settled(changes, parts, before.involved)
