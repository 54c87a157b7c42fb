"""What breaks a document is refused when the template is compiled: all of it, with its place."""

import pathlib
import zipfile

import pytest
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from generator.rendering.compiled import compile_template
from generator.rendering.problems import TemplateProblem, TemplateRefusedError
from tests.rendering.conftest import (
    Build,
    Workshop,
    add_table,
    mark_header,
    messages,
    paragraphs,
    table,
)

PLAIN = "段落 1"


@pytest.mark.parametrize(
    ("build", "where", "message"),
    [
        (paragraphs("前 {{ 年度"), PLAIN, "标签没有写完，少了「}}」"),
        (paragraphs("{{ 年度 和 {{ 名称 }}"), PLAIN, "标签没有写完，少了「}}」"),
        (paragraphs("年度 }} 名称"), PLAIN, "标签没有写完，少了「{{」"),
        (paragraphs("{％ 若 甲 ％}"), PLAIN, "标签的括号和百分号应为半角：{{ … }}、{% … %}"),
        (paragraphs("{{ }}"), PLAIN, "{{ }}：标签里没有内容"),
        (paragraphs("{{ “甲 }}"), PLAIN, "{{ “甲 }}：引号没有配对"),
        (
            paragraphs("{{ 甲 乙 }}"),
            PLAIN,
            "{{ 甲 乙 }}：写法不对：后面有多余的内容，名称中间不能有空格",
        ),
        (paragraphs("{{ 甲. }}"), PLAIN, "{{ 甲. }}：写法不对"),
        (
            paragraphs("{% 如果 甲 %}"),
            PLAIN,
            "{% 如果 甲 %}：不认识的指令「如果」，可用的是：每行、行若、每段、段若、正文、"
            "合并、右并、每、若、否则若、否则、完",
        ),
        (
            paragraphs("{% 若甲 %}"),
            PLAIN,
            "{% 若甲 %}：不认识的指令「若甲」，「若」后面应有空格",
        ),
        (paragraphs("{% 若 甲 %}", "文"), PLAIN, "{% 若 甲 %} 没有对应的「完」"),
        (paragraphs("文{% 完 %}"), PLAIN, "{% 完 %}：前面没有对应的「若」或「每」"),
        (
            paragraphs("{% 若 甲 %}文{% endfor %}"),
            PLAIN,
            "{% endfor %}：「endfor」与 {% 若 甲 %} 不配对",
        ),
        (
            paragraphs("{% 若 甲 %}文", "{% 完 %}"),
            "段落 2",
            "{% 完 %}：与 {% 若 甲 %}（段落 1）不在同一层",
        ),
        (
            table(("{% 若 甲 %}", "文"), ("{% 完 %}", "")),
            "表 1 行 2 列 1",
            "{% 完 %}：与 {% 若 甲 %}（表 1 行 1 列 1）不在同一层",
        ),
        (
            paragraphs("{% 若 甲 %}a{% 否则 %}b{% 否则 %}c{% 完 %}"),
            PLAIN,
            "{% 否则 %}：多余的「否则」",
        ),
        (paragraphs("{% 每行 清单 %}"), PLAIN, "{% 每行 清单 %}：「每行」只能写在表格里"),
        (paragraphs("{{ 甲 }}{% 合并 %}"), PLAIN, "{% 合并 %}：「合并」只能写在表格里"),
        (
            table(("{{ 甲.乙 }}{% 合并 %}", "")),
            "表 1 行 1 列 1",
            "{% 合并 %}：「合并」只能写在「每行」的行里，或「每 … 完」之间的行里",
        ),
        (
            table(("{% 每行 清单 %}{% 合并 %}", ""), ("", "")),
            "表 1 行 1 列 1",
            "{% 合并 %}：不知道是哪一列，请写「合并 列名」",
        ),
        (
            table(("{% 右并 2 若 甲 %}", "")),
            "表 1 行 1 列 1",
            "{% 右并 2 若 甲 %}：右边没有 2 个单元格",
        ),
        (
            table(("{% 右并 若 甲 %}", "")),
            "表 1 行 1 列 1",
            "{% 右并 若 甲 %}：应写作「右并 2 若 条件」",
        ),
        (paragraphs("见 {% 正文 报告 %}"), PLAIN, "{% 正文 报告 %}：「正文」应独占一段"),
        (
            paragraphs("{%p if 甲 %}会丢的字", "{%p endif %}"),
            PLAIN,
            "{%p if 甲 %}：所在的段落或表格行还有别的内容，会被一并删去；指令应独占一段或一行",
        ),
        (
            paragraphs("{%tc for 甲 in 乙 %}"),
            PLAIN,
            "{%tc for 甲 in 乙 %}：单元格不能循环，请用「每行」",
        ),
        (paragraphs("{%- if 甲 %}"), PLAIN, "{%- if 甲 %}：不支持 {%- … -%}"),
        (
            table(("{% 每行 清单 %}{{ 行 }}",)),
            "表 1 行 1 列 1",
            "表中的行都由清单或条件决定，可能一行也没有；请加一行标题行，或写「至少 1」",
        ),
        (
            table(("a",), ("{% 每行 清单 至少 1000 %}",)),
            "表 1 行 2 列 1",
            "{% 每行 清单 至少 1000 %}：「至少 1000」超过 200 行",
        ),
        (
            paragraphs("{% 每 loop 于 清单 %}{% 完 %}"),
            PLAIN,
            "{% 每 loop 于 清单 %}：「loop」不能用作名称",
        ),
    ],
)
def test_is_refused_with_its_place(
    workshop: Workshop, build: Build, where: str, message: str
) -> None:
    assert [(p.part, p.where, p.message) for p in workshop.refuse(build)] == [
        ("word/document.xml", where, message)
    ]


@pytest.mark.parametrize(
    "expression",
    [
        "9**(9**9)",
        "“a” * 3000000000",
        "甲 + 乙",
        "-甲",
        "甲 ~ 乙",
        "range(100000)",
        "甲.format(1)",
        "甲|format(1)",
        "甲|attr(“x”)",
        "甲|default(“”)",
        "甲.__class__",
        "甲[“_x”]",
        "_甲",
        "loop.index",
        "甲 is defined",
        "甲 if 乙",
        "甲[1:2]",
        "{“a”: 1}",
        "甲|小数（乙）",
        "甲|小数（99）",
        "甲|空作",
        "甲|空作（1）",
        "(" * 50 + "甲" + ")" * 50,
        "甲" * 501,
    ],
)
def test_an_expression_beyond_the_list_is_refused(workshop: Workshop, expression: str) -> None:
    problems = workshop.refuse(paragraphs(f"{{{{ {expression} }}}}"))
    assert len(problems) == 1
    assert "jinja" not in problems[0].message.lower()


@pytest.mark.parametrize(
    "word", ["include “x”", "import “x”", "set 甲 = 1", "macro f()", "raw", "extends “x”", "vm"]
)
def test_statements_of_jinja_are_refused(workshop: Workshop, word: str) -> None:
    assert "不认识的指令" in workshop.refuse(paragraphs(f"{{% {word} %}}"))[0].message


def test_all_problems_are_reported(workshop: Workshop) -> None:
    def build(document: WordDocument) -> None:
        paragraphs("{{ 年度", "{{ 甲|乙 }}和{{ 丙() }}")(document)
        table(("", "{% 每航 清单 %}"))(document)
        document.sections[0].header.paragraphs[0].text = "{{ 页眉"
        document.core_properties.title = "{{ a + b }}"

    problems = workshop.refuse(build)
    assert [(p.part, p.where) for p in problems] == [
        ("docProps/core.xml", "文档属性「标题」"),
        ("word/document.xml", "段落 1"),
        ("word/document.xml", "段落 2"),
        ("word/document.xml", "段落 2"),
        ("word/document.xml", "表 1 行 1 列 2"),
        ("word/header1.xml", "段落 1"),
    ]
    assert str(problems[1]) == "word/document.xml 段落 1：标签没有写完，少了「}}」（…{{ 年度…）"


@pytest.mark.parametrize("change", ["ins", "moveTo"])
def test_a_tag_in_a_tracked_change_is_refused(workshop: Workshop, change: str) -> None:
    def build(document: WordDocument) -> None:
        run = document.add_paragraph("{{ 甲 }}", "公文正文").runs[0]._r
        tracked = parse_xml(f'<w:{change} {nsdecls("w")} w:id="9" w:author="某人"/>')
        run.addprevious(tracked)
        tracked.append(run)

    assert messages(workshop.refuse(build)) == ["标签所在处有修订痕迹，请先接受或拒绝修订"]


def test_a_tag_in_a_tracked_row_is_refused(workshop: Workshop) -> None:
    def build(document: WordDocument) -> None:
        made = add_table(document, (("{{ 甲 }}",),))
        mark = f'<w:ins {nsdecls("w")} w:id="9" w:author="某人"/>'
        made.rows[0]._tr.get_or_add_trPr().append(parse_xml(mark))

    assert messages(workshop.refuse(build)) == ["标签所在处有修订痕迹，请先接受或拒绝修订"]


@pytest.mark.parametrize(
    "xml",
    [
        '<w:r><w:instrText xml:space="preserve"> TITLE {{ 甲 }} </w:instrText></w:r>',
        '<w:del w:id="1" w:author="某人"><w:r><w:delText>{{ 甲 }}</w:delText></w:r></w:del>',
        '<w:hyperlink w:tooltip="{% include 甲 %}"><w:r><w:t>文</w:t></w:r></w:hyperlink>',
    ],
)
def test_a_tag_that_nobody_sees_is_refused(workshop: Workshop, xml: str) -> None:
    def build(document: WordDocument) -> None:
        document.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w')}>{xml}</w:p>"))

    assert messages(workshop.refuse(build))[0].startswith("标签只能写在正文文字里")


def test_a_merge_from_a_repeated_header_is_refused(workshop: Workshop) -> None:
    def build(document: WordDocument) -> None:
        made = add_table(document, (("绩效", "a"), ("", "{% 每行 清单 %}")))
        made.cell(0, 0).merge(made.cell(1, 0))
        mark_header(made, 0)

    assert messages(workshop.refuse(build)) == [
        "合并单元格从重复的标题行开始，延伸到了正文行；请从标题行的下一行开始合并"
    ]


def test_a_merge_from_a_header_that_does_not_repeat_stays(workshop: Workshop) -> None:
    def build(document: WordDocument) -> None:
        made = add_table(document, (("上", "面"), ("绩效", "a"), ("", "{% 每行 清单 %}")))
        made.cell(1, 0).merge(made.cell(2, 0))
        mark_header(made, 1)

    assert workshop.compile(build)


def test_a_picture_in_a_loop_is_refused(workshop: Workshop) -> None:
    drawing = (
        f'<w:p {nsdecls("w", "wp")}><w:r><w:drawing><wp:inline><wp:docPr id="1" name="图"/>'
        "</wp:inline></w:drawing></w:r></w:p>"
    )

    def build(document: WordDocument) -> None:
        made = add_table(document, (("a",), ("{% 每行 清单 %}",)))
        made.cell(1, 0)._tc.append(parse_xml(drawing))

    assert messages(workshop.refuse(build)) == [
        "循环的内容里有图片，重复后编号会相同，请移到循环之外"
    ]


def test_an_instruction_on_a_section_break_is_refused(workshop: Workshop) -> None:
    def build(document: WordDocument) -> None:
        paragraphs("{% 若 甲 %}", "文", "{% 完 %}")(document)
        properties = document.paragraphs[2]._p.get_or_add_pPr()
        properties.append(parse_xml(f"<w:sectPr {nsdecls('w')}/>"))

    assert "分节符" in messages(workshop.refuse(build))[0]


def test_a_narrative_needs_its_styles(workshop: Workshop) -> None:
    def build(document: WordDocument) -> None:
        paragraphs("{% 正文 报告 %}", style="表文")(document)
        document.styles["公文正文"].delete()

    assert workshop.refuse(build) == (
        TemplateProblem("模板缺少样式「公文正文」，「正文」要用它", "word/styles.xml"),
    )


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", "不是压缩包".encode()])
def test_what_is_no_word_file_is_refused(tmp_path: pathlib.Path, content: bytes) -> None:
    path = tmp_path / "坏.docx"
    path.write_bytes(content)
    with pytest.raises(TemplateRefusedError, match="不是 Word 文档"):
        compile_template(path)


def test_a_zip_without_a_document_is_refused(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "坏.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    with pytest.raises(TemplateRefusedError, match="不是 Word 文档"):
        compile_template(path)


def test_entities_are_refused(workshop: Workshop) -> None:
    workshop.save(paragraphs("{{ 甲 }}"))
    with zipfile.ZipFile(workshop.path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    bomb = b'<!DOCTYPE a [<!ENTITY e "boom">]><a>&e;</a>'
    with zipfile.ZipFile(workshop.path, "w") as archive:
        for name, blob in members.items():
            archive.writestr(name, bomb if name == "word/header1.xml" else blob)
    with pytest.raises(TemplateRefusedError):
        compile_template(workshop.path)
