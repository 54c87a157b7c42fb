"""Where points were lost, the report names a problem (FIELD §3, 22).

Rule: a heading with one of the words 标题 under which nothing but empty talk stands (空话 of
placeholder-text, and 空话 here), while a row or 执行率 lost points.
Source: re-checkers' practice.

PASS: 存在的问题：场地交付较晚。有失分
FAIL: 存在的问题：无。有失分
"""

from collections.abc import Iterator

from generator.amounts import ZERO, plain
from generator.checks.about import About
from generator.checks.quality_rows import normal
from generator.checks.review import Remark, Review
from generator.checks.texts import passage_texts
from generator.domain.model import Passage
from generator.findings import Severity

CODE = "Q602"
RULE = "problem-untold"
SEVERITY = Severity.WARNING
IS_LAW = False
PARAMETERS = {
    "标题": "标题里有这些字的，就是写问题的地方",
    "空话": "只写了这些，就当没有写问题；placeholder-text 的空话也算",
}
ABOUT = About(
    what="写问题的标题下面只有“无”“不存在问题”一类的话，而有的行失了分。",
    basis="复核的惯例",
    example="失分 4.5 分，「存在的问题及原因分析」却只写了「无。」",
    subject="标题，如 `报告.存在的问题及原因分析`",
    remedy="写明失分的原因和改进措施",
)


def check(review: Review) -> Iterator[Remark]:
    """Yield headings about problems that tell none."""
    setting, lost = review.setting(RULE), _lost(review)
    heads = setting.words("标题")
    if not heads or not lost:
        return
    empty = (*review.setting("placeholder-text").words("空话"), *setting.words("空话"))
    talk = {normal(word) for word in empty}
    for passage, said in _problems(review.project.report or (), heads, talk):
        yield Remark(
            place=review.key_place(*passage.path),
            message=f"失分 {lost} 分，「{passage.heading}」却只写了「{said}」",
            subject=".".join(str(part) for part in passage.path),
            hint="写明失分的原因和改进措施",
        )


def _problems(
    passages: tuple[Passage, ...], heads: tuple[str, ...], talk: set[str]
) -> Iterator[tuple[Passage, str]]:
    """Yield the headings that say nothing, the upper one only, with what stands there."""
    for passage in passages:
        said = _said(passage) if any(word in passage.heading for word in heads) else []
        if said and all(normal(text) in talk for text in said):
            yield passage, said[0]
        else:
            yield from _problems(passage.below, heads, talk)


def _said(passage: Passage) -> list[str]:
    return [one.text.strip() for one in passage_texts(passage) if one.text.strip()]


def _lost(review: Review) -> str:
    """Return how many points were lost; blank where none was."""
    rate = review.sheet.rate
    scored = (*review.sheet.rows, *([rate] if rate is not None else ()))
    lost = sum(
        (
            one.points - one.score
            for one in scored
            if one.points is not None and one.score is not None and one.score < one.points
        ),
        ZERO,
    )
    return plain(lost) if lost else ""
