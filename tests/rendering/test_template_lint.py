"""Every fault of a template is said at once, with its place; nothing done to one is a traceback."""

import contextlib
import io
import os
import shutil
import zipfile
from pathlib import Path

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.findings import Severity
from generator.pipeline import open_workbench
from generator.rendering.base_template import base_document
from generator.rendering.package import read_package, write_package
from generator.rendering.problems import TemplateProblem
from generator.rendering.template_comments import write_comments
from generator.rendering.template_lint import expected_of, lint_template
from tests.conftest import ROOT
from tests.rendering.bad_templates import BAD
from tests.rendering.conftest import add_table, paragraphs, table

GOLDEN = Path(__file__).parent / "bad_templates.txt"
COMMITTED = sorted(
    path for path in (ROOT / "templates").rglob("*.docx") if len(path.stem.split(".")) == 1
)
TAGS = ("{{", "}}", "{%", "%}")


@pytest.fixture(scope="module")
def expected():
    package = open_workbench(ROOT).package("mof-project")
    return [expected_of(package.form.documents[0], package.form, package.rubric)]


def save(build, path):
    document = base_document()
    build(document)
    document.save(str(path))
    return path


def lint(path, expected):
    return lint_template(path, "模板.docx", expected)


def test_the_messages_are_the_accepted_ones(tmp_path, expected):
    blocks = []
    for name, build in BAD.items():
        remarks = lint(save(build, tmp_path / "模板.docx"), expected)
        lines = [
            f"{one.finding.code} {one.finding.message}\n  → {one.finding.hint}" for one in remarks
        ]
        blocks.append("\n".join([f"── {name}", *lines]))
    text = "\n".join(blocks) + "\n"
    if os.environ.get("ZIPING_ACCEPT"):
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", BAD)
def test_every_bad_template_has_a_remark_with_a_place(name, tmp_path, expected):
    remarks = lint(save(BAD[name], tmp_path / "模板.docx"), expected)
    assert remarks
    assert all(one.problem.part and one.problem.where for one in remarks)


def test_chinese_quotes_in_a_tag_are_no_error(tmp_path, expected):
    path = save(
        paragraphs("{{ 资金[“全年执行数”] }}{{ 项目名称｜空作(‘—’) }}"), tmp_path / "a.docx"
    )
    assert lint(path, expected) == ()


def test_all_problems_of_a_template_come_at_once(tmp_path, expected):
    texts = ("{{ 项目名秤 }}", "{{ 年度", "{% 如果 甲 %}", "{{ 资金.全年执行 }}", "{{ 甲 + 1 }}")
    remarks = lint(save(paragraphs(*texts), tmp_path / "a.docx"), expected)
    found = {one.problem.where for one in remarks if one.finding.severity is Severity.ERROR}
    assert found == {f"段落 {number}" for number in range(1, 6)}


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_committed_templates_are_clean_and_can_be_marked(path):
    remarks = lint(path, [])
    assert remarks == ()
    assert write_comments(path, [(TemplateProblem("甲"), "甲")])


def test_comments_stand_at_their_places_without_a_clock(tmp_path, expected):
    texts = ("项¦目：{{ 项目¦名秤 }}", "好的", "{{ 年度")
    path = save(paragraphs(*texts), tmp_path / "模板.docx")
    before = path.read_bytes()
    comments = [(one.problem, one.finding.message) for one in lint(path, expected)]
    marked = write_comments(path, comments)
    assert marked == write_comments(path, comments)
    assert path.read_bytes() == before
    document = Document(io.BytesIO(marked))
    assert ["名秤" in comment.text for comment in document.comments] == [True, False]
    assert all(comment.timestamp is None for comment in document.comments)
    held = [len(p._p.findall("{*}commentRangeStart")) for p in document.paragraphs]
    assert held == [1, 0, 1]
    copy = tmp_path / "批注.docx"
    copy.write_bytes(marked)
    again = [one.finding.message for one in lint(copy, expected)]
    assert again == [one.finding.message for one in lint(path, expected)]


def test_a_problem_of_a_header_is_a_comment_at_the_first_paragraph(tmp_path, expected):
    path = save(BAD["页眉里写错"], tmp_path / "模板.docx")
    comments = [(one.problem, "甲") for one in lint(path, expected)]
    document = Document(io.BytesIO(write_comments(path, comments)))
    assert len(document.paragraphs[0]._p.findall("{*}commentRangeStart")) == 1


HEAD, ROW = ("指标", "得分"), ("{% 每行 绩效指标 %}{{ 行.名称 }}", "{{ 行.得分 }}")


def _beside_a_label(document):
    made = add_table(document, (HEAD, ROW))
    made.cell(0, 0).merge(made.cell(1, 0))


@pytest.mark.parametrize(
    ("build", "is_noted"),
    [
        (table(HEAD, ROW), True),
        (
            table(HEAD, ("{% 每 行 于 绩效指标 %}", ""), ("{{ 行.名称 }}", ""), ("{% 完 %}", "")),
            True,
        ),
        (table(HEAD, ROW, header=True), False),
        (table(("项目", "{{ 项目名称 }}"), HEAD, ROW), False),
        (table(ROW, HEAD), False),
        (table(HEAD, ("指标", "{% 每 项 于 绩效指标 %}{{ 项.名称 }}；{% 完 %}")), False),
        (_beside_a_label, False),
    ],
    ids=["每行", "每…完", "已设", "上面有值", "没有标题", "格里的清单", "左边合并"],
)
def test_a_head_is_noted_only_where_it_can_repeat(build, is_noted, tmp_path):
    codes = {one.finding.code for one in lint(save(build, tmp_path / "a.docx"), [])}
    assert ("T308" in codes) == is_noted


def test_what_is_no_word_file_cannot_be_marked(tmp_path):
    path = tmp_path / "模板.docx"
    path.write_bytes(b"GIF89a")
    remarks = lint(path, [])
    assert [one.finding.code for one in remarks] == ["T302"]
    with pytest.raises(ValueError, match="不是 Word 文档"):
        write_comments(path, [(remarks[0].problem, "甲")])


@st.composite
def mutations(draw):
    """Drop, double or swap a brace of the text, or split it over runs, at any place."""
    kind = draw(st.sampled_from(("drop", "double", "swap", "split", "cut")))
    return kind, draw(st.sampled_from(TAGS)), draw(st.integers(0, 400))


def mutate(xml, kind, tag, number):
    places = [at for at in range(len(xml)) if xml.startswith(tag, at)]
    if not places:
        return xml
    at = places[number % len(places)]
    before, after = xml[:at], xml[at + len(tag) :]
    match kind:
        case "drop":
            return before + after
        case "double":
            return before + tag + tag + after
        case "swap":
            return before + TAGS[(TAGS.index(tag) + number) % len(TAGS)] + after
        case "split":
            return f"{before}{tag[0]}</w:t></w:r><w:r><w:t>{tag[1]}{after}"
        case _:
            return f"{before}{tag[0]}{after}"


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(path=st.sampled_from(COMMITTED), changes=st.lists(mutations(), min_size=1, max_size=3))
def test_no_mutation_of_a_template_is_a_traceback(tmp_path_factory, expected, path, changes):
    members = read_package(path)
    xml = members["word/document.xml"].decode()
    for change in changes:
        xml = mutate(xml, *change)
    copy = tmp_path_factory.getbasetemp() / "变.docx"
    copy.write_bytes(write_package({**members, "word/document.xml": xml.encode()}))
    remarks = lint(copy, expected)
    if all(kind == "split" for kind, _, _ in changes):
        assert [r.finding.message for r in remarks] == [
            r.finding.message for r in lint(path, expected)
        ]
    with contextlib.suppress(ValueError):
        write_comments(copy, [(one.problem, "甲") for one in remarks])


def test_a_truncated_template_is_a_finding(tmp_path):
    copy = tmp_path / "模板.docx"
    shutil.copy(COMMITTED[0], copy)
    copy.write_bytes(copy.read_bytes()[:2000])
    assert not zipfile.is_zipfile(copy)
    assert [one.finding.code for one in lint(copy, [])] == ["T302"]
