"""A plain tree as YAML in the style of the form packages: short things on one line."""

import unicodedata
from collections.abc import Iterator, Mapping

from generator.patterns import pattern
from generator.reading.yaml_source import Plain

_LIMIT = 96  # columns of a line, Chinese characters counting two
_INDICATORS = "-?:,[]{}#&*!|>'\"%@`"
_IN_FLOW = pattern(r"[,\[\]{}:]")
_NULLS = ("~", "null", "Null", "NULL")


def write_entry(key: str, value: Plain) -> Iterator[str]:
    """Yield the lines of `key: value` at the left margin; a list has an item on each line."""
    yield from _entry(key, value, "", is_top=True)


def _entry(key: str, value: Plain, indent: str, *, is_top: bool) -> Iterator[str]:
    name = _scalar(key)
    if isinstance(value, str) and "\n" in value:
        yield f"{indent}{name}: |"
        yield from (f"{indent}  {line}".rstrip() for line in value.splitlines())
        return
    short = f"{indent}{name}: {_flow(value)}"
    is_list = isinstance(value, list) and len(value) > 1
    if not isinstance(value, dict | list) or (_fits(short, value) and not (is_top and is_list)):
        yield short
        return
    yield f"{indent}{name}:"
    yield from _block(value, f"{indent}  ")


def _block(value: Plain, indent: str) -> Iterator[str]:
    if isinstance(value, dict):
        for key, item in _filled(value):
            yield from _entry(key, item, indent, is_top=False)
    elif isinstance(value, list):
        for item in value:
            yield from _item(item, indent)


def _item(item: Plain, indent: str) -> Iterator[str]:
    if isinstance(item, str) and "\n" in item:
        yield f"{indent}- |"
        yield from (f"{indent}  {line}".rstrip() for line in item.splitlines())
        return
    short = f"{indent}- {_flow(item)}"
    if not isinstance(item, dict) or _fits(short, item):
        yield short if isinstance(item, dict | list) else f"{indent}- {_scalar(item or '')}"
        return
    first, *rest = _block(item, f"{indent}  ")
    yield f"{indent}- {first.strip()}"
    yield from rest


def _flow(value: Plain) -> str:
    if isinstance(value, dict):
        inner = (f"{_scalar(key, in_flow=True)}: {_inner(item)}" for key, item in _filled(value))
        return f"{{{', '.join(inner)}}}"
    if isinstance(value, list):
        return f"[{', '.join(_inner(item) for item in value)}]"
    return _scalar(value or "")


def _inner(value: Plain) -> str:
    return _flow(value) if isinstance(value, dict | list) else _scalar(value or "", in_flow=True)


def _filled(value: Mapping[str, Plain]) -> Iterator[tuple[str, Plain]]:
    """Yield what is not blank; a key without a value means nothing."""
    yield from ((key, item) for key, item in value.items() if item is not None)


def _fits(line: str, value: Plain) -> bool:
    return _columns(line) <= _LIMIT and not _has_lines(value)


def _has_lines(value: Plain) -> bool:
    if isinstance(value, dict):
        return any(_has_lines(item) for item in value.values())
    if isinstance(value, list):
        return any(_has_lines(item) for item in value)
    return isinstance(value, str) and "\n" in value


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _scalar(text: str, *, in_flow: bool = False) -> str:
    """Return a text bare where it reads back as itself, else in quotes."""
    is_bare = (
        text
        and text == text.strip()
        and text[0] not in _INDICATORS
        and text not in _NULLS
        and ": " not in text
        and " #" not in text
        and not text.endswith(":")
        and not (in_flow and _IN_FLOW.search(text))
    )
    if is_bare:
        return text
    inner = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{inner}"'
