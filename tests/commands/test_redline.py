"""`ziping redline` over a real git repository, as it is used."""

import json
import shutil

import pytest

from generator.cli import main
from tests.commands.diff_repository import OTHER, PROJECT, begin, commit, git, replace
from tests.rendering.test_redline import told
from tests.test_forms import BOUND, HERE, make_root
from tests.tracked import W, body_of

REPORT = "zhuzhou/两化融合专项绩效自评报告（修订）.docx"


@pytest.fixture
def root(small_root):
    return begin(small_root)


@pytest.fixture
def redline(root, capsys):
    def run(*arguments, code=0):
        assert main(["redline", "--root", str(root), *arguments]) == code
        return capsys.readouterr().out

    return run


def folder(root):
    return root / "output/2020/修订"


def change(root, words="共计45家"):
    replace(root, PROJECT, ("共计43家", words))


def test_only_what_changed_is_written(root, redline):
    change(root)
    said = redline()
    assert said.startswith("HEAD → 现在的文件：1 份修订稿，修订者写作「现在的文件」\n")
    assert f"{REPORT}　1 处\n" in said
    assert [path.name for path in folder(root).rglob("*.docx")] == [REPORT.split("/")[1]]
    lines = told((folder(root) / REPORT).read_bytes())
    assert len(lines) == 1
    assert "共计[-43][+45]家" in lines[0]


def test_nothing_changed(root, redline):
    assert redline() == "HEAD → 现在的文件：没有变化\n"
    assert not folder(root).exists()


def test_author_and_date_are_those_of_the_later_commit(root, redline):
    change(root)
    git(root, "add", "--all")
    named = ("--author=乙某 <yi@example.invalid>", "--date=2021-03-01T23:30:00+0800")
    git(root, "commit", "--quiet", "--no-verify", *named, "--message", "更正")
    assert "修订者写作「乙某」" in redline("HEAD~1", "HEAD")
    first = (folder(root) / REPORT).read_bytes()
    tracked = [e for e in body_of(first).iter() if e.get(f"{W}author")]
    assert {(e.get(f"{W}author"), e.get(f"{W}date")) for e in tracked} == {
        ("乙某", "2021-03-01T23:30:00Z")
    }
    redline("HEAD~1..HEAD")
    assert (folder(root) / REPORT).read_bytes() == first


def test_errors_of_now_stop_and_errors_of_then_do_not(root, redline):
    replace(root, OTHER, ("全年执行数: 215.2", "全年执行数: 220.2"))
    said = redline(code=1)
    assert "错误 I306 总分报送 95.99" in said
    assert not folder(root).exists()
    commit(root, "错的")
    replace(root, OTHER, ("表式: zhuzhou", "# 另加一行\n表式: zhuzhou"))
    assert redline("HEAD~1", "HEAD", code=1) == said.replace("现在的文件", "HEAD").replace(
        "HEAD →", "HEAD~1 →"
    )
    git(root, "checkout", "--quiet", "HEAD~1", "--", "data")
    assert "2 份修订稿" in redline()


def test_a_redline_that_somebody_edited_is_kept(root, redline):
    change(root)
    redline()
    (folder(root) / REPORT).write_bytes(b"edited")
    change_again = ("共计45家", "共计46家")
    replace(root, PROJECT, change_again)
    assert "错误 O603" in redline(code=1)
    assert (folder(root) / REPORT).read_bytes() == b"edited"
    assert "1 份修订稿" in redline("--force")


def test_a_redline_of_an_earlier_run_is_named(root, redline):
    change(root)
    redline()
    git(root, "checkout", "--quiet", "--", "data")
    said = redline()
    assert "警告 O605" in said
    assert (folder(root) / REPORT).is_file()


def test_new_and_removed_documents_are_said(root, redline):
    (root / OTHER).rename(root / "data/2020/zhuzhou/renamed.yaml")
    assert redline() == "HEAD → 现在的文件：没有变化\n"
    (root / "data/2020/zhuzhou/renamed.yaml").unlink()
    said = redline()
    assert said.count("没有了　zhuzhou/") == 2
    commit(root)
    git(root, "checkout", "--quiet", "HEAD~1", "--", OTHER)
    assert redline().count("新增　zhuzhou/") == 2


def test_a_year_and_a_project_narrow_it(root, redline, capsys):
    change(root)
    assert "没有变化" in redline("2020", "--project", "warm-*")
    assert "1 份修订稿" in redline("2020", "--project", "it-*")
    assert main(["redline", "--root", str(root), "--project", "nobody"]) == 2
    assert "没有项目「nobody」" in capsys.readouterr().err
    assert main(["redline", "--root", str(root), "none"]) == 2
    assert "没有版本「none」" in capsys.readouterr().err


def test_each_side_is_made_by_its_own_form(root, redline):
    """What the form prints is tracked like the data."""
    form = "templates/zhuzhou-project/form.yaml"
    replace(root, form, ("80分（含）—90分为良", "85分（含）—90分为良"))
    said = redline()
    assert said.count("绩效自评表（修订）.docx　1 处") == 3
    assert "绩效自评报告" not in said


def test_the_manifest_of_redlines_is_their_own(root, redline):
    change(root)
    redline()
    manifest = json.loads((folder(root) / "manifest.json").read_bytes())
    assert [one["path"] for one in manifest["documents"]] == [REPORT]
    assert not (root / "output/2020/manifest.json").exists()


def test_a_bound_document_is_compared_too(tmp_path, capsys):
    """It is of a unit: only when no project is asked for."""
    form = BOUND[0][0]
    data = make_root(form, tmp_path)
    shutil.copy(HERE / form / "第二个.yaml", data.parent)
    assert main(["schema", "--root", str(tmp_path), "--quiet"]) == 0
    begin(tmp_path)
    replace(tmp_path, data.parent.relative_to(tmp_path) / "第二个.yaml", ("乙项目", "丙项目"))
    for arguments, count in (((), 1), (("--project", "第二个"), 0)):
        assert main(["redline", "--root", str(tmp_path), *arguments]) == 0
        assert capsys.readouterr().out.count("unit2030年自评合订（修订）.docx　") == count
