"""Where two documents do not print the same: by place where they have the same shape."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from generator.comparing.wording import Piece as Words
from generator.comparing.wording import compare_texts, compare_words
from generator.rendering.printed_text import Piece


class Edit(Struct, frozen=True):
    """One paragraph or cell that is not what was written."""

    place: str
    words: tuple[Words, ...]
    origin: Piece | None  # as it was written; None of what was added

    @property
    def before(self) -> str:
        """Return what was written."""
        return "".join(piece.before for piece in self.words)

    @property
    def after(self) -> str:
        """Return what stands there now."""
        return "".join(piece.after for piece in self.words)


def compare_pieces(old: Sequence[Piece], new: Sequence[Piece]) -> tuple[Edit, ...]:
    """Return what differs, in the order of the document."""
    if [piece.place for piece in old] == [piece.place for piece in new]:
        return tuple(
            Edit(one.place, compare_words(one.text, other.text), one)
            for one, other in zip(old, new, strict=True)
            if one.text != other.text
        )
    found = tuple(_in_order(old, new))
    if not found and [piece.text for piece in old] != [piece.text for piece in new]:
        return (Edit("表格", (Words("", "行、格的多少或位置变了"),), None),)
    return found


def _in_order(old: Sequence[Piece], new: Sequence[Piece]) -> Iterator[Edit]:
    """Yield what came, went or was changed where rows or paragraphs were added or deleted."""
    before, after = ([piece for piece in pieces if piece.text] for pieces in (old, new))
    texts = ("\n".join(piece.text for piece in pieces) for pieces in (before, after))
    for one in compare_texts(next(texts), next(texts)):
        origin = before[one.old_number - 1] if one.old_number else None
        if one.number:
            yield Edit(after[one.number - 1].place, one.pieces, origin)
        elif origin is not None:
            yield Edit(f"原{origin.place}", one.pieces, origin)
