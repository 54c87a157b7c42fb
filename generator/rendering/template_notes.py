"""What a template may look like and had better not: fonts, type set by hand, rows, heads."""

import pathlib
from collections.abc import Iterator

from generator.patterns import pattern
from generator.rendering.merges import merge_kind
from generator.rendering.opening import open_package
from generator.rendering.package import PackageError
from generator.rendering.paragraphs import OPENER, TAG, own_texts
from generator.rendering.problems import TemplateProblem
from generator.rendering.template_part import TemplatePart
from generator.rendering.xml_tree import (
    NAMES,
    Element,
    XmlError,
    cells_of,
    closest,
    local_name,
    parse_xml,
    rows_of,
    text_of,
    w,
)

_PART = pattern(r"word/(document|header|footer|footnotes|endnotes)\d*\.xml")
_THEME = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")
_BY_HAND = {
    "rFonts": "字体",
    "sz": "字号",
    "b": "加粗",
    "i": "倾斜",
    "color": "颜色",
    "u": "下划线",
    "highlight": "突出显示",
    "spacing": "间距",
    "w": "字符缩放",
    "jc": "对齐",
    "ind": "缩进",
}
_ROW_LOOP = pattern(r"\{%\s*(?:每行|tr\s+for)\s|^\s*\{%\s*(?:每|for)\s[^{}]*%\}\s*$")
_HOLDS_PROSE = pattern(r"\{%\s*(正文|每段)")
_PLAIN_BRACES = pattern(r"(?<![{｛])[{｛][^{}｛｝]{1,40}[}｝](?![}｝])|\{\s+\{[^{}]*\}\s+\}")
_OFF = ("0", "false", "off")
_MOST_ROWS = 6  # that a note names
Note = tuple[str, TemplateProblem]  # rule, what and where


def find_notes(path: pathlib.Path) -> Iterator[Note]:
    """Yield what is only said, never demanded; nothing of a file that is no .docx."""
    try:
        members = open_package(path)
    except (PackageError, XmlError):
        return
    yield from _style_fonts(parse_xml(members["word/styles.xml"]))
    for name, blob in members.items():
        if _PART.fullmatch(name):
            part = TemplatePart(name, parse_xml(blob))
            for paragraph in part.places:
                yield from _fonts(part, paragraph)
                yield from _by_hand(part, paragraph)
                yield from _plain_braces(part, paragraph)
            yield from _breaking_rows(part)
            yield from _single_heads(part)


def _style_fonts(root: Element) -> Iterator[Note]:
    for style in [*root.iter(w("docDefaults")), *root.iter(w("style"))]:
        faults = {fault for fonts in style.iter(w("rFonts")) if (fault := _font_fault(fonts))}
        label = style.find("w:name", NAMES)
        name = "缺省样式" if label is None else f"样式「{label.get(w('val'), '')}」"
        for fault in sorted(faults):
            yield "template-font", TemplateProblem(fault, "word/styles.xml", name)


def _fonts(part: TemplatePart, paragraph: Element) -> Iterator[Note]:
    found: dict[str, None] = {}
    for text in own_texts(paragraph):
        run = closest(text, "r")
        fonts = None if run is None else run.find("w:rPr/w:rFonts", NAMES)
        if fonts is not None and (text.text or "").strip():
            found[_font_fault(fonts)] = None
    for fault in filter(None, found):
        yield "template-font", _problem(part, paragraph, fault)


def _font_fault(fonts: Element) -> str:
    """Return what is wrong with a font setting; blank when nothing is."""
    if any(fonts.get(w(name)) for name in _THEME):
        return "用了主题字体，换一台机器就是另一种字体；请直接选定中文、西文字体"
    named = fonts.get(w("ascii")) or fonts.get(w("hAnsi"))
    if named and not fonts.get(w("eastAsia")):
        return f"只设了西文字体「{named}」，没有设中文字体（w:eastAsia）"
    return ""


def _by_hand(part: TemplatePart, paragraph: Element) -> Iterator[Note]:
    if closest(paragraph, "tc") is None:
        return
    whole = "".join(text.text or "" for text in own_texts(paragraph))
    if not OPENER.search(whole):
        return
    set_ones = paragraph.findall("w:pPr/*", NAMES)
    for run in paragraph.findall("w:r", NAMES):
        if run.find("w:t", NAMES) is not None:
            set_ones += run.findall("w:rPr/*", NAMES)
    names = dict.fromkeys(_BY_HAND.get(local_name(one), "") for one in set_ones)
    shown = "、".join(filter(None, names))
    if shown:
        message = f"标签所在的格直接设了{shown}，没有用样式"
        yield "template-direct-format", _problem(part, paragraph, message)


def _plain_braces(part: TemplatePart, paragraph: Element) -> Iterator[Note]:
    whole = TAG.sub("", "".join(text.text or "" for text in own_texts(paragraph)))
    found = _PLAIN_BRACES.search(whole)
    if found is not None:
        message = f"「{found.group()}」不是标签，会照样印出来"
        yield "template-plain-brace", _problem(part, paragraph, message)


def _breaking_rows(part: TemplatePart) -> Iterator[Note]:
    for number, table in enumerate(part.root.iter(w("tbl")), 1):
        rows = [n for n, row in enumerate(rows_of(table), 1) if _may_break(row)]
        if not rows:
            continue
        message = "没有取消「允许跨页断行」，一行会断成两页"
        yield "template-row-split", _row_problem(part, table, f"表 {number}", rows, message)


def _single_heads(part: TemplatePart) -> Iterator[Note]:
    """Yield the tables that may go on for pages under a head that is printed once."""
    for number, table in enumerate(part.root.iter(w("tbl")), 1):
        rows = rows_of(table)
        loop = next((at for at, row in enumerate(rows) if _ROW_LOOP.search(text_of(row))), 0)
        heads = rows[:loop]
        if not heads or _is_on(heads[0], "tblHeader") or not _can_repeat(heads, rows[loop]):
            continue
        message = "表格逐行印，标题行没有设为「重复标题行」，换页以后看不到标题"
        numbers = list(range(1, loop + 1))
        yield "template-head", _row_problem(part, table, f"表 {number}", numbers, message)


def _can_repeat(heads: list[Element], below: Element) -> bool:
    """Say whether Word can repeat rows.

    Rows with tags are no head, and no cell of a head may go on into the rows below.
    """
    is_filled = any(OPENER.search(text_of(row)) for row in heads)
    return not is_filled and all(merge_kind(cell) != "continue" for cell in cells_of(below))


def _row_problem(
    part: TemplatePart, table: Element, where: str, rows: list[int], message: str
) -> TemplateProblem:
    """Return a problem of rows of a table, by their numbers; its text is that of the first."""
    shown = "、".join(str(row) for row in rows[:_MOST_ROWS])
    shown += f" 等 {len(rows)} 行" if len(rows) > _MOST_ROWS else ""
    first = next(rows_of(table)[rows[0] - 1].iter(w("p")), None)
    around = "" if first is None else _problem(part, first, "").around
    return TemplateProblem(message, part.name, f"{where} 行 {shown}", around)


def _may_break(row: Element) -> bool:
    if _HOLDS_PROSE.search(text_of(row)):
        return False  # longer than a page, it has to
    return not _is_on(row, "cantSplit")


def _is_on(row: Element, name: str) -> bool:
    found = row.find(f"w:trPr/w:{name}", NAMES)
    return found is not None and found.get(w("val")) not in _OFF


def _problem(part: TemplatePart, at: Element, message: str) -> TemplateProblem:
    part.problems.clear()
    part.refuse(message, at)
    return part.problems[0]
