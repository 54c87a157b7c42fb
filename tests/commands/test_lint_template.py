"""`ziping lint-template`: forms and files, exit codes, formats, copies with comments."""

import json

from docx import Document

from generator.cli import main

TABLE = "templates/zhuzhou-project/table.docx"
MARKED = "templates/zhuzhou-project/table.批注.docx"


def run(root, *arguments):
    return main(["lint-template", *arguments, "--root", str(root)])


def misspell(root, text="{{ 项目名秤 }}"):
    document = Document(str(root / TABLE))
    document.paragraphs[0].add_run(text)
    document.save(str(root / TABLE))


def test_templates_as_committed_have_no_error(copied_root, capsys):
    assert run(copied_root) == 0
    assert "0 处错误，0 处警告" in capsys.readouterr().out


def test_a_misspelt_name_is_an_error_with_a_suggestion(small_root, capsys):
    misspell(small_root)
    assert run(small_root, "zhuzhou-project") == 1
    shown = capsys.readouterr().out
    assert f"{TABLE}: 错误 T302 word/document.xml 段落 1：{{{{ 项目名秤 }}}}" in shown
    assert "项目名称" in shown


def test_a_file_is_compared_with_the_form_that_uses_it(small_root, capsys):
    misspell(small_root)
    assert run(small_root, str(small_root / TABLE)) == 1
    assert "没有「项目名秤」" in capsys.readouterr().out
    assert run(small_root, TABLE) == 1


def test_a_file_of_no_form_is_looked_at_for_its_tags(small_root, tmp_path, capsys):
    path = tmp_path / "别处.docx"
    (small_root / TABLE).rename(path)
    assert run(small_root, str(path)) == 0
    (small_root / "templates/mof-project/table.docx").unlink()  # the base's would do
    assert run(small_root, "zhuzhou-project") == 2
    assert "table.docx" in capsys.readouterr().out


def test_what_does_not_exist_is_refused_in_one_line(small_root, capsys):
    assert run(small_root, "zhuzou-project") == 2
    assert "zhuzhou-project" in capsys.readouterr().err
    assert run(small_root, "没有.docx") == 2
    assert "没有模板文件 没有.docx" in capsys.readouterr().err


def test_json_holds_the_same_findings(small_root, capsys):
    misspell(small_root)
    assert run(small_root, "zhuzhou-project", "--format", "json") == 1
    shown = json.loads(capsys.readouterr().out)
    assert shown["summary"]["errors"] == 1
    assert [f["file"] for f in shown["findings"] if f["severity"] == "error"] == [TABLE]


def test_mark_writes_a_copy_and_never_the_template(small_root, capsys):
    misspell(small_root)
    before = (small_root / TABLE).read_bytes()
    assert run(small_root, "zhuzhou-project", "--mark") == 1
    assert f"已写 {MARKED}" in capsys.readouterr().out
    assert (small_root / TABLE).read_bytes() == before
    first = (small_root / MARKED).read_bytes()
    assert run(small_root, TABLE, "--mark") == 1
    assert (small_root / MARKED).read_bytes() == first
    comments = [comment.text for comment in Document(str(small_root / MARKED)).comments]
    assert any("项目名秤" in text for text in comments)


def test_a_marked_copy_is_never_written_over_another_file(small_root, capsys):
    misspell(small_root)
    (small_root / MARKED).write_bytes(b"somebody's own")
    assert run(small_root, TABLE, "--mark") == 1
    assert (small_root / MARKED).read_bytes() == b"somebody's own"
    assert "没有写" in capsys.readouterr().out
