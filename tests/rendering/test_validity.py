"""The product rejects its own output when Word could not read it: known-bad files first."""

import pytest

from generator.rendering.base_template import base_document, to_package
from generator.rendering.package import write_package
from generator.rendering.validity import find_problems
from tests.rendering.conftest import add_table, members_of, paragraphs

DOCUMENT, RELATIONSHIPS = "word/document.xml", "word/_rels/document.xml.rels"
CELL = '<w:p><w:pPr><w:pStyle w:val="TableText"/></w:pPr><w:r><w:t>b</w:t></w:r></w:p></w:tc>'
INNER = "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"
DRAWING = (
    '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
    'wordprocessingDrawing"><wp:docPr id="1" name="a"/></wp:inline></w:drawing></w:r>'
)


def good() -> dict[str, bytes]:
    document = base_document()
    paragraphs("正文")(document)
    add_table(document, (("a", "b"), ("c", "d")))
    return members_of(to_package(document))


def test_a_good_document_has_no_problem() -> None:
    assert find_problems(write_package(good())) == ()


@pytest.mark.parametrize(
    ("part", "old", "new", "expected"),
    [
        (DOCUMENT, CELL, "</w:tc>", f"{DOCUMENT}：单元格不以段落结尾：「」"),
        (
            DOCUMENT,
            CELL,
            CELL.replace("</w:tc>", f"{INNER}</w:tc>"),
            f"{DOCUMENT}：单元格不以段落结尾：「b」",
        ),
        (DOCUMENT, "</w:tbl>", "<w:tr/></w:tbl>", f"{DOCUMENT}：表 1 行 3 没有单元格"),
        (DOCUMENT, "<w:sectPr", "<w:tbl/><w:sectPr", f"{DOCUMENT}：表 2 没有行"),
        (DOCUMENT, "<w:t>正文</w:t>", "正文<w:t/>", f"{DOCUMENT}：r 里有不该有的文字「正文」"),
        (DOCUMENT, "<w:p><w:pPr>", "文<w:p><w:pPr>", f"{DOCUMENT}：body 里有不该有的文字「文」"),
        (
            DOCUMENT,
            "<w:tcPr>",
            '<w:tcPr><w:gridSpan w:val="2"/>',
            f"{DOCUMENT}：表 1 行 1 占 3 列，表格有 2 列",
        ),
        (
            DOCUMENT,
            "<w:tcPr>",
            "<w:tcPr><w:vMerge/>",
            f"{DOCUMENT}：表 1 行 1 列 1 接续的合并在上一行没有开始",
        ),
        (
            DOCUMENT,
            "<w:t>正文</w:t>",
            '<w:fldChar w:fldCharType="begin"/>',
            f"{DOCUMENT}：域的开始与结束不配对",
        ),
        (DOCUMENT, "OfficialBody", "无此样式", f"{DOCUMENT}：样式 无此样式 没有定义"),
        (
            DOCUMENT,
            "<w:pPr>",
            '<w:pPr><w:numPr><w:numId w:val="7"/></w:numPr>',
            f"{DOCUMENT}：编号 7 没有定义",
        ),
        (DOCUMENT, "正文", "{{ 年度", f"{DOCUMENT}：留有标签：…{{{{ 年度…"),
        (DOCUMENT, "正文", "\ufdd00\ufdd1", f"{DOCUMENT}：留有标签：…\ufdd00\ufdd1…"),
        (
            DOCUMENT,
            "<w:t>正文</w:t></w:r>",
            f"<w:t/></w:r>{DRAWING}{DRAWING}",
            f"{DOCUMENT}：图形编号 1 重复",
        ),
        (DOCUMENT, "</w:body>", "", f"{DOCUMENT}：不是合法的 XML（第 "),
        (DOCUMENT, 'r:id="rId1"', 'r:id="rId99"', "word/document.xml：关系 rId99 没有定义"),
        (RELATIONSHIPS, "styles.xml", "没有.xml", f"{RELATIONSHIPS}：没有.xml 不存在"),
        (RELATIONSHIPS, 'Id="rId3"', 'Id="rId5"', f"{RELATIONSHIPS}：关系 rId5 重复"),
        (
            "[Content_Types].xml",
            "/word/styles.xml",
            "/word/x.xml",
            "[Content_Types].xml：/word/x.xml 不存在",
        ),
        ("word/footer1.xml", "<w:p>", "<w:sdt><w:p>", "word/footer1.xml：不是合法的 XML（第 "),
    ],
)
def test_a_bad_document_is_rejected(part: str, old: str, new: str, expected: str) -> None:
    members = good()
    text = members[part].decode()
    assert old in text
    members[part] = text.replace(old, new, 1).encode()
    problems = find_problems(write_package(members))
    assert any(problem.startswith(expected) for problem in problems), problems


def test_a_part_needs_a_content_type() -> None:
    members = {**good(), "word/media/a.png": b"x"}
    assert find_problems(write_package(members)) == ("word/media/a.png：没有内容类型",)


def test_a_header_needs_a_paragraph() -> None:
    members = good()
    members["word/header1.xml"] = (
        b'<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
    )
    assert find_problems(write_package(members)) == ("word/header1.xml：hdr 里没有段落",)


def test_half_a_file_is_rejected() -> None:
    blob = write_package(good())
    assert find_problems(blob[: len(blob) // 2]) == ("压缩包无法读取（BadZipFile）",)


def test_text_in_a_continued_cell_is_rejected() -> None:
    members = good()
    text = members[DOCUMENT].decode()
    first, second, *rest = text.split("<w:tr>")[1:]
    rows = [
        first.replace("<w:tcPr>", '<w:tcPr><w:vMerge w:val="restart"/>', 1),
        second.replace("<w:tcPr>", "<w:tcPr><w:vMerge/>", 1),
    ]
    members[DOCUMENT] = "<w:tr>".join([text.split("<w:tr>")[0], *rows, *rest]).encode()
    assert find_problems(write_package(members)) == (
        f"{DOCUMENT}：表 1 行 2 列 1 是合并的下半部分，却有文字",
    )
