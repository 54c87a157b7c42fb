"""Templates in docxtpl's own vocabulary give the same XML as plain docxtpl."""

import pathlib

import pytest
from docx.document import Document as WordDocument
from docxtpl import DocxTemplate, RichText

from tests.rendering.conftest import (
    Build,
    Workshop,
    add_table,
    members_of,
    paragraphs,
    without_empty_runs,
)

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


def _body(xml: bytes) -> str:
    text = xml.decode().partition("<w:body>")[2] or xml.decode().partition("<w:p")[2]
    return without_empty_runs(text.replace("\n", "").replace("\r", ""))
