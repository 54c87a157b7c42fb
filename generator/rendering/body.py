"""The body of a document, read by its shapes: what it refers to, what it prints.

Nothing is lost by reading it so: in XML without comments, CDATA and instructions every `<` begins a
tag, and of a text the rules ask only for blanks, braces and characters that XML does not allow. A
body that is not as plain as that is not read here; all of it is parsed then.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice

from msgspec import Struct

from generator.patterns import pattern
from generator.rendering.body_pieces import Pieces
from generator.rendering.docx_text import find_document
from generator.rendering.package import PackageError
from generator.rendering.part_rules import LEFT_OVER, Uses, join_uses
from generator.rendering.printed_rows import SLOT
from generator.rendering.shapes import (
    PARAGRAPHS,
    ROWS,
    Frame,
    NotPlainError,
    Shape,
    read_frame,
)
from generator.rendering.tables import are_sound
from generator.rendering.xml_tree import DECLARATION, XmlError

BEGIN = DECLARATION.encode()
_MOST_TEXT = 10_000_000  # bytes that libxml2 takes
_MOST_USES = 256  # that are remembered
_ENTITIES = {
    "&lt;": "<",
    "&gt;": ">",
    "&quot;": '"',
    "&apos;": "'",
    "&#34;": '"',
    "&#39;": "'",
    "&amp;": "&",  # last: what it makes is no entity
}
_NO_ENTITY = pattern(
    "&(?!(?:lt|gt|quot|apos|#34|#39|amp);)"
)  # patterns that few texts are asked for
_NO_CHARACTER = pattern(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


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
        if not blob.startswith(BEGIN) or is_unusual(blob):
            return None
        uses, printed = _read(blob)
    except (PackageError, XmlError, NotPlainError):
        return None
    return Body(part, uses, printed)


def is_unusual(blob: bytes) -> bool:
    """Say whether there is more than tags and text, or more than may stand in one text."""
    if len(blob) >= _MOST_TEXT:
        return True
    if blob.find(b"?", len(BEGIN)) > 0 and blob.find(b"<?", len(BEGIN)) > 0:
        return True
    has_comment = b"!" in blob and b"<!" in blob  # a single character is found sooner
    return has_comment or any(one in blob for one in (SLOT, ROWS, PARAGRAPHS))


def _read(blob: bytes) -> tuple[Uses, tuple[str, ...]]:
    root = blob[len(BEGIN) : blob.find(b">", len(BEGIN)) + 1]
    pieces = Pieces(root)
    pieces.cut(blob)
    runs, found = pieces.runs, read_frame(root, pieces.frame)
    for width, numbers in found.tables:
        rows = [shape.row for number in numbers for shape in runs[number]]
        if not are_sound(rows, width):
            raise NotPlainError
    used = [shape for run in runs for shape in run]
    return _join_uses(found, used), tuple(_printed(used, pieces.texts))


def _join_uses(frame: Frame, used: Sequence[Shape]) -> Uses:
    distinct = frozenset(used)
    if any(shape.uses.ids for shape in distinct):
        return join_uses([frame.uses, *(shape.uses for shape in used)])
    return _join_distinct(frame, distinct)


@lru_cache(_MOST_USES)
def _join_distinct(frame: Frame, shapes: frozenset[Shape]) -> Uses:
    return join_uses([frame.uses, *(shape.uses for shape in shapes)])


def _printed(shapes: Sequence[Shape], texts: Sequence[bytes]) -> Iterator[str]:
    """Yield what shapes with these texts print, line by line, with single blanks.

    Raises:
        NotPlainError: A text holds what XML does not allow, a line break, or a tag.
    """
    try:
        said = b" ".join(texts).decode()
    except UnicodeDecodeError:
        raise NotPlainError from None
    is_odd = not said.isprintable()  # then there may be blanks that are no space, too
    if (
        "\n" in said
        or (is_odd and _NO_CHARACTER.search(said))
        or not _is_escaped(said)
        or ((is_odd or "{" in said) and LEFT_OVER.search(b"".join(texts).decode()))
    ):
        raise NotPlainError
    lines = [shape.line for shape in shapes if shape.line is not None]
    if not all(shape.prints_all for shape in set(shapes)):
        texts = list(_pick(shapes, texts))
    whole = _unescape((b"\n".join(lines) % tuple(texts)).decode())
    around = f"\n{whole}\n"
    if not is_odd and not any(blanks in around for blanks in ("  ", " \n", "\n ")):
        yield from [whole] if lines else ()
        return
    pieces = iter(whole.split("\n"))
    for shape in shapes:
        count = 0 if shape.line is None else shape.line.count(b"\n") + 1
        own = [" ".join(piece.split()) for piece in islice(pieces, count)]
        if shape.row is not None or own != [""]:
            yield from own


def _pick(shapes: Iterable[Shape], texts: Sequence[bytes]) -> Iterator[bytes]:
    """Yield those of the texts of shapes that are printed."""
    begin = 0
    for shape in shapes:
        yield from (texts[begin + slot] for slot in shape.slots)
        begin += shape.size


def is_plain_text(text: str) -> bool:
    """Say whether it is certain that XML allows a text that holds no `<`."""
    is_allowed = text.isprintable() or not _NO_CHARACTER.search(text)
    return is_allowed and _is_escaped(text)


def _is_escaped(text: str) -> bool:
    return "]]>" not in text and not ("&" in text and _NO_ENTITY.search(text))


def _unescape(text: str) -> str:
    for entity, character in _ENTITIES.items() if "&" in text else ():
        text = text.replace(entity, character)
    return text
