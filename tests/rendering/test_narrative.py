"""正文 of one heading: a box of the form, in the look of the paragraph in which its tag stands."""

import pytest
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt
from docx.table import _Cell

from generator.domain.forms import Heading
from generator.domain.narrative import Report, Section
from generator.findings import Place
from generator.rendering.names import Role
from generator.rendering.problems import MissingValue, RenderFailedError
from tests.rendering.conftest import (
    Workshop,
    add_table,
    cells_of,
    merges_of,
    messages,
    paragraphs,
    table,
    texts_of,
)

PLACE = Place("form.yaml", 1)


def heading(name: str, *below: Heading, aliases: tuple[str, ...] = ()) -> Heading:
    return Heading(name, PLACE, aliases=aliases, below=below)


OUTLINE = (
    heading("项目概况", heading("背景"), heading("其他")),
    heading("项目绩效", heading("产出、效益", aliases=("产出情况",)), heading("其他")),
    heading("建议"),
)
REPORT = Report(
    (
        Section(
            "项目概况",
            ("第一段<&>", "**粗**体"),
            (
                Section("背景", ("背景文字",), (Section("依据", ("文件",)), Section("2019年"))),
                Section("其他"),
            ),
        ),
        Section("项目绩效", (), (Section("产出情况", ("产出文字",)), Section("其他", ("甲",)))),
    ),
    OUTLINE,
)


def look(cell: _Cell) -> list[tuple[str, str]]:
    return [(paragraph.style.name, paragraph.text) for paragraph in cell.paragraphs]


def test_a_box_in_a_cell_has_no_heading_and_the_look_of_its_tag(workshop: Workshop) -> None:
    def build(document: WordDocument) -> None:
        cell = add_table(document, (("概况", "{% 正文 报告.项目概况 %}"),)).cell(0, 1)
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        cell.paragraphs[0].runs[0].font.size = Pt(12)
        cell.paragraphs[0].runs[0].font.name = "宋体"

    cell = workshop.render(build, {"报告": REPORT}).tables[0].cell(0, 1)
    assert look(cell) == [
        ("表文", "第一段<&>"),
        ("表文", "粗体"),
        ("表文", "1.背景"),
        ("表文", "背景文字"),
        ("表文", "（1）依据"),
        ("表文", "文件"),
        ("表文", "（2）2019年"),
        ("表文", "2.其他"),
    ]
    assert {paragraph.alignment for paragraph in cell.paragraphs} == {WD_ALIGN_PARAGRAPH.RIGHT}
    runs = [run for paragraph in cell.paragraphs for run in paragraph.runs]
    assert {(run.font.size, run.font.name) for run in runs} == {(Pt(12), "宋体")}
    assert [run.bold for run in cell.paragraphs[1].runs] == [True, None]


def test_a_number_before_a_digit_keeps_a_gap(workshop: Workshop) -> None:
    report = Report((Section("建议", (), (Section("2021年"), Section("以后"))),), OUTLINE)
    document = workshop.render(paragraphs("{% 正文 报告.建议 %}"), {"报告": report})
    assert texts_of(document) == ["1. 2021年", "2.以后"]


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("报告.建议", [""]),
        ("报告.背景", ["背景文字", "1.依据", "文件", "2. 2019年"]),
        ("报告.项目概况.背景", ["背景文字", "1.依据", "文件", "2. 2019年"]),
        ("报告[“产出、效益”]", ["产出文字"]),
        ("报告.项目绩效.其他", ["甲"]),
        ("报告.项目概况.其他", [""]),
    ],
)
def test_a_heading_is_found_by_the_name_of_the_form(
    workshop: Workshop, name: str, texts: list[str]
) -> None:
    document = workshop.render(paragraphs(f"{{% 正文 {name} %}}"), {"报告": REPORT})
    assert texts_of(document) == texts


@pytest.mark.parametrize("name", ["报告.依据", "报告.其他", "报告.产出情况", "报告.项目绩效.背景"])
def test_a_heading_that_the_form_has_not_once_is_missing(workshop: Workshop, name: str) -> None:
    with pytest.raises(MissingValue):
        workshop.compile(paragraphs(f"{{% 正文 {name} %}}")).render({"报告": REPORT})


def test_a_heading_of_the_form_may_stand_elsewhere_in_the_report(workshop: Workshop) -> None:
    report = Report((Section("综述", (), (Section("背景", ("文字",)),)),), OUTLINE)
    build = paragraphs("{% 正文 报告.背景 %}", "{% 正文 报告.项目概况 %}")
    assert texts_of(workshop.render(build, {"报告": report})) == ["文字", ""]


@pytest.mark.parametrize(
    ("name", "is_there"),
    [("报告", True), ("报告.项目概况", True), ("报告.项目概况.其他", False), ("报告.建议", False)],
)
def test_a_box_without_text_is_false(workshop: Workshop, name: str, is_there: bool) -> None:
    build = paragraphs("始", f"{{% 段若 {name} %}}有")
    expected = ["始", "有"] if is_there else ["始"]
    assert texts_of(workshop.render(build, {"报告": REPORT})) == expected


def test_no_report_is_false_and_its_boxes_are_empty(workshop: Workshop) -> None:
    build = table(("{% 段若 报告 %}有", "{% 正文 报告.项目概况 %}", "{% 正文 报告 %}"))
    assert cells_of(workshop.render(build, {"报告": Report((), OUTLINE)})) == [["", "", ""]]


def test_boxes_stand_beside_merged_cells(workshop: Workshop) -> None:
    def build(document: WordDocument) -> None:
        rows = (
            ("报告", "概况", "{% 正文 报告.项目概况 %}"),
            ("", "建议", "前文\n{% 正文 报告.建议 %}"),
            ("", "绩效", "{% 正文 报告.项目绩效 %}\n后文"),
        )
        made = add_table(document, rows)
        made.cell(0, 0).merge(made.cell(2, 0))

    document = workshop.render(build, {"报告": REPORT})
    assert merges_of(document) == ["r..", "c..", "c.."]
    assert cells_of(document)[1][2] == "前文\n"
    assert cells_of(document)[2][2] == "1.产出情况\n产出文字\n2.其他\n甲\n后文"


def test_boxes_of_each_project_of_a_bound_document(workshop: Workshop) -> None:
    def build(document: WordDocument) -> None:
        paragraphs("{% 每 一项 于 各项目 %}", "{{ 一项.项目名称 }}")(document)
        table(("概况", "{% 正文 一项.报告.项目概况 %}"))(document)
        paragraphs("{% 若 一项.报告.建议 %}", "{% 正文 一项.报告.建议 %}", "{% 完 %}")(document)
        paragraphs("{% 完 %}")(document)

    def project(name: str, *sections: Section) -> dict[str, object]:
        return {"项目名称": name, "报告": Report(sections, OUTLINE)}

    rows = [
        project("甲", Section("项目概况", ("甲一", "甲二"))),
        project("乙", Section("建议", ("乙一",))),
    ]
    document = workshop.render(build, {"各项目": rows})
    assert [cells_of(document, number) for number in (0, 1)] == [
        [["概况", "甲一\n甲二"]],
        [["概况", ""]],
    ]
    assert texts_of(document) == ["甲", "乙", "乙一"]


def test_a_whole_report_in_a_cell_keeps_its_styles(workshop: Workshop) -> None:
    document = workshop.render(table(("{% 正文 报告 %}", "b")), {"报告": REPORT})
    assert look(document.tables[0].cell(0, 0))[:4] == [
        ("Heading 1", "一、项目概况"),
        ("公文正文", "第一段<&>"),
        ("公文正文", "粗体"),
        ("Heading 2", "（一）背景"),
    ]


def test_a_box_needs_no_styles_and_a_report_does(workshop: Workshop) -> None:
    def build(*texts: str) -> WordDocument:
        def write(document: WordDocument) -> None:
            paragraphs(*texts, style="表文")(document)
            document.styles["公文正文"].delete()

        return write

    box = workshop.render(build("{% 正文 报告.建议 %}"), {"报告": REPORT})
    assert texts_of(box) == [""]
    assert messages(workshop.refuse(build("{% 正文 一项.报告 %}"))) == [
        "模板缺少样式「公文正文」，「正文」要用它"
    ]


def test_a_box_is_no_value(workshop: Workshop) -> None:
    with pytest.raises(RenderFailedError, match="这一项是一组值"):
        workshop.compile(paragraphs("{{ 报告.项目概况 }}")).render({"报告": REPORT})


def test_what_was_tracked_in_the_look_is_not_repeated(workshop: Workshop) -> None:
    def build(document: WordDocument) -> None:
        paragraphs("{% 正文 报告.项目概况 %}")(document)
        change = f'<w:pPrChange {nsdecls("w")} w:id="9" w:author="李四"><w:pPr/></w:pPrChange>'
        document.paragraphs[0]._p.pPr.append(parse_xml(change))

    document = workshop.render(build, {"报告": REPORT})
    assert not document.element.body.xpath(".//w:pPrChange")
    assert {paragraph.style.name for paragraph in document.paragraphs} == {"公文正文"}


def test_the_uses_of_boxes_are_known(workshop: Workshop) -> None:
    def build(document: WordDocument) -> None:
        paragraphs("{% 正文 报告 %}", "{% 正文 报告.项目概况 %}")(document)
        paragraphs("{% 每 一项 于 各项目 %}", "{% 正文 一项.报告.建议 %}", "{% 完 %}")(document)

    uses = [use for use in workshop.compile(build).uses if use.role is Role.NARRATIVE]
    assert [use.path for use in uses] == [
        ("报告",),
        ("报告", "项目概况"),
        ("各项目", "*", "报告", "建议"),
    ]
    assert [use.is_whole_report for use in uses] == [True, False, False]


def test_a_name_with_punctuation_needs_quotes(workshop: Workshop) -> None:
    build = paragraphs("{% 正文 报告.产出、效益 %}", "{% 段若 报告.产出、效益 %}有")
    hint = "写法不对；名称里有标点的，写成 报告[“甲、乙”]"
    assert messages(workshop.refuse(build)) == [
        f"{{% 正文 报告.产出、效益 %}}：{hint}",
        f"{{% 段若 报告.产出、效益 %}}：{hint}",
    ]
