"""The line of a file that a finding is about, with a caret under the place."""

import unicodedata
from pathlib import Path

from generator.findings import Place
from generator.patterns import pattern

_LONGEST_LINE = 96  # columns of a quoted line
_BEFORE = 10  # characters kept before the place in a line that is too long
_HELD = 4  # files
_OTHER_BREAKS = "\r\x85\u2028\u2029"
_LINE = pattern(f"\r\n|[\n{_OTHER_BREAKS}]")
_CONTROLS = (chr(n) for n in (*range(0x20), *range(0x7F, 0xA0)))
_SHOWN = str.maketrans({c: " " if c == "\t" else "?" for c in _CONTROLS})


class _Columns(dict[str, int]):
    """How many columns each character takes; East Asian wide ones take two."""

    def __missing__(self, character: str) -> int:
        columns = 2 if unicodedata.east_asian_width(character) in "WFA" else 1
        return self.setdefault(character, columns)


_COLUMNS = _Columns()


def width(text: str) -> int:
    """Return how many columns a text takes."""
    return len(text) if text.isascii() else sum(map(_COLUMNS.__getitem__, text))


def pad(text: str, columns: int) -> str:
    """Return a text filled up with spaces to a width."""
    return text + " " * max(0, columns - width(text))


class Excerpts:
    """Lines of the files of one run; the findings of a file come together, so few are held."""

    def __init__(self, root: Path) -> None:
        """Keep where the files stand."""
        self._root = root
        self._lines: dict[str, list[str]] = {}

    def quote(self, place: Place) -> list[str]:
        """Return the line and the caret under it; nothing of a file that cannot be read."""
        text = self._line(place.file, place.line)
        if not text.strip():
            return []
        number = f"{place.line:>5} | "
        start = max(0, place.column - 1)
        offset = 0
        if start > _LONGEST_LINE // 4 and _is_long(text):
            offset = start - _BEFORE
        shown = ("…" if offset else "") + _cut(text[offset:], _LONGEST_LINE)
        before = ("…" if offset else "") + text[offset:start]
        room = max(1, width(shown) - width(before))
        marked = text[start : start + min(max(1, place.length), _LONGEST_LINE)]
        length = max(1, min(width(marked), room))
        return [number + shown, " " * (len(number) - 2) + "| " + " " * width(before) + "^" * length]

    def _line(self, file: str, line: int) -> str:
        if not line:
            return ""
        if file not in self._lines:
            try:
                text = (self._root / file).read_bytes().decode("utf-8-sig")
            except (OSError, UnicodeDecodeError):
                text = ""
            if len(self._lines) == _HELD:
                del self._lines[next(iter(self._lines))]
            self._lines[file] = _split(text)
        lines = self._lines[file]
        return lines[line - 1].translate(_SHOWN) if line <= len(lines) else ""


def _split(text: str) -> list[str]:
    is_plain = not any(one in text for one in _OTHER_BREAKS)  # a character is found at once
    return text.split("\n") if is_plain else _LINE.split(text)


def _is_long(text: str) -> bool:
    return len(text) > _LONGEST_LINE or width(text) > _LONGEST_LINE


def _cut(text: str, columns: int) -> str:
    if not _is_long(text):
        return text
    room = columns - 2
    for at, character in enumerate(text):
        room -= _COLUMNS[character]
        if room < 0:
            return text[:at] + "…"
    return text
