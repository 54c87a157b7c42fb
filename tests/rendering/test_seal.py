"""The seal: in every document, not to be seen, found again."""

import io

import docx
import pytest
from msgspec.structs import replace

from generator.rendering.docx_text import read_lines
from generator.rendering.package import read_package, write_package
from generator.rendering.printed_text import digest_of, read_pieces
from generator.rendering.seal import Seal, read_seal
from generator.rendering.validity import find_problems
from generator.rendering.xml_tree import parse_xml, to_bytes
from tests.rendering.conftest import add_seal

SEAL = Seal("2020/甲局/某项目", "自评表", "mof-project", "2020", {"data/乙.yaml": "00", "a": "11"})

WORDS = "甲 & <乙> \"丙\" '丁'\t\n"
NO_TYPES = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


@pytest.fixture
def members():
    """The members of a document of a paragraph, a table and a page number."""
    made = docx.Document()
    made.add_paragraph("甲  乙")
    made.add_table(2, 2).cell(0, 1).text = "丙"
    field = (
        '<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:r>'
        '<w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r><w:r>'
        '<w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>7</w:t></w:r><w:r>'
        '<w:fldChar w:fldCharType="end"/></w:r><w:r><w:t>页</w:t></w:r></w:p>'
    )
    made.element.body.insert(1, docx.oxml.parse_xml(field))
    buffer = io.BytesIO()
    made.save(buffer)
    return read_package(io.BytesIO(buffer.getvalue()))


def test_what_is_sealed_is_read_again(members):
    sealed = add_seal(members, SEAL)
    found = read_seal(sealed)
    assert found.text == digest_of(read_pieces(members))
    assert (found.owner, found.document, found.inputs) == (SEAL.owner, SEAL.document, SEAL.inputs)
    assert not found.is_draft
    assert read_seal(members) is None


def test_equal_input_gives_equal_bytes(members):
    first, second = (write_package(add_seal(members, SEAL)) for _ in range(2))
    assert first == second


def test_a_sealed_document_is_valid_and_reads_the_same(members, tmp_path):
    blob = write_package(add_seal(members, SEAL))
    assert find_problems(blob) == ()
    paths = [tmp_path / "plain.docx", tmp_path / "sealed.docx"]
    for path, content in zip(paths, (write_package(members), blob), strict=True):
        path.write_bytes(content)
    plain, sealed = (list(read_lines(path)) for path in paths)
    assert plain == sealed
    assert docx.Document(str(paths[1])).paragraphs[0].text == "甲  乙"


def test_a_part_that_the_template_had_is_kept(members):
    once = add_seal(members, SEAL)
    other = {**members, "customXml/item1.xml": b"<a/>"}
    twice = add_seal(other, SEAL)
    assert twice["customXml/item1.xml"] == b"<a/>"
    assert read_seal(twice) == read_seal(once)
    assert find_problems(write_package(twice)) == ()


def test_page_numbers_and_blanks_are_no_text_of_the_document(members):
    texts = [piece.text for piece in read_pieces(members)]
    assert texts == ["甲 乙", "页", "", "丙", "", ""]
    places = [piece.place for piece in read_pieces(members)]
    assert places[1:4] == ["第 2 段", "表 1 第 1 行第 1 格", "表 1 第 1 行第 2 格"]


def test_a_broken_part_is_no_seal(members):
    assert read_seal({**members, "customXml/item1.xml": b"<seal xmlns='urn:ziping:seal:1'"}) is None


@pytest.mark.parametrize("inputs", [{}, {WORDS: "00", "b": "11"}])
def test_a_seal_of_any_words_is_written_as_xml(inputs):
    bare = dict.fromkeys(("[Content_Types].xml", "word/document.xml"), NO_TYPES)
    sealed = add_seal(bare, replace(SEAL, owner=WORDS, inputs=inputs))
    found, part = read_seal(sealed), sealed["customXml/item1.xml"]
    assert (found.owner, found.inputs) == (WORDS, inputs)
    assert to_bytes(parse_xml(part)) == part
