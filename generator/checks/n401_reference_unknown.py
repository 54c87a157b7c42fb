"""A reference in the prose leads to one value, and to no blank.

Rule: `{{ 资金.全年执行数 }}`, `{{ 指标["名称"].完成值 }}`: a path, nothing else. What it leads to
is filled in; a score or a total that is still to come is told by the row that lacks it.
Source: the names of the form.

PASS: `{{ 资金.全年执行数 }}`
FAIL: `{{ 资金.全年执行额 }}`
"""

from collections.abc import Iterator

from generator.checks.about import About
from generator.checks.review import Remark, Review
from generator.checks.texts import read_texts, read_whole
from generator.domain.model import Path
from generator.findings import Severity
from generator.patterns import pattern
from generator.scoring.references import Reference, ReferenceFault, find_references, parse_names

CODE = "N401"
RULE = "reference-unknown"
SEVERITY = Severity.ERROR
IS_LAW = True
_BRACES = pattern("[{}｛｝]")
_NEARLY = pattern(r"(?:[｛{]*｛[｛{]*|(?<!\{)\{(?!\{))(?P<inside>[^{}｛｝]*)[｝}]+")
ABOUT = About(
    what="正文、长文本里的引用找不到，或引到没有填写的地方，或写法不对，或花括号不成对。",
    basis="表式的名称",
    example="引用 {{ 资金.全年执行额 }} 找不到：「资金」里没有「全年执行额」",
    subject="所在的标题或字段，如 `报告.基本情况.项目概况`",
    remedy="照建议改。豁免了也不能生成，因为文档里会留下花括号",
)


def check(review: Review) -> Iterator[Remark]:
    """Yield references that lead nowhere, and braces that are no reference."""
    if not _BRACES.search(read_whole(review)):
        return
    for path, text in _prose(review):
        seen = 0
        for reference in find_references(text):
            seen += 1
            for message, hint in _faults(review, reference):
                yield Remark(
                    place=review.place_in(path, reference.start),
                    message=f"引用 {reference.text} {message}",
                    subject=".".join(str(part) for part in path),
                    hint=hint,
                )
        if text.count("{{") != seen or text.count("}}") != seen or "{%" in text:
            at = max(text.find("{%"), text.rfind("{{"), 0)
            yield Remark(
                place=review.place_in(path, at),
                message="文字里有没写完的引用，或不能用的写法",
                subject=".".join(str(part) for part in path),
                hint="引用写成 {{ 资金.全年执行数 }}，大括号成对",
            )
        yield from _check_braces(review, path, text)
    yield from _check_plain(review)


def _faults(review: Review, reference: Reference) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a reference, and what to do."""
    names = reference.names
    try:
        value = review.scope.resolve(names)
    except ReferenceFault as fault:
        yield f"找不到：{fault}", fault.hint
        return
    is_computed = names[:1] == ("结果",) or names[-1:] == ("得分",)
    if not value.strip() and not (is_computed and review.sheet.has_open_scores):
        yield "是空的：那里没有填写", "补填那里；或改写这句话，不用这个引用"


def _check_braces(review: Review, path: Path, text: str) -> Iterator[Remark]:
    """Yield braces that were meant as a reference: full-width ones, or one instead of two."""
    if "｛" not in text and text.count("{") == 2 * text.count("{{"):
        return
    for match in _NEARLY.finditer(text):
        names = parse_names(match["inside"])
        if names and (names[0] == "指标" or names[0] in review.scope.names):
            yield Remark(
                place=review.place_in(path, match.start()),
                message=f"「{match[0]}」不是引用，会原样印出来",
                subject=".".join(str(part) for part in path),
                hint="大括号用半角，前后各两个：{{ 资金.全年执行数 }}",
            )


def _check_plain(review: Review) -> Iterator[Remark]:
    for found in read_texts(review):
        if found.takes_references or "{" not in found.text:
            continue
        path, text = found.path, found.text
        at = max(text.find("{{"), text.find("{%"))
        if at >= 0:
            yield Remark(
                place=review.place_in(path, at),
                message="这里不能写引用，会原样印出来",
                subject=".".join(str(part) for part in path),
                hint="直接写内容；引用只用在报告、长文本和偏差原因里",
            )


def _prose(review: Review) -> Iterator[tuple[Path, str]]:
    """Yield the texts that take references and have braces."""
    for one in read_texts(review):
        if one.takes_references and _BRACES.search(one.text):
            yield one.path, one.text
