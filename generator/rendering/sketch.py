"""The names in the tags of a part that is refused: told tag by tag, without its structure."""

import re
from collections.abc import Iterator, Sequence

from generator.rendering.expressions import ExpressionError, parse_for, parse_loop, translate
from generator.rendering.jinja_environment import check_expression
from generator.rendering.prepare import PreparedPart
from generator.rendering.problems import Tag

_LEVEL = re.compile(r"(tr|p|r)\s+")
_NAME = re.compile(r"\w+")
_LOOPS = ("每行", "每段", "每")
_CONDITIONS = ("若", "行若", "段若", "否则若", "if", "elif")
_VARIABLES = frozenset("行段项")
Read = tuple[str, str, str]  # how it is used, the expression, the loop's variable


def sketch(tags: Sequence[Tag]) -> PreparedPart:
    """Return Jinja code that uses the names of the tags, each by itself."""
    read = [(tag, found) for tag in tags if (found := _read(tag))]
    variables = _VARIABLES | {variable for _, (_, _, variable) in read if variable}
    lines: list[str] = []
    kept: dict[int, Tag] = {}
    for tag, (kind, expression, _) in read:
        if not variables.intersection(_names(expression)):
            lines.append(_code(kind, expression))
            kept[len(lines)] = tag
    return PreparedPart("", "\n".join(lines), kept)


def _code(kind: str, expression: str) -> str:
    match kind:
        case "loop":
            return f"{{% for _x in {expression} %}}{{% endfor %}}"
        case "condition":
            return f"{{% if {expression} %}}{{% endif %}}"
        case "narrative":
            return f'{{{{ {expression}|正文("", "", "") }}}}'
        case _:
            return f"{{{{ {expression} }}}}"


def _read(tag: Tag) -> Read | None:
    """Return what a tag uses; nothing of one that cannot be read: that is said elsewhere."""
    body = _LEVEL.sub("", tag.text[2:-2], count=1).strip()
    word, rest = [*re.split(r"\s+", body, maxsplit=1), ""][:2]
    try:
        if tag.text.startswith("{{"):
            kind, expression, variable = "value", translate(body), ""
        elif word in _LOOPS or word == "for":
            own = word[1:] or "项"
            loop = parse_for(rest) if word == "for" else parse_loop(rest, variable=own)
            kind, expression, variable = "loop", loop.items, loop.variable
        elif word in _CONDITIONS:
            kind, expression, variable = "condition", translate(rest), ""
        elif word == "正文":
            kind, expression, variable = "narrative", translate(rest), ""
        else:
            return None
        check_expression(expression)
    except ExpressionError:
        return None
    return kind, expression, variable


def _names(expression: str) -> Iterator[str]:
    for found in _NAME.finditer(re.sub(r'"[^"]*"', '""', expression)):
        yield found.group()
