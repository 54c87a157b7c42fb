"""A Word document as readable text: paragraphs with styles, tables cell by cell with spans."""

from pathlib import Path

import docx
from docx.oxml.ns import qn


def outline(path: Path) -> str:
    """Return one line a paragraph and one a table row."""
    document = docx.Document(str(path))
    lines = [f"题名：{document.core_properties.title}", f"主题：{document.core_properties.subject}"]
    for block in document.element.body:
        if block.tag == qn("w:p"):
            style = block.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
            name = _style_name(document, style.get(qn("w:val")) if style is not None else None)
            lines.append(f"〔{name}〕{_text(block)}")
        elif block.tag == qn("w:tbl"):
            lines += ["〔表〕", *(_row(row) for row in block.iter(qn("w:tr")))]
    for section in document.sections:
        lines += [f"〔页脚 {kind}〕{part.paragraphs[0].text}" for kind, part in _footers(section)]
    return "\n".join(lines) + "\n"


def table_rows(path: Path) -> list[list[str]]:
    """Return the rows of all tables: a cell once a row, a merged one in every row it covers."""
    document = docx.Document(str(path))
    rows = []
    for table in document.tables:
        for row in table.rows:
            cells, seen = [], None
            for cell in row.cells:
                if cell._tc is not seen:
                    cells.append("".join(cell.text.split("\n")))
                seen = cell._tc
            rows.append(cells)
    return rows


def _footers(section):
    return (("单", section.footer), ("双", section.even_page_footer))


def _style_name(document, style_id):
    by_id = {style.style_id: style.name for style in document.styles}
    return by_id.get(style_id, "正文")


def _text(element) -> str:
    parts = []
    for node in element.iter(qn("w:t"), qn("w:br")):
        parts.append("⏎" if node.tag == qn("w:br") else node.text or "")
    return "".join(parts)


def _row(row) -> str:
    marks = "表头 " if row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None else ""
    return "  " + marks + " | ".join(_cell(cell) for cell in row.iter(qn("w:tc")))


def _cell(cell) -> str:
    properties = cell.find(qn("w:tcPr"))
    span = properties.find(qn("w:gridSpan"))
    merge = properties.find(qn("w:vMerge"))
    text = "¶".join(_text(paragraph) for paragraph in cell.iter(qn("w:p")))
    if merge is not None:
        text = f"↓{text}" if merge.get(qn("w:val")) == "restart" else "↑"
    return f"{text}〔×{span.get(qn('w:val'))}〕" if span is not None else text
