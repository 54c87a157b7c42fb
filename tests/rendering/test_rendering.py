"""Rendering: data are never code, nothing is lost, and the same input gives the same bytes."""

import hashlib
import os
import pathlib
import re
import subprocess
import sys
import zipfile
from decimal import Decimal

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from generator.domain.narrative import Section
from generator.rendering.compiled import compile_template
from generator.rendering.problems import MissingValue, RenderFailedError
from generator.rendering.validity import find_problems
from tests.rendering.conftest import (
    Workshop,
    add_table,
    cells_of,
    members_of,
    paragraphs,
    table,
    texts_of,
)


@pytest.mark.parametrize(
    "value",
    [
        "A<B & C>",
        "a{_{b}_}c{_%d%_}",
        "他说“好”，又说‘不’",
        "{ 单个括号 }",
        "&amp; 已转义",
        "'\"",
        "$\\1 \\n",
        "<w:p/>",
        "𠀀 生僻字",
    ],
)
def test_data_are_printed_as_they_are(workshop: Workshop, value: str) -> None:
    assert texts_of(workshop.render(paragraphs("{{ 值 }}"), {"值": value})) == [value]


def test_quotes_in_a_literal_stay_chinese(workshop: Workshop) -> None:
    build = paragraphs('{{ 值|空作("说“好”的") }}{{ 值|空作(“a"b\\c”) }}')
    assert texts_of(workshop.render(build, {"值": ""})) == ['说“好”的a"b\\c']


def test_single_braces_stay(workshop: Workshop) -> None:
    build = paragraphs("甲{", "{{ 甲 }}{", "100%", "}乙¦}{% 若 甲 %}}{ {% 完 %}", "{¦")
    expected = ["甲{", "x{", "100%", "}乙}}{ ", "{"]
    assert texts_of(workshop.render(build, {"甲": "x"})) == expected


def test_the_title_is_escaped_once(workshop: Workshop) -> None:
    def build(document: WordDocument) -> None:
        paragraphs("{{ 甲 }}")(document)
        document.core_properties.title = "{{ 甲 }}：{{ 甲|空作（“无”） }}"
        document.core_properties.last_modified_by = "张三"

    properties = workshop.render(build, {"甲": "A&B <C>"}).core_properties
    assert properties.title == "A&B <C>：A&B <C>"
    assert properties.last_modified_by == ""
    assert properties.language == "zh-CN"


def test_a_template_without_title_gets_the_name_of_the_form(workshop: Workshop) -> None:
    def build(document: WordDocument) -> None:
        paragraphs("{{ 表名 }}")(document)
        document.core_properties.title = ""
        document.core_properties.subject = " "

    properties = workshop.render(build, {"年度": "2020", "表名": "甲表"}).core_properties
    assert (properties.title, properties.subject) == ("2020年度甲表", "甲表")


@pytest.mark.parametrize(
    ("build", "tag", "where"),
    [
        (paragraphs("一", "前{{　资金．全年　}}后"), "{{　资金．全年　}}", "段落 2"),
        (paragraphs("{{ 无此名|空作（“”） }}"), "{{ 无此名|空作（“”） }}", "段落 1"),
        (paragraphs("{% 若 无此名 %}是{% 完 %}"), "{% 若 无此名 %}", "段落 1"),
        (
            paragraphs("{% 若 甲 %}{% 否则若 无此名 = “1” %}{% 完 %}"),
            "{% 否则若 无此名 = “1” %}",
            "段落 1",
        ),
        (paragraphs("{% 正文 报告 %}"), "{% 正文 报告 %}", "段落 1"),
        (paragraphs("{{ 资金.合计.全年 }}"), "{{ 资金.合计.全年 }}", "段落 1"),
        (paragraphs("{{ 甲.upper }}"), "{{ 甲.upper }}", "段落 1"),
        (table(("a",), ("{% 每行 无此名 %}",)), "{% 每行 无此名 %}", "表 1 行 2 列 1"),
        (table(("a", "b"), ("{% 每行 行们 %}", "{{ 行.缺 }}")), "{{ 行.缺 }}", "表 1 行 2 列 2"),
        (
            table(("a", "b"), ("{% 每行 行们 %}", "{{ 行.有 }}{% 合并 %}")),
            "{% 合并 %}",
            "表 1 行 2 列 2",
        ),
        (table(("a",), ("{% 段若 甲 %}{{ 无此名 }}",)), "", ""),
        (table(("a",), ("{% 段若 非 甲 %}{{ 无此名 }}",)), "{{ 无此名 }}", "表 1 行 2 列 1"),
    ],
)
def test_a_missing_value_names_its_tag(
    workshop: Workshop, build: object, tag: str, where: str
) -> None:
    context = {"甲": "", "资金": {}, "行们": [{"有": "1"}]}
    template = workshop.compile(build)
    if not tag:
        assert template.render(context)
        return
    with pytest.raises(MissingValue) as missing:
        template.render(context)
    found = missing.value.tag
    assert (found.text, found.part, found.where) == (tag, "word/document.xml", where)
    assert str(missing.value) == f"模板.docx word/document.xml {where}：{tag}：数据中没有这一项"


@pytest.mark.parametrize(
    ("tag", "value", "message"),
    [
        ("{{ 值 }}", None, "这一项是空值，不能直接填写"),
        ("{{ 值 }}", {"甲": 1}, "这一项是一组值，不能直接填写"),
        ("{{ 值 }}", True, "这一项是是非值，不能直接填写"),
        ("{% 若 值 > 3 %}末{% 完 %}", "约三成", "「约三成」不是数字，不能比较大小"),
        ("{{r 值 }}", "文字", "这一项不是带格式的内容，请写「{{ 名称 }}」"),
        ("{% 正文 值 %}", "文字", "不是正文（标题和段落）"),
        ("{{ 值|勾选（“甲”） }}", 3, "这一项不是清单"),
        ("{% 每 项 于 值 至少 3 %}末{% 完 %}", "文字", "这一项不是清单"),
    ],
)
def test_a_value_of_the_wrong_kind_names_its_tag(
    workshop: Workshop, tag: str, value: object, message: str
) -> None:
    with pytest.raises(RenderFailedError) as failed:
        workshop.compile(paragraphs(tag)).render({"值": value})
    assert failed.value.message == message
    assert failed.value.tag.text == tag.split("末", maxsplit=1)[0]


def test_numbers_print_without_exponent(workshop: Workshop) -> None:
    context = {"甲": Decimal("1E+3"), "乙": 2020}
    assert texts_of(workshop.render(paragraphs("{{ 甲 }} {{ 乙 }}"), context)) == ["1000 2020"]


@pytest.mark.parametrize(
    "cell",
    [
        "{% 段若 空 %}文字",
        "{%p if 空 %}\n文字\n{%p endif %}",
        "{% 若 空 %}\n甲\n{% 完 %}\n{% 若 空 %}\n乙\n{% 完 %}",
        "{% 每段 清单 %}{{ 段 }}",
        "{% 正文 清单 %}",
    ],
)
def test_a_cell_keeps_a_paragraph(workshop: Workshop, cell: str) -> None:
    document = workshop.render(table((cell, "b")), {"空": "", "清单": []})
    assert cells_of(document) == [["", "b"]]
    assert document.tables[0].cell(0, 0).paragraphs[0].style.name == "表文"


def test_a_cell_with_a_paragraph_gets_no_other(workshop: Workshop) -> None:
    document = workshop.render(
        table(("{% 段若 有 %}文字\n{% 段若 空 %}无", "b")), {"有": "1", "空": ""}
    )
    assert [p.text for p in document.tables[0].cell(0, 0).paragraphs] == ["文字"]


def test_what_must_be_unique_is_not_copied(workshop: Workshop) -> None:
    def build(document: WordDocument) -> None:
        made = add_table(document, (("a",), ("{% 每行 清单 %}{{ 行 }}",)))
        paragraph = made.cell(1, 0).paragraphs[0]
        paragraph._p.set("{http://schemas.microsoft.com/office/word/2010/wordml}paraId", "1A2B3C4D")
        start = f'<w:bookmarkStart {nsdecls("w")} w:id="7" w:name="甲"/>'
        paragraph.runs[0]._r.addprevious(parse_xml(start))
        paragraph.runs[0]._r.addnext(parse_xml(f'<w:bookmarkEnd {nsdecls("w")} w:id="7"/>'))
        document.add_comment(paragraph.runs, text="改一下", author="李四", initials="L")

    blob = workshop.compile(build).render({"清单": ["x", "y"]})
    assert find_problems(blob) == ()
    members = members_of(blob)
    assert not [name for name in members if "comment" in name]
    everything = b"".join(members.values())
    for left in ("paraId=", "bookmarkStart", "commentR", "/comments", "李四"):
        assert left.encode() not in everything


def test_a_bookmark_that_a_field_points_at_is_kept(workshop: Workshop) -> None:
    def build(document: WordDocument) -> None:
        paragraphs("{{ 甲 }}", "见")(document)
        first, second = document.paragraphs
        start = f'<w:bookmarkStart {nsdecls("w")} w:id="7" w:name="表一"/>'
        first._p.append(parse_xml(start))
        first._p.append(parse_xml(f'<w:bookmarkEnd {nsdecls("w")} w:id="7"/>'))
        field = f'<w:fldSimple {nsdecls("w")} w:instr=" REF 表一 \\h "/>'
        second._p.append(parse_xml(field))

    document = workshop.render(build, {"甲": "x"})
    assert document.element.body.xpath("count(.//w:bookmarkStart)") == 1


def test_headers_and_footers_are_filled_in(workshop: Workshop) -> None:
    def build(document: WordDocument) -> None:
        paragraphs("文")(document)
        document.sections[0].header.paragraphs[0].text = "{{ 年度 }}年"

    document = workshop.render(build, {"年度": "2020"})
    assert document.sections[0].header.paragraphs[0].text == "2020年"


def test_text_boxes_are_filled_in(workshop: Workshop) -> None:
    box = (
        f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape><v:textbox>'
        "<w:txbxContent><w:p><w:r><w:t>{{ 甲 }}</w:t></w:r></w:p></w:txbxContent>"
        "</v:textbox></v:shape></w:pict></w:r>"
    )

    def build(document: WordDocument) -> None:
        paragraph = document.add_paragraph("前{{ 甲 }}", "公文正文")
        paragraph._p.append(parse_xml(box))

    document = workshop.render(build, {"甲": "x"})
    texts = document.element.body.xpath(".//w:t")
    assert [text.text for text in texts] == ["前x", "x"]


def test_loops_are_bounded(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.rendering.printed_rows.MOST_BYTES", 50_000)
    template = workshop.compile(paragraphs("{% 每 项 于 清单 %}{{ 项 }}{% 完 %}"))
    with pytest.raises(RenderFailedError, match="文档过大"):
        template.render({"清单": ["字" * 100] * 1000})


def test_the_same_input_gives_the_same_bytes(workshop: Workshop) -> None:
    path = workshop.save(paragraphs("{{ 甲 }}{% 若 乙 %}{{ 乙 }}{% 完 %}"))
    script = (
        "import hashlib, pathlib, sys\n"
        "from generator.rendering.compiled import compile_template\n"
        "blob = compile_template(pathlib.Path(sys.argv[1])).render({'甲': 'x', '乙': 'y'})\n"
        "print(hashlib.sha256(blob).hexdigest())\n"
    )
    root = pathlib.Path(__file__).parents[2]
    digests = {
        subprocess.run(
            [sys.executable, "-c", script, str(path)],
            env={
                **os.environ,
                "PYTHONPATH": str(root),
                "PYTHONHASHSEED": seed,
                "TZ": zone,
                "LC_ALL": locale,
            },
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed, zone, locale in (
            ("0", "UTC", "C"),
            ("1", "Asia/Shanghai", "C.UTF-8"),
            ("2", "America/Lima", "C"),
        )
    }
    blob = compile_template(path).render({"甲": "x", "乙": "y"})
    assert digests == {hashlib.sha256(blob).hexdigest()}


def test_the_order_times_and_attributes_of_members_are_fixed(workshop: Workshop) -> None:
    template = workshop.compile(paragraphs("{{ 甲 }}"))
    path = workshop.path.with_name("成文.docx")
    path.write_bytes(template.render({"甲": "x"}))
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
    names = [entry.filename for entry in entries]
    assert names[:2] == ["[Content_Types].xml", "_rels/.rels"]
    assert names[2:] == sorted(names[2:])
    assert {(e.date_time, e.create_system, e.external_attr) for e in entries} == {
        ((1980, 1, 1, 0, 0, 0), 3, 0o600 << 16)
    }


def test_members_without_tags_are_copied(workshop: Workshop) -> None:
    blob = workshop.compile(paragraphs("{{ 甲 }}")).render({"甲": "x"})
    with zipfile.ZipFile(workshop.path) as archive:
        before = {name: archive.read(name) for name in archive.namelist()}
    after = members_of(blob)
    for name in ("word/styles.xml", "word/settings.xml", "word/fontTable.xml"):
        assert after[name] == before[name]


def test_word_numbers_headings_when_the_style_says_so(workshop: Workshop) -> None:
    def build(document: WordDocument) -> None:
        paragraphs("{% 正文 报告 %}")(document)
        style = document.styles["Heading 1"].element
        numbers = f'<w:numPr {nsdecls("w")}><w:numId w:val="0"/></w:numPr>'
        style.pPr.insert(0, parse_xml(numbers))

    assert texts_of(workshop.render(build, {"报告": (Section("概况"),)})) == ["概况"]


def test_checking_needs_no_word_library() -> None:
    script = (
        "import sys\nimport generator.findings, generator.domain.narrative\n"
        "assert not {'docx', 'docxtpl', 'lxml'} & set(sys.modules)\n"
    )
    root = str(pathlib.Path(__file__).parents[2])
    environment = {**os.environ, "PYTHONPATH": root}
    subprocess.run([sys.executable, "-c", script], env=environment, check=True)


def test_a_part_of_comments_is_dropped_with_its_relationships(workshop: Workshop) -> None:
    def build(document: WordDocument) -> None:
        paragraphs("{{ 甲 }}")(document)
        document.add_comment(document.paragraphs[0].runs, text="x", author="王五")
        assert document.part.part_related_by(RELATIONSHIP_TYPE.COMMENTS)

    members = members_of(workshop.compile(build).render({"甲": "x"}))
    assert "word/comments.xml" not in members
    assert b"comments" not in members["word/_rels/document.xml.rels"]
    assert b"comments" not in members["[Content_Types].xml"]
    assert not re.search("王五", members["word/document.xml"].decode())
    assert Document(workshop.path).comments is not None
