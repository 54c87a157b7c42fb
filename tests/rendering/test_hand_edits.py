"""What somebody changed in a document by hand, in a few lines."""

import io
import zipfile

import pytest

from generator.rendering.base_template import base_document
from generator.rendering.hand_edits import describe_edit


def document(paragraphs, cells=()):
    """Return a small document: paragraphs, then a table of one column."""
    word = base_document()
    for text in paragraphs:
        word.add_paragraph(text, style="公文正文")
    if cells:
        table = word.add_table(len(cells), 2)
        for row, text in zip(table.rows, cells, strict=True):
            row.cells[1].text = text
    buffer = io.BytesIO()
    word.save(buffer)
    return buffer.getvalue()


PAID = "拨付408万元，用于甲类试点的建设和乙类人员的培训。"
FRESH = document(["甲段。", "", PAID], ["甲", "12个", "丙"])


@pytest.fixture
def describe(tmp_path):
    def ask(blob):
        file = tmp_path / "甲.docx"
        file.write_bytes(blob)
        return describe_edit(file, FRESH)

    return ask


def test_a_changed_paragraph_and_cell_are_named_with_a_little_around(describe):
    edited = document(["甲段。", "", PAID.replace("408", "508")], ["甲", "15个", "丙"])
    assert describe(edited) == (
        "应生成的 → 文件里的",
        "第2段：拨付408万元，用于甲类试… → 拨付508万元，用于甲类试…",
        "表1第2行第2格：12个 → 15个",
    )


def test_what_was_added_and_deleted_is_said(describe):
    edited = document(["甲段。", "新写的一段。"], ["甲", "12个", "丙"])
    lines = describe(edited)
    assert "第2段：加了「新写的一段。」" in lines
    assert any(line.startswith("第2段：删去了「拨付408万元，") for line in lines)


def test_the_rest_is_counted(describe):
    edited = document([f"换了的{word}" for word in "子丑寅卯辰"], ["甲", "15个", "丁"])
    lines = describe(edited)
    assert len(lines) == 5
    assert lines[-1].startswith("另有 ")


def test_a_change_of_looks_only_is_said(describe):
    buffer = io.BytesIO(FRESH)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("word/x.txt", "x")
    assert describe(buffer.getvalue()) == ("文字没有改动，改的是版式或文件的其他部分",)


@pytest.mark.parametrize("blob", [b"", b"PK broken", FRESH[:3000]])
def test_a_file_that_does_not_open_is_said(describe, blob):
    (line,) = describe(blob)
    assert line.startswith("这个文件打不开：")


def test_a_part_that_is_no_xml_is_said(describe):
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(FRESH)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"<w:" if name == "word/document.xml" else old.read(name))
    (line,) = describe(buffer.getvalue())
    assert line.startswith("这个文件打不开：")
