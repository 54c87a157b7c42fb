"""What the C parser refuses, told in Chinese: its English text is only looked up, never shown."""

import re
from typing import Final

from msgspec import Struct

from generator.findings import Finding, Place
from generator.patterns import pattern
from generator.reading.yaml_kinds import ALIGN, DASH, GENERAL, KINDS, QUOTE, Kind
from generator.reading.yaml_lines import find_colon, unseen_indent
from generator.reading.yaml_rules import excerpt, report


class Fault(Struct, frozen=True):
    """Where and why the parser stopped; lines and columns from 0."""

    problem: str
    context: str
    line: int
    column: int
    context_line: int  # where the unfinished thing began; the same as `line` when unknown
    context_column: int
    text_line: int  # first line of the unquoted text just read; `line` when there is none


_TEMPLATE: Final = pattern(r"(?:^ *|[:\-：] +)(?P<tag>\{[{%].*)")


def colon_faults(fault: Fault, lines: tuple[str, ...]) -> dict[int, re.Match[str]]:
    """Return the lines (from 0) whose wrong colon made the parser stop, perhaps a line later."""
    suspects = [*range(fault.text_line, fault.line + 1), fault.context_line]
    if fault.problem.startswith("could not find expected ':'"):
        suspects = [fault.context_line]
    found = {at: find_colon(lines[at]) for at in sorted(set(suspects)) if at < len(lines)}
    return {at: match for at, match in found.items() if match}


def explain_fault(fault: Fault, lines: tuple[str, ...], *, file: str) -> list[Finding]:
    """Explain one refusal; tabs are all reported, since each has to be mended."""
    tabs = _explain_tabs(fault, lines, file=file)
    if tabs:
        return tabs
    for at in (fault.context_line, fault.line):
        text = _line(lines, at)
        indent = unseen_indent(text, at + 1, file=file)
        if indent:
            return [indent]
        match = _TEMPLATE.search(text)
        if match:
            return [explain_template(match["tag"], at + 1, match.start("tag") + 1, file=file)]
    return [_explain_kind(fault, lines, file=file)]


def explain_template(tag: str, line: int, column: int, *, file: str) -> Finding:
    """Say that a value beginning with `{{` needs quotes."""
    place = Place(file, line, column, len(tag.rstrip()))
    message = f"「{excerpt(tag)}」以花括号开头而没有加引号，YAML 把它读成了映射，不是文字"
    typed = tag.rstrip()
    example = f"，即 '{typed}'" if excerpt(typed) == typed and "'" not in typed else ""
    hint = f"请给整个值加单引号{example}，或用 | 另起一行书写。"
    return report("Y115" if tag.startswith("{{") else "Y111", place, message, hint)


def _explain_tabs(fault: Fault, lines: tuple[str, ...], *, file: str) -> list[Finding]:
    """Report each line that a tab indents, when a tab is what stopped the parser."""
    here = _line(lines, fault.line)
    blank = here[: len(here) - len(here.lstrip(" \t"))]
    if "\t" not in blank and "\t" not in here[fault.column : fault.column + 1]:
        return []
    first = blank.find("\t") if "\t" in blank else fault.column
    places = {fault.line: first}
    places.update({at: 0 for at, line in enumerate(lines) if re.match(r"\t+[^\s#]", line)})
    message = "这里用了制表符（Tab）；YAML 的缩进只能用半角空格"
    hint = "请把行首的制表符换成半角空格，每级两格；编辑器可设为“按 Tab 键输入空格”。"
    return [
        report("Y103", Place(file, at + 1, column + 1, 1), message, hint)
        for at, column in sorted(places.items())
    ]


def _explain_kind(fault: Fault, lines: tuple[str, ...], *, file: str) -> Finding:
    """Look the parser's words up; what it says about mappings needs a look at the line."""
    kind = _kind_of(fault, lines)
    line, column = fault.line, fault.column
    if kind.is_at_context:
        line, column = fault.context_line, fault.context_column
    if line >= len(lines) or (line == len(lines) - 1 and not lines[line]):
        line = max(0, next((at for at in range(len(lines) - 1, -1, -1) if lines[at].strip()), 0))
        column = len(lines[line]) if lines else 0
    text = _line(lines, line)
    message = (  # not `format`: messages quote the user's own braces
        kind.message.replace("<character>", text[column : column + 1])
        .replace("<next>", text[column + 1 : column + 2])
        .replace("<rest>", excerpt(text[column:]))
    )
    return report(kind.code, Place(file, line + 1, column + 1, 1), message, kind.hint)


def _kind_of(fault: Fault, lines: tuple[str, ...]) -> Kind:
    """Return the kind of a refusal."""
    text = _line(lines, fault.line)
    if "mapping values are not allowed" in fault.problem:
        return _second_colon(fault, text)
    if "<document start>" in fault.problem and _follows_end(fault, lines):
        message = "「...」结束了这份文档，后面还有内容；一个文件只能有一份"
        return Kind("", "", message, "请删去「...」那一行。", code="Y107")
    if "did not find expected key" in fault.problem:
        return _no_key(fault, text)
    if "could not find expected ':'" in fault.problem and _line(
        lines, fault.context_line
    ).lstrip().startswith("-"):
        return DASH
    for kind in KINDS:
        if kind.problem in fault.problem and kind.context in fault.context:
            return kind
    return GENERAL


def _second_colon(fault: Fault, text: str) -> Kind:
    """Tell two colons in a line from a line that is indented too far."""
    if re.search(r"[^\s]: ", text[: fault.column]):
        message = "这一行有两个“冒号加空格”，第二个不能读成键和值"
        return Kind("", "", message, "如果第二个冒号是正文，请给整个值加引号；否则请换行并缩进。")
    if fault.text_line < fault.line:
        message = f"「{excerpt(text)}」比上一行多缩进，被接到了上一行的文字后面"
        return Kind("", "", message, ALIGN)
    message = f"「{excerpt(text)}」的冒号不能出现在这里"
    return Kind("", "", message, f"如果是正文，请加引号。{ALIGN}")


def _no_key(fault: Fault, text: str) -> Kind:
    """Tell text after a quote or a bracket from a line that is not aligned."""
    before = text[: fault.column].strip()
    if not before and text[fault.column : fault.column + 1] == ":":
        return Kind("", "", "冒号前面没有键名", "请在冒号前面写上键名。", code="Y115")
    if before.endswith(("'", '"')):
        message = f"引号已经结束，后面还有「{excerpt(text[fault.column :])}」"
        return Kind(
            "",
            "",
            message,
            "请把引号移到整个值的首尾；值里的引号请用中文引号“”。前面有引号没有配对时也会这样。",
        )
    if before.endswith(("]", "}")):
        message = f"括号已经结束，后面还有「{excerpt(text[fault.column :])}」"
        return Kind("", "", message, QUOTE)
    return Kind("", "", "这一行没有和任何一级的键对齐", ALIGN)


def _follows_end(fault: Fault, lines: tuple[str, ...]) -> bool:
    """Say whether the document was ended by a line of its own."""
    return any(line.startswith("...") for line in lines[: fault.line])


def _line(lines: tuple[str, ...], at: int) -> str:
    """Return a line (from 0); "" past the end."""
    return lines[at] if at < len(lines) else ""
