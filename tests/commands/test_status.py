"""`ziping status`: every document, and because of what it is not up to date."""

import json
import shutil
import zipfile

import pytest

from generator.cli import main
from tests.commands.test_report import DATA, run
from tests.conftest import replace_once

TABLE = "2020/zhuzhou/温暖企业行动专项绩效自评表.docx"


@pytest.fixture
def made(small_root, tmp_path, capsys):
    """A root and its output after a first run."""
    out = tmp_path / "out"
    run(small_root, out)
    capsys.readouterr()
    return small_root, out


@pytest.fixture
def status(made, capsys):
    """Return a function that runs `status` and returns code and text, or code and JSON."""

    def ask(*options):
        root, out = made
        code = main(["status", "2020", "--root", str(root), "--out", str(out), *options])
        shown = capsys.readouterr().out
        return code, json.loads(shown) if "json" in options else shown

    return ask


def states(shown):
    return {one["path"].rpartition("/")[2][:2]: one["state"] for one in shown["documents"]}


def test_after_a_run_everything_is_current(status):
    code, shown = status()
    assert code == 0
    assert shown.count("最新\t") == 6
    assert shown.endswith("6 份文档：6 份最新\n")


def test_a_changed_figure_is_named_with_both_values(made, status):
    replace_once(
        made[0] / DATA / "it-integration.yaml", "  全年执行数: 508\n", "  全年执行数: 408\n"
    )
    code, shown = status()
    assert code == 1
    assert shown.count("过期\t") == 2
    assert f"\t{DATA}/it-integration.yaml　有改动\n\t  资金／全年执行数：508 → 408\n" in shown
    assert shown.endswith("6 份文档：4 份最新，2 份过期\n")


def test_where_the_old_text_is_not_known_the_file_is_named(made, status):
    replace_once(
        made[0] / DATA / "it-integration.yaml", "  全年执行数: 508\n", "  全年执行数: 408\n"
    )
    shutil.rmtree(made[0] / "build")
    code, shown = status()
    assert code == 1
    assert f"\t{DATA}/it-integration.yaml　有改动\n过期\t" in shown
    assert "全年执行数" not in shown


def test_many_fields_are_counted_in_text_and_all_there_in_json(made, status):
    path = made[0] / DATA / "it-integration.yaml"
    path.write_text(path.read_text("utf-8").replace("分值: 10\n", "分值: 11\n"), "utf-8")
    assert "处（--format json 列出全部）" in status()[1]
    _, shown = status("--format", "json")
    stale = next(one for one in shown["documents"] if one["state"] == "stale")
    assert len(stale["because"][0]["fields"]) > 5
    assert stale["because"][0]["fields"][0].endswith("分值：10 → 11")


def test_a_comment_is_no_field(made, status):
    path = made[0] / DATA / "_unit.yaml"
    path.write_text(path.read_text("utf-8") + "# 备忘\n", "utf-8")
    code, shown = status()
    assert code == 1
    assert shown.count("只改了注释、写法或排列") == 6


@pytest.mark.parametrize(
    ("file", "what"),
    [
        ("templates/zhuzhou-project/table.docx", "有改动"),
        ("templates/用语.yaml", "有改动"),
        ("templates/zhuzhou-project/form.yaml", "有改动"),
    ],
)
def test_other_files_are_named(made, status, file, what):
    path = made[0] / file
    path.write_bytes(path.read_bytes() + b"\n")
    code, shown = status()
    assert code == 1
    assert f"\t{file}　{what}\n" in shown


def test_a_file_that_has_come_makes_documents_stale(made, status):
    root, _ = made
    shutil.copy(root / DATA / "_unit.yaml", root / "kept")
    (root / DATA / "_unit.yaml").unlink()
    assert f"{DATA}/_unit.yaml　不在了" in status()[1]
    base = root / "templates/mof-project/report.docx"
    own = root / "templates/zhuzhou-project/report.docx"
    shutil.copy(root / "kept", root / DATA / "_unit.yaml")
    if base.is_file() and not own.is_file():
        shutil.copy(base, own)
        assert "templates/zhuzhou-project/report.docx　新加的" in status()[1]
        own.unlink()
    assert status()[0] == 0


def test_missing_edited_and_unmade_documents(made, status):
    root, out = made
    (out / TABLE).unlink()
    edited = next(out.rglob("两化*表.docx"))
    with zipfile.ZipFile(edited, "a") as archive:
        archive.writestr("word/x.txt", "手工")
    shutil.copy(root / DATA / "smart-manufacturing.yaml", root / DATA / "new.yaml")
    code, shown = status()
    assert code == 1
    assert f"缺失\t{out}/{TABLE}\n" in shown
    assert f"已被手工修改\t{edited}\n" in shown
    assert f"缺失\t2020/zhuzhou/new\n\t{DATA}/new.yaml　还没有文档\n" in shown
    _, found = status("--format", "json")
    assert found["summary"] == {"current": 4, "stale": 0, "missing": 2, "edited": 1}


def test_a_year_without_anything_is_refused(made, capsys):
    assert main(["status", "1999", "--root", str(made[0])]) == 2
    assert "没有 1999 年度的数据和文档" in capsys.readouterr().err


def test_data_that_cannot_be_read_now_is_said(made, status):
    (made[0] / DATA / "it-integration.yaml").write_text("资金: [\n", "utf-8")
    assert "现在读不通" in status()[1]


def test_a_damaged_manifest_knows_no_document(made, status):
    (made[1] / "2020/manifest.json").write_text('{"documents": [3]}', "utf-8")
    code, shown = status()
    assert code == 1
    assert shown.endswith("3 份文档：3 份缺失\n")
