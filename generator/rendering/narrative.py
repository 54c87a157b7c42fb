"""正文: headings, paragraphs, tables, pictures and 附件 as WordprocessingML, by style or look."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from generator.domain.blocks import Block, Picture, Table
from generator.domain.narrative import Box, Report, Section
from generator.rendering.late import Late
from generator.rendering.looks import Look, write_paragraph
from generator.rendering.markup import Markup
from generator.rendering.problems import TemplateProblem, UnusableValueError
from generator.rendering.style_ids import STYLES_PART, StyleIds, Styles, shown
from generator.rendering.type_area import Area

if TYPE_CHECKING:
    from generator.rendering import narrative_blocks
else:
    narrative_blocks = Late("generator.rendering.narrative_blocks")

HEADINGS = ("heading 1", "heading 2", "heading 3", "heading 4")
BODY, MARK, TITLE = "公文正文", "附件标记", "公文标题"
LISTED, LISTED_FIRST, LISTED_NEXT = "附件说明", "附件说明编号", "附件说明续"
_DIGITS = "零一二三四五六七八九"
_BOX_LEVEL = 2  # headings inside a box begin as the third level does: 1.
_ABOVE = 4000  # mark, blank line and title of 附件, in twentieths of a point


class NarrativeWriter:
    """Writes sections by the styles of a template."""

    def __init__(self, styles: Styles) -> None:
        """Write by the styles of a template."""
        self._styles = StyleIds(styles)
        self._missing = list(self._styles.missing((*HEADINGS, BODY)))
        self._is_numbered_by_word = self._styles.is_numbered(HEADINGS[0])

    def problems(self) -> Iterator[TemplateProblem]:
        """Yield a problem for each style that a report needs and the template does not have."""
        for name in self._missing:
            yield TemplateProblem(f"模板缺少样式「{shown(name)}」，「正文」要用它", STYLES_PART)

    def write(self, value: object, look: Sequence[str], room: Sequence[int]) -> Markup:
        """Return what a report says by style, or what a box says in the look of its tag.

        Args:
            value: A report, its sections, or a box.
            look: What the tag looks like, as `Look` has it.
            room: Width and height where the tag stands, in twentieths of a point.

        Raises:
            UnusableValueError: It is neither, or the template lacks a style.
        """
        area = Area(*room)
        if isinstance(value, Box):
            return Markup("".join(self._box(value, Look(*look), area)))
        sections = value.sections if isinstance(value, Report) else value
        if not isinstance(sections, Sequence) or not all(
            isinstance(section, Section) for section in sections
        ):
            raise UnusableValueError("不是正文（标题和段落）")
        if sections and self._missing:
            raise UnusableValueError("模板缺少正文要用的样式")
        listed = value.attachments if isinstance(value, Report) else ()
        written = (*self._sections(sections, area, level=0), *self._list(listed))
        return Markup("".join(written))

    def attach(self, value: object, room: Sequence[int]) -> Markup:
        """Return the 附件 of a report that are tables and pictures, each from a new page.

        Raises:
            UnusableValueError: The template lacks a style.
        """
        listed = value.attachments if isinstance(value, Report) else ()
        area = Area(room[0], room[1] - _ABOVE)
        pages: list[Markup] = []
        for count, block in enumerate(listed, 1):
            if not isinstance(block, str):
                mark = f"附件{count if len(listed) > 1 else ''}"
                pages += (
                    write_paragraph(mark, self._styles.look(MARK)),
                    write_paragraph("", self._styles.look(BODY)),
                    write_paragraph(block.title, self._styles.look(TITLE)),
                    self._write_block(block, area, is_titled=False),
                )
        return Markup("".join(pages))

    def _sections(self, sections: Sequence[Section], area: Area, *, level: int) -> Iterator[Markup]:
        depth = min(level, len(HEADINGS) - 1)
        for count, section in enumerate(sections, 1):
            # Word's automatic numbers are in no text that a re-checker reads: they are typed.
            is_typed = not self._is_numbered_by_word
            title = _numbered(section, depth, count) if is_typed else section.heading
            yield write_paragraph(title, self._styles.look(HEADINGS[depth]))
            yield from self._written(section.blocks, self._styles.look(BODY), area)
            yield from self._sections(section.sections, area, level=level + 1)

    def _written(self, blocks: Sequence[Block], look: Look, area: Area) -> Iterator[Markup]:
        for block in blocks:
            if isinstance(block, str):
                yield write_paragraph(block, look)
            else:
                yield self._write_block(block, area, is_titled=True)

    def _write_block(self, block: Table | Picture, area: Area, *, is_titled: bool) -> Markup:
        """Return a table or a picture, which most reports have none of."""
        writer = narrative_blocks.BlockWriter(self._styles)
        return writer.write(block, area, is_titled=is_titled)

    def _list(self, listed: Sequence[Block]) -> Iterator[Markup]:
        """Yield the list of 附件: a line below the text, the names one below the other."""
        names = [block if isinstance(block, str) else block.title for block in listed]
        if len(names) == 1:
            yield write_paragraph(f"附件：{names[0]}", self._styles.look(LISTED))
            return
        for count, name in enumerate(names, 1):
            style, mark = (LISTED_FIRST, "附件：") if count == 1 else (LISTED_NEXT, "")
            yield write_paragraph(f"{mark}{count}. {name}", self._styles.look(style))

    def _box(self, box: Box, look: Look, area: Area) -> Iterator[Markup]:
        """Yield what stands under one heading; at least one paragraph, which a cell must have."""
        if not box.blocks and not box.sections:
            yield write_paragraph("", look)
        yield from self._written(box.blocks, look, area)
        yield from self._box_sections(box.sections, look, area, level=_BOX_LEVEL)

    def _box_sections(
        self, sections: Sequence[Section], look: Look, area: Area, *, level: int
    ) -> Iterator[Markup]:
        for count, section in enumerate(sections, 1):
            yield write_paragraph(_numbered(section, level, count), look)
            yield from self._written(section.blocks, look, area)
            yield from self._box_sections(section.sections, look, area, level=level + 1)


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
