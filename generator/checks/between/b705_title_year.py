"""Titles and phrases name the year that the report is for (FIELD §3, 35).

Rule: a title (字段) with a year's number and 年度, and a phrase such as 2019年度…自评 (词) in a
heading or in prose, name the 年度 of the file. A phrase inside 《》, and a clause that speaks of
another year's report (不算), are left alone.
Source: re-checkers' practice: last year's report is taken as the pattern for this year's.

PASS: 年度 2020，标题 2020年度绩效自评报告
FAIL: 年度 2020，标题 2019年度绩效自评报告
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from generator.checks.about import About
from generator.checks.between.entries import Entry
from generator.checks.between.sentences import dotted, stretch
from generator.checks.review import Remark, Review
from generator.checks.texts import Text, one_of, read_whole
from generator.domain.model import Passage
from generator.findings import Place, Severity
from generator.patterns import pattern

CODE = "B705"
RULE = "title-year"
SEVERITY = Severity.WARNING
IS_LAW = False
PARAMETERS = {
    "字段": "写标题的字段",
    "词": "“2020年度……”后面跟着这些词的，是本报告的年度",
    "不算": "同一句里有这些词的，说的是别的年度的报告",
}
ABOUT = About(
    what=(
        "标题、小标题和正文里“某年度……自评”的年度与本文件的年度不同，多半是照去年的报告改的。书名号"
        "里的文件名、说明去年自评发现什么问题的句子不算。"
    ),
    basis="复核的惯例",
    example="「2019年度绩效自评」与本文件的年度 2020 不同",
    subject="字段或标题，如 `报告副题`、`报告.基本情况.项目概况`",
    remedy="改成本年度；说的确实是别的年度的，豁免并写明",
)
_CITED = pattern(r"《[^》]*》")
_IN_TITLE = pattern(r"(?<!\d)((?:19|20)\d{2})\s*年度")
_GAP = r"[^\d，。；、;,\n《》]{0,16}?"
_CLAUSE = pattern(r"[^，。；;\n]*")


class Note(Struct, frozen=True):
    """What is to be said of one project."""

    remarks: tuple[Remark, ...]


def note(review: Review, texts: Sequence[Text]) -> Note:
    """Look through one project; no other document is needed."""
    return Note(tuple(_remarks(review, texts)))


def compare(
    unit: Sequence[Entry[Note]],
    last: Sequence[Entry[Note]],  # noqa: ARG001 - one form for all checks
) -> Iterator[tuple[str, Remark]]:
    """Yield what was noted."""
    for entry in unit:
        yield from ((entry.id, remark) for remark in entry.note.remarks)


def _remarks(review: Review, texts: Sequence[Text]) -> Iterator[Remark]:
    setting, year = review.setting(RULE), str(review.project.year)
    titles, words = setting.words("字段"), setting.words("词")
    if not words:
        return
    phrase, in_texts = _phrase(words), "年度" in read_whole(review)
    for one in texts if in_texts else ():
        if "年度" not in one.text:
            continue
        pattern = _IN_TITLE if one.path[0] in titles else phrase
        for found in _others(one.text, pattern, year, setting.words("不算")):
            place = stretch(review.place_in(one.path, found.start()), found[0])
            yield _remark(place, found[0], year, dotted(one.path))
    for passage in _headings(review.project.report or ()):
        if "年度" not in passage.heading:
            continue
        for found in _others(passage.heading, phrase, year, setting.words("不算")):
            yield _remark(review.key_place(*passage.path), found[0], year, dotted(passage.path))


@lru_cache(maxsize=64)
def _phrase(words: tuple[str, ...]) -> re.Pattern[str]:
    return pattern(rf"(?<!\d)((?:19|20)\d{{2}})\s*年度{_GAP}(?:{one_of(words)})")


def _others(
    text: str, pattern: re.Pattern[str], year: str, spared: tuple[str, ...]
) -> Iterator[re.Match[str]]:
    """Yield phrases that name another year."""
    plain = _CITED.sub(lambda cited: "《" * len(cited[0]), text)
    for found in pattern.finditer(plain):
        start = max(plain.rfind(mark, 0, found.start()) for mark in "，。；;\n") + 1
        rest = _CLAUSE.match(plain, found.end())
        clause = plain[start : rest.end() if rest else found.end()]
        if found[1] != year and not any(word in clause for word in spared):
            yield found


def _headings(passages: Iterable[Passage]) -> Iterator[Passage]:
    for passage in passages:
        yield passage
        yield from _headings(passage.below)


def _remark(place: Place, phrase: str, year: str, subject: str) -> Remark:
    return Remark(
        place=place,
        message=f"「{phrase}」与本文件的年度 {year} 不同",
        subject=subject,
        hint="改成本年度；说的确实是别的年度的，豁免并写明",
    )
