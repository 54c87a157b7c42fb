"""`ziping report`: what is written, what is refused, what is never overwritten."""

import hashlib
import json
import zipfile

import pytest

from generator.cli import main
from tests.conftest import ROOT, replace_once

DATA = "data/2020/zhuzhou"


def run(root, out, *arguments):
    return main(["report", "2020", "--root", str(root), "--out", str(out), *arguments])


def digests(folder):
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files
    }


def test_two_runs_give_equal_bytes(documents, tmp_path):
    assert run(ROOT, tmp_path) == 0
    assert digests(tmp_path / "2020") == digests(documents)


def test_a_second_run_changes_no_file(tmp_path, capsys):
    run(ROOT, tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    made = sum(path.suffix == ".docx" for path in before)
    capsys.readouterr()
    assert run(ROOT, tmp_path) == 0
    after = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    assert after == before
    assert f"{made} 份文档（0 份有变化）" in capsys.readouterr().out


def test_manifest_names_every_document_with_its_inputs(documents):
    manifest = json.loads((documents / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["year"] == 2020
    written = {path.relative_to(documents).as_posix() for path in documents.rglob("*.docx")}
    assert {entry["path"] for entry in manifest["documents"]} == written
    known = {"path", "project", "form", "sha256", "program", "inputs", "score", "grade"}
    for entry in manifest["documents"]:
        assert set(entry) == known
        blob = (documents / entry["path"]).read_bytes()
        assert entry["sha256"] == hashlib.sha256(blob).hexdigest()
        for file, digest in entry["inputs"].items():
            assert digest == hashlib.sha256((ROOT / file).read_bytes()).hexdigest(), file


def test_inputs_are_everything_that_the_document_was_made_from(documents):
    manifest = json.loads((documents / "manifest.json").read_text(encoding="utf-8"))
    entry = next(e for e in manifest["documents"] if "智能制造" in e["path"] and "表" in e["path"])
    assert sorted(entry["inputs"]) == [
        "data/2020/zhuzhou/_unit.yaml",
        "data/2020/zhuzhou/smart-manufacturing.yaml",
        "schema/zhuzhou-project.schema.json",
        "templates/mof-project/form.yaml",
        "templates/mof-project/rubric.yaml",
        "templates/zhuzhou-project/form.yaml",
        "templates/zhuzhou-project/rubric.yaml",
        "templates/zhuzhou-project/table.docx",
        "templates/检查.yaml",
        "templates/用语.yaml",
    ]
    assert (entry["score"], entry["grade"]) == ("98", "优")


def test_a_correction_changes_the_documents_of_its_own_project_only(small_root, tmp_path):
    out = tmp_path / "out"
    run(small_root, out)
    before = digests(out)
    replace_once(
        small_root / DATA / "smart-manufacturing.yaml",
        "提高了每个项目的补助额度",
        "提高了单个项目的补助额度",
    )
    assert run(small_root, out) == 0
    after = digests(out)
    changed = {path for path in after if after[path] != before.get(path)}
    name = "2020/zhuzhou/制造强市专项（智能制造）绩效自评"
    assert changed == {"2020/manifest.json", f"{name}表.docx", f"{name}报告.docx"}  # the seal too


def test_an_error_stops_its_project_and_no_other(small_root, tmp_path, capsys):
    out = tmp_path / "out"
    replace_once(small_root / DATA / "warm-enterprises.yaml", "处: 已报送.等级", "处: 已报送.总分")
    assert run(small_root, out) == 1
    names = {path.name for path in out.rglob("*.docx")}
    assert len(names) == 4
    assert not any("温暖" in name for name in names)
    shown = capsys.readouterr().out
    assert "错误 I307 等级写作「优秀」" in shown
    assert "1 个项目没有生成" in shown


@pytest.mark.parametrize("name", ["it-integration", "smart-manufacturing", "warm-enterprises"])
def test_without_its_waivers_a_document_is_refused(small_root, tmp_path, name):
    path = small_root / DATA / f"{name}.yaml"
    text = path.read_text(encoding="utf-8")
    start, end = text.index("豁免:"), text.index("已报送:")
    path.write_text(text[:start] + text[end:], encoding="utf-8")
    assert run(small_root, tmp_path / "out", "--project", name) == 1
    assert not list((tmp_path / "out").rglob("*.docx"))


def test_a_document_edited_by_hand_is_not_overwritten(tmp_path, capsys):
    run(ROOT, tmp_path)
    edited = tmp_path / "2020/zhuzhou/温暖企业行动专项绩效自评表.docx"
    with zipfile.ZipFile(edited, "a") as archive:
        archive.writestr("word/note.txt", "手工")
    mine = edited.read_bytes()
    capsys.readouterr()
    assert run(ROOT, tmp_path) == 1
    assert edited.read_bytes() == mine
    shown = capsys.readouterr().out
    assert "已被手工修改，没有覆盖" in shown
    assert "FORCE=1" in shown
    assert "O605" not in shown
    assert run(ROOT, tmp_path, "--force") == 0
    assert edited.read_bytes() != mine


def test_one_project_keeps_the_others_in_the_manifest(tmp_path):
    run(ROOT, tmp_path)
    before = (tmp_path / "2020/manifest.json").read_bytes()
    assert run(ROOT, tmp_path, "--project", "warm-*") == 0
    assert (tmp_path / "2020/manifest.json").read_bytes() == before


def test_json_output_is_one_object(tmp_path, capsys):
    assert run(ROOT, tmp_path, "--format", "json") == 0
    shown = json.loads(capsys.readouterr().out)
    assert len(shown["documents"]) == len(list(tmp_path.rglob("*.docx")))
    assert shown["summary"]["errors"] == 0


def test_no_temporary_file_is_left(documents):
    assert not [path for path in documents.rglob("*") if path.name.startswith(".")]


def test_what_a_form_has_and_no_template_prints_is_said(small_root, tmp_path, capsys):
    form = small_root / "templates/zhuzhou-project/form.yaml"
    replace_once(
        form,
        "置于: {后: 报告副题}}",
        "置于: {后: 报告副题}}\n  - {名称: 部门编码, 类型: 文本, 必填: 是}",
    )
    for path in (small_root / DATA).glob("[!_]*.yaml"):
        replace_once(path, "报告副题:", "部门编码: 202\n报告副题:")
    main(["schema", "--root", str(small_root)])
    capsys.readouterr()
    assert run(small_root, tmp_path / "out") == 0
    shown = capsys.readouterr().out
    assert shown.count("T303 必填字段「部门编码」在各文档的模板里都没有用到") == 1


def test_a_renamed_project_leaves_word_of_its_old_document(small_root, tmp_path, capsys):
    out = tmp_path / "out"
    run(small_root, out)
    replace_once(
        small_root / DATA / "warm-enterprises.yaml",
        "报告副题: 温暖企业行动专项",
        "报告副题: 温暖行动专项",
    )
    capsys.readouterr()
    assert run(small_root, out) == 0
    assert capsys.readouterr().out.count(" O605 ") == 2


def test_data_in_the_wrong_place_is_said(small_root, tmp_path, capsys):
    good = (small_root / DATA / "warm-enterprises.yaml").read_bytes()
    for name in (
        "data/2020/甲.yaml",
        f"{DATA}/乙.yml",
        f"{DATA}/丙.yaml.txt",
        f"{DATA}/丁/戊.yaml",
    ):
        path = small_root / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(good)
    assert run(small_root, tmp_path / "out") == 0
    assert capsys.readouterr().out.count(" Y116 ") == 4
    assert main(["check", "2020", "--root", str(small_root)]) == 0
    assert capsys.readouterr().out.count(" Y116 ") == 4
