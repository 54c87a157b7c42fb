"""A heading of the report has text under it (FIELD §3, 40).

Rule: a heading without sub-headings and without text, table or picture.
Source: re-checkers' practice.

PASS: `有关建议: 建立健全绩效目标体系。`
FAIL: `有关建议: ""`
"""

from collections.abc import Iterator

from generator.checks.about import About
from generator.checks.review import Remark, Review
from generator.domain.model import Passage
from generator.findings import Severity

CODE = "N402"
RULE = "heading-without-text"
SEVERITY = Severity.WARNING
IS_LAW = False
ABOUT = About(
    what="标题下面没有文字、表、图，也没有下一级标题。",
    basis="复核的惯例",
    example="标题「综合评价情况及评价结论」下面没有文字",
    subject="`报告.综合评价情况及评价结论`",
    remedy="补写，或删去标题",
)


def check(review: Review) -> Iterator[Remark]:
    """Yield headings with nothing under them."""
    for passage in review.project.report or ():
        yield from _bare(review, passage)


def _bare(review: Review, passage: Passage) -> Iterator[Remark]:
    if not passage.below and passage.is_blank:
        yield Remark(
            place=review.key_place(*passage.path),
            message=f"标题「{passage.heading}」下面没有文字",
            subject=".".join(str(part) for part in passage.path),
            hint="补写内容，或删去这个标题",
        )
    for below in passage.below:
        yield from _bare(review, below)
