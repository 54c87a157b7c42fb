"""Slips of the hand that YAML takes for text: a wrong colon, unseen characters, a cut comment."""

import re
from typing import Final

from msgspec.structs import replace

from generator.findings import Finding, Place
from generator.patterns import pattern
from generator.reading.yaml_rules import excerpt, report

_COLON: Final = pattern(
    r"(?P<indent>[ \t\u3000]*(?:- +)*)"
    r"(?P<key>[^\W_][^:：#\"'“”，。；！？{}\[\]]{0,39}?) *"
    r"(?P<colon>：|:[\u3000\u00a0]|:(?=[^\s/]))[\u3000\u00a0 ]*(?P<value>.*)"
)
_FIGURE: Final = pattern(r"(?:[-+−＋－≥≤<>]?\s?\d[\d,]*(?:\.\d+)?\s?\S{0,4})?\s*")
_PROSE: Final = pattern(r"[，。；！？、“”]")
_UNSEEN: Final = (
    r"\u00a0\u00ad\u034f\u061c\u1680\u180e\u2000-\u200f\u202a-\u202f\u205f-\u206f\u3164\ufeff"
)
_ANY_UNSEEN: Final = pattern(f"[{_UNSEEN}\u3000]")
_BAD_IN_KEY: Final = pattern(f"[{_UNSEEN}]|^\u3000+|\u3000+$")
_BAD_INDENT: Final = pattern(f"[ \t]*[{_UNSEEN}\u3000]")
_ITEM: Final = pattern(f"[{_UNSEEN}\u3000]+- ")
_CUT: Final = pattern(r"(?<=\S)[ \t]+#+(?=[^\s#])")
_NAMES: Final = (
    ("\u3000", "全角空格"),
    ("\u00a0", "不间断空格"),
    ("\u200b", "零宽空格"),
    ("\u200c", "零宽不连字"),
    ("\u200d", "零宽连字"),
    ("\ufeff", "零宽不换行空格"),
)


def has_unseen(text: str) -> bool:
    """Say whether a text holds any blank that is not the ASCII one."""
    return bool(_ANY_UNSEEN.search(text))


def find_colon(line: str) -> re.Match[str] | None:
    """Match a line that was meant as `key: value`, typed `key：value` or `key:value`."""
    match = _COLON.match(line)
    if match is None or match["colon"] == "：" or _is_han(match["key"][0]):
        return match
    return None


def _is_han(letter: str) -> bool:
    return "\u3400" <= letter <= "\u9fff" or "\uf900" <= letter <= "\ufaff"


def mend_colon(line: str, match: re.Match[str]) -> str:
    """Write the line with the colon that was meant."""
    return f"{line[: match.end('key')]}: {match['value']}"


def unshift(finding: Finding, lines: tuple[str, ...], *, mended: list[str]) -> Finding:
    """Give a finding on a mended line the column of the line as it was typed."""
    place = finding.place
    if not 0 < place.line <= len(lines):
        return finding
    typed, new = lines[place.line - 1], mended[place.line - 1]
    match = None if typed == new else find_colon(typed)
    if match is None or place.column - 1 <= match.end("key"):
        return finding
    column = place.column - len(new) + len(typed)
    return replace(finding, place=replace(place, column=column))


def explain_colon(match: re.Match[str], line: int, *, file: str, column: int = 1) -> Finding:
    """Name the wrong colon of a line; `column` is where the matched text begins."""
    typed = excerpt(match[0])
    meant = f"{match['key']}: {excerpt(match['value'])}".rstrip()
    place = Place(file, line, column + match.start("colon"), 1)
    if match["colon"] == "：":
        message = f"「{typed}」用了全角冒号「：」，被读成一段文字，没有读成键和值"
        code, what = "Y104", "改为半角冒号加一个空格"
    elif len(match["colon"]) > 1:
        name = _name(match["colon"][1])
        message = f"「{typed}」的冒号后面是{name}，应为半角空格，没有读成键和值"
        code, what = "Y113", "改为半角空格"
    else:
        message = f"「{typed}」的冒号后面缺一个空格，被读成一段文字，没有读成键和值"
        code, what = "Y111", "在冒号后面加一个空格"
    hint = f"请{what}，即「{meant}」。如果这一行本来就是正文，请用 | 另起一行书写，或整段加引号。"
    return report(code, place, message, hint)


def hidden_colons(
    fragments: list[str], *, first_line: int, first_column: int, is_first_counted: bool, file: str
) -> list[Finding]:
    """Report the lines of an unquoted text that were meant as keys and swallowed by it.

    A line counts when it is short and without punctuation; where the text has punctuation, or
    stands on one line alone, only a figure (or nothing) after the colon makes it a key.
    """
    is_prose = len(fragments) == 1 or any(_PROSE.search(fragment) for fragment in fragments)
    findings: list[Finding] = []
    for row, fragment in enumerate(fragments):
        match = find_colon(fragment)
        if match is None or (row == 0 and not is_first_counted):
            continue
        if is_prose and (_PROSE.search(fragment) or not _FIGURE.fullmatch(match["value"])):
            continue
        column = first_column if row == 0 else 1
        findings.append(explain_colon(match, first_line + row, file=file, column=column))
    return findings


def key_characters(key: str, place: Place) -> Finding | None:
    """Report what cannot be seen in a key: it hides the key from the form."""
    match = _BAD_IN_KEY.search(key)
    if match is None:
        return None
    name = _name(match[0][0])
    clean = re.sub(f"[{_UNSEEN}\u3000]", "", key)
    if not clean:
        message, hint = f"键名只有看不见的字符（{name}）", "请重新键入键名。"
    elif match.start() == 0:
        message = f"键「{clean}」前面有{name}；缩进只能用半角空格，现在它成了键名的一部分"
        hint = f"请删去「{clean}」前面的{name}，改用半角空格缩进，与同级的键对齐。"
    else:
        message = f"键「{clean}」里有{name}（第 {match.start() + 1} 个字符），看不见却算作键名"
        hint = f"请删去这个字符，或重新键入「{clean}」。"
    return report("Y113", place, message, hint)


def unseen_indent(text: str, line: int, *, file: str, column: int = 1) -> Finding | None:
    """Report a text that begins with a blank which YAML does not take as indentation."""
    match = _BAD_INDENT.match(text)
    if match is None:
        return None
    name = _name(match[0][-1])
    message = f"「{excerpt(text)}」用{name}缩进；缩进只能用半角空格，这一行没有读成键和值"
    hint = f"请删去行首的{name}，改用半角空格缩进，与同级的行对齐。"
    return report("Y113", Place(file, line, column + match.end() - 1, 1), message, hint)


def unseen_item(text: str, line: int, *, file: str, column: int) -> Finding | None:
    """Report a list item `- …` that an unseen blank turned into text; prose may be indented so."""
    is_item = _ITEM.match(text) is not None
    return unseen_indent(text, line, file=file, column=column) if is_item else None


def comment_cuts(text: str) -> frozenset[int]:
    """Return the ends of texts that ` #…` without a blank after the mark would cut."""
    if " #" not in text and "	#" not in text:
        return frozenset()
    return frozenset(match.start() for match in _CUT.finditer(text))


def explain_cut(kept: str, lost: str, place: Place) -> Finding:
    """Say which words a `#` swallowed."""
    lost = excerpt(lost)
    message = f"「{lost}」被当作注释丢掉了，读到的值只有「{excerpt(kept)}」"
    if not kept:
        message = f"「{lost}」被当作注释丢掉了，读到的值是空的"
    hint = "如果是正文，请给整个值加引号；如果是注释，请在 # 后面加一个空格。"
    return report("Y112", place, message, hint)


def _name(character: str) -> str:
    """Name a character that cannot be seen."""
    return dict(_NAMES).get(character, f"不可见字符 U+{ord(character):04X}")
