"""A form's templates are checked once, before its first document; other forms go on."""

import pathlib
from collections.abc import Callable

import pytest
from msgspec.structs import replace

from generator.cli import main
from generator.findings import Finding, Place
from generator.rendering import prepared
from generator.rendering.form_memory import FormMemory
from generator.rendering.template_check import Templates
from tests.conftest import replace_once
from tests.rendering.conftest import Workshop, paragraphs
from tests.rendering.sample_form import RUBRIC, make_form

Recalled = Callable[..., tuple[tuple[Finding, ...], int]]
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


INPUTS = ("data/2030/a/b.yaml", "templates/shili/form.yaml", "templates/用语.yaml")


@pytest.fixture
def recalled(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> Recalled:
    """Checks the templates of a form as a run does; says whether that was worked out."""
    hashes: dict[str, str] = {}
    read: list[str] = []
    real = prepared.prepare_now

    def prepare_now(path: pathlib.Path) -> prepared.PreparedTemplate:
        read.append(path.name)
        return real(path)

    monkeypatch.setattr("generator.rendering.template_check.prepare_now", prepare_now)

    def check(text: str, program: str = "1", **changed: str) -> tuple[tuple[Finding, ...], int]:
        hashes.update(changed)
        path = workshop.save(paragraphs(text))
        hashes[path.name] = text
        memory = FormMemory(str(path.parent), program, lambda file: hashes.get(file, ""))
        form = make_form()
        document = replace(form.documents[0], template=path.name)
        form = replace(form, documents=(document,), outline=None, tables=())
        read.clear()
        return Templates(path.parent, memory).check(form, RUBRIC, INPUTS), len(read)

    return check


def test_what_was_found_of_a_form_is_found_again_while_its_files_are_as_they_were(
    recalled: Recalled, workshop: Workshop
) -> None:
    text = "{{ 项目名称 }}{{ 子项目.列举 }}"
    found, count = recalled(text)
    assert count == 1
    assert {finding.code for finding in found} == {"T303"}
    assert recalled(text) == (found, 0)
    assert recalled(text, **{"data/2030/a/b.yaml": "2"}) == (found, 0)
    kept = workshop.path.parent / "build/ziping"
    (kept / workshop.path.name).unlink()
    assert recalled(text) == (found, 0)
    for file in INPUTS[1:]:
        (kept / workshop.path.name).unlink(missing_ok=True)
        assert recalled(text, **{file: "2"}) == (found, 1)
    assert recalled(text, "2") == (found, 1)
    for path in kept.rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[:-1])
    assert recalled(text, "2") == (found, 1)
    less, count = recalled(f"{text}{{{{ 资金.预算数 }}}}", "2")
    assert count == 1
    assert len(less) == len(found) - 1


def test_what_stops_a_form_is_worked_out_again(recalled: Recalled) -> None:
    for _ in range(2):
        found, _ = recalled("{{ 项目名 }}")
        assert any(finding.is_blocking for finding in found)
