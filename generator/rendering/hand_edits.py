"""What somebody changed in a document by hand: its text against a fresh rendering."""

import io
import pathlib
from collections.abc import Iterator, Sequence

from generator.comparing.wording import Paragraph, Piece, compare_texts
from generator.rendering.docx_text import Passage, read_passages
from generator.rendering.package import PackageError
from generator.rendering.xml_tree import XmlError

_MOST = 3  # places that are named
_CONTEXT = 8  # characters kept beside a change
_LONGEST = 30  # characters of a text that was added or deleted


def describe_edit(file: pathlib.Path, fresh: bytes) -> tuple[str, ...]:
    """Return in a few lines how a document differs from what would be written now.

    Args:
        file: The document as it stands on disk.
        fresh: What the program would write in its place.
    """
    try:
        found = read_passages(file)
    except PackageError as fault:
        return (f"这个文件打不开：{fault}",)
    except XmlError:
        return ("这个文件打不开：里面的 XML 已损坏",)
    before = read_passages(io.BytesIO(fresh))
    lines = list(_compare(before, found))
    if not lines:
        return ("文字没有改动，改的是版式或文件的其他部分",)
    rest = [f"另有 {len(lines) - _MOST} 处"] if len(lines) > _MOST else []
    return ("应生成的 → 文件里的", *lines[:_MOST], *rest)


def _compare(before: Sequence[Passage], after: Sequence[Passage]) -> Iterator[str]:
    old, new = ("\n".join(one.text for one in side) for side in (before, after))
    for paragraph in compare_texts(old, new):
        side, number = (
            (after, paragraph.number) if paragraph.number else (before, paragraph.old_number)
        )
        yield f"{side[number - 1].place}：{_say(paragraph)}"


def _say(paragraph: Paragraph) -> str:
    """Write the first change of a paragraph: `…408万元… → …508万元…`."""
    pieces = paragraph.pieces
    if not paragraph.number:
        return f"删去了「{_cut(pieces[0].before)}」"
    if not paragraph.old_number:
        return f"加了「{_cut(pieces[0].after)}」"
    at = next(at for at, piece in enumerate(pieces) if not piece.is_kept)
    head = _kept(pieces, at - 1)
    tail = _kept(pieces, at + 1)
    left = head if len(head) <= _CONTEXT else f"…{head[-_CONTEXT:]}"
    right = tail if len(tail) <= _CONTEXT else f"{tail[:_CONTEXT]}…"
    sides = (f"{left}{_cut(text)}{right}" for text in (pieces[at].before, pieces[at].after))
    others = sum(not piece.is_kept for piece in pieces) - 1
    return " → ".join(sides) + (f"（这里另有 {others} 处）" if others else "")


def _kept(pieces: Sequence[Piece], at: int) -> str:
    return pieces[at].after if 0 <= at < len(pieces) else ""


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
