"""The base of every Word template: page, styles and page numbers of GB/T 9704-2012.

The one door to python-docx on this floor.
"""

import io
import pathlib
import zipfile

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import XmlPart
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section as PageSection
from docx.section import _Footer as Footer
from docx.shared import Mm

from generator.rendering.base_styles import fonts_table_xml, styles_xml
from generator.rendering.cleaning import clean_properties
from generator.rendering.package import write_package
from generator.rendering.xml_tree import DECLARATION, to_bytes
from generator.rendering.xml_tree import parse_xml as parse_part

_LEFT_OVERS = (  # of python-docx's own template
    "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
    RELATIONSHIP_TYPE.CUSTOM_XML,
    RELATIONSHIP_TYPE.THEME,
    RELATIONSHIP_TYPE.WEB_SETTINGS,
    RELATIONSHIP_TYPE.NUMBERING,
)
_PAGE_NUMBER = (
    '<w:r><w:t xml:space="preserve">— </w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    '<w:r><w:t xml:space="preserve"> —</w:t></w:r>'
)
# An absent setting means the layout of Word 2007, in compatibility mode.
_SETTINGS = (
    '<w:settings {names}><w:zoom w:percent="100"/><w:bordersDoNotSurroundHeader/>'
    '<w:bordersDoNotSurroundFooter/><w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>'
    '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:spaceForUL/>'
    "<w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/>"
    "<w:doNotExpandShiftReturn/><w:adjustLineHeightInTable/><w:useFELayout/>"
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"'
    ' w:val="15"/></w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>'
    '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
)


def write_base_template(path: pathlib.Path) -> None:
    """Write the empty base template; the bytes are the same on each run."""
    path.write_bytes(to_package(base_document()))


def base_document() -> WordDocument:
    """Return an empty document with the styles, page and page numbers."""
    document = Document()
    _replace_part(document, RELATIONSHIP_TYPE.STYLES, styles_xml())
    _replace_part(document, RELATIONSHIP_TYPE.FONT_TABLE, fonts_table_xml())
    settings = _SETTINGS.format(names=nsdecls("w"))
    _replace_part(document, RELATIONSHIP_TYPE.SETTINGS, settings)
    for identifier, relationship in list(document.part.rels.items()):
        if relationship.reltype in _LEFT_OVERS:
            document.part.rels.pop(identifier)
    for identifier, relationship in list(document.part.package.rels.items()):
        if relationship.reltype.endswith(("/thumbnail", "/extended-properties")):
            document.part.package.rels.pop(identifier)
    for paragraph in list(document.element.body.findall(qn("w:p"))):
        document.element.body.remove(paragraph)
    set_page(document.sections[0])
    _write_footers(document.sections[0])
    _write_properties(document)
    return document


def to_package(document: WordDocument) -> bytes:
    """Return the bytes of a document: no clock, no order of a set."""
    buffer = io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    properties = parse_part(members["docProps/core.xml"])
    clean_properties(properties)
    return write_package({**members, "docProps/core.xml": to_bytes(properties)})


def _replace_part(document: WordDocument, kind: str, xml: str) -> None:
    part = document.part.part_related_by(kind)
    if isinstance(part, XmlPart):
        part._element = parse_xml(xml)
    else:
        part._blob = (DECLARATION + xml).encode()


def set_page(section: PageSection) -> None:
    """Set A4 with the margins of the standard: 37, 35, 28 and 26 mm."""
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    # The dash stands 7 mm below the type area: the footer 25 mm from the edge.
    section.header_distance, section.footer_distance = Mm(15), Mm(25)
    for grid in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(grid)
    # 225 mm ÷ 22 lines. No charSpace: LibreOffice saves a negative one as 4294966271.
    section._sectPr.append(
        parse_xml(f'<w:docGrid {nsdecls("w")} w:type="lines" w:linePitch="579"/>')
    )


def _write_footers(section: PageSection) -> None:
    """Number odd pages on the right, even ones on the left; headers exist, though empty.

    A draft puts its watermark into the headers.
    """
    for header in (section.header, section.even_page_header):
        header.is_linked_to_previous = False
        header.paragraphs[0].style = "Normal"
    _write_footer(section.footer, "页码单")
    _write_footer(section.even_page_footer, "页码双")


def _write_footer(footer: Footer, style: str) -> None:
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.style = style
    runs = parse_xml(f"<w:p {nsdecls('w')}>{_PAGE_NUMBER}</w:p>")
    for run in list(runs):
        paragraph._p.append(run)


def _write_properties(document: WordDocument) -> None:
    properties = document.core_properties
    properties.author = properties.comments = properties.keywords = ""
    properties.title = properties.subject = ""
    properties.language = "zh-CN"
