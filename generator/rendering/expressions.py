"""What an author types in a tag, as Jinja: punctuation, quotes and words of a Chinese keyboard."""

import re

from msgspec import Struct

from generator.patterns import pattern

# What a Chinese input method types instead of ASCII, outside quoted text.
_PLAIN = str.maketrans("（），：｜．＝＞＜！【】　", "(),:|.=><![] ")
_WORDS = {
    "且": "and",
    "或": "or",
    "非": "not",
    "等于": "==",
    "不等于": "!=",
    "属于": "in",
    "不属于": "not in",
}
_TOKEN = pattern(
    r"""(?P<string>"[^"]*"|'[^']*'|[“”][^“”]*[“”]|[‘’][^‘’]*[‘’]|＂[^＂]*＂|＇[^＇]*＇)
      | (?P<number>\d+(?:[.．]\d+)?)
      | (?P<key>[.．]\s*\w+)
      | (?P<name>[^\W\d]\w*)
      | (?P<equals>[=＝!！<＜>＞][=＝]?)
      | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_QUOTES = frozenset("\"'“”‘’＂＇")
_LOOP = pattern(r"(?:(?P<name>[^\W\d]\w*)\s+于\s+)?(?P<items>.+?)(?:\s+至少\s+(?P<least>\d+))?")
_NAME = pattern(r"[^\W\d]\w*")
MOST_ROWS = 200  # a minimum above this is a typing error


class ExpressionError(ValueError):
    """An expression cannot be understood; the argument says why, in Chinese."""


class Loop(Struct, frozen=True):
    """`行 于 清单 至少 10`: a variable, a list, and how many rows at least."""

    variable: str
    items: str  # Jinja
    least: int = 0

    @property
    def code(self) -> str:
        """Return the opening Jinja statement."""
        items = f"{self.items}|至少({self.least})" if self.least else self.items
        return f"{{% for {self.variable} in {items} %}}"


def quote(text: str) -> str:
    """Return a Jinja string literal for any text."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def translate(text: str) -> str:
    """Return the Jinja expression for an author's expression.

    Dots become subscripts, because a subscript looks for keys and never for attributes; inside
    quotes nothing is changed.

    Raises:
        ExpressionError: It is empty, or a quote is not closed.
    """
    if not text.strip():
        raise ExpressionError("标签里没有内容")
    return "".join(_translate_token(token) for token in _TOKEN.finditer(text)).strip()


def _translate_token(token: re.Match[str]) -> str:
    text = token.group()
    match token.lastgroup:
        case "string":
            return quote(text[1:-1])
        case "key":
            return f"[{quote(text[1:].strip())}]"
        case "name":
            return _WORDS.get(text, text)
        case "equals":
            plain = text.translate(_PLAIN)
            return "==" if plain == "=" else plain
        case "other" if text in _QUOTES:
            raise ExpressionError("引号没有配对")
        case _:
            return text.translate(_PLAIN)


def parse_loop(text: str, *, variable: str) -> Loop:
    """Read what follows 每行, 每段 or 每; `variable` is its name when none is given.

    Raises:
        ExpressionError: No list is named, or the least number of rows is out of bounds.
    """
    found = _LOOP.fullmatch(text.replace("　", " ").strip())
    if found is None:
        raise ExpressionError("没有写是哪个清单")
    name, least = found["name"] or variable, int(found["least"] or 0)
    if least > MOST_ROWS:
        raise ExpressionError(f"「至少 {least}」超过 {MOST_ROWS} 行")
    return Loop(check_variable(name), translate(found["items"]), least)


def parse_for(text: str) -> Loop:
    """Read what follows docxtpl's `for`: `行 in 清单`.

    Raises:
        ExpressionError: It is not of this shape.
    """
    name, word, items = text.replace("　", " ").partition(" in ")
    if not word or not _NAME.fullmatch(name.strip()):
        raise ExpressionError("for 应写作「for 名称 in 清单」")
    return Loop(check_variable(name.strip()), translate(items))


def check_variable(name: str) -> str:
    """Return the name of a loop variable.

    Raises:
        ExpressionError: It is a word of the language, or private.
    """
    if name in _WORDS or name in _WORDS.values() or name.startswith("_") or name == "loop":
        raise ExpressionError(f"「{name}」不能用作名称")
    return name
