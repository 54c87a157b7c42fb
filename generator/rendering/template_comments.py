"""Word comments on a copy of a template: each finding at its paragraph; no clock in them."""

import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from generator.rendering.base_template import to_package
from generator.rendering.problems import TemplateProblem
from generator.rendering.template_part import TemplatePart
from generator.rendering.xml_tree import Element, w

_AUTHOR, _INITIALS = "ziping", "检"
_DOCUMENT = "word/document.xml"
Comment = tuple[TemplateProblem, str]  # where, what it says


def write_comments(template: Path, comments: Sequence[Comment]) -> bytes:
    """Return a copy of a template in which each problem is a comment; the file is not touched.

    What stands in a header, a footer or a style is said at the first paragraph: Word has
    comments in the body only.

    Raises:
        ValueError: The file is no .docx, or its body has no text to put a comment at.
    """
    document = _open(template)
    part = TemplatePart(_DOCUMENT, document.element.body.getparent())
    grouped: dict[Element, list[str]] = {}
    for problem, text in comments:
        grouped.setdefault(_paragraph(part, problem), []).append(text)
    for paragraph in part.places:  # in the order of the document
        if paragraph in grouped:
            _comment(document, paragraph, grouped[paragraph])
    for comment in document.part._comments_part.element:
        comment.attrib.pop(w("date"), None)
    return to_package(document)


def is_marked(path: Path) -> bool:
    """Say whether a file is a copy that `write_comments` made."""
    try:
        return any(comment.author == _AUTHOR for comment in _open(path).comments)
    except ValueError:
        return False


def _open(template: Path) -> WordDocument:
    try:
        return Document(io.BytesIO(template.read_bytes()))
    except Exception as fault:  # whatever python-docx meets in a damaged file
        raise ValueError("不是 Word 文档（.docx），或文件已损坏") from fault


def _paragraph(part: TemplatePart, problem: TemplateProblem) -> Element:
    """Return the paragraph a problem is about, or the first one that has text."""
    where = problem.where if problem.part == _DOCUMENT else ""
    if where.startswith("表 "):
        where = where.partition("、")[0].partition(" 等")[0]
    here = [p for p, place in part.places.items() if where and _is_at(place, where) and _runs(p)]
    around = problem.around.partition("…")[0]
    exact = [p for p in here if "".join(_texts(p)).startswith(around)]
    anywhere = (p for p in part.places if _runs(p))
    found = next(iter([*exact, *here]), None)
    if found is None:
        found = next(anywhere, None)
    if found is None:
        raise ValueError("正文里没有文字，批注没有地方写")
    return found


def _is_at(place: str, where: str) -> bool:
    return place == where or place.startswith(f"{where} ")


def _runs(paragraph: Element) -> list[Element]:
    return [run for run in paragraph if run.tag == w("r")]


def _texts(paragraph: Element) -> Iterable[str]:
    return (text.text or "" for text in paragraph.iter(w("t")))


def _comment(document: WordDocument, paragraph: Element, texts: list[str]) -> None:
    """Put one comment on all runs of a paragraph: a tag may be split over several."""
    runs = _runs(paragraph)
    around = Paragraph(paragraph, document)  # type: ignore[arg-type]
    ends = [Run(run, around) for run in (runs[0], runs[-1])]  # type: ignore[arg-type]
    document.add_comment(ends, text="\n".join(texts), author=_AUTHOR, initials=_INITIALS)
