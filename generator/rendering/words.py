"""The instruction words: what a tag does to the paragraph, row or text it stands in."""

import re

from generator.patterns import pattern
from generator.rendering.blocks import CONDITION, LOOP, BlockStack, UnpairedError
from generator.rendering.expressions import (
    ExpressionError,
    Loop,
    parse_for,
    parse_loop,
    translate,
)
from generator.rendering.jinja_environment import check_expression
from generator.rendering.merges import CellTag, merge_down, merge_right
from generator.rendering.narrative_tag import narrative_code
from generator.rendering.paragraphs import TAG, FoundTag
from generator.rendering.template_part import BLOCKS, CELLS, CONDITIONS, LOOPS, Code, TemplatePart
from generator.rendering.xml_tree import (
    Element,
    closest,
    parent_of,
    put_after,
    put_before,
    remove,
    text_of,
    w,
)
from generator.suggestions import ask_meant

_LEVEL = pattern(r"(tr|tc|p|r)\s+")  # docxtpl's `{%tr … %}`, `{{p … }}` name the level outright
_QUOTED = pattern(r"[“”\"][^“”\"]*[“”\"]")
_COLUMN = pattern(r'\w+\["(?P<column>[^"]+)"\]')
_CELL_WORDS = ("合并", "右并")
_ROW_LOOPS, _ROW_CONDITIONS = ("每行", "每段"), ("行若", "段若")
_WORDS = (
    "每行",
    "行若",
    "每段",
    "段若",
    "正文",
    "合并",
    "右并",
    "每",
    "若",
    "否则若",
    "否则",
    "完",
)
_SOLID = ("drawing", "pict", "object", "br", "fldChar", "ruby", "sym")


class Vocabulary:
    """Translates the tags of one part, and remembers which blocks are open."""

    def __init__(self, part: TemplatePart) -> None:
        """Begin with no open block."""
        self._part = part
        self._blocks = BlockStack(part)
        self._replaced: set[Element] = set()
        self._looped: set[Element] = set()  # rows and paragraphs with 每行, 每段

    def translate(self, found: FoundTag) -> str:
        """Return what stands in the text instead of a tag; what is wrong is noted."""
        try:
            return self._translate(found)
        except ExpressionError as error:
            text, at = found.tag.text, found.paragraph
            if not isinstance(error, UnpairedError) or not self._blocks.may_follow(at):
                self._part.refuse(f"{text}：{error}", at, broken=text)
            return ""

    def finish(self) -> None:
        """Refuse what was never closed."""
        self._blocks.finish()

    def _translate(self, found: FoundTag) -> str:
        body = found.tag.text[2:-2]
        level = _LEVEL.match(body)
        name = level.group(1) if level else ""
        body = body[level.end() if level else 0 :].strip()
        if name == "tc":
            raise ExpressionError("单元格不能循环，请用「每行」")
        if body.startswith("-") or body.endswith("-"):
            raise ExpressionError("不支持 {%- … -%}")
        match found.tag.text[1]:
            case "#":
                return self._comment(found, name)
            case "{":
                return self._value(found, name, body)
            case _:
                word, rest = [*re.split(r"\s+", body, maxsplit=1), ""][:2]
                return self._instruct(found, name, word, rest)

    def _comment(self, found: FoundTag, level: str) -> str:
        if level in ("tr", "p"):
            self._replace(found, level, Code("", found.tag))
        return ""

    def _value(self, found: FoundTag, level: str, body: str) -> str:
        expression = self._expression(body) + ("|成品" if level else "")
        cell = closest(found.paragraph, "tc")
        column = _COLUMN.match(expression)
        if cell is not None and column:
            self._part.cell_columns.setdefault(cell, column["column"])
        if level in ("tr", "p"):
            self._replace(found, level, Code(f"{{{{ {expression} }}}}", found.tag))
            return ""
        # The braces stay in sight: docxtpl's patch_xml lifts `{{r }}` out of its run.
        return f"{{{{{level} {self._part.mark(Code(expression, found.tag))} }}}}"

    def _instruct(self, found: FoundTag, level: str, word: str, rest: str) -> str:
        if word in _CELL_WORDS:
            self._change_cell(found, word, rest)
        elif word in _ROW_LOOPS or word in _ROW_CONDITIONS:
            self._single(found, word, rest)
        elif word == "正文":
            self._narrative(found, rest)
        elif word in ("每", "for"):
            return self._loop(found, level, word, rest)
        elif word in ("若", "if"):
            return self._condition(found, level, rest)
        elif word in ("否则", "else", "否则若", "elif"):
            return self._otherwise(found, level, word, rest)
        elif word in ("完", "endfor", "endif"):
            return self._close(found, level, word)
        else:
            raise ExpressionError(f"不认识的指令「{word}」{_hint_for(word, found.paragraph)}")
        return ""

    def _expression(self, text: str) -> str:
        expression = translate(text)
        try:
            check_expression(expression)
        except ExpressionError as error:
            if "、" not in _QUOTED.sub("", text):
                raise
            raise ExpressionError(f"{error}；名称里有标点的，写成 报告[“甲、乙”]") from None
        return expression

    def _loop_code(self, found: FoundTag, loop: Loop) -> Code:
        check_expression(loop.items)
        certain = loop.least > 0
        return Code(loop.code, found.tag, 1, variable=loop.variable, is_certain=certain)

    def _single(self, found: FoundTag, word: str, rest: str) -> None:
        """每行, 行若, 每段, 段若 act on the element in which they stand, and need no end."""
        element = found.paragraph if "段" in word else closest(found.paragraph, "tr")
        if element is None:
            raise ExpressionError(f"「{word}」只能写在表格里")
        if "段" in word:
            self._check_section_break(found.paragraph)
        if word in _ROW_LOOPS:
            if element in self._looped:
                raise ExpressionError(f"「{word}」在这一{word[1]}里已经写过，只能写一次")
            self._looped.add(element)
            code = self._loop_code(found, parse_loop(rest, variable=word[1]))
            self._part.later(LOOPS, lambda: self._wrap(element, code, "{% endfor %}"))
        else:
            code = Code(f"{{% if {self._expression(rest)} %}}", found.tag, opens=1)
            self._part.later(CONDITIONS, lambda: self._wrap(element, code, "{% endif %}"))

    def _wrap(self, element: Element, code: Code, end: str) -> None:
        put_before(element, self._part.mark(code))
        put_after(element, self._part.mark(Code(end, code.tag, opens=-1)))

    def _narrative(self, found: FoundTag, rest: str) -> None:
        if not found.is_alone:
            raise ExpressionError("「正文」应独占一段")
        expression = self._expression(rest)
        if "|" in expression:
            raise ExpressionError("「正文」后面只写名称")
        self._replace(found, "p", narrative_code(self._part, found, expression))

    def _change_cell(self, found: FoundTag, word: str, rest: str) -> None:
        cell = closest(found.paragraph, "tc")
        if cell is None:
            raise ExpressionError(f"「{word}」只能写在表格里")
        cell_tag = CellTag(self._part, cell, found.paragraph, found.tag)
        if word == "合并":
            self._part.later(CELLS, lambda: merge_down(cell_tag, rest))
            return
        span = re.fullmatch(r"(\d{1,2})\s*若\s*(.+)", rest)
        if span is None:
            raise ExpressionError("应写作「右并 2 若 条件」")
        count, condition = int(span.group(1)), self._expression(span.group(2))
        self._part.later(CELLS, lambda: merge_right(cell_tag, count, condition=condition))

    # -- blocks: 每 … 完, 若 … 否则 … 完, and Jinja's own for, if, else, endfor, endif

    def _loop(self, found: FoundTag, level: str, word: str, rest: str) -> str:
        level = level or _level_of(found)
        self._blocks.open(LOOP, self._container(found, level), found)
        loop = parse_loop(rest, variable="项") if word == "每" else parse_for(rest)
        return self._put(found, level, self._loop_code(found, loop))

    def _condition(self, found: FoundTag, level: str, rest: str) -> str:
        level = level or _level_of(found)
        self._blocks.open(CONDITION, self._container(found, level), found)
        code = Code(f"{{% if {self._expression(rest)} %}}", found.tag, opens=1)
        return self._put(found, level, code)

    def _otherwise(self, found: FoundTag, level: str, word: str, rest: str) -> str:
        level = level or _level_of(found)
        is_last = word in ("否则", "else")
        self._blocks.turn(self._container(found, level), found, is_last=is_last)
        if is_last and rest:
            raise ExpressionError("「否则」后面不写条件，有条件时请写「否则若」")
        text = "{% else %}" if is_last else f"{{% elif {self._expression(rest)} %}}"
        return self._put(found, level, Code(text, found.tag))

    def _close(self, found: FoundTag, level: str, word: str) -> str:
        level = level or _level_of(found)
        kind = self._blocks.close(self._container(found, level), found, word)
        return self._put(found, level, Code(f"{{% end{kind} %}}", found.tag, opens=-1))

    def _container(self, found: FoundTag, level: str) -> Element:
        """Return what must hold both ends: a table, a cell or the body, or for text its parent."""
        if level in ("tr", "p"):
            return parent_of(self._element(found, level))
        return parent_of(parent_of(found.text))

    def _put(self, found: FoundTag, level: str, code: Code) -> str:
        if level in ("tr", "p"):
            self._replace(found, level, code)
            return ""
        if level == "r":
            raise ExpressionError("不支持 {%r %}，请直接写在文字之间")
        return self._part.mark(code)

    def _element(self, found: FoundTag, level: str) -> Element:
        element = found.paragraph if level == "p" else closest(found.paragraph, "tr")
        if element is None:
            raise ExpressionError("不在表格行内")
        return element

    def _replace(self, found: FoundTag, level: str, code: Code) -> None:
        """Put code in the place of the paragraph or row in which a tag stands."""
        element = self._element(found, level)
        self._check_section_break(element)
        rest = text_of(element).replace(found.tag.text, "", 1)
        if element in self._replaced or rest.strip():
            raise ExpressionError(
                "所在的段落或表格行还有别的内容，会被一并删去；指令应独占一段或一行"
            )
        if any(next(element.iter(w(name)), None) is not None for name in _SOLID):
            raise ExpressionError("所在的段落或表格行还有图片、分页符或域，指令应独占一段")
        self._replaced.add(element)

        def put() -> None:
            put_before(element, self._part.mark(code))
            remove(element)

        self._part.later(BLOCKS, put)

    def _check_section_break(self, element: Element) -> None:
        if next(element.iter(w("sectPr")), None) is not None:
            raise ExpressionError("这一段带有分节符，指令请另起一段")


def _level_of(found: FoundTag) -> str:
    """Alone in a row the row goes, alone in a paragraph the paragraph goes, else the text."""
    if not found.is_alone:
        return ""
    row = closest(found.paragraph, "tr")
    if row is not None and TAG.sub("", text_of(row), count=1).strip() == "":
        return "tr"
    return "p"


def _hint_for(word: str, at: Element) -> str:
    """Say what is usually wrong with an unknown word; in a table 每航 is 每行, elsewhere 每段."""
    known = next((known for known in _WORDS if word.startswith(known)), "")
    other = "行" if closest(at, "tr") is None else "段"
    likely = [one for one in _WORDS if other not in one]
    meant = ask_meant(word, likely) or ask_meant(word, _WORDS)
    if known:
        return f"，{meant}写「{known}」的，后面应有空格" if meant else f"，「{known}」后面应有空格"
    return f"，{meant}" if meant else f"，可用的是：{'、'.join(_WORDS)}"
