"""正文: headings and paragraphs as WordprocessingML, by style or in the look of the tag."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.domain.narrative import Box, Report, Section
from generator.rendering.markup import Markup, escape
from generator.rendering.problems import TemplateProblem, UnusableValueError
from generator.rendering.xml_tree import (
    NAMES,
    Element,
    copy_of,
    fragment,
    make,
    parent_of,
    parse_xml,
    w,
)

HEADINGS = ("heading 1", "heading 2", "heading 3", "heading 4")
BODY = "公文正文"
STYLES_PART = "word/styles.xml"
_DIGITS = "零一二三四五六七八九"
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_BOLD_RUN = "<w:rPr><w:b/><w:bCs/></w:rPr>"
_BOX_LEVEL = 2  # headings inside a box begin as the third level does: 1.
_BEFORE_BOLD = (w("rStyle"), w("rFonts"))
_REVISIONS = ("pPrChange", "rPrChange", "ins", "del", "moveFrom", "moveTo")


@dataclass(frozen=True, slots=True)
class Look:
    """Properties of paragraphs and runs, as WordprocessingML."""

    paragraph: str = ""
    run: str = ""
    bold: str = _BOLD_RUN


def look_of(paragraph: Element, run: Element) -> Look:
    """Return the look of a paragraph and of one of its runs."""
    kept, plain = paragraph.find("w:pPr", NAMES), run.find("w:rPr", NAMES)
    around = fragment(_without_revisions(kept)) if kept is not None else ""
    if plain is None:
        return Look(around)
    plain = _without_revisions(plain)
    bold = copy_of(plain)
    for name in ("b", "bCs"):
        for old in bold.findall(f"w:{name}", NAMES):
            bold.remove(old)
    place = sum(child.tag in _BEFORE_BOLD for child in bold)
    bold[place:place] = [make("b"), make("bCs")]
    return Look(around, fragment(plain), fragment(bold))


def _without_revisions(element: Element) -> Element:
    kept = copy_of(element)
    for change in list(kept.iter(*(w(name) for name in _REVISIONS))):
        parent_of(change).remove(change)
    return kept


class NarrativeWriter:
    """Writes sections by style, found by its name: Word and WPS rename ids, never names."""

    def __init__(self, styles: bytes) -> None:
        """Read the styles of a template."""
        root = parse_xml(styles)
        self._ids: dict[str, str] = {}
        for style in root.findall("w:style", NAMES):
            name = style.find("w:name", NAMES)
            if name is not None and style.get(w("type")) == "paragraph":
                self._ids[name.get(w("val"), "").casefold()] = style.get(w("styleId"), "")
        self._missing = [name for name in (*HEADINGS, BODY) if name not in self._ids]
        first = self._ids.get(HEADINGS[0], "")
        self._is_numbered_by_word = any(
            style.get(w("styleId")) == first and style.find("w:pPr/w:numPr", NAMES) is not None
            for style in root.findall("w:style", NAMES)
        )

    def problems(self) -> Iterator[TemplateProblem]:
        """Yield a problem for each style that a report needs and the template does not have."""
        for name in self._missing:
            shown = name.replace("heading", "标题")
            yield TemplateProblem(f"模板缺少样式「{shown}」，「正文」要用它", STYLES_PART)

    def write(self, value: object, *look: str) -> Markup:
        """Return the paragraphs of a report by style, or of a box in the look of its tag.

        Raises:
            UnusableValueError: It is neither.
        """
        if isinstance(value, Box):
            return Markup("").join(_box(value, Look(*look)))
        sections = value.sections if isinstance(value, Report) else value
        if not isinstance(sections, Sequence) or not all(
            isinstance(section, Section) for section in sections
        ):
            raise UnusableValueError("不是正文（标题和段落）")
        if sections and self._missing:
            raise UnusableValueError("模板缺少正文要用的样式")
        return Markup("").join(self._sections(sections, level=0))

    def _sections(self, sections: Sequence[Section], *, level: int) -> Iterator[Markup]:
        depth = min(level, len(HEADINGS) - 1)
        for count, section in enumerate(sections, 1):
            # Word's automatic numbers are in no text that a re-checker reads: they are typed.
            is_typed = not self._is_numbered_by_word
            title = _numbered(section, depth, count) if is_typed else section.heading
            yield _paragraph(title, self._by_style(HEADINGS[depth]))
            for text in section.paragraphs:
                # Tables and pictures will be blocks of their own beside these.
                yield _paragraph(text, self._by_style(BODY))
            yield from self._sections(section.sections, level=level + 1)

    def _by_style(self, name: str) -> Look:
        return Look(f'<w:pPr><w:pStyle w:val="{escape(self._ids[name])}"/></w:pPr>')


def _box(box: Box, look: Look) -> Iterator[Markup]:
    """Yield what stands under one heading; at least one paragraph, as a cell must end in one."""
    if not box.paragraphs and not box.sections:
        yield _paragraph("", look)
    for text in box.paragraphs:
        yield _paragraph(text, look)
    yield from _box_sections(box.sections, look, level=_BOX_LEVEL)


def _box_sections(sections: Sequence[Section], look: Look, *, level: int) -> Iterator[Markup]:
    for count, section in enumerate(sections, 1):
        yield _paragraph(_numbered(section, level, count), look)
        for text in section.paragraphs:
            yield _paragraph(text, look)
        yield from _box_sections(section.sections, look, level=level + 1)


def _paragraph(text: str, look: Look) -> Markup:
    runs = Markup("").join(_runs(text, look))
    return Markup("<w:p>{}{}</w:p>").format(Markup(look.paragraph), runs)


def _runs(text: str, look: Look) -> Iterator[Markup]:
    """Yield a run for each stretch of plain or bold text."""
    for index, stretch in enumerate(_BOLD.split(text)):
        if stretch:
            kind = Markup(look.bold if index % 2 else look.run)
            content = escape(stretch)
            yield Markup('<w:r>{}<w:t xml:space="preserve">{}</w:t></w:r>').format(kind, content)


def _numbered(section: Section, level: int, count: int) -> str:
    number = heading_number(level, count)
    gap = " " if number.endswith(".") and section.heading[:1].isdigit() else ""  # 1. 2019年
    return number + gap + section.heading


def heading_number(level: int, count: int) -> str:
    """Return the number of a heading as GB/T 9704 types it: 一、 （一） 1. （1）."""
    match level:
        case 0:
            return f"{chinese_number(count)}、"
        case 1:
            return f"（{chinese_number(count)}）"
        case 2:
            return f"{count}."
        case _:
            return f"（{count}）"


def chinese_number(number: int) -> str:
    """Return 1 to 99 in Chinese: 一, 十, 十一, 二十, 二十一."""
    tens, ones = divmod(number, 10)
    if tens >= len(_DIGITS):
        return str(number)
    head = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones or not tens else "")
