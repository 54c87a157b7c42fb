"""What a template or a document falls short of: GB/T 9704 by styles, tables on the type area."""

import re
import zipfile
from pathlib import Path

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CORE = "docProps/core.xml"
STYLES = {  # name: font, size in half-points, line in twentieths of a point
    "heading 1": ("黑体", "32", "576"),
    "heading 2": ("楷体_GB2312", "32", "576"),
    "heading 3": ("仿宋_GB2312", "32", "576"),
    "heading 4": ("仿宋_GB2312", "32", "576"),
    "公文标题": ("方正小标宋简体", "44", "680"),
    "公文标题下有副题": ("方正小标宋简体", "44", "680"),
    "公文副标题": ("楷体_GB2312", "32", "576"),
    "公文正文": ("仿宋_GB2312", "32", "576"),
    "公文落款": ("仿宋_GB2312", "32", "576"),
    "附件说明": ("仿宋_GB2312", "32", "576"),
    "附件标记": ("黑体", "32", "576"),
    "页码单": ("宋体", "28", "240"),
    "页码双": ("宋体", "28", "240"),
    "表标题": ("方正小标宋简体", "36", "560"),
    "表头": ("宋体", "18", "240"),
    "表文": ("宋体", "18", "240"),
}
LEFT_IN_PLACE = {"pStyle", "keepNext", "sectPr"}  # of a paragraph: all else is a style's
MOST_ROWS_WITHOUT_HEADER = 25
PAGES = {("2098", "1984", "1587", "1474"), ("1417", "1304", "1247", "1247")}  # reports, tables
LEFT_OVER = re.compile(r"python-docx|docxtpl|Lorem|示例|\{[{%]|单击此处")


def find_faults(path, *, is_template=False):
    """Return every fault of one .docx, as sentences."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    trees = {name: etree.fromstring(blob) for name, blob in parts.items() if name.endswith(".xml")}
    faults = [*_styles(trees["word/styles.xml"]), *_properties(trees[CORE])]
    faults += _page(trees["word/document.xml"], trees["word/settings.xml"])
    for name, tree in trees.items():
        if re.fullmatch(r"word/(document|header\d*|footer\d*)\.xml", name):
            faults += [f"{name}: {fault}" for fault in _direct(tree)]
    faults += _page_numbers({n: t for n, t in trees.items() if "/footer" in n})
    for count, table in enumerate(trees["word/document.xml"].iter(f"{W}tbl"), 1):
        faults += [f"table {count}: {fault}" for fault in _table(table)]
    if not is_template:
        text = b"".join(parts.values()).decode("utf-8", "replace")
        faults += [f"left over: {found}" for found in sorted(set(LEFT_OVER.findall(text)))]
    return faults


def _value(element, path, attribute="val"):
    found = element.find("/".join(W + step for step in path.split("/")))
    return None if found is None else found.get(W + attribute)


def _styles(root):
    language = root.find(f".//{W}docDefaults//{W}lang")
    if language is None or language.get(f"{W}eastAsia") != "zh-CN":
        yield "the document's language is not zh-CN"
    found = {}
    for style in root.iter(f"{W}style"):
        if style.get(f"{W}type") != "paragraph":
            continue
        name = _value(style, "name")
        fonts = {a: _value(style, "rPr/rFonts", a) for a in ("eastAsia", "ascii", "hAnsi")}
        if not all(fonts.values()):
            yield f"style {name} leaves a font open"
        line = _value(style, "pPr/spacing", "line")
        found[name] = (fonts["eastAsia"], _value(style, "rPr/sz"), line)
        if any("Theme" in key for key in style.find(f"{W}rPr/{W}rFonts").attrib):
            yield f"style {name} takes a theme font"
        if name.startswith("heading ") and _value(style, "pPr/outlineLvl") != str(
            int(name[-1]) - 1
        ):
            yield f"style {name} has no outline level"
    for name, wanted in STYLES.items():
        if found.get(name) != wanted:
            yield f"style {name} is {found.get(name)}, not {wanted}"


def _properties(root):
    texts = {etree.QName(element).localname: element.text for element in root}
    for name in ("title", "subject"):
        if not (texts.get(name) or "").strip():
            yield f"no {name} among the properties"
    if texts.get("language") != "zh-CN":
        yield "the properties' language is not zh-CN"
    for name in ("created", "modified"):
        if texts.get(name, "1980-01-01T00:00:00Z") != "1980-01-01T00:00:00Z":
            yield f"{name} has a clock"
    for name in ("creator", "lastModifiedBy", "description"):
        if texts.get(name):
            yield f"{name}: {texts[name]}"


def _page(root, settings):
    if settings.find(f"{W}evenAndOddHeaders") is None:
        yield "odd and even pages are alike"
    for section in root.iter(f"{W}sectPr"):
        margins = section.find(f"{W}pgMar")
        own = tuple(margins.get(W + side) for side in ("top", "bottom", "left", "right"))
        if own not in PAGES:
            yield f"margins {own}"


def _page_numbers(footers):
    sides = {"PageNumberOdd", "PageNumberEven"}
    for name, root in footers.items():
        text = "".join(t.text or "" for t in root.iter(f"{W}t"))
        if not re.fullmatch(r"— \d+ —", text) or root.find(f".//{W}instrText") is None:
            yield f"{name} prints {text!r}"
        sides -= {style.get(f"{W}val") for style in root.iter(f"{W}pStyle")}
    if sides:
        yield f"no page number of style {sides}"


def _direct(root):
    for properties in root.iter(f"{W}rPr"):
        kinds = {etree.QName(child).localname for child in properties}
        if kinds - {"b", "bCs"}:  # a clerk's **bold**
            yield f"direct formatting of type: {sorted(kinds)}"
    for paragraph in root.iter(f"{W}p"):
        if _value(paragraph, "pPr/pStyle") is None and root.tag != f"{W}hdr":
            yield "a paragraph without style"
    for properties in root.iter(f"{W}pPr"):
        kinds = {etree.QName(child).localname for child in properties} - LEFT_IN_PLACE
        if kinds:
            yield f"direct formatting of a paragraph: {sorted(kinds)}"


def _table(table):
    area = _type_area(table)
    widths = [int(column.get(f"{W}w")) for column in table.iter(f"{W}gridCol")]
    if sum(widths) != area:
        yield f"the columns are {sum(widths)} wide, the type area is {area}"
    if _value(table, "tblPr/tblStyle") is None:
        yield "no table style"
    rows = table.findall(f"{W}tr")
    headers = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows]
    if len(rows) > MOST_ROWS_WITHOUT_HEADER and not any(headers):
        yield f"{len(rows)} rows and no header row"
    for index, row in enumerate(rows, 1):
        if row.find(f"{W}trPr/{W}cantSplit") is None and not _is_long(row):
            yield f"row {index} may split"
        cells = row.findall(f"{W}tc")
        if sum(int(_value(cell, "tcPr/tcW", "w")) for cell in cells) != sum(widths):
            yield f"row {index}: the cells are not as wide as the table"
        if any(_value(cell, "tcPr/vAlign") != "center" for cell in cells):
            yield f"row {index}: a cell is not centred vertically"


def _is_long(row):
    """Say whether a row holds prose, which may go on over the page's end."""
    used = {style.get(f"{W}val") for style in row.iter(f"{W}pStyle")}
    return bool(used & {"TableTextBlock", "TableLongText", "TableRemark", "TableTextLeft"})


def _type_area(table):
    """Return the width between the margins of the section a table stands in."""
    sections = [*table.itersiblings(f"{W}p"), *table.itersiblings(f"{W}sectPr")]
    for element in sections:
        section = element if element.tag == f"{W}sectPr" else element.find(f"{W}pPr/{W}sectPr")
        if section is not None:
            page, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
            sides = int(margins.get(f"{W}left")) + int(margins.get(f"{W}right"))
            return int(page.get(f"{W}w")) - sides
    raise AssertionError("a table outside any section")


def named(path: Path) -> str:
    """Return a file's name for a test id."""
    return f"{path.parent.name}/{path.name}"
