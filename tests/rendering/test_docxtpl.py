"""Templates in docxtpl's own vocabulary give the same XML as plain docxtpl."""

import pathlib
import shutil

import pytest
from docx.document import Document as WordDocument
from docxtpl import DocxTemplate, RichText

from generator.pipeline import load_project, open_workbench
from generator.reading.discovery import find_file
from generator.rendering.compiled import compile_template
from generator.rendering.context import build_context
from generator.rendering.validity import find_problems
from tests.conftest import ROOT
from tests.rendering.by_docxtpl import canonical_part, render_by_docxtpl
from tests.rendering.conftest import (
    Build,
    Workshop,
    add_table,
    members_of,
    paragraphs,
    without_empty_runs,
)

FILED = sorted(set(ROOT.glob("data/2020/*/*.yaml")) - set(ROOT.glob("data/2020/*/_unit.yaml")))
INVENTED = sorted(ROOT.glob("tests/golden/*/*/input.yaml"))
CONTEXT = {
    "题": "A<B & C",
    "清单": [{"名": "甲", "值": "1"}, {"名": "乙", "值": "2"}],
    "有": "是",
    "空": "",
    "资金": {"全年": "470"},
}


def _rows(document: WordDocument) -> None:
    add_table(
        document,
        (
            ("名", "值"),
            ("{%tr for 行 in 清单 %}", ""),
            ("{{ 行.名 }}", "{{ ¦行.值 ¦}}"),
            ("{%tr endfor %}", ""),
            ("合计", "{%p if 有 %}\n有值\n{%p endif %}\n末"),
        ),
    )


def _everything(document: WordDocument) -> None:
    paragraphs("{{ 题 }}", "{%p if 有 %}", "是{{ 有 }}")(document)
    paragraphs("{%p else %}", "否", "{%p endif %}")(document)
    _rows(document)
    paragraphs("{%p for 项 in 清单 %}", "{{ 项.名 }}", "{%p endfor %}")(document)
    paragraphs("{% if 空 %}x{% endif %}尾")(document)
    document.sections[0].header.paragraphs[0].text = "{{ 题 }}"


def by_docxtpl(path: pathlib.Path, context: dict[str, object]) -> dict[str, bytes]:
    template = DocxTemplate(path)
    template.render(context, autoescape=True)
    rendered = path.with_name("docxtpl.docx")
    template.save(rendered)
    return members_of(rendered.read_bytes())


@pytest.mark.parametrize(
    "build",
    [
        paragraphs("{{ 题 }}", "前{¦{ 资金.¦全年 }¦}后", "{% if 有 %}甲{% else %}乙{% endif %}"),
        paragraphs("{% for 行 in 清单 %}{{ 行.名 }}、{% endfor %}"),
        paragraphs("{%p if 空 %}", "无", "{%p endif %}", "末"),
        _rows,
        _everything,
    ],
)
def test_the_same_xml_as_docxtpl(workshop: Workshop, build: Build) -> None:
    own = members_of(workshop.compile(build).render(CONTEXT))
    theirs = by_docxtpl(workshop.path, CONTEXT)
    for name in ("word/document.xml", "word/header1.xml"):
        assert _body(own[name]) == _body(theirs[name])


def test_rich_text_goes_through_docxtpl(workshop: Workshop) -> None:
    rich = RichText("粗", bold=True)
    context = {**CONTEXT, "富": rich}
    build = paragraphs("前{{r 富 }}后")
    own = members_of(workshop.compile(build).render(context))["word/document.xml"]
    theirs = by_docxtpl(workshop.path, context)["word/document.xml"]
    assert _body(own) == _body(theirs)
    assert "<w:b/>" in own.decode()


@pytest.mark.parametrize("case", [*FILED, *INVENTED], ids=lambda case: "-".join(case.parts[-3:]))
def test_every_part_of_a_filed_document_is_as_docxtpl_renders_it(
    case: pathlib.Path, copied_root: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    for template, context in documents_of(case, copied_root):
        path = copied_root / template
        own = compile_template(path).render_parts(context)
        theirs = render_by_docxtpl(path, context, tmp_path)
        changed = [name for name in own if own[name] != members_of(path.read_bytes()).get(name)]
        assert "word/document.xml" in changed
        for name in changed:
            if name.endswith(".xml") and name != "[Content_Types].xml":
                assert canonical_part(name, own[name]) == canonical_part(name, theirs[name])


def test_no_template_is_left_out(copied_root: pathlib.Path) -> None:
    used = {one for case in (*FILED, *INVENTED) for one, _ in documents_of(case, copied_root)}
    there = ROOT.glob("templates/*/*.docx")
    assert used == {path.relative_to(ROOT).as_posix() for path in there}


def documents_of(case: pathlib.Path, root: pathlib.Path) -> list[tuple[str, dict[str, object]]]:
    """Return the templates of a data file, each with its context."""
    file = root / "data" / case.relative_to(ROOT / "data") if case in FILED else None
    if file is None:
        year = case.read_text(encoding="utf-8").split("年度: ")[1][:4]
        file = root / "data" / year / "unit/case.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(case, file)
    result = load_project(open_workbench(root), find_file(root, file))
    assert result.project is not None
    assert result.sheet is not None
    assert result.scope is not None
    context = build_context(result.project, result.sheet, result.scope)
    return [(one.template, context) for one in result.project.form.documents]


def test_a_table_that_docxtpl_would_mend_is_refused(workshop: Workshop) -> None:
    """Its `fix_tables` changes a grid that has more or fewer columns than the rows."""

    def build(document: WordDocument) -> None:
        paragraphs("{{ 题 }}")(document)
        for row in add_table(document, (("a", "b", "c"),) * 2).rows:
            row._tr.remove(row._tr.tc_lst[-1])

    own = workshop.compile(build).render(CONTEXT)
    theirs = by_docxtpl(workshop.path, CONTEXT)["word/document.xml"].decode()
    assert theirs.count("<w:gridCol ") == 2
    assert find_problems(own) == tuple(
        f"word/document.xml：表 1 行 {row} 占 2 列，表格有 3 列" for row in (1, 2)
    )


def _body(xml: bytes) -> str:
    text = xml.decode().partition("<w:body>")[2] or xml.decode().partition("<w:p")[2]
    return without_empty_runs(text.replace("\n", "").replace("\r", ""))
