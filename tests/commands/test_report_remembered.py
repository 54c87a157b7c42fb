"""What a run remembers changes nothing but the time: what was refused or is new is seen again."""

import shutil
import zipfile

import pytest

from bench.data import copy_forms, write_year
from generator.cli import main
from tests.conftest import ROOT
from tests.test_forms import HERE, make_root


@pytest.fixture
def report(tmp_path, capsys):
    """Return a function that makes a year's documents: exit code, and what was said."""

    def run(*options):
        code = main(["report", "2030", "--root", str(tmp_path), "--quiet", *options])
        return code, capsys.readouterr().out

    return run


@pytest.fixture
def year(tmp_path):
    """Two projects without 报告, so that one template of their form prints nothing."""
    copy_forms(ROOT, tmp_path)
    write_year(tmp_path, projects=2, indicators=20, year=2030)
    for file in tmp_path.glob("data/2030/*/*.yaml"):
        text = file.read_text("utf-8")
        file.write_text(text[: text.index("报告:")], "utf-8")
    return tmp_path


def replace_in_template(path, old, new):
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["word/document.xml"] = members["word/document.xml"].replace(old.encode(), new.encode())
    with zipfile.ZipFile(path, "w") as archive:
        for name, blob in members.items():
            archive.writestr(name, blob)


def test_a_bound_document_that_was_refused_is_refused_until_it_is_made(tmp_path, report):
    data = make_root("rollup-plain", tmp_path)
    shutil.copy(HERE / "rollup-plain/第二个.yaml", data.parent)
    assert main(["schema", "--root", str(tmp_path), "--quiet"]) == 0
    assert report()[0] == 0
    document = tmp_path / "output/2030/unit/unit2030年自评合订.docx"
    made = document.read_bytes()
    document.write_bytes(made + b"x")
    for _ in range(3):
        code, said = report()
        assert code == 1
        assert "错误 O603" in said
    document.unlink()
    assert report()[0] == 0
    assert document.read_bytes() == made


def test_projects_without_a_document_are_counted_where_nothing_changed(tmp_path, capsys):
    """Of this form a whole unit has one document, its projects have none."""
    unit = make_root("rollup-plain", tmp_path).parent
    shutil.copy(HERE / "rollup-plain/第二个.yaml", unit)
    shutil.copytree(unit, unit.with_name("unit2"))
    assert main(["schema", "--root", str(tmp_path), "--quiet"]) == 0
    for text in ("", "# 看过\n"):
        with (unit / "第二个.yaml").open("a", encoding="utf-8") as file:
            file.write(text)
        assert main(["report", "2030", "--root", str(tmp_path)]) == 0
        assert "，4 个项目没有生成；" in capsys.readouterr().out


def test_a_broken_template_stops_projects_that_do_not_use_it_too(year, report):
    assert report()[0] == 0
    template = year / "templates/mof-project/report.docx"
    whole = template.read_bytes()
    replace_in_template(template, "项目名称", "没有的名")
    for _ in range(2):
        code, said = report()
        assert code == 1
        assert "没有的名" in said
    template.write_bytes(whole)
    assert report()[0] == 0


@pytest.mark.parametrize(
    "name", ["unit000/~x.yaml", ".tmp/y.yaml", "unit000/.old/z.yaml", "~b.yaml"]
)
def test_nobody_reads_what_an_editor_leaves(year, report, name):
    first = report("--format", "json")
    file = year / "data/2030" / name
    file.parent.mkdir(exist_ok=True)
    shutil.copy(next(year.glob("data/2030/unit000/*.yaml")), file)
    assert report("--force", "--format", "json") == first
