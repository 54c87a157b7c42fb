"""`ziping text`: a Word file as lines that can be compared."""

import docx
import pytest

from generator.cli import main


def text(capsys, *files):
    assert main(["text", *map(str, files)]) == 0
    return capsys.readouterr().out


@pytest.fixture
def document(tmp_path):
    """A document with merges, a tab, a break, a nested table and a header."""
    made = docx.Document()
    made.add_paragraph("甲\t乙")
    made.add_paragraph().add_run("丙").add_break()
    made.paragraphs[-1].add_run("丁")
    table = made.add_table(3, 3)
    for row, words in enumerate(("一二三", "四五六", "七八九")):
        for column, word in enumerate(words):
            table.cell(row, column).text = word
    table.cell(0, 0).merge(table.cell(1, 0)).text = "并\n行"
    table.cell(2, 1).merge(table.cell(2, 2)).text = "并列"
    table.cell(1, 1).add_table(1, 2).cell(0, 0).text = "内"
    made.sections[0].header.paragraphs[0].text = "页眉一行"
    path = tmp_path / "例.docx"
    made.save(str(path))
    return path


def test_paragraphs_rows_and_headers_are_lines(document, capsys):
    assert text(capsys, document) == (
        "甲\t乙\n丙\n丁\n并 行\t二\t三\n\t五 内\t六\n七\t并列\n〔页眉〕页眉一行\n"
    )


def test_a_report_is_read_as_it_is_printed(documents, capsys):
    shown = text(capsys, documents / "zhuzhou/两化融合专项绩效自评表.docx")
    assert "年底发放\t年底发放\t年底发放\t10\t10" in shown
    assert shown.count("满意度指标\t") == 1
    shown = text(capsys, documents / "zhuzhou/两化融合专项绩效自评报告.docx")
    assert "（一）项目概况\n" in shown
    assert "下拨项目资金为408万元。\n" in shown


def test_deleted_text_is_not_there_and_inserted_text_is(document, capsys, tmp_path):
    made = docx.Document(str(document))
    paragraph = made.paragraphs[0]
    run = paragraph.runs[0]._r
    deleted = docx.oxml.parse_xml(
        '<w:del xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:r><w:delText>旧</w:delText></w:r></w:del>"
    )
    inserted = docx.oxml.parse_xml(
        '<w:ins xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:r><w:t>新</w:t></w:r></w:ins>"
    )
    run.addnext(deleted)
    run.addnext(inserted)
    path = tmp_path / "修订.docx"
    made.save(str(path))
    assert text(capsys, path).startswith("甲\t乙新\n")


def test_what_is_no_word_file_is_one_line(tmp_path, capsys):
    path = tmp_path / "坏.docx"
    path.write_bytes(b"version https://git-lfs.github.com/spec/v1\n")
    assert main(["text", str(path)]) == 2
    assert "不能读作 Word 文件" in capsys.readouterr().err
    assert main(["text", "--for-git", str(path)]) == 0
    assert capsys.readouterr().out.startswith("〔不能读作 Word 文件：")
    assert main(["text", str(tmp_path / "没有.docx")]) == 2
    assert main(["text"]) == 2
