"""`ziping form-template`: what is written, what is left alone, what is refused."""

import shutil

import pytest

from generator.cli import main
from generator.pipeline import open_workbench
from generator.rendering.template_check import Templates
from tests.conftest import replace_once


def run(root, *arguments):
    return main(["form-template", *arguments, "--root", str(root)])


def test_a_skeleton_that_was_changed_gets_templates_of_its_own(copied_root, capsys):
    assert main(["new-form", "shili-form", "--root", str(copied_root), "--quiet"]) == 0
    folder = copied_root / "templates/shili-form"
    replace_once(folder / "form.yaml", "主管部门", "牵头单位")
    for template in folder.glob("*.docx"):
        template.unlink()
    assert main(["schema", "--root", str(copied_root), "--quiet"]) == 0  # templates may wait
    capsys.readouterr()
    assert run(copied_root, "shili-form") == 0
    assert "已写 templates/shili-form/" in capsys.readouterr().out
    package = open_workbench(copied_root).package("shili-form")
    assert package.findings == ()
    assert Templates(copied_root).check(package.form, package.rubric) == ()


def test_a_template_that_stands_is_left_alone(copied_root, capsys):
    table = copied_root / "templates/mof-project/table.docx"
    (copied_root / "templates/mof-project/report.docx").unlink()
    before = table.read_bytes()
    assert run(copied_root, "mof-project") == 0
    shown = capsys.readouterr().out
    assert "已写 templates/mof-project/report.docx" in shown
    assert "已经存在，没有动 templates/mof-project/table.docx" in shown
    assert table.read_bytes() == before


@pytest.mark.parametrize("form_id", ["zhuzhou-project", "jinzhong-department", "mof-transfer"])
def test_templates_print_all_that_a_form_declares(copied_root, form_id):
    for template in (copied_root / "templates" / form_id).glob("*.docx"):
        template.unlink()
    assert run(copied_root, form_id, "--quiet") == 0
    package = open_workbench(copied_root).package(form_id)
    assert Templates(copied_root).check(package.form, package.rubric) == ()


def test_an_unknown_form_is_one_line(copied_root, capsys):
    assert run(copied_root, "mof-projct") == 2
    assert (
        capsys.readouterr().err
        == "ziping：没有表式「mof-projct」\n   建议：是不是「mof-project」？\n"
    )


def test_a_broken_form_writes_nothing(copied_root, capsys):
    folder = copied_root / "templates/mof-transfer"
    shutil.rmtree(copied_root / "data")
    for template in folder.glob("*.docx"):
        template.unlink()
    replace_once(folder / "form.yaml", "表式: mof-transfer", "表式: mof-transfers")
    assert run(copied_root, "mof-transfer") == 2
    assert "表式 mof-transfer 不能用" in capsys.readouterr().err
    assert not list(folder.glob("*.docx"))
