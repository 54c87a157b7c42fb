"""A second `ziping report`: what changed is made again, nothing else is touched or imported."""

import json
import os
import shutil
import subprocess
import sys
import zipfile

import pytest

from bench.data import copy_forms, write_year
from generator import pipeline
from generator.cli import main
from generator.rendering import documents as rendering
from generator.rendering.compiled import CompiledTemplate
from tests.commands.test_report import DATA, digests, run
from tests.conftest import ROOT, replace_once
from tests.test_forms import HERE, make_root

HEAVY = {"jinja2", "lxml", "docx", "docxtpl", "jsonschema", "ruamel", "generator.pipeline"}


@pytest.fixture
def rendered(monkeypatch):
    """Return a list that every rendering is added to."""
    made = []
    render = CompiledTemplate.render_parts

    def note(self, context):
        made.append(context)
        return render(self, context)

    monkeypatch.setattr(CompiledTemplate, "render_parts", note)
    return made


def heavy_modules(*arguments):
    """Run a command in a process of its own; return its text and which heavy modules it took."""
    code = (
        "import sys; from generator.cli import main; code = main(sys.argv[1:]); "
        f"print(code, sorted({HEAVY!r} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    text, _, last = done.stdout.rstrip("\n").rpartition("\n")
    return text, last


def test_a_run_with_nothing_to_do_imports_nothing_heavy(small_root, tmp_path):
    out = tmp_path / "out"
    run(small_root, out)
    text, last = heavy_modules("report", "2020", "--root", small_root, "--out", out)
    assert last == "0 []"
    assert "自上次生成以来没有变化" in text
    assert "6 份文档（0 份有变化）；上次的问题：0 处错误，" in text


def test_status_of_what_is_current_imports_nothing_heavy(small_root, tmp_path):
    out = tmp_path / "out"
    run(small_root, out)
    text, last = heavy_modules("status", "2020", "--root", small_root, "--out", out)
    assert last == "0 []"
    assert text.endswith("6 份文档：6 份最新")


def test_what_was_found_is_counted_as_before(small_root, tmp_path, capsys):
    out = tmp_path / "out"
    run(small_root, out)
    counted = capsys.readouterr().out.rpartition("；")[2].strip()
    run(small_root, out)
    assert f"上次的问题：{counted}（ziping check 2020" in capsys.readouterr().out


def test_one_correction_renders_one_project_and_changes_no_other_byte(
    small_root, tmp_path, rendered
):
    out = tmp_path / "out"
    run(small_root, out)
    before = digests(out)
    rendered.clear()
    replace_once(small_root / DATA / "smart-manufacturing.yaml", "提高了每个", "提高了单个")
    assert run(small_root, out) == 0
    assert len(rendered) == 2  # report and table
    after = digests(out)
    changed = {path for path in after if after[path] != before.get(path)}
    name = "2020/zhuzhou/制造强市专项（智能制造）绩效自评"  # the seal of both knows the data
    assert changed == {"2020/manifest.json", f"{name}表.docx", f"{name}报告.docx"}
    assert set(after) == set(before)


@pytest.mark.parametrize(
    "file",
    [
        "templates/zhuzhou-project/table.docx",
        "templates/zhuzhou-project/rubric.yaml",
        "templates/mof-project/form.yaml",
        "templates/用语.yaml",
        "templates/检查.yaml",
        "schema/zhuzhou-project.schema.json",
        f"{DATA}/_unit.yaml",
    ],
)
def test_whatever_a_document_is_made_from_makes_it_again(small_root, tmp_path, rendered, file):
    out = tmp_path / "out"
    run(small_root, out)
    rendered.clear()
    path = small_root / file
    if path.suffix == ".docx":
        with zipfile.ZipFile(path, "a") as archive:
            archive.comment = b"touched"
    else:
        path.write_bytes(path.read_bytes() + (b"" if path.suffix == ".json" else b"# more\n"))
    if path.suffix == ".json":
        path.write_bytes(b" " + path.read_bytes())
        assert run(small_root, out) == 1  # a schema that is not the derived one
        assert main(["schema", "--root", str(small_root), "--quiet"]) == 0
        assert run(small_root, out) == 0
        assert rendered == []  # it is as it was
        return
    assert run(small_root, out) == 0
    assert len(rendered) >= 3


def test_a_new_file_of_the_unit_counts(small_root, tmp_path, rendered):
    unit = small_root / DATA / "_unit.yaml"
    text = unit.read_text("utf-8")
    for path in (small_root / DATA).glob("[!_]*.yaml"):
        lines = [line for line in text.splitlines() if not line.startswith("#")]
        path.write_text("\n".join(lines) + "\n" + path.read_text("utf-8"), "utf-8")
    unit.unlink()
    out = tmp_path / "out"
    run(small_root, out)
    rendered.clear()
    unit.write_text("# 没有共用的\n主管部门: 甲局\n", "utf-8")
    run(small_root, out)
    assert len(rendered) == 6


def test_another_program_makes_everything_again(small_root, tmp_path, rendered, monkeypatch):
    out = tmp_path / "out"
    run(small_root, out)
    rendered.clear()
    for module in ("generator.commands.report_run",):
        monkeypatch.setattr(f"{module}.program_id", lambda _digests: "9.9.9 other")
    replace_once(small_root / DATA / "smart-manufacturing.yaml", "提高了每个", "提高了单个")
    assert run(small_root, out) == 0
    assert len(rendered) == 6
    entries = json.loads((out / "2020/manifest.json").read_bytes())["documents"]
    assert {entry["program"] for entry in entries} == {"9.9.9 other"}


def test_force_makes_everything_again(small_root, tmp_path, rendered):
    out = tmp_path / "out"
    run(small_root, out)
    rendered.clear()
    run(small_root, out, "--force")
    assert len(rendered) == 6


def test_times_of_files_do_not_count(small_root, tmp_path, rendered, capsys):
    out = tmp_path / "out"
    run(small_root, out)
    rendered.clear()
    for path in small_root.rglob("*"):
        if path.is_file() and "build" not in path.parts:
            os.utime(path, (1, 1))
    capsys.readouterr()
    assert run(small_root, out) == 0
    assert "没有变化" in capsys.readouterr().out
    path = small_root / DATA / "smart-manufacturing.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("每个项目", "单个项目"), "utf-8")  # as long as before
    os.utime(path, (1, 1))
    assert run(small_root, out) == 0
    assert len(rendered) == 2


def test_what_is_remembered_is_never_needed(small_root, tmp_path, rendered, capsys):
    out = tmp_path / "out"
    run(small_root, out)
    first = capsys.readouterr().out
    before = digests(out)
    rendered.clear()
    shutil.rmtree(small_root / "build")
    assert run(small_root, out) == 0
    assert rendered == []
    assert capsys.readouterr().out == first.replace("（6 份有变化）", "（0 份有变化）")
    for path in (small_root / "build").rglob("*"):
        if path.is_file():
            path.write_bytes(b"broken" + path.read_bytes()[6:])
    assert run(small_root, out) == 0
    assert rendered == []
    assert digests(out) == before


def test_a_file_in_the_build_folder_can_run_nothing(small_root, tmp_path, capsys):
    out = tmp_path / "out"
    run(small_root, out)
    build = small_root / "build/ziping"
    kept = [*build.glob("projects/*/*/*"), *build.glob("runs/*/units/*"), *build.glob("runs/*/b*")]
    assert len(kept) == 5
    for path in kept:
        key = path.read_bytes().partition(b"\n")[0]
        bad = b"\ncposix\nsystem\n(S'touch " + str(tmp_path).encode() + b"/bad'\ntR."
        path.write_bytes(key + bad)
    assert run(small_root, out, "--verbose") == 0
    assert not (tmp_path / "bad").exists()
    assert "6 份文档" in capsys.readouterr().out


def test_a_missing_document_is_made_again(small_root, tmp_path):
    out = tmp_path / "out"
    run(small_root, out)
    before = digests(out)
    next(out.rglob("温暖*表.docx")).unlink()
    assert run(small_root, out) == 0
    assert digests(out) == before


def test_a_document_that_could_not_be_written_is_tried_again(small_root, tmp_path, monkeypatch):
    out = tmp_path / "out"
    run(small_root, out)
    replace_once(small_root / DATA / "smart-manufacturing.yaml", "提高了每个", "提高了单个")
    real = rendering.write_whole

    def fail(path, _blob, **_more):
        raise rendering.UserError(f"不能写 {path}")

    monkeypatch.setattr(rendering, "write_whole", fail)
    assert run(small_root, out) == 2
    monkeypatch.setattr(rendering, "write_whole", real)
    assert run(small_root, out) == 0
    fresh = tmp_path / "fresh"
    run(small_root, fresh, "--force")
    assert digests(out) == digests(fresh)


def test_a_removed_project_leaves_word_of_its_documents_until_they_go(small_root, tmp_path, capsys):
    out = tmp_path / "out"
    run(small_root, out)
    (small_root / DATA / "warm-enterprises.yaml").unlink()
    for _ in range(2):
        capsys.readouterr()
        assert run(small_root, out, "--verbose") == 0
        assert capsys.readouterr().out.count(" O605 ") == 2
    for path in out.rglob("温暖*.docx"):
        path.unlink()
    assert run(small_root, out) == 0
    assert "温暖" not in (out / "2020/manifest.json").read_text("utf-8")
    fresh = tmp_path / "fresh"
    run(small_root, fresh, "--force")
    assert digests(out) == digests(fresh)


def test_an_error_is_said_again_in_each_run(small_root, tmp_path, capsys):
    replace_once(small_root / DATA / "warm-enterprises.yaml", "处: 已报送.等级", "处: 已报送.总分")
    said = []
    for _ in range(3):
        assert run(small_root, tmp_path / "out") == 1
        said.append(capsys.readouterr().out.replace("（4 份有变化）", "（0 份有变化）"))
    assert "错误 I307" in said[0]
    assert "错误 I307" in said[1]
    assert "zhuzhou/it-integration.yaml" not in said[1]  # it was said in the first run
    assert "其余 2 个项目没有变化" in said[1]
    assert said[0].splitlines()[-1] == said[1].splitlines()[-1]  # the same sum
    assert said[1] == said[2]


def test_a_run_over_one_correction_reads_and_says_one_project(tmp_path, capsys, monkeypatch):
    copy_forms(ROOT, tmp_path)
    write_year(tmp_path, projects=6, indicators=9, year=2020)
    out = tmp_path / "out"
    assert run(tmp_path, out) == 0
    first = capsys.readouterr().out
    file = tmp_path / "data/2020/unit000/project00003.yaml"
    replace_once(file, "中心承担", "中心负责")
    read = []
    real = pipeline.read_yaml
    monkeypatch.setattr(
        pipeline, "read_yaml", lambda path, **more: read.append(path) or real(path, **more)
    )
    assert run(tmp_path, out) == 0
    again = capsys.readouterr().out
    assert [path for path in read if "data" in path.parts] == [file]
    assert again.splitlines()[-2] == "其余 5 个项目没有变化，问题同上次（ziping check 逐条列出）"
    assert again.splitlines()[-1] == first.splitlines()[-1].replace("12 份有变化", "2 份有变化")
    assert {line for line in again.splitlines() if "yaml" in line} <= set(first.splitlines())
    assert main(["check", "2020", "--root", str(tmp_path)]) == 0
    assert [path for path in read if "data" in path.parts] == [file]  # all is known by now


def test_checks_between_documents_see_units_that_were_not_read_again(tmp_path, capsys):
    """One unit changes: what a run says is what a run that reads everything says."""
    copy_forms(ROOT, tmp_path)
    write_year(tmp_path, projects=4, indicators=9, year=2020)
    data = tmp_path / "data/2020"
    (data / "unit001").mkdir()
    for name in ("project00002.yaml", "project00003.yaml"):
        (data / "unit000" / name).rename(data / "unit001" / name)
    out = tmp_path / "out"
    run(tmp_path, out, "--quiet")
    copied = "本项目由甲类专家组逐户走访，核对乙类台账，约谈丙类承办人，形成丁类意见书并逐条答复。"
    said = []
    for name, old, new in (
        ("unit000/project00001", "某市甲局0中心", "某市甲局0服务中心"),
        ("unit000/project00000", "支出{{ 资金.全年执行数 }}万元。", copied * 3),
        ("unit001/project00002", "支出{{ 资金.全年执行数 }}万元。", copied * 3),
        ("unit001/project00003", "某市甲局0中心", "某市甲局0的中心"),
        ("unit000/project00000", copied, ""),
    ):
        path = data / f"{name}.yaml"
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
        capsys.readouterr()
        assert run(tmp_path, out, "--format", "json") == 0
        again = json.loads(capsys.readouterr().out)["findings"]
        assert run(tmp_path, tmp_path / "fresh", "--force", "--format", "json") == 0
        assert again == json.loads(capsys.readouterr().out)["findings"]
        said.append({(one["code"], one["project"]) for one in again if one["code"][:2] == "B7"})
    assert {project for _, project in said[3]} >= {
        "2020/unit000/project00000",
        "2020/unit001/project00002",
    }
    assert said[4] != said[3]


def test_what_binds_a_unit_is_made_again_with_any_of_its_projects(tmp_path, rendered):
    data = make_root("rollup-plain", tmp_path)
    shutil.copy(HERE / "rollup-plain/第二个.yaml", data.parent)
    other = data.parent.with_name("other")
    shutil.copytree(data.parent, other)
    assert main(["schema", "--root", str(tmp_path), "--quiet"]) == 0
    command = ["report", "2030", "--root", str(tmp_path), "--quiet"]
    assert main(command) == 0
    before, count = digests(tmp_path / "output"), len(rendered)
    assert count == len([path for path in before if path.endswith(".docx")])
    rendered.clear()
    text = (other / "第二个.yaml").read_text("utf-8")
    (other / "第二个.yaml").write_text(text.replace("乙项目", "丙项目"), "utf-8")
    assert main(command) == 0
    after = digests(tmp_path / "output")
    assert len(rendered) < count
    changed = {path for path in after if after[path] != before.get(path)}
    assert "2030/other/other2030年自评合订.docx" in changed
    assert not any(path.startswith("2030/unit/") for path in changed)
    (other / "第二个.yaml").unlink()
    assert main(command) == 0
    bound = "2030/other/other2030年自评合订.docx"
    assert digests(tmp_path / "output")[bound] != after[bound]
