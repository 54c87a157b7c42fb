"""Rows as a loop prints them: what many rows have in common is put together once.

A row consists of markup, which repeats, and of texts, which do not. So a loop notes only these: for
each row its markup in order, with None in place of each text, and the texts of all rows. All of
them are escaped and filled in together. A part remembers which of its pieces were printed so;
whoever judges it need not look for its rows and texts again.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from msgspec import Struct

from generator.patterns import pattern
from generator.rendering.markup import escape_text
from generator.rendering.problems import UnusableValueError

MOST_BYTES = 50_000_000  # of one part; 92 indicators make 200 000
SLOT = b"\0"  # in place of a text: XML has none of it
TEXT = pattern(rb'<w:t xml:space="preserve">([^<]+)')
ROW_BEGIN, ROW_END = b"<w:tr>", b"</w:tr>"
_MOST_FORMS = 1024  # that are remembered

Key = tuple[str | None, ...]  # the markup of a row, None: a text


class Rows(Struct, frozen=True):
    """Rows that follow each other."""

    whole: bytes
    bare: Sequence[bytes]  # each with a SLOT in place of each `w:t` that says something
    texts: Sequence[bytes]  # what these say, row by row


class Printed(bytes):
    """A part with the pieces that it was put together from, in order."""

    pieces: Sequence[bytes | Rows]


class _Form(Struct, frozen=True):
    """What rows of equal markup have in common; `%b` stands for each value."""

    whole: bytes
    bare: bytes  # blank: it is no row, or says something elsewhere than in a `w:t`
    texts: tuple[bytes, ...]  # what each `w:t` says
    is_simple: bool  # each `w:t` says one value


def print_rows(keys: Sequence[Key], texts: Sequence[str]) -> bytes | Rows:
    """Return what a loop prints; plain bytes when it does not print rows.

    Args:
        keys: The markup of each row.
        texts: The texts of all rows, in order, not escaped.

    Raises:
        UnusableValueError: It is too large.
        LookupError: A text or some markup holds what stands for a text.
    """
    forms = list(map(_find_form, keys))
    values = tuple(escape_text("\0".join(texts)).encode().split(SLOT)) if texts else ()
    if len(values) != len(texts):
        raise LookupError
    if sum([len(form.whole) for form in forms]) > MOST_BYTES:
        raise UnusableValueError("文档过大")
    whole = b"".join([form.whole for form in forms]) % values
    bare = [form.bare for form in forms]
    if not all(bare):
        return whole
    if all(form.is_simple for form in forms):
        return Rows(whole, bare, values)
    said = SLOT.join([text for form in forms for text in form.texts])
    return Rows(whole, bare, (said % values).split(SLOT) if said else ())


def join_printed(pieces: Iterable[str | bytes | Rows]) -> bytes:
    """Join what a template prints, up to a bound; where it printed rows, they are known.

    Raises:
        UnusableValueError: It is too large.
    """
    joined: list[bytes | Rows] = []
    stretch: list[bytes] = []  # up to the next rows
    size = 0
    for piece in pieces:
        if isinstance(piece, Rows):
            joined += (b"".join(stretch), piece)
            stretch.clear()
            size += len(piece.whole)
        else:
            stretch.append(piece.encode() if isinstance(piece, str) else piece)
            size += len(stretch[-1])
        if size > MOST_BYTES:
            raise UnusableValueError("文档过大")
    if not joined:
        return b"".join(stretch)
    joined.append(b"".join(stretch))
    printed = Printed(b"".join([one.whole if isinstance(one, Rows) else one for one in joined]))
    printed.pieces = joined
    return printed


@lru_cache(_MOST_FORMS)
def _find_form(key: Key) -> _Form:
    marked = "".join("\0" if one is None else one for one in key).encode()
    if marked.count(SLOT) != key.count(None):
        raise LookupError
    around = TEXT.split(marked)
    is_row = marked.startswith(ROW_BEGIN) and marked.endswith(ROW_END)
    is_plain = is_row and not any(SLOT in one for one in around[::2])
    texts = tuple(_to_format(one) for one in around[1::2])
    bare = SLOT.join(around[::2]) if is_plain else b""
    return _Form(_to_format(marked), bare, texts, all(one == b"%b" for one in texts))


def _to_format(marked: bytes) -> bytes:
    return marked.replace(b"%", b"%%").replace(SLOT, b"%b")
