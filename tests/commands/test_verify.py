"""`ziping verify`: real documents, edited, saved again, outdated, without their data."""

import json
import shutil
import zipfile

import docx
import pytest

from generator.cli import main
from generator.rendering.seal import read_seal
from tests.commands.diff_repository import begin, commit, git, replace

TABLE = "温暖企业行动专项绩效自评表.docx"
DATA = "data/2020/zhuzhou/warm-enterprises.yaml"


@pytest.fixture
def made(small_root):
    """A repository with its documents of 2020."""
    begin(small_root)
    out = small_root / "output"
    assert main(["report", "2020", "--root", str(small_root), "--out", str(out), "--quiet"]) == 0
    return small_root


def document(root, name=TABLE):
    return root / "output/2020/zhuzhou" / name


def verify(root, capsys, *files, code=0, form="text"):
    capsys.readouterr()
    arguments = ["verify", "--root", str(root), "--format", form, *map(str, files)]
    assert main(arguments) == code
    return capsys.readouterr().out


def edit(path, row, column, text):
    """Write over a cell as somebody does in Word."""
    made = docx.Document(str(path))
    made.tables[0].rows[row].cells[column].paragraphs[0].runs[0].text = text
    made.save(str(path))


def test_what_was_just_made_is_authentic(made, capsys):
    files = sorted((made / "output").rglob("*.docx"))
    shown = verify(made, capsys, *files)
    assert shown.count(": 真实未改\n") == len(files) == 6
    head = git(made, "rev-parse", "HEAD")[:8]
    assert shown.count(f"数据见存档 {head}") == len(files)


def test_a_hand_edit_is_shown_with_the_line_of_its_value(made, capsys):
    path = document(made)
    edit(path, 10, 8, "保证稳定")
    shown = verify(made, capsys, path, code=1)
    assert "文件已被手工修改" in shown
    assert "数据已更新" not in shown
    assert "与生成的不同 1 处" in shown
    assert f"〔{DATA} 第 22 行〕" in shown


def test_a_paragraph_that_was_added_is_one_edit(made, capsys):
    path = document(made)
    word = docx.Document(str(path))
    word.add_paragraph("手工加的一段")
    word.save(str(path))
    found = json.loads(verify(made, capsys, path, code=1, form="json"))["files"][0]
    assert found["statuses"] == ["edited"]
    assert [(one["before"], one["after"]) for one in found["edits"]] == [("", "手工加的一段")]


def test_data_that_changed_since_are_shown_from_their_commit(made, capsys):
    first = git(made, "rev-parse", "HEAD").strip()
    edit(document(made), 10, 8, "保证稳定")
    replace(made, DATA, ("实际完成情况: 营造稳定", "实际完成情况: 营造更稳定"))
    commit(made, "更正")
    found = json.loads(verify(made, capsys, document(made), code=1, form="json"))["files"][0]
    assert found["statuses"] == ["stale", "edited"]
    assert found["revisions"] == [first]
    assert found["inputs"] == [{"file": DATA, "state": "有改动"}]
    assert len(found["edits"]) == 1
    (change,) = found["changes"]
    assert (change["source"], change["line"]) == (DATA, 22)
    shown = verify(made, capsys, document(made), code=1)
    assert f"存档 {first[:8]} → 现在的文件：1 个项目有变化" in shown
    assert f"〔存档 {first[:8]} 的 {DATA} 第 22 行〕" in shown


def test_a_file_packed_again_is_unchanged_in_text(made, capsys, tmp_path):
    packed = tmp_path / "另存.docx"
    with zipfile.ZipFile(document(made)) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            blob = old.read(name)
            new.writestr(name, blob + b"\n" if name == "word/settings.xml" else blob)
    shown = verify(made, capsys, packed)
    assert "真实未改" in shown
    assert "字节不同，文字相同" in shown


def test_a_seal_that_was_adjusted_to_an_edit_does_not_help(made, capsys, tmp_path):
    """The text's own hash is put right, the data still give another text."""
    path = document(made)
    before = seal_of(path).text
    edit(path, 10, 8, "保证稳定")
    from generator.rendering.package import read_package, write_package  # noqa: PLC0415
    from generator.rendering.printed_text import digest_of, read_pieces  # noqa: PLC0415

    members = read_package(path)
    now = digest_of(read_pieces(members))
    for name, blob in members.items():
        members[name] = blob.replace(before.encode(), now.encode())
    forged = tmp_path / "伪.docx"
    forged.write_bytes(write_package(members))
    shown = verify(made, capsys, forged, code=1)
    assert "文件已被手工修改" in shown
    assert "封条也改过" in shown


def seal_of(path):
    with zipfile.ZipFile(path) as archive:
        return read_seal({name: archive.read(name) for name in archive.namelist()})


def test_without_a_repository_the_text_is_still_held_against_the_seal(made, capsys):
    shutil.rmtree(made / ".git")
    assert "真实未改" in verify(made, capsys, document(made))
    replace(made, DATA, ("实际完成情况: 营造稳定", "实际完成情况: 营造更稳定"))
    shown = verify(made, capsys, document(made), code=1)
    assert "数据已更新" in shown
    assert "没有 git 存档" in shown


def test_data_that_are_gone_are_found_in_the_history(made, capsys):
    (made / DATA).unlink()
    commit(made, "删去")
    edit(document(made), 10, 8, "保证稳定")
    shown = verify(made, capsys, document(made), code=1)
    assert "数据已更新、文件已被手工修改" in shown
    assert f"{DATA} 已不在" in shown
    assert "〔营造" in shown


def test_where_there_are_no_data_at_all_only_the_seal_can_speak(made, capsys, tmp_path):
    shown = verify(tmp_path / "空", capsys, document(made), code=2)
    assert "不能核实：文字与封条相同" in shown


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "旧的 .doc"),
        (b"PK\x03\x04 half", "压缩包无法读取"),
        (None, "没有这个文件"),
    ],
)
def test_what_is_no_document_is_one_line(made, capsys, tmp_path, content, said):
    file = tmp_path / "甲.docx"
    if content is not None:
        file.write_bytes(content)
    shown = verify(made, capsys, file, document(made), code=2)
    assert said in shown.splitlines()[0]
    assert "真实未改" in shown


def test_a_document_of_somebody_else_is_not_ours(made, capsys, tmp_path):
    docx.Document().save(str(tmp_path / "别的.docx"))
    shown = verify(made, capsys, tmp_path / "别的.docx", code=1)
    assert "不是本程序生成" in shown


def test_an_unknown_form_is_one_line(made, capsys):
    shutil.rmtree(made / "templates/zhuzhou-project")
    shutil.rmtree(made / ".git")
    shown = verify(made, capsys, document(made), code=1)
    assert "没有表式「zhuzhou-project」" in shown


def test_a_draft_says_so(made, capsys):
    root = ["--root", str(made), "--out", str(made / "output"), "--quiet"]
    assert main(["report", "2020", "--draft", *root]) == 0
    path = next((made / "output/2020/草稿").rglob("温暖*表（草稿）.docx"))
    shown = verify(made, capsys, path)
    assert "真实未改" in shown
    assert "（草稿）" in shown


def test_no_file_is_a_usage_error(capsys):
    assert main(["verify"]) == 2
    assert "没有写 Word 文件" in capsys.readouterr().err
