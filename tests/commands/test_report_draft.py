"""`report --draft`: what is missing is marked, nothing stops it but what cannot be read."""

import io
import re
import zipfile

import pytest
from docx import Document
from docx.oxml.ns import qn

from generator.cli import main
from generator.rendering.base_template import base_document
from generator.rendering.compiled import CompiledTemplate
from generator.rendering.draft_marks import mark_draft
from generator.rendering.validity import find_problems
from tests.conftest import replace_once
from tests.test_docs import write_examples

DATA = "data/2020/zhuzhou/warm-enterprises.yaml"
MARK = re.compile("【待填：[^】]*】")


@pytest.fixture
def gaps(small_root):
    """A root in which a project lacks a required key, a figure and an actual."""
    path = small_root / DATA
    replace_once(path, "专项名称: 经济信息产业发展专项资金\n", "")
    replace_once(path, "  全年执行数: 215.2\n", "  全年执行数:\n")
    replace_once(path, "        完成值: 5028\n", '        完成值: ""\n')
    return small_root


def run(root, *arguments):
    return main(["report", "2020", *arguments, "--root", str(root)])


def drafts(root):
    return sorted((root / "output/2020/草稿").rglob("温暖*.docx"))


def marks(path):
    """Return the text of the highlighted runs."""
    runs = Document(str(path)).element.body.iter(qn("w:r"))
    return [
        "".join(text.text or "" for text in run.iter(qn("w:t")))
        for run in runs
        if run.find("{*}rPr/{*}highlight") is not None
    ]


def test_every_blank_is_marked_and_listed_with_its_line(gaps, capsys):
    assert run(gaps, "--draft") == 1
    shown = capsys.readouterr().out
    assert "草稿：3 处待填" in shown
    assert f"{DATA}:14:9　【待填：全年执行数】" in shown
    printed = {mark for path in drafts(gaps) for mark in marks(path)}
    named = ("专项名称", "全年执行数", "完成值", "结余数")  # the last: prose refers to it
    assert printed == {f"【待填：{name}】" for name in named}


def test_drafts_are_valid_and_every_header_has_the_watermark(gaps):
    run(gaps, "--draft", "--quiet")
    assert [path.name[-9:] for path in drafts(gaps)] == ["（草稿）.docx"] * 2
    for path in drafts(gaps):
        assert find_problems(path.read_bytes()) == ()
        with zipfile.ZipFile(path) as archive:
            headers = [archive.read(n) for n in archive.namelist() if "word/header" in n]
        assert len(headers) == 2
        assert all('string="草稿"'.encode() in header for header in headers)


def test_filed_documents_are_untouched_and_a_real_run_removes_no_draft(small_root, capsys):
    assert run(small_root) == 0
    folder = small_root / "output/2020"
    filed = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert run(small_root, "--draft") == 0
    assert {path: path.read_bytes() for path in filed} == filed
    made = {path: path.read_bytes() for path in (folder / "草稿").rglob("*") if path.is_file()}
    capsys.readouterr()
    assert run(small_root) == 0
    assert {path: path.read_bytes() for path in made} == made
    assert "以前生成的" not in capsys.readouterr().out
    assert run(small_root, "--draft") == 0
    assert {path: path.read_bytes() for path in made} == made


def test_what_cannot_be_read_still_stops_a_draft(gaps):
    path = gaps / DATA
    path.write_text(path.read_text("utf-8") + "\n错误: [\n", "utf-8")
    assert run(gaps, "--draft", "--quiet") == 1
    assert drafts(gaps) == []
    assert list((gaps / "output/2020/草稿").rglob("两化*.docx"))


def test_a_real_run_is_still_stopped_by_what_is_missing(gaps):
    assert run(gaps, "--quiet") == 1
    assert not list((gaps / "output/2020").rglob("温暖*.docx"))


def test_a_mark_within_a_text_keeps_the_look_of_its_run():
    document = base_document()
    run = document.add_paragraph(style="公文正文").add_run("前【待填：甲】中【待填：乙】后")
    run.bold = True
    run.underline = True
    buffer = io.BytesIO()
    document.save(buffer)
    blob = mark_draft(buffer.getvalue())
    assert find_problems(blob) == ()
    runs = Document(io.BytesIO(blob)).paragraphs[0].runs
    assert [one.text for one in runs] == ["前", "【待填：甲】", "中", "【待填：乙】", "后"]
    assert all(one.bold and one.underline for one in runs)
    assert [bool(one.font.highlight_color) for one in runs] == [False, True, False, True, False]
    assert all(MARK.fullmatch(one.text) for one in runs if one.font.highlight_color)


def test_prose_that_refers_to_a_blank_or_to_nothing_is_marked_and_stops_nothing(
    copied_root, capsys
):
    write_examples(copied_root, "编写数据.md")
    data = copied_root / "data/2020/shili/jishu-gaizao.yaml"
    replace_once(data, "完成值: 15个", "完成值:")  # referred to by 完成值 and 完成值.值
    replace_once(data, "{{ 资金.全年预算数 }}", "{{ 资金.全年预算额 }}")
    assert run(copied_root, "--draft", "--project", "shili/*") == 1
    assert "document-invalid" not in capsys.readouterr().out
    folder = copied_root / "output/2020/草稿/shili"
    report, table = sorted(folder.iterdir(), key=lambda path: "自评表" in path.name)
    assert marks(report) == ["【待填：全年预算额】", "【待填：完成值】"]
    assert marks(table) == ["【待填：完成值】"] * 2


def test_a_draft_is_made_again_only_where_something_changed(gaps, capsys, monkeypatch):
    made = []
    render = CompiledTemplate.render_parts
    monkeypatch.setattr(
        CompiledTemplate,
        "render_parts",
        lambda self, context: made.append(1) or render(self, context),
    )
    run(gaps, "--draft")
    first, before = capsys.readouterr().out, {path: path.read_bytes() for path in drafts(gaps)}
    made.clear()
    assert run(gaps, "--draft") == 1
    assert made == []
    assert capsys.readouterr().out == first.replace("（6 份有变化）", "（0 份有变化）")
    replace_once(gaps / DATA, "  全年执行数:\n", "  全年执行数: 215.2\n")
    assert run(gaps, "--draft") == 1
    assert len(made) == 2
    assert {path: path.read_bytes() for path in drafts(gaps)} != before


def test_a_missing_score_is_marked_and_none_is_worked_out_of_a_blank(copied_root):
    data = copied_root / "data/2020/zhuzhou/smart-manufacturing.yaml"
    text = data.read_text(encoding="utf-8").partition("豁免:")[0]
    assert "        得分: 15\n" in text
    text = text.replace("        得分: 15\n", "", 1).replace("完成值: 15个\n", "完成值:\n", 1)
    data.write_text(text.replace("        得分: 8\n", "", 1), encoding="utf-8")
    run(copied_root, "--draft", "--project", "zhuzhou/smart*")
    folder = copied_root / "output/2020/草稿/zhuzhou"
    (table,) = folder.glob("*自评表（草稿）.docx")
    found = marks(table)
    assert "【待填：得分】" in found
    assert "【待填：完成值】" in found
    row = next(
        row
        for row in Document(table).tables[0].rows
        if "智能制造奖励、补助项目" in row.cells[3].text
    )
    assert row.cells[-2].text == ""
