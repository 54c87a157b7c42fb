"""Writing documents: names that every system can store, whole files or none."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import UserError
from generator.rendering import output
from generator.rendering.manifest import lay_out, read_manifest, write_manifest
from generator.rendering.output import digest, is_written, safe_file_name, write_whole


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("智能制造绩效自评表.docx", "智能制造绩效自评表.docx"),
        ("../../etc/甲.docx", "_.._etc_甲.docx"),
        ('甲:乙*丙?"<>|.docx', "甲_乙_丙_____.docx"),
        ("CON.docx", "_CON.docx"),
        (" 甲 . .docx", "甲.docx"),
        (".docx", "未命名.docx"),
        ("甲\n乙.docx", "甲_乙.docx"),
    ],
)
def test_a_file_name_is_made_safe(name, safe):
    assert safe_file_name(name) == safe


@given(st.text(max_size=400))
def test_every_name_stays_in_its_folder_and_fits(text):
    name = safe_file_name(f"{text}.docx")
    assert name.endswith(".docx")
    assert len(name.encode("utf-8", "surrogatepass")) <= 200
    assert not set('/\\:*?"<>|\n\0') & set(name)
    assert name not in (".docx", "..docx")


def test_a_failed_write_leaves_the_old_file_and_no_other(tmp_path, monkeypatch):
    file = tmp_path / "文档.docx"
    write_whole(file, b"old")

    def fail(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(output.os, "fsync", fail)
    with pytest.raises(UserError, match="不能写"):
        write_whole(file, b"new")
    assert file.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["文档.docx"]


def test_a_damaged_manifest_knows_no_document(tmp_path):
    (tmp_path / "甲.docx").write_bytes(b"something")
    for text in ("", "{", "[]", '{"documents": 3}', '{"documents": [{}]}'):
        (tmp_path / "manifest.json").write_text(text)
        manifest = read_manifest(tmp_path)
        assert manifest.documents == {}
        assert manifest.is_edited("甲.docx", b"other")
        assert not manifest.is_edited("甲.docx", b"something")


def _entry(name):
    inputs = {"data/2020/甲局/甲.yaml": digest(b"facts")}
    return {"path": name, "sha256": digest(name.encode()), "inputs": inputs}


def test_a_manifest_is_sorted_and_reads_back(tmp_path):
    entries = {name: _entry(name) for name in ("乙", "甲")}
    lines = [unit for _, unit in lay_out(entries.values())]
    write_manifest(tmp_path, year=2020, lines=lines)
    shown = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    assert [entry["path"] for entry in shown["documents"]] == sorted(entries)
    assert read_manifest(tmp_path).documents == entries
    for indent in (None, 1, 4):  # somebody's editor has laid it out anew
        text = json.dumps(shown, ensure_ascii=False, indent=indent)
        (tmp_path / "manifest.json").write_text(text, encoding="utf-8")
        assert read_manifest(tmp_path).documents == entries


LAID_OUT = {
    "by git": lambda text: text.replace("\n", "\r\n"),
    "with blanks": lambda text: text.replace(",\n", ", \n"),
    "in conflict": lambda text: text.replace("\n  {", "\n<<<<<<< HEAD\n  {", 1),
    "without its end": lambda text: text[: text.rindex("}\n ]") + 1],
}


@pytest.mark.parametrize("how", LAID_OUT)
def test_a_manifest_that_others_have_laid_out_is_read(tmp_path, how):
    entries = {name: _entry(name) for name in ("甲局/一", "甲局/二", "甲局-乙/一", "乙局/一")}
    write_manifest(tmp_path, year=2020, lines=[unit for _, unit in lay_out(entries.values())])
    path = tmp_path / "manifest.json"
    path.write_bytes(LAID_OUT[how](path.read_text("utf-8")).encode())
    assert read_manifest(tmp_path).documents == entries


def test_a_manifest_that_takes_the_place_of_another_is_read_anew(tmp_path):
    old, new = (
        [_entry(f"{unit}/一") for unit in units] for units in (("乙局", "丁局"), "甲乙丙丁")
    )
    write_manifest(tmp_path, year=2020, lines=[unit for _, unit in lay_out(old)])
    manifest = read_manifest(tmp_path)
    write_manifest(tmp_path, year=2020, lines=[unit for _, unit in lay_out(new)])
    assert manifest.of("丁") == {"丁/一": _entry("丁/一")}
    assert manifest.of("乙局") == {}
    assert manifest.units == sorted("甲乙丙丁")


def test_a_folder_that_is_a_file_is_named(tmp_path):
    (tmp_path / "甲局").write_bytes(b"")
    for file in (tmp_path / "甲局/文档.docx", tmp_path / "甲局/乙/文档.docx"):
        assert not is_written(file, b"")
        with pytest.raises(UserError, match="文件"):
            write_whole(file, b"new")


def test_what_stands_in_a_file_is_told_from_what_would(tmp_path):
    file = tmp_path / "甲局/文档.docx"
    assert not is_written(file, b"one")
    write_whole(file, b"one")
    assert is_written(file, b"one")
    assert not is_written(file, b"two")
    assert not is_written(file, b"three")
    assert not is_written(tmp_path, b"one")
