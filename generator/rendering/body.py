"""The body of a document, read by its shapes: what it refers to, what it prints.

Nothing is lost by reading it so: in XML without comments, CDATA and instructions every `<` begins a
tag, and of a text the rules ask only for blanks, braces and characters that XML does not allow. A
body that is not as plain as that is not read here; all of it is parsed then.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from generator.rendering.docx_text import find_document
from generator.rendering.package import PackageError
from generator.rendering.part_rules import LEFT_OVER, Uses, join_uses
from generator.rendering.shapes import (
    PARAGRAPHS,
    ROWS,
    SLOT,
    NotPlainError,
    Shape,
    read_frame,
    read_shape,
)
from generator.rendering.tables import row_problems
from generator.rendering.xml_tree import DECLARATION, XmlError

_BEGIN = DECLARATION.encode()
_TEXT = re.compile(rb'<w:t xml:space="preserve">([^<]+)')
_MOST_TEXT = 10_000_000  # bytes that libxml2 takes
_ROW, _PARAGRAPH = (b"<w:tr>", b"</w:tr>"), (b"<w:p>", b"</w:p>")
_ENTITIES = {
    "&lt;": "<",
    "&gt;": ">",
    "&quot;": '"',
    "&apos;": "'",
    "&#34;": '"',
    "&#39;": "'",
    "&amp;": "&",  # last: what it makes is no entity
}
_NO_ENTITY = re.compile("&(?!(?:lt|gt|quot|apos|#34|#39|amp);)")
_NO_CHARACTER = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class Body(Struct, frozen=True):
    """What is known of a body that keeps all rules but for what it refers to."""

    part: str  # its name
    uses: Uses
    printed: tuple[str, ...]  # paragraphs that are not blank, and cells


def find_body(members: Mapping[str, bytes]) -> Body | None:
    """Read the main part of a document; None when it is not plain, or breaks a rule."""
    try:
        part = find_document(members)
        blob = members[part]
        if not blob.startswith(_BEGIN) or _is_unusual(blob):
            return None
        uses, printed = _read(blob)
    except (PackageError, XmlError, NotPlainError):
        return None
    return Body(part, uses, printed)


def _is_unusual(blob: bytes) -> bool:
    """Say whether there is more than tags and text, or more than may stand in one text."""
    if len(blob) >= _MOST_TEXT or blob.find(b"<?", len(_BEGIN)) > 0:
        return True
    has_comment = b"!" in blob and b"<!" in blob  # a single character is found sooner
    return has_comment or any(one in blob for one in (SLOT, ROWS, PARAGRAPHS))


def _read(blob: bytes) -> tuple[Uses, tuple[str, ...]]:
    root = blob[len(_BEGIN) : blob.find(b">", len(_BEGIN)) + 1]
    frame = [b""]
    runs: list[list[Shape]] = []  # of rows or paragraphs that follow each other
    texts: list[bytes] = []
    lines: list[tuple[Shape, bytes]] = []
    for kind, piece in _pieces(blob):
        if not kind:
            frame.append(piece)
            continue
        around = _TEXT.split(piece)
        own = around[1::2]
        shape = read_shape(root, SLOT.join(around[::2]))
        if frame[-1] is not kind:
            frame.append(kind)
            runs.append([])
        runs[-1].append(shape)
        texts += own
        line = shape.fill(own)
        if line is not None:
            lines.append((shape, line))
    found = read_frame(root, b"".join(frame))
    for width, numbers in found.tables:
        rows = (shape.row for number in numbers for shape in runs[number] if shape.row is not None)
        if any(row_problems(rows, width)):
            raise NotPlainError
    used = [shape for run in runs for shape in run]
    distinct = dict.fromkeys(used)
    if not any(shape.uses.ids for shape in distinct):
        used = list(distinct)
    uses = join_uses([found.uses, *(shape.uses for shape in used)])
    return uses, tuple(_printed(lines, texts))


def _pieces(blob: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield rows and paragraphs with their kind, and what stands between them."""
    for before, row in _cut(blob, *_ROW):
        for between, paragraph in _cut(before, *_PARAGRAPH) if before else ():
            if between:
                yield b"", between
            if paragraph:
                yield PARAGRAPHS, paragraph
        if row:
            yield ROWS, row


def _cut(text: bytes, opening: bytes, closing: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield each element behind what stands before it; last what is behind all of them."""
    *parts, rest = text.split(closing)
    for part in parts:
        before, begin, inside = part.rpartition(opening)
        if not begin:
            raise NotPlainError  # one stands inside another, or has attributes
        yield before, begin + inside + closing
    yield rest, b""


def _printed(lines: Iterable[tuple[Shape, bytes]], texts: Sequence[bytes]) -> Iterator[str]:
    """Yield the lines as they are printed, with single blanks.

    Raises:
        NotPlainError: A text holds what XML does not allow, a line break, or a tag.
    """
    try:
        said = b" ".join(texts).decode()
    except UnicodeDecodeError:
        raise NotPlainError from None
    is_odd = not said.isprintable()
    if (
        "\n" in said
        or "]]>" in said
        or (is_odd and _NO_CHARACTER.search(said))
        or ((is_odd or "{" in said) and LEFT_OVER.search(b"".join(texts).decode()))
        or ("&" in said and _NO_ENTITY.search(said))
    ):
        raise NotPlainError
    if " ".join(said.split()) == said:  # no text has a blank too many
        yield from [_unescape(b"\n".join(line for _, line in lines).decode())] if lines else ()
        return
    for shape, line in lines:
        pieces = [" ".join(piece.split()) for piece in _unescape(line.decode()).split("\n")]
        if shape.row is not None or pieces != [""]:
            yield from pieces


def _unescape(text: str) -> str:
    for entity, character in _ENTITIES.items() if "&" in text else ():
        text = text.replace(entity, character)
    return text
