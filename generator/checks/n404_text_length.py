"""A text is as long as the outline asks.

Rule: 字数 in 提纲: Han characters, digits and punctuation, after references are filled; tables and
captions do not count.
Source: 参考提纲.

PASS: 项目概况 60 字，提纲要求至少 40 字
FAIL: 项目概况 12 字
"""

from collections.abc import Iterator

from generator.checks.about import About
from generator.checks.review import Remark, Review
from generator.domain.forms import Heading
from generator.domain.model import Passage
from generator.findings import Severity

CODE = "N404"
RULE = "text-length"
SEVERITY = Severity.WARNING
IS_LAW = False
ABOUT = About(
    what="一段文字比提纲要求的短或长。引用换成数以后数字数，不算空格，不算表和图。",
    basis="参考提纲",
    example="「项目概况」3 字，应至少 40 字",
    subject="`报告.基本情况.项目概况`",
    remedy="补写或压缩",
)


def check(review: Review) -> Iterator[Remark]:
    """Yield texts that are too short or too long."""
    outline = review.project.form.outline
    for heading, passage in _pairs(
        outline.headings if outline else (), review.project.report or ()
    ):
        text = review.scope.fill(_whole(passage))
        length = sum(map(len, text.split()))
        if not length and passage.is_blank:
            continue  # reported as a heading without text
        least, most = heading.least_length, heading.most_length
        if least is not None and length < least:
            limit = f"至少 {least} 字"
        elif most is not None and length > most:
            limit = f"至多 {most} 字"
        else:
            continue
        yield Remark(
            place=review.key_place(*passage.path),
            message=f"「{passage.heading}」{length} 字，应{limit}",
            subject=".".join(str(part) for part in passage.path),
            basis=f"提纲（{heading.place.file}:{heading.place.line}）",
        )


def _pairs(
    headings: tuple[Heading, ...], passages: tuple[Passage, ...]
) -> Iterator[tuple[Heading, Passage]]:
    for heading in headings:
        names = (heading.name, *heading.aliases)
        for passage in passages:
            if passage.heading in names:
                yield heading, passage
                yield from _pairs(heading.below, passage.below)


def _whole(passage: Passage) -> str:
    return passage.text + "".join(_whole(below) for below in passage.below)
