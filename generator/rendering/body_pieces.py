"""A body cut into its rows and paragraphs, and what stands around them."""

from functools import lru_cache

from generator.rendering.printed_rows import ROW_END, SLOT, TEXT, Printed, Rows
from generator.rendering.shapes import (
    PARAGRAPH_END,
    PARAGRAPHS,
    ROWS,
    NotPlainError,
    Shape,
    read_end,
)

_MOST_ROWS = 1024  # of a loop, that are remembered


class Pieces:
    """What was cut so far."""

    def __init__(self, root: bytes) -> None:
        """Begin with nothing; `root` is the tag that the body begins with."""
        self._root = root
        self._frame = [b""]
        self.runs: list[list[Shape]] = []  # of rows or paragraphs that follow each other
        self.texts: list[bytes] = []

    @property
    def frame(self) -> bytes:
        """Return what stands around them, with ROWS or PARAGRAPHS in place of each run."""
        return b"".join(self._frame)

    def cut(self, blob: bytes) -> None:
        """Cut a whole body.

        Raises:
            NotPlainError: A row or paragraph is none, or breaks a rule.
        """
        for piece in blob.pieces if isinstance(blob, Printed) else (blob,):
            if isinstance(piece, Rows):
                run = self._run(ROWS) if piece.bare else []
                for bare in piece.bare:
                    run += _read_rows(self._root, bare)
                self.texts += piece.texts
            else:
                around = TEXT.split(piece)
                self._cut(SLOT.join(around[::2]))
                self.texts += around[1::2]

    def _cut(self, bare: bytes) -> None:
        """Cut a stretch with a SLOT in place of each text."""
        *parts, rest = bare.split(ROW_END)
        for part in parts:
            before, row = read_end(self._root, part, ROWS)
            if before:
                self._cut_paragraphs(before)
            self._run(ROWS).append(row)
        self._cut_paragraphs(rest)

    def _cut_paragraphs(self, bare: bytes) -> None:
        *parts, rest = bare.split(PARAGRAPH_END)
        for part in parts:
            before, paragraph = read_end(self._root, part, PARAGRAPHS)
            if before:
                self._frame.append(before)
            self._run(PARAGRAPHS).append(paragraph)
        if rest:
            self._frame.append(rest)

    def _run(self, kind: bytes) -> list[Shape]:
        """Return the run that is open; another is begun when it is of another kind."""
        if self._frame[-1] is not kind:
            self._frame.append(kind)
            self.runs.append([])
        return self.runs[-1]


@lru_cache(_MOST_ROWS)
def _read_rows(root: bytes, bare: bytes) -> tuple[Shape, ...]:
    """Read rows that nothing stands between."""
    *parts, rest = bare.split(ROW_END)
    read = [read_end(root, part, ROWS) for part in parts]
    if rest or any(before for before, _ in read):
        raise NotPlainError
    return tuple(row for _, row in read)
