"""Tables, pictures and 附件 of a narrative: by the styles of the template, valid, equal bytes."""

import hashlib
import io
import pathlib
import re
from collections.abc import Mapping
from decimal import Decimal

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.table import Table as WordTable

from generator.domain.blocks import Image, Picture, Table
from generator.domain.forms import Heading
from generator.domain.narrative import Report, Section
from generator.findings import Place
from generator.rendering.narrative_blocks import column_widths
from generator.rendering.problems import RenderFailedError
from generator.rendering.validity import find_problems
from tests.pictures import jpeg_head, png
from tests.rendering.conftest import (
    Build,
    Workshop,
    add_table,
    members_of,
    paragraphs,
    texts_of,
)

OUTLINE = (Heading("概况", Place("form.yaml", 1)),)
TYPE_AREA = 8845  # twentieths of a point: 156 mm, as Word rounds them
FUNDS = Table(
    "表1 资金",
    ("序号", "内容", "金额"),
    (("1", "设备<A&B>", "57.50"), ("2", "**合计**", "100"), ("3", "", "—")),
)


def report(*blocks: str | Table | Picture, attachments: tuple[object, ...] = ()) -> Report:
    return Report((Section("概况", blocks),), OUTLINE, attachments)


@pytest.fixture
def photo(tmp_path: pathlib.Path) -> Image:
    return save(tmp_path, png(400, 200))


def save(folder: pathlib.Path, blob: bytes, kind: str = "png", size: tuple[int, int] = (400, 200)):
    digest = hashlib.sha256(blob).hexdigest()
    path = folder / digest
    path.write_bytes(blob)
    return Image(f"data/{digest}", path, kind, *size, digest)


def grid(table: WordTable) -> list[int]:
    return [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid]


def extents(document: WordDocument) -> list[tuple[int, int]]:
    return [(shape.width, shape.height) for shape in document.inline_shapes]


def test_a_table_stands_below_its_caption_by_style(workshop: Workshop) -> None:
    context = {"报告": report("前文", FUNDS, "后文")}
    document = workshop.render(paragraphs("{% 正文 报告 %}"), context)
    assert [(p.style.name, p.text) for p in document.paragraphs] == [
        ("Heading 1", "一、概况"),
        ("公文正文", "前文"),
        ("图表题", "表1 资金"),
        ("表文", ""),
        ("公文正文", "后文"),
    ]
    (table,) = document.tables
    assert table.style.name == "公文表格"
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["序号", "内容", "金额"],
        ["1", "设备<A&B>", "57.50"],
        ["2", "合计", "100"],
        ["3", "", "—"],
    ]
    assert {cell.paragraphs[0].style.name for cell in table.rows[0].cells} == {"表头"}
    assert table.cell(2, 1).paragraphs[0].runs[0].bold


def test_a_table_fills_the_type_area_and_its_head_repeats(workshop: Workshop) -> None:
    document = workshop.render(paragraphs("{% 正文 报告 %}"), {"报告": report(FUNDS)})
    (table,) = document.tables
    assert sum(grid(table)) == TYPE_AREA
    rows = [{child.tag for child in row._tr.trPr} for row in table.rows]
    assert rows == [{qn("w:cantSplit"), qn("w:tblHeader")}] + [{qn("w:cantSplit")}] * 3


def test_numbers_stand_right_short_texts_in_the_middle_long_ones_left(workshop: Workshop) -> None:
    rows = (
        ("1", "3.5", "甲", "一段不短的说明文字，读起来要靠左"),
        ("2", "**1,000**", "乙", "短"),
    )
    table = Table("题", ("号", "数", "名", "说明"), rows)
    document = workshop.render(paragraphs("{% 正文 报告 %}"), {"报告": report(table)})
    found = [cell.paragraphs[0] for cell in document.tables[0].rows[1].cells]
    assert all(p.alignment is None for p in found)  # by style
    assert [p.style.name for p in found] == [
        "表文",  # numbers of one width are in line wherever they stand
        "表文右",
        "表文",
        "表文左",
    ]


def test_columns_share_the_width_by_their_longest_texts() -> None:
    table = Table("题", ("号", "说明"), (("1", "说明文字" * 20),))
    narrow, wide = column_widths(table, 8000)
    assert narrow + wide == 8000
    assert 1000 < narrow < 2000


def test_a_picture_is_named_by_its_content_and_stands_above_its_caption(
    workshop: Workshop, photo: Image
) -> None:
    picture = Picture("图1 <现场>", "图/甲.png", Decimal("52.5"), photo)
    build = paragraphs("{% 正文 报告 %}")
    blob = workshop.compile(build).render({"报告": report(picture, "后文")})
    assert find_problems(blob) == ()
    members = members_of(blob)
    assert members[f"word/media/{photo.digest}.png"] == photo.path.read_bytes()
    assert f'Id="rIdP{photo.digest}"'.encode() in members["word/_rels/document.xml.rels"]
    assert b'Extension="png" ContentType="image/png"' in members["[Content_Types].xml"]
    document = Document(io.BytesIO(blob))
    assert [(p.style.name, p.text) for p in document.paragraphs[1:]] == [
        ("图", ""),
        ("图表题", "图1 <现场>"),
        ("公文正文", "后文"),
    ]
    assert extents(document) == [(Mm(52.5), Mm(52.5) // 2)]
    assert document.element.body.xpath(".//wp:docPr")[0].get("descr") == "图1 <现场>"


@pytest.mark.parametrize(
    ("pixels", "asked", "width"),
    [
        ((96, 48), None, 25.4),  # an inch
        ((4000, 2000), None, 156.02),
        ((96, 48), Decimal(300), 156.02),
        ((100, 1000), Decimal(150), 20.38),  # as high as a page less its caption
    ],
)
def test_a_picture_is_never_larger_than_the_type_area(
    workshop: Workshop, tmp_path: pathlib.Path, pixels, asked, width
) -> None:
    image = save(tmp_path, jpeg_head(*pixels), "jpeg", pixels)
    context = {"报告": report(Picture("图", "甲", asked, image))}
    ((wide, high),) = extents(workshop.render(paragraphs("{% 正文 报告 %}"), context))
    assert wide / 36000 == pytest.approx(width, abs=0.05)
    assert high / wide == pytest.approx(pixels[1] / pixels[0], abs=0.01)


def test_the_same_picture_is_stored_once_and_every_drawing_has_its_number(
    workshop: Workshop, photo: Image, tmp_path: pathlib.Path
) -> None:
    one, other = Picture("图1", "甲", None, photo), Picture("图2", "乙", None, save(tmp_path, b"x"))
    build = paragraphs("{% 正文 报告 %}", "{% 正文 报告.概况 %}")
    blob = workshop.compile(build).render({"报告": report(one, one, other)})
    members = members_of(blob)
    assert len([name for name in members if name.startswith("word/media/")]) == 2
    numbers = re.findall(rb'<wp:docPr id="(\d+)"', members["word/document.xml"])
    assert numbers == [b"1", b"2", b"3", b"4", b"5", b"6"]
    assert find_problems(blob) == ()
    assert blob == workshop.compile(build).render({"报告": report(one, one, other)})


def test_a_picture_that_changed_since_it_was_checked_stops_the_document(
    workshop: Workshop, photo: Image
) -> None:
    template = workshop.compile(paragraphs("{% 正文 报告 %}"))
    photo.path.write_bytes(png(400, 200, shade=1))
    with pytest.raises(RenderFailedError, match="在生成时有变化"):
        template.render({"报告": report(Picture("图", "甲", None, photo))})


def test_a_draft_shows_what_is_wrong_with_blocks(workshop: Workshop) -> None:
    table = Table("表1", ("甲", "乙"), (("1",), ("1", "2", "3")))
    context = {"报告": report(table, Picture("图1", "图/<甲>.png", None, None, fault="没有"))}
    document = workshop.render(paragraphs("{% 正文 报告 %}"), context)
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert rows == [["甲", "乙", ""], ["1", "", ""], ["1", "2", "3"]]
    assert "【待补图片：图/<甲>.png】" in texts_of(document)


def test_blocks_of_a_box_fit_its_cell(workshop: Workshop, photo: Image) -> None:
    def build(document: WordDocument) -> None:
        made = add_table(document, (("概况", "{% 正文 报告.概况 %}"),))
        for cell, width in zip(made.rows[0].cells, (Mm(30), Mm(100)), strict=True):
            cell.width = width

    context = {"报告": report("前文", Picture("图1", "甲", Decimal(150), photo), FUNDS)}
    document = workshop.render(build, context)
    cell = document.tables[0].cell(0, 1)
    assert [(p.style.name, p.text) for p in cell.paragraphs] == [
        ("表文", "前文"),
        ("图", ""),
        ("图表题", "图1"),
        ("图表题", "表1 资金"),
        ("表文", ""),
    ]
    inner = Mm(100).twips - 216
    assert sum(grid(cell.tables[0])) == inner
    (extent,) = cell._tc.xpath(".//wp:extent")
    assert int(extent.get("cx")) == inner * 635


@pytest.mark.parametrize(
    ("style", "blocks"),
    [("图表题", (FUNDS,)), ("表头", (FUNDS,)), ("公文表格", (FUNDS,))],
)
def test_a_template_without_a_style_says_so_when_it_is_needed(
    workshop: Workshop, style: str, blocks: tuple[Table, ...]
) -> None:
    def build(document: WordDocument) -> None:
        paragraphs("{% 正文 报告 %}")(document)
        document.styles[style].delete()

    template = workshop.compile(build)
    assert template.render({"报告": report("文字")})
    with pytest.raises(RenderFailedError, match=f"模板缺少样式「{style}」，正文里的表、图和附件"):
        template.render({"报告": report(*blocks)})


SHEET = Table("试点分布表", ("试点", "地点"), (("一", "甲地"),))


def attached(workshop: Workshop, *attachments: object, build: Build | None = None) -> WordDocument:
    build = build or paragraphs("{% 正文 报告 %}", "某某局", "2020年12月31日")
    return workshop.render(build, {"报告": report("文字。", attachments=attachments)})


def test_the_list_of_attachments_stands_a_line_below_the_text(workshop: Workshop) -> None:
    document = attached(workshop, "验收意见", "问卷汇总")
    assert texts_of(document) == [
        "一、概况",
        "文字。",
        "附件：1. 验收意见",
        "2. 问卷汇总",
        "某某局",
        "2020年12月31日",
    ]
    assert [p.style.name for p in document.paragraphs[2:4]] == ["附件说明编号", "附件说明续"]
    assert document.paragraphs[2].style.paragraph_format.space_before.pt > 28  # a line


def test_one_attachment_has_no_number(workshop: Workshop) -> None:
    document = attached(workshop, SHEET)
    assert texts_of(document)[2] == "附件：试点分布表"
    assert document.paragraphs[2].style.name == "附件说明"
    assert texts_of(document)[5:8] == ["附件", "", "试点分布表"]


def test_attachments_begin_pages_behind_the_signature(workshop: Workshop, photo: Image) -> None:
    picture = Picture("现场照片", "图/甲.png", None, photo)
    document = attached(workshop, "验收意见", SHEET, picture)
    assert [(p.style.name, p.text) for p in document.paragraphs[5:]] == [
        ("公文正文", "某某局"),
        ("公文正文", "2020年12月31日"),
        ("附件标记", "附件2"),
        ("公文正文", ""),
        ("公文标题", "试点分布表"),
        ("表文", ""),
        ("附件标记", "附件3"),
        ("公文正文", ""),
        ("公文标题", "现场照片"),
        ("图", ""),
    ]
    marks = [p for p in document.paragraphs if p.style.name == "附件标记"]
    assert all(mark.style.paragraph_format.page_break_before for mark in marks)
    assert len(marks) == 2
    assert document.element.body[-1].tag == qn("w:sectPr")


def test_attachments_of_each_project_follow_its_report(workshop: Workshop) -> None:
    build = paragraphs("{% 每 一项 于 各项目 %}", "{% 正文 一项.报告 %}", "{% 完 %}", "完")
    rows: list[Mapping[str, object]] = [
        {"报告": report("甲", attachments=(SHEET,))},
        {"报告": report("乙")},
    ]
    document = workshop.render(build, {"各项目": rows})
    texts = [text for text in texts_of(document) if text]
    assert texts[2:] == ["附件：试点分布表", "附件", "试点分布表", "一、概况", "乙", "完"]
