"""正文: a tree of headings as WordprocessingML, by the styles of the template."""

import re
from collections.abc import Iterator, Sequence

from generator.domain.narrative import Section
from generator.rendering.markup import Markup, escape
from generator.rendering.problems import TemplateProblem, UnusableValueError
from generator.rendering.xml_tree import NAMES, parse_xml, w

HEADINGS = ("heading 1", "heading 2", "heading 3", "heading 4")
BODY = "公文正文"
STYLES_PART = "word/styles.xml"
_DIGITS = "零一二三四五六七八九"
_BOLD = re.compile(r"\*\*(.+?)\*\*")


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
        first = self._ids.get(HEADINGS[0], "")
        self._is_numbered_by_word = any(
            style.get(w("styleId")) == first and style.find("w:pPr/w:numPr", NAMES) is not None
            for style in root.findall("w:style", NAMES)
        )

    def problems(self) -> Iterator[TemplateProblem]:
        """Yield a problem for each style that 正文 needs and the template does not have."""
        for name in (*HEADINGS, BODY):
            if name not in self._ids:
                shown = name.replace("heading", "标题")
                yield TemplateProblem(f"模板缺少样式「{shown}」，「正文」要用它", STYLES_PART)

    def write(self, sections: object) -> Markup:
        """Return the paragraphs of a report.

        Raises:
            UnusableValueError: It is not made of sections.
        """
        if not isinstance(sections, Sequence) or not all(
            isinstance(section, Section) for section in sections
        ):
            raise UnusableValueError("不是正文（标题和段落）")
        return Markup("").join(self._sections(sections, level=0))

    def _sections(self, sections: Sequence[Section], *, level: int) -> Iterator[Markup]:
        depth = min(level, len(HEADINGS) - 1)
        for count, section in enumerate(sections, 1):
            # Word's automatic numbers are in no text that a re-checker reads: they are typed.
            number = "" if self._is_numbered_by_word else heading_number(depth, count)
            gap = " " if number.endswith(".") and section.heading[:1].isdigit() else ""  # 1. 2019年
            yield self._paragraph(HEADINGS[depth], number + gap + section.heading)
            for paragraph in section.paragraphs:
                # Tables and pictures will be blocks of their own beside these.
                yield self._paragraph(BODY, paragraph)
            yield from self._sections(section.sections, level=level + 1)

    def _paragraph(self, style: str, text: str) -> Markup:
        look = Markup('<w:pPr><w:pStyle w:val="{}"/></w:pPr>').format(self._ids[style])
        return Markup("<w:p>{}{}</w:p>").format(look, Markup("").join(_runs(text)))


def _runs(text: str) -> Iterator[Markup]:
    """Yield a run for each stretch of plain or bold text."""
    for index, stretch in enumerate(_BOLD.split(text)):
        if stretch:
            look = Markup("<w:rPr><w:b/><w:bCs/></w:rPr>" if index % 2 else "")
            content = escape(stretch)
            yield Markup('<w:r>{}<w:t xml:space="preserve">{}</w:t></w:r>').format(look, content)


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
