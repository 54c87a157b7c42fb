"""What was changed in a text: paragraph by paragraph, then word by word; the door to the library.

Chinese is compared by characters; a number, a Latin word and a reference are each one thing, so
that 408 → 508 is never shown as 「4」→「5」.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from diff_match_patch import diff_match_patch
from msgspec import Struct
from msgspec.structs import replace

from generator.patterns import pattern

_TOKEN = pattern(r"\{\{.*?\}\}|\d[\d,]*(?:[.．]\d+)?[%％]?|[A-Za-z]+|.", re.S)
_FIRST_CODE = 0xF0000  # a private plane: one character for each token of several
_MOST_CODES = 0xFFFD
RELATED = 40  # of a hundred characters that two paragraphs share to be one that was rewritten
_SAME, _DELETED = 0, -1


class Piece(Struct, frozen=True):
    """A stretch of text: kept (before = after), replaced, added (no before), deleted (no after)."""

    before: str
    after: str

    @property
    def is_kept(self) -> bool:
        """Say whether it stands on both sides."""
        return self.before == self.after


class Paragraph(Struct, frozen=True):
    """A paragraph that is not the same on both sides; numbers count from 1, 0 where it is not."""

    old_number: int
    number: int
    pieces: tuple[Piece, ...]
    is_only: bool = False  # neither text has another one


def compare_texts(before: str, after: str) -> tuple[Paragraph, ...]:
    """Return the paragraphs that differ, in order."""
    old, new = _paragraphs(before), _paragraphs(after)
    found: list[Paragraph] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, a, a_end, b, b_end in matcher.get_opcodes():
        if tag != "equal":
            found += _pair(old, range(a, a_end), new, range(b, b_end))
    is_only = len(old) <= 1 and len(new) <= 1
    return tuple(replace(one, is_only=is_only) for one in found)


def compare_words(before: str, after: str) -> tuple[Piece, ...]:
    """Return one text as pieces; a deletion and the addition in its place are one piece."""
    codes: dict[str, str] = {}
    engine = diff_match_patch()
    engine.Diff_Timeout = 0  # no clock: the same texts give the same pieces on every machine
    found = engine.diff_main(_encode(before, codes), _encode(after, codes), False)
    engine.diff_cleanupSemantic(found)
    tokens = {code: token for token, code in codes.items()}
    pieces: list[Piece] = []
    for operation, text in found:
        words = "".join(tokens.get(character, character) for character in text)
        if operation == _SAME:
            pieces.append(Piece(words, words))
        elif operation == _DELETED:
            pieces.append(Piece(words, ""))
        elif pieces and not pieces[-1].is_kept and not pieces[-1].after:
            pieces[-1] = Piece(pieces[-1].before, words)
        else:
            pieces.append(Piece("", words))
    return tuple(pieces)


def likeness(before: str, after: str) -> int:
    """Return 0 to 100: how many of their words two texts share, in order; of few roughly."""
    matcher = SequenceMatcher(None, _TOKEN.findall(before), _TOKEN.findall(after), autojunk=False)
    share = int(matcher.quick_ratio() * 100)
    return int(matcher.ratio() * 100) if share >= RELATED else share


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _pair(old: Sequence[str], olds: range, new: Sequence[str], news: range) -> Iterator[Paragraph]:
    """Yield the paragraphs of a stretch that differs, the related ones as one, in order."""
    at, end = olds.start, olds.stop
    for number in news:
        partner = next((n for n in range(at, end) if _is_related(old[n], new[number])), None)
        if partner is None:
            yield Paragraph(0, number + 1, (Piece("", new[number]),))
            continue
        yield from _deleted(old, range(at, partner))
        yield Paragraph(partner + 1, number + 1, compare_words(old[partner], new[number]))
        at = partner + 1
    yield from _deleted(old, range(at, end))


def _deleted(old: Sequence[str], numbers: range) -> Iterator[Paragraph]:
    yield from (Paragraph(at + 1, 0, (Piece(old[at], ""),)) for at in numbers)


def _is_related(before: str, after: str) -> bool:
    return likeness(before, after) >= RELATED


def _encode(text: str, codes: dict[str, str]) -> str:
    """Write each token as one character; the rare text with too many of them by its characters."""
    encoded: list[str] = []
    for token in _TOKEN.findall(text):
        is_short = len(token) == 1 and ord(token) < _FIRST_CODE
        if is_short or len(codes) >= _MOST_CODES:
            encoded.append(token)
        else:
            encoded.append(codes.setdefault(token, chr(_FIRST_CODE + len(codes))))
    return "".join(encoded)
