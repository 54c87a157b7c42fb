"""What a Word document prints, as lines: the proof that two programs wrote the same document."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from lxml import etree

from bench.usage import NoResultError

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read_lines(path: Path | BinaryIO) -> tuple[str, ...]:
    """Return paragraphs, and rows cell by cell; a cell merged into the one above has its text."""
    with zipfile.ZipFile(path) as package:
        body = etree.fromstring(package.read("word/document.xml"))[0]
    lines: list[str] = []
    for block in body:
        if block.tag == f"{_W}p":
            lines.append(_text(block))
        elif block.tag == f"{_W}tbl":
            lines += _rows(block)
    return tuple(lines)


def prove_same(written: Path, wanted: Path, *, documents: int) -> None:
    """Compare the number of documents of two folders, and the first and last one of them.

    Raises:
        NoResultError: They are not as many, or do not say the same.
    """
    paths = sorted(path.relative_to(wanted) for path in wanted.rglob("*.docx"))
    made = sum(1 for _ in written.rglob("*.docx"))
    if not made == len(paths) == documents:
        raise NoResultError(f"应有 {documents} 份文档，写了 {made} 份")
    for path in {*paths[:2], *paths[-2:]}:
        ours, theirs = read_lines(wanted / path), read_lines(written / path)
        if ours != theirs:
            pairs = zip(ours, theirs, strict=False)
            first = next((pair for pair in pairs if pair[0] != pair[1]), ("", "行数不同"))
            raise NoResultError(f"{path.name} 的文字不同：{first[1]!r}，应为 {first[0]!r}")


def _rows(table: etree._Element) -> Iterator[str]:
    above: dict[int, str] = {}  # column → text
    for row in table.iter(f"{_W}tr"):
        cells, column = [], 0
        for cell in row.iterchildren(f"{_W}tc"):
            merge = cell.find(f"{_W}tcPr/{_W}vMerge")
            is_continued = merge is not None and merge.get(f"{_W}val", "continue") == "continue"
            own = "\n".join(map(_text, cell.iterchildren(f"{_W}p")))
            above[column] = above.get(column, "") if is_continued else own
            cells.append(above[column])
            span = cell.find(f"{_W}tcPr/{_W}gridSpan")
            column += int(span.get(f"{_W}val", "1")) if span is not None else 1
        yield "\t".join(cells)


def _text(paragraph: etree._Element) -> str:
    marks = {f"{_W}br": "\n", f"{_W}tab": "\t"}
    return "".join(
        one.text or "" if one.tag == f"{_W}t" else marks.get(one.tag, "")
        for one in paragraph.iter()
    )
