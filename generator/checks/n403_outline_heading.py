"""The report has the headings that the outline requires.

Rule: 必填 in 提纲 of form.yaml, found by name or alias; under 参考 only where the report follows
the outline at that level, since a unit may file under its own headings.
Source: 参考提纲.

PASS: 绩效评价指标分析下有项目产出情况
FAIL: 绩效评价指标分析下没有项目产出情况
"""

from collections.abc import Iterator

from generator.checks.about import About
from generator.checks.review import Remark, Review
from generator.domain.forms import Heading, Outline
from generator.domain.model import Passage, Path
from generator.findings import Severity
from generator.patterns import pattern

CODE = "N403"
RULE = "outline-heading"
SEVERITY = Severity.WARNING
IS_LAW = False
_NUMBER = pattern(r"[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[)）]|\d+[.、．]")
ABOUT = About(
    what="缺少提纲里必填的标题。提纲是“固定”的，算错误。",
    basis="参考提纲",
    example="「基本情况」下缺少标题「项目绩效目标」",
    subject="`报告.基本情况.项目绩效目标`",
    remedy="补写",
)


def check(review: Review) -> Iterator[Remark]:
    """Yield required headings that are missing."""
    yield from _numbered(review, review.project.report or ())
    outline = review.project.form.outline
    if outline is None or outline.mode == "自由":
        return
    if review.project.report is None:
        yield from _no_report(review, outline)
        return
    severity = Severity.ERROR if outline.mode == "固定" else None
    for path, heading in _missing(outline.headings, review.project.report, ("报告",)):
        above = f"「{path[-1]}」下" if len(path) > 1 else "报告里"
        yield Remark(
            place=review.key_place(*path),
            message=f"{above}缺少标题「{heading.name}」",
            subject=".".join([*(str(part) for part in path), heading.name]),
            basis=f"提纲（{heading.place.file}:{heading.place.line}）",
            hint=f"补写：{heading.prompt}" if heading.prompt else "补写这一部分",
            severity=severity,
        )


def _no_report(review: Review, outline: Outline) -> Iterator[Remark]:
    """Yield one remark when a fixed outline is printed and nothing was written under it."""
    documents = review.project.form.documents
    is_printed = outline.mode == "固定" and not any(one.needs == "报告" for one in documents)
    names = [heading.name for heading in outline.headings if heading.is_required]
    if is_printed and names:
        place = outline.headings[0].place
        yield Remark(
            place=review.place(),
            message=f"没有写报告，缺少{'、'.join(names)}",
            subject="报告",
            basis=f"提纲（{place.file}:{place.line}）",
            hint="补写「报告」和下面的各个标题",
            severity=Severity.ERROR,
        )


def _numbered(review: Review, passages: tuple[Passage, ...]) -> Iterator[Remark]:
    """Yield headings that bring their own number: the template numbers them again."""
    for passage in passages:
        number = _NUMBER.match(passage.heading)
        if number:
            yield Remark(
                place=review.key_place(*passage.path),
                message=f"标题「{passage.heading}」自带序号，印出来会有两个",
                subject=".".join(str(part) for part in passage.path),
                hint=f"删去「{number[0]}」，序号由模板编",
            )
        yield from _numbered(review, passage.below)


def _missing(
    headings: tuple[Heading, ...], passages: tuple[Passage, ...], path: Path
) -> Iterator[tuple[Path, Heading]]:
    known = {name: passage for passage in passages for name in (passage.heading,)}
    found = {
        heading.name: next((known[n] for n in (heading.name, *heading.aliases) if n in known), None)
        for heading in headings
    }
    if not any(found.values()):
        return
    for heading in headings:
        passage = found[heading.name]
        if passage is None:
            if heading.is_required:
                yield path, heading
        elif passage.below:
            yield from _missing(heading.below, passage.below, passage.path)
