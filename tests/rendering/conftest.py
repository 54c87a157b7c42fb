"""Small templates, made in the test that needs them."""

import io
import pathlib
import re
import zipfile
from collections.abc import Callable, Mapping

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.table import Table
from msgspec.structs import replace

from generator.rendering.base_template import base_document
from generator.rendering.compiled import CompiledTemplate, compile_template
from generator.rendering.printed_text import digest_of, read_pieces
from generator.rendering.problems import TemplateProblem, TemplateRefusedError
from generator.rendering.seal import Seal, put_seal
from generator.rendering.validity import find_problems

Build = Callable[[WordDocument], None]


def add_seal(members: Mapping[str, bytes], seal: Seal) -> dict[str, bytes]:
    """Seal a package by reading all that it prints."""
    return put_seal(members, replace(seal, text=digest_of(read_pieces(members))))


class Workshop:
    """Builds, compiles and renders templates in a folder of the test."""

    def __init__(self, folder: pathlib.Path) -> None:
        self.path = folder / "模板.docx"

    def save(self, build: Build) -> pathlib.Path:
        document = base_document()
        document.core_properties.title = document.core_properties.subject = "样张"
        build(document)
        document.save(str(self.path))
        return self.path

    def compile(self, build: Build) -> CompiledTemplate:
        return compile_template(self.save(build))

    def render(self, build: Build, context: Mapping[str, object]) -> WordDocument:
        """Return the rendered document; it must be valid."""
        blob = self.compile(build).render(context)
        assert find_problems(blob) == ()
        return Document(io.BytesIO(blob))

    def refuse(self, build: Build) -> tuple[TemplateProblem, ...]:
        with pytest.raises(TemplateRefusedError) as refused:
            compile_template(self.save(build))
        return refused.value.problems


@pytest.fixture
def workshop(tmp_path: pathlib.Path) -> Workshop:
    return Workshop(tmp_path)


def paragraphs(*texts: str, style: str = "公文正文") -> Build:
    """Build paragraphs; `¦` is where Word has split a run."""

    def build(document: WordDocument) -> None:
        for text in texts:
            paragraph = document.add_paragraph(style=style)
            for run in text.split("¦"):
                paragraph.add_run(run)

    return build


def table(*rows: tuple[str, ...], header: bool = False) -> Build:
    """Build a table; `\\n` begins another paragraph in a cell, `¦` another run."""

    def build(document: WordDocument) -> None:
        add_table(document, rows)
        if header:
            mark_header(document.tables[-1], 0)

    return build


def add_table(document: WordDocument, rows: tuple[tuple[str, ...], ...]) -> Table:
    made = document.add_table(len(rows), len(rows[0]), style="公文表格")
    for row, texts in zip(made.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            first, *others = text.split("\n")
            cell.paragraphs[0].style = "表文"
            for run in first.split("¦"):
                cell.paragraphs[0].add_run(run)
            for other in others:
                cell.add_paragraph(other, "表文")
    return made


def mark_header(made: Table, row: int) -> None:
    made.rows[row]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))


def texts_of(document: WordDocument) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def cells_of(document: WordDocument, number: int = 0) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in document.tables[number].rows]


def merges_of(document: WordDocument, number: int = 0) -> list[str]:
    """Return a letter for each cell of each row: r restart, c continue, . none."""
    rows = []
    for row in document.tables[number]._tbl.tr_lst:
        letters = ""
        for cell in row.tc_lst:
            merge = cell.tcPr.find("{*}vMerge") if cell.tcPr is not None else None
            kinds = {"restart": "r", "continue": "c"}
            value = "" if merge is None else merge.get(merge.tag.replace("vMerge", "val"))
            letters += "." if merge is None else kinds[value or "continue"]
        rows.append(letters)
    return rows


def members_of(blob: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(blob)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def messages(problems: tuple[TemplateProblem, ...]) -> list[str]:
    return [problem.message for problem in problems]


def without_empty_runs(xml: str) -> str:
    """Drop what has no effect: empty runs, declarations of namespaces, kept spaces."""
    xml = re.sub(r' xmlns:\w+="[^"]*"| xml:space="preserve"| w:rsid\w*="[^"]*"', "", xml)
    xml = re.sub(r"<w:t></w:t>", "<w:t/>", xml)
    xml = re.sub(r"<w:r>(<w:rPr>((?!</w:rPr>).)*</w:rPr>)?(<w:t/>)?</w:r>|<w:r/>", "", xml)
    return xml.replace("</w:t></w:r><w:r><w:t>", "")  # docxtpl joins the runs of a tag
