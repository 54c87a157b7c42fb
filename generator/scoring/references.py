"""References in prose: `{{ 资金.全年执行数 }}`, `{{ 指标["满意度"].完成值 }}`. A path, no more.

No expression is evaluated here, so there is nothing to sandbox: a reference is a name followed by
`.name` or `["text"]`, in half or full width, with any quotes.
"""

import re
from collections.abc import Callable, Iterator

from msgspec import Struct

from generator.patterns import pattern

_REFERENCE = pattern(r"\{\{(.*?)\}\}", re.S)
_NAME = r"[^\W\d][\w]*"
_SEGMENT = pattern(
    rf"\s*(?:[.．。]\s*({_NAME})|[\[［【]\s*([\"'“”‘’])(.*?)[\"'“”‘’]\s*[\]］】])\s*"
)
_HEAD = pattern(rf"\s*({_NAME})\s*")


class Reference(Struct, frozen=True):
    """One reference: its names, and where it stands in the text."""

    text: str  # as typed, with its braces
    names: tuple[str, ...]  # empty when it is not written as a reference
    start: int
    end: int


class ReferenceFault(LookupError):
    """A reference leads nowhere; `hint` says what was probably meant."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        """Keep what is wrong and what to do."""
        super().__init__(message)
        self.hint = hint


Resolve = Callable[[tuple[str, ...]], str]


def find_references(text: str) -> Iterator[Reference]:
    """Yield the references of a text in order."""
    if "{{" not in text:
        return
    for match in _REFERENCE.finditer(text):
        yield Reference(match[0], parse_names(match[1]), match.start(), match.end())


def parse_names(text: str) -> tuple[str, ...]:
    """Return the names of a path; empty when it is anything else."""
    head = _HEAD.match(text)
    if head is None:
        return ()
    names, at = [head[1]], head.end()
    while at < len(text):
        segment = _SEGMENT.match(text, at)
        if segment is None:
            return ()
        names.append(segment[1] or segment[3])
        at = segment.end()
    return tuple(names)


def fill(text: str, resolve: Resolve) -> str:
    """Return a text with its references filled in; one that leads nowhere stays as typed."""
    if "{{" not in text:
        return text
    pieces, at = [], 0
    for reference in find_references(text):
        try:
            value = resolve(reference.names)
        except ReferenceFault:
            value = reference.text
        pieces += [text[at : reference.start], value]
        at = reference.end
    return "".join([*pieces, text[at:]])
