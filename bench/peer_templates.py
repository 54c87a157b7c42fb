"""Our templates in the words of other programs: the same columns, rows and styles.

None of them can merge cells as the data are grouped: each row prints its 一级指标 and 二级指标.
"""

import copy
import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

FORM = "templates/mof-project"
STYLES = ("OfficialBody", "Heading1", "Heading2")  # of a paragraph of the report, by its level
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DOCUMENT, _PROPERTIES = "word/document.xml", "docProps/core.xml"
_VALUE = re.compile(r"\{\{ (行\.)?([^ ]+) \}\}")
_OTHER = re.compile(r"\{%[^%]*%\}")  # 每行 and 合并, which are ours alone
_Rows = Sequence[etree._Element]


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a program says a value, the rows of a table, and the paragraphs of a report."""

    name: str
    value: str  # {} is the name
    cell: str  # a value of the row
    repeat: Callable[[etree._Element], _Rows]  # the rows that stand for the row of the list
    report: Callable[[etree._Element], _Rows]  # the paragraphs that stand for the report


def write_templates(dialect: Dialect, root: Path, folder: Path) -> Path:
    """Write table.docx and report.docx in a dialect below a folder; return where."""
    target = folder / dialect.name
    target.mkdir(parents=True)
    for name, change in (("table.docx", _change_table), ("report.docx", _change_report)):
        with (
            zipfile.ZipFile(root / FORM / name) as ours,
            zipfile.ZipFile(target / name, "w", zipfile.ZIP_DEFLATED) as theirs,
        ):
            for member in ours.namelist():
                blob = ours.read(member)
                if member == _DOCUMENT:
                    tree = etree.fromstring(blob)
                    change(tree, dialect)
                    blob = etree.tostring(tree, xml_declaration=True, encoding="UTF-8")
                elif member == _PROPERTIES:
                    blob = _in_dialect(blob.decode(), dialect).encode()
                theirs.writestr(member, blob)
    return target


def _change_table(tree: etree._Element, dialect: Dialect) -> None:
    listed = next(row for row in tree.iter(f"{_W}tr") if "每行" in _text(row))
    _change_values(tree, dialect)
    _replace(listed, dialect.repeat(listed))


def _change_report(tree: etree._Element, dialect: Dialect) -> None:
    whole = next(one for one in tree.iter(f"{_W}p") if "正文" in _text(one))
    _change_values(tree, dialect)
    _replace(whole, dialect.report(whole))


def _change_values(tree: etree._Element, dialect: Dialect) -> None:
    for text in tree.iter(f"{_W}t"):
        text.text = _in_dialect(text.text or "", dialect)


def _in_dialect(text: str, dialect: Dialect) -> str:
    def change(found: re.Match[str]) -> str:
        return (dialect.cell if found[1] else dialect.value).format(found[2])

    return _VALUE.sub(change, _OTHER.sub("", text))


def _text(element: etree._Element) -> str:
    return "".join(text.text or "" for text in element.iter(f"{_W}t"))


def _replace(old: etree._Element, new: _Rows) -> None:
    parent = old.getparent()
    if parent is not None:
        at = parent.index(old)
        parent[at : at + 1] = new


def with_text(element: etree._Element, text: str, style: str = "") -> etree._Element:
    """Return a row or paragraph again with a text in its first run only."""
    again = copy.deepcopy(element)
    first, *others = again.iter(f"{_W}t")
    first.text = text
    for other in others:
        other.text = ""
    if style:
        next(again.iter(f"{_W}pStyle")).set(f"{_W}val", style)
    return again


def edge_texts(row: etree._Element, *, before: str, after: str) -> etree._Element:
    """Return a row again with words before its first text and behind its last."""
    again = copy.deepcopy(row)
    texts = list(again.iter(f"{_W}t"))
    texts[0].text = before + (texts[0].text or "")
    texts[-1].text = (texts[-1].text or "") + after
    return again
