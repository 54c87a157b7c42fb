"""Tags of a paragraph, however many runs Word has split them over."""

import re
from collections.abc import Callable

from msgspec import Struct

from generator.patterns import pattern
from generator.rendering.problems import Tag
from generator.rendering.template_part import Code, TemplatePart
from generator.rendering.xml_tree import SPACE, Element, closest, parent_of, remove, w

TAG = pattern(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_LEFT_OVER = pattern(r"\{\{|\{%|\{#|%\}|#\}|\}\}")
_CLOSERS = ("}}", "%}", "#}")
_OTHER_HALF = {"{{": "}}", "{%": "%}", "{#": "#}", "}}": "{{", "%}": "{%", "#}": "{#"}
_FULL_WIDTH = pattern(r"[｛{][｛％]|｛[{%]|[％｝][｝}]|[%}]｝")
_BRACE = pattern(r"[{}]")
OPENER = pattern(r"\{[{%#]")
_TRACKED = ("ins", "del", "moveFrom", "moveTo")


class FoundTag(Struct, frozen=True):
    """A tag in a paragraph: where it begins, and whether it is all there is."""

    tag: Tag
    paragraph: Element
    text: Element  # the w:t in which it begins
    is_alone: bool


def own_texts(paragraph: Element) -> list[Element]:
    """Return the w:t of a paragraph, without those of text boxes anchored in it."""
    return [text for text in paragraph.iter(w("t")) if closest(text, "p") is paragraph]


def read_paragraph(
    part: TemplatePart, paragraph: Element, translate: Callable[[FoundTag], str]
) -> None:
    """Replace each tag by its translation; it goes to the run where the tag begins."""
    texts = own_texts(paragraph)
    whole = "".join(text.text or "" for text in texts)
    is_wide = _FULL_WIDTH.search(whole) is not None
    if is_wide:
        message = "标签的括号和百分号应为半角：{{ … }}、{% … %}"
        part.refuse(message, paragraph, broken=whole.replace("％", "%"))
    if not _LEFT_OVER.search(whole):
        for text in texts:
            text.text = _hide_braces(part, text.text or "")
        return
    if _is_tracked(paragraph):
        part.refuse("标签所在处有修订痕迹，请先接受或拒绝修订", paragraph)
        return
    starts, position = [], 0
    for text in texts:
        starts.append(position)
        position += len(text.text or "")
    replaced = [""] * len(texts)

    def keep(begin: int, end: int) -> None:
        plain = whole[begin:end]
        if _LEFT_OVER.search(plain) and not is_wide:
            _refuse_unclosed(part, paragraph, plain)
        for index, start in enumerate(starts):
            stop = start + len(texts[index].text or "")
            piece = whole[max(begin, start) : max(min(end, stop), begin, start)]
            replaced[index] += _hide_braces(part, piece)

    position = 0
    for found in TAG.finditer(whole):
        keep(position, found.start())
        owner = max(
            index
            for index, start in enumerate(starts)
            if start <= found.start() and texts[index].text
        )
        tag = part.tag(found.group(), paragraph)
        is_alone = whole.strip() == found.group()
        if OPENER.search(found.group(), 2):
            part.refuse(_unclosed(found.group()), paragraph, broken=found.group())
        else:
            replaced[owner] += translate(FoundTag(tag, paragraph, texts[owner], is_alone))
        position = found.end()
    keep(position, len(whole))
    _write_back(texts, replaced)


def _refuse_unclosed(part: TemplatePart, paragraph: Element, plain: str) -> None:
    """Refuse half a tag; where the other half begins the next paragraph, say so once."""
    message, following = _unclosed(plain), paragraph.getnext()
    if not OPENER.search(plain) and paragraph in part.continued:
        return
    if OPENER.search(plain) and following is not None and _first_half(following) in _CLOSERS:
        part.continued.add(following)
        message = "标签分在两段里，应写在同一段：删去中间的回车"
    opener = OPENER.search(plain)
    part.refuse(message, paragraph, broken=plain[opener.start() :] if opener else plain)


def _unclosed(half: str) -> str:
    """Say which brace pair of half a tag is missing."""
    found = _LEFT_OVER.search(half)
    missing = _OTHER_HALF[found.group()] if found else ""
    return f"标签没有写完，少了「{missing}」"


def _first_half(paragraph: Element) -> str:
    """Return the first brace pair of a paragraph, when it belongs to no whole tag."""
    whole = "".join(text.text or "" for text in own_texts(paragraph))
    found = _LEFT_OVER.search(TAG.sub("", whole)) if paragraph.tag == w("p") else None
    return found.group() if found else ""


def _hide_braces(part: TemplatePart, text: str) -> str:
    """Mark single braces: docxtpl joins a brace with another one, even of the next paragraph."""
    return _BRACE.sub(lambda brace: part.mark(Code(f"{{{{ '{brace.group()}' }}}}")), text)


def _write_back(texts: list[Element], replaced: list[str]) -> None:
    """Write the translated texts; a run that held nothing but a tag's letters goes."""
    for text, content in zip(texts, replaced, strict=True):
        text.text = content
        text.set(SPACE, "preserve")
        run = parent_of(text)
        if not content and all(child.tag in (w("rPr"), w("t")) for child in run):
            run.remove(text)
            if run.find(w("t")) is None:
                remove(run)


def _is_tracked(paragraph: Element) -> bool:
    """Say whether text of the paragraph, or its table row, is a tracked change."""
    names = tuple(w(name) for name in _TRACKED)
    inside = any(
        closest(change, "p") is paragraph
        for change in paragraph.iter(*names)
        if change.getparent() is not None and parent_of(change).tag != w("rPr")
    )
    outside = closest(paragraph, *_TRACKED) is not None
    row = closest(paragraph, "tr")
    properties = None if row is None else row.find(w("trPr"))
    in_row = properties is not None and any(properties.find(name) is not None for name in names)
    return inside or outside or in_row


def refuse_tags_elsewhere(part: TemplatePart) -> None:
    """Refuse braces of tags outside printed text: Jinja would run them, and nobody sees them."""
    for element in part.root.iter():
        values = [element.text or "", *map(str, element.attrib.values()), element.tail or ""]
        if element.tag == w("t"):
            values = values[1:]
        for value in values:
            if OPENER.search(value):
                at = element if element.tag == w("p") else closest(element, "p")
                message = (
                    f"标签只能写在正文文字里，不能写在域、公式、已删除文字或属性中：{value[:30]}"
                )
                part.refuse(message, part.root if at is None else at)
