"""A form's templates are checked once, before its first document; other forms go on."""

import pathlib

import pytest
from msgspec.structs import replace

from generator.cli import main
from generator.findings import Place
from generator.rendering.template_check import Templates
from tests.conftest import replace_once
from tests.rendering.conftest import Workshop, paragraphs
from tests.rendering.sample_form import RUBRIC, make_form

OTHER = """\
表式: qita-project
名称: 另一张表
沿用: zhuzhou-project
依据: [{名称: 另一张表的通知, 机关: 某局}]
适用: {地区: 某地, 范围: 项目, 年度: {自: 2020}}
"""


def test_findings_name_the_template_and_no_project(workshop: Workshop) -> None:
    path = workshop.save(paragraphs("前{{ 项目名 }}", "{{ 项目名 }}{{ 子项目.列举 }}"))
    form = make_form()
    document = replace(form.documents[0], template=path.name)
    form = replace(form, documents=(document, document), outline=None, tables=())
    found = Templates(path.parent).check(form, RUBRIC)
    (first, second) = (finding for finding in found if finding.is_blocking)
    assert (first.code, first.rule, first.place, first.project) == (
        "T302",
        "template-refused",
        Place("模板.docx"),
        "",
    )
    assert first.message == (
        "word/document.xml 段落 1：{{ 项目名 }}：没有「项目名」，是不是「项目名称」？"
        "（…前{{ 项目名 }}…）"
    )
    assert "段落 2" in second.message
    assert first.is_blocking


def test_a_wrong_name_stops_its_form_once_and_no_other(
    copied_root: pathlib.Path, tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]
) -> None:
    templates = copied_root / "templates"
    other = templates / "qita-project"
    other.mkdir()
    (other / "form.yaml").write_text(OTHER, encoding="utf-8")
    for name in ("table.docx", "report.docx"):
        (other / name).write_bytes((templates / "zhuzhou-project" / name).read_bytes())
    data = copied_root / "data/2020/zhuzhou/it-integration.yaml"
    replace_once(data, "表式: zhuzhou-project", "表式: qita-project")
    Workshop(tmp_path).save(paragraphs("{{ 资金.全年执行 }}", "{{ 部们名称 }}"))
    (tmp_path / "模板.docx").replace(templates / "zhuzhou-project/table.docx")
    main(["schema", "--root", str(copied_root)])
    capsys.readouterr()

    out = tmp_path / "out"
    arguments = ["2020", "--root", str(copied_root), "--out", str(out), "--project", "zhuzhou/*"]
    assert main(["report", *arguments]) == 1
    shown = capsys.readouterr().out
    assert len(list(out.rglob("*.docx"))) == 2
    assert shown.count("templates/zhuzhou-project/table.docx: 错误 T302") == 2
    assert shown.count("「资金」里没有「全年执行」，是不是「全年执行数」？") == 1
    assert shown.count("没有「部们名称」，是不是「部门名称」？") == 1
    assert "2 个项目没有生成" in shown
