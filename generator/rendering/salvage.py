"""The names in a part that is refused: its readable tags as Jinja, blocks mended, no XML."""

from collections.abc import Iterator

from generator.patterns import pattern
from generator.rendering.problems import Tag
from generator.rendering.template_part import MARK, Code, TemplatePart
from generator.rendering.xml_tree import to_text

_STATEMENT = pattern(r"\{% (for|if|elif|else|endfor|endif)\b")


def readable_source(part: TemplatePart) -> tuple[str, dict[int, Tag]]:
    """Return Jinja that names what the tags of a part name, and the tag of each of its lines.

    A loop that is never closed goes on to the end, so its rows are known there. An end without
    a beginning and a second 否则 are left out.
    """
    marks = MARK.finditer(to_text(part.root))
    lines: list[str] = []
    tags: dict[int, Tag] = {}
    for code in _mended(part.codes[int(mark.group(1))] for mark in marks):
        text = code.text if code.text.startswith("{") else f"{{{{ {code.text} }}}}"
        lines.append(text.replace("\n", " "))
        if code.tag is not None:
            tags[len(lines)] = code.tag
    return "\n".join(lines), tags


def _mended(codes: Iterator[Code]) -> Iterator[Code]:
    """Yield codes so that every block that begins ends, and nothing else does."""
    blocks: list[str] = []
    for code in codes:
        found = _STATEMENT.match(code.text)
        word = found.group(1) if found and code.text.count("{%") == 1 else ""
        if word in ("for", "if"):
            blocks.append(word)
        elif word in ("elif", "else"):
            if not blocks or blocks[-1] != "if":
                continue
            blocks[-1] = "if" if word == "elif" else "if else"
        elif word:
            if not blocks or blocks[-1].split()[0] != word.removeprefix("end"):
                continue
            blocks.pop()
        if code.text:
            yield code
    for block in reversed(blocks):
        yield Code(f"{{% end{block.split()[0]} %}}")
