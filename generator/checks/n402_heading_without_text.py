"""A heading of the report has text under it (FIELD §3, 40).

Rule: a heading without sub-headings and without text.
Source: re-checkers' practice.

PASS: `有关建议: 建立健全绩效目标体系。`
FAIL: `有关建议: ""`
"""

from collections.abc import Iterator

from generator.checks.review import Remark, Review
from generator.domain.model import Passage
from generator.findings import Severity

CODE = "N402"
RULE = "heading-without-text"
SEVERITY = Severity.WARNING
IS_LAW = False


def check(review: Review) -> Iterator[Remark]:
    """Yield headings with nothing under them."""
    for passage in review.project.report or ():
        yield from _bare(review, passage)


def _bare(review: Review, passage: Passage) -> Iterator[Remark]:
    if not passage.below and not passage.text.strip():
        yield Remark(
            place=review.key_place(*passage.path),
            message=f"标题「{passage.heading}」下面没有文字",
            subject=".".join(str(part) for part in passage.path),
            hint="补写内容，或删去这个标题",
        )
    for below in passage.below:
        yield from _bare(review, below)
