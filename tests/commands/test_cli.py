"""The door: exit codes, one clear line for what cannot run, Chinese help, no traceback."""

import subprocess
import sys

import pytest

from generator.cli import main
from tests.conftest import ROOT, replace_once

COMMANDS = (
    "report",
    "check",
    "explain",
    "schema",
    "base-template",
    "new-form",
    "form-template",
)


def refused(capsys, *arguments):
    """Run something that cannot run and return its message."""
    assert main(list(arguments)) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "Traceback" not in captured.err
    return captured.err


def test_a_year_without_data_is_one_line(capsys):
    message = refused(capsys, "report", "1999", "--root", str(ROOT))
    assert message == "ziping：没有 1999 年度的数据：data/1999/\n   建议：现有年度：2020\n"


def test_a_project_that_does_not_exist_is_one_line(capsys):
    message = refused(capsys, "report", "2020", "--project", "桥梁", "--root", str(ROOT))
    assert message.startswith(
        "ziping：2020 年度没有项目「桥梁」\n   建议：现有项目：jinzhong/department"
    )


def test_a_missing_template_is_a_finding_and_no_document(small_root, capsys, tmp_path):
    (small_root / "templates/zhuzhou-project/table.docx").unlink()
    (small_root / "templates/mof-project/table.docx").unlink()
    out = tmp_path / "out"
    assert main(["report", "2020", "--root", str(small_root), "--out", str(out)]) == 2
    shown = capsys.readouterr()
    assert "文档「自评表」的模板不存在" in shown.out
    assert not out.exists()


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["report"], "没有写年度"),
        (["report", "二零二零"], "年度「二零二零」应写四位数字"),
        (["report", "2020", "--fast"], "不认识的参数：--fast"),
        (["reprot", "2020"], "没有命令「reprot」"),
        (["check", "2020", "--format", "xml"], "没有格式「xml」"),
        (["check", "2020", "--only", "F999"], "没有检查「F999」"),
        (["check", "没有.yaml"], "没有文件"),
        (["base-template"], "没有写模板的文件名"),
        (["report", "2020", "--project"], "命令的写法不对"),
    ],
)
def test_a_wrong_command_line_is_refused_in_chinese(capsys, monkeypatch, arguments, expected):
    monkeypatch.chdir(ROOT)
    assert expected in refused(capsys, *arguments)


def test_a_folder_that_is_no_project_is_refused(capsys, tmp_path):
    assert "没有" in refused(capsys, "check", "--root", str(tmp_path))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_chinese_help(capsys, command):
    with pytest.raises(SystemExit) as stop:
        main([command, "--help"])
    assert stop.value.code == 0
    shown = capsys.readouterr().out
    assert shown.startswith(f"用法：ziping {command}")
    assert "usage" not in shown
    assert "options" not in shown


def test_options_may_stand_before_or_behind_the_command(capsys):
    assert main(["--root", str(ROOT), "--quiet", "check", "2020"]) == 0
    first = capsys.readouterr().out
    assert main(["check", "2020", "--quiet", "--root", str(ROOT)]) == 0
    assert capsys.readouterr().out == first


def test_a_console_without_chinese_gets_no_traceback():
    done = subprocess.run(
        [sys.executable, "-m", "generator", "report", "1999"],
        cwd=ROOT,
        capture_output=True,
        env={"PYTHONIOENCODING": "ascii", "PATH": ""},
        check=False,
    )
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


def test_a_base_template_is_written_once(capsys, tmp_path):
    file = tmp_path / "空白.docx"
    assert main(["base-template", str(file)]) == 0
    assert file.is_file()
    capsys.readouterr()
    assert "已经存在" in refused(capsys, "base-template", str(file))


def test_an_unwritable_folder_is_one_line(capsys, tmp_path):
    (tmp_path / "out").write_text("a file where the folder should be")
    code = main(["report", "2020", "--root", str(ROOT), "--out", str(tmp_path / "out")])
    assert code == 2
    shown = capsys.readouterr().out
    assert "O604 不能写" in shown
    assert "上一级不是文件夹" in shown or "同名的文件" in shown


def test_data_that_cannot_be_read_stops_only_itself(small_root, capsys, tmp_path):
    replace_once(small_root / "data/2020/zhuzhou/warm-enterprises.yaml", "年度: 2020", "年度：2020")
    out = tmp_path / "out"
    assert main(["report", "2020", "--root", str(small_root), "--out", str(out)]) == 1
    assert "Y104" in capsys.readouterr().out
    assert len(list(out.rglob("*.docx"))) == 4
