"""A Word template made from a form: everything it declares, in the standard typography.

The template is a beginning: from then on it is edited in Word and never made again.
"""

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy

from generator.domain.fields import Field
from generator.domain.forms import Document, Form, Heading
from generator.rendering.base_template import base_document, to_package
from generator.rendering.new_template_columns import least_width
from generator.rendering.new_template_derived import derived_pairs
from generator.rendering.new_template_fields import LABEL_WIDTH, WIDE, field_rows, pair_rows
from generator.rendering.new_template_funds import fund_rows
from generator.rendering.new_template_grid import (
    LABEL,
    LEFT,
    Cell,
    Row,
    join_tables,
    paragraph,
    share,
)
from generator.rendering.new_template_rows import indicator_rows
from generator.rendering.new_template_tags import Paper, Tags
from generator.rendering.xml_tree import NAMES, Element, W, parse_xml, w

_NEW_PAGE = "<w:pageBreakBefore/>"
_LEAST_SUMMARY = 1200
_PROJECT = "一项"  # one project in a document of many
_UPRIGHT, _ACROSS = 9412, 14344  # the width of a table on A4
_PAGE_ACROSS = {"w": "16838", "h": "11906", "orient": "landscape"}
# Tables take more of the page than prose: 25 mm above, 23 below, 22 at the sides.
_MARGINS = {"top": "1417", "right": "1247", "bottom": "1304", "left": "1247", "footer": "680"}
_SIGNED_A_LINE = 3
_BOX_HEIGHT = 1000  # a box for text: about three lines


def make_template(paper: Paper, document: Document) -> bytes:
    """Return the template of one document of a form; the same form gives the same bytes."""
    word = base_document()
    body = word.element.body
    page = body.find(w("sectPr"))
    width = _UPRIGHT if _fits(paper.form) else _ACROSS
    sheet, prose = _parts(paper, document, width)
    if sheet and prose:
        own = deepcopy(page)
        _set_sheet(own, width)
        broken = _parse(paragraph("", "表隔"))[0]
        broken[0].append(own)
        parts = [*_parse(sheet), broken, *_parse(prose)]
    else:
        parts = _parse(sheet or prose)
        if sheet:
            _set_sheet(page, width)
    for part in parts:
        page.addprevious(part)
    word.core_properties.title = _subject_matter(paper.form, document)
    word.core_properties.subject = _whose(paper, document)
    return to_package(word)


def _parts(paper: Paper, document: Document, width: int) -> tuple[str, str]:
    """Return the tables and the prose of a document, each blank when it has none."""
    if document.binds:
        return _bound(paper, width), ""
    tags = Tags()
    if _is_report(paper.form, document):
        return "", _title(document) + paragraph(tags.narrative(), "公文正文")
    sheet = _sheet(paper, tags, width)
    outline = paper.form.outline
    is_first = document is _main(paper.form)
    has_report = any(_is_report(paper.form, one) for one in paper.form.documents)
    if outline is None or has_report or not is_first or outline.mode == "固定":
        return sheet, ""
    return sheet, paragraph(tags.narrative(), "公文正文")


def _is_report(form: Form, document: Document) -> bool:
    return document.needs == "报告" and document is not _main(form)


def _main(form: Form) -> Document:
    """Return the document that has the tables: the first that is no report."""
    single = [one for one in form.documents if not one.binds]
    tables = [one for one in single if one.needs != "报告"]
    return next(iter((*tables, *single, *form.documents)))


def _sheet(paper: Paper, tags: Tags, width: int) -> str:
    """Return the title, the tables, the notes and the sign-off."""
    form = paper.form
    before, behind = _around_funds(paper.printed_fields)
    head = [
        *field_rows(before, tags, width),
        *fund_rows(paper, tags, width),
        *pair_rows(list(derived_pairs(paper, tags)), width),
        *field_rows(behind, tags, width),
    ]
    tables = [head] if head else []
    tables += [indicator_rows(paper, table, tags, width) for table in form.tables]
    boxes = list(_boxes(form, tags, width))
    signed = [field for field in form.fields if field.name in paper.signed]
    below = field_rows((field for field in signed if field.kind in WIDE), tags, width)
    tables += [rows for rows in (boxes, list(below)) if rows]
    break_before = _NEW_PAGE if tags.root else ""
    return "".join(
        (
            paragraph("{{ 表名 }}", "表标题", properties=break_before),
            paragraph("（{{ 年度 }}年度）", "表年度"),
            join_tables(tables),
            paragraph("{% 每段 备注｜编号（“备注：”） %}{{ 段 }}", "表备注") if form.notes else "",
            *_signed([field for field in signed if field.kind not in WIDE], tags),
        )
    )


def _around_funds(fields: Sequence[Field]) -> tuple[Sequence[Field], Sequence[Field]]:
    """Divide the fields: goals and other long texts stand between the funds and the indicators."""
    for at, field in enumerate(fields):
        if {one.kind for one in field.items or (field,)} == {"长文本"}:
            return fields[:at], fields[at:]
    return fields, ()


def _boxes(form: Form, tags: Tags, width: int) -> Iterator[Row]:
    """Yield a box for each heading of a fixed outline that has no report of its own."""
    outline = form.outline
    if outline is None or outline.mode != "固定":
        return
    if any(_is_report(form, one) for one in form.documents):
        return
    for heading in outline.headings:
        yield _box(heading, tags, width)


def _box(heading: Heading, tags: Tags, width: int) -> Row:
    text = tags.narrative(heading.name)
    cells = (Cell(heading.name, LABEL_WIDTH, LABEL), Cell(text, width - LABEL_WIDTH, LEFT))
    return Row(cells, may_split=True, least_height=_BOX_HEIGHT)


def _signed(fields: Sequence[Field], tags: Tags) -> Iterator[str]:
    """Yield the sign-off in lines of three."""
    for start in range(0, len(fields), _SIGNED_A_LINE):
        line = fields[start : start + _SIGNED_A_LINE]
        yield paragraph(
            "　　".join(f"{field.label}：{tags.field(field)}" for field in line),
            "表落款",
        )


def _bound(paper: Paper, width: int) -> str:
    """Return the sheets of all projects, then the unit's sum."""
    begin = paragraph(f"{{% 每 {_PROJECT} 于 各项目 %}}", "公文正文")
    parts = [begin, _sheet(paper, Tags(_PROJECT), width), paragraph("{% 完 %}", "公文正文")]
    parts += (
        paragraph("{{ 年度 }}年度各项目汇总表", "表标题", properties=_NEW_PAGE),
        join_tables([_summary(paper, width)]),
    )
    return "".join(parts)


def _summary(paper: Paper, width: int) -> list[Row]:
    """Return a row for each project, then the unit's sum."""
    rubric, one = paper.rubric, Tags(_PROJECT)
    named = [field for field in paper.form.fields if field.kind == "文本" and field.is_required]
    columns = [(field.label, one.field(field)) for field in named[:2]]
    if rubric is not None and rubric.total is not None:
        columns.append((rubric.total.name, one.value("结果", "总分")))
        columns += [(rubric.grades.name, one.value("结果", "等级"))] if rubric.grades else []
    columns = columns or [("年度", one.value("年度"))]
    widths = share(width, [(_LEAST_SUMMARY, 4 - min(at, 3)) for at in range(len(columns))])
    cells = list(zip(columns, widths, strict=True))
    begin = f"{{% 每行 {_PROJECT} 于 各项目 %}}"
    texts = [begin + tag if not at else tag for at, (_, tag) in enumerate(columns)]
    rows = [
        Row(tuple(Cell(label, wide, LABEL) for (label, _), wide in cells), is_header=True),
        Row(
            tuple(Cell(text, wide) for text, wide in zip(texts, widths, strict=True)),
            is_repeated=True,
        ),
    ]
    if rubric is not None and rubric.rollup is not None:
        sums = Tags("汇总")
        names = ("项目数", "总分", *(("等级",) if rubric.grades else ()))
        rows += pair_rows([(f"汇总：{name}", sums.value(name)) for name in names], width)
    return rows


def _title(document: Document) -> str:
    """Return the title of a report: the file's name, which is made of fields too."""
    head, end, tail = _report_name(document).rpartition("}}")
    cut = "\n" if end and len(tail) > 1 else ""
    return paragraph(head + end + cut + tail, "公文标题")


def _report_name(document: Document) -> str:
    name = document.file_name.removesuffix(".docx")
    year = "" if "{年度}" in name else "{{ 年度 }}年度"
    return year + re.sub(r"\{([^{}]+)\}", r"{{ \1 }}", name)


def _subject_matter(form: Form, document: Document) -> str:
    """Return the title among the properties."""
    is_report = not document.binds and _is_report(form, document)
    return _report_name(document) if is_report else "{{ 年度 }}年度{{ 表名 }}"


def _whose(paper: Paper, document: Document) -> str:
    """Return the subject among the properties: the first text that every project has."""
    fields = [field for field in paper.form.fields if field.kind == "文本" and field.is_required]
    is_one = not document.binds and fields
    return Tags().field(fields[0]) if is_one else "{{ 表名 }}"


def _fits(form: Form) -> bool:
    return all(least_width(table) <= _UPRIGHT for table in form.tables)


def _set_sheet(section: Element, width: int) -> None:
    """Give a section the margins of tables, and lay it across for many columns."""
    for margins in section.iterfind("w:pgMar", NAMES):
        margins.attrib.update({w(name): value for name, value in _MARGINS.items()})
    for size in section.iterfind("w:pgSz", NAMES):
        if width == _ACROSS:
            size.attrib.update({w(name): value for name, value in _PAGE_ACROSS.items()})


def _parse(xml: str) -> list[Element]:
    return list(parse_xml(f'<w:body xmlns:w="{W}">{xml}</w:body>'.encode()))
