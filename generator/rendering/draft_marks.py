"""What makes a document a draft: 【待填：…】 highlighted, 草稿 behind the text of every page."""

import io
from collections.abc import Iterator

from docx import Document
from docx.document import Document as WordDocument

from generator.patterns import pattern
from generator.rendering.base_template import to_package
from generator.rendering.xml_tree import (
    SPACE,
    Element,
    copy_of,
    local_name,
    make,
    parent_of,
    parse_xml,
    w,
)

_BLANK = pattern("(【待填：[^】]*】)")
_AFTER = frozenset(  # what stands behind w:highlight in w:rPr
    (
        "u",
        "effect",
        "bdr",
        "shd",
        "fitText",
        "vertAlign",
        "rtl",
        "cs",
        "em",
        "lang",
        "eastAsianLayout",
    )
)
_WATERMARK = (
    '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">'
    '<w:pict><v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"'
    ' path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/>'
    '<v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>'
    '<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/>'
    '<v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas>'
    '<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
    '<v:shape id="draft{number}" o:spid="_x0000_s{shape}" type="#_x0000_t136" style="position:'
    "absolute;margin-left:0;margin-top:0;width:300pt;height:150pt;rotation:315;z-index:-251658752;"
    "mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
    'mso-position-vertical:center;mso-position-vertical-relative:margin" fillcolor="#c0c0c0"'
    ' stroked="f"><v:fill opacity=".5"/><v:textpath style="font-family:&quot;黑体&quot;;'
    'font-size:1pt" string="草稿"/></v:shape></w:pict></w:r>'
)


def mark_draft(blob: bytes) -> bytes:
    """Return a document as a draft: nothing of its own text is changed."""
    document = Document(io.BytesIO(blob))
    for run in list(document.element.body.iter(w("r"))):
        _highlight(run)
    for number, paragraph in enumerate(_first_paragraphs(document), 1):
        mark = _WATERMARK.format(number=number, shape=2048 + number)
        paragraph.append(parse_xml(mark.encode()))
    return to_package(document)


def _first_paragraphs(document: WordDocument) -> Iterator[Element]:
    """Yield the first paragraph of each header; the first section gets those that it lacks."""
    for index, section in enumerate(document.sections):
        headers = [section.header]
        if document.settings.odd_and_even_pages_header_footer:
            headers.append(section.even_page_header)
        if section.different_first_page_header_footer:
            headers.append(section.first_page_header)
        for header in headers:
            if header.is_linked_to_previous and index == 0:
                header.is_linked_to_previous = False
            if not header.is_linked_to_previous:
                yield header.paragraphs[0]._p


def _highlight(run: Element) -> None:
    """Put each mark of a run into a run of its own that has the same look, highlighted."""
    for text in run.findall(w("t")):
        pieces = [piece for piece in _BLANK.split(text.text or "") if piece]
        if not any(_BLANK.fullmatch(piece) for piece in pieces):
            continue
        before = list(text.itersiblings(preceding=True))[::-1]
        parent = parent_of(run)
        at = parent.index(run)
        look = next((child for child in before if child.tag == w("rPr")), None)
        head = make("r")
        head.extend([copy_of(child) for child in before])
        made = [head] if len(head) > (look is not None) else []
        for piece in pieces:
            one = make("r")
            properties = make("rPr") if look is None else copy_of(look)
            if _BLANK.fullmatch(piece):
                _set_highlight(properties)
            if len(properties):
                one.append(properties)
            own = make("t")
            own.text = piece
            own.set(SPACE, "preserve")
            one.append(own)
            made.append(one)
        for child in [*before, text]:
            if child is not look:
                run.remove(child)
        for offset, one in enumerate(made):
            parent.insert(at + offset, one)
    if all(child.tag == w("rPr") for child in run) and len(run):
        parent_of(run).remove(run)


def _set_highlight(properties: Element) -> None:
    for old in properties.findall(w("highlight")):
        properties.remove(old)
    place = sum(local_name(child) not in _AFTER for child in properties)
    properties.insert(place, make("highlight", val="yellow"))
