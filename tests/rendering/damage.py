"""Documents damaged at random: what a fault of a template, of data or of the program may leave."""

import re

from hypothesis import strategies as st

_TOKEN = re.compile(r"<[^>]+>|[^<]+")
_ELEMENTS = ("w:tr", "w:p", "w:tc", "w:r", "w:t", "w:tbl", "w:tcPr", "w:pPr", "w:vMerge")
_FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
_MADE = (
    "<w:p/>",
    "<w:tr/>",
    "<w:tbl/>",
    "<w:vMerge/>",
    '<w:vMerge w:val="restart"/>',
    '<w:gridSpan w:val="2"/>',
    '<w:trPr><w:gridBefore w:val="1"/></w:trPr>',
    "<w:tc><w:p/></w:tc>",
    "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>",
    "<w:tr><w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc></w:tr>",
    '<w:p><w:r><w:t xml:space="preserve"> 甲　乙 </w:t></w:r></w:p>',
    "<w:p><w:r><w:t>{</w:t></w:r><w:r><w:t>{ x</w:t></w:r></w:p>",
    '<w:r><w:t xml:space="preserve">{</w:t><w:tab/><w:t>%</w:t></w:r>',
    '<w:p w:x="1"><w:r><w:t>有属性</w:t></w:r></w:p>',
    '<w:pStyle w:val="Nothing"/>',
    '<w:numPr><w:numId w:val="77"/></w:numPr>',
    '<w:bookmarkStart w:id="1" w:name="a"/>',
    '<wp:docPr id="1" name="a"/>',
    '<w:x r:id="rId99"/>',
    '<w:x r:id="rId1"/>',
    _FIELD.format("begin"),
    _FIELD.format("separate"),
    _FIELD.format("end"),
    "<w:r><w:instrText> PAGE </w:instrText></w:r>",
    '<w:fldSimple w:instr="PAGE"><w:r><w:t xml:space="preserve">7</w:t></w:r></w:fldSimple>',
    "<w:txbxContent/>",
    "<w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent>",
    "<!-- <w:tr> -->",
    "<![CDATA[<w:p>]]>",
    "<?x <w:p> ?>",
    "<w:br/>",
    "<w:noBreakHyphen/>",
    '<w:tr xmlns:w="x"/>',
)
_SAID = (
    "文",
    " ",
    "　",
    "\n",
    "\xa0",
    "{{ x }}",
    "{",
    "%",
    "{#",
    "\ufdd0",
    "\ue0000\ue001",
    "\x01",
)
_SAID += ("\x00", "\ufffe", "&lt;", "&amp;lt;", "&#39;", "&#123;", "&#9;", "&no;", "&", "]]>", "<")
_AROUND = ("w:sdt", "w:del", "w:ins", "w:hyperlink", "w:txbxContent", "w:x")
_RENAMED = (
    ("<w:tr>", '<w:tr w:rsidR="1">'),
    ("<w:p>", '<w:p w:rsidR="1">'),
    ("<w:p>", "<w:p  >"),
    ('<w:t xml:space="preserve">', "<w:t>"),
    ('<w:t xml:space="preserve">', '<w:instrText xml:space="preserve">'),
    ("</w:tr>", "</w:tr >"),
    ("xmlns:w=", "xmlns:w2="),
    ("<w:body>", "<w:body> <w:p/>"),
    ("<w:body>", '<w:body xmlns:r="x">'),
    (' encoding="UTF-8"', ' encoding="GBK"'),
)


@st.composite
def damages(draw, text):
    """Draw a text of XML with one to three faults."""
    for _ in range(draw(st.integers(1, 3))):
        fault = draw(st.sampled_from((_drop, _insert, _say, _rename, _copy, _cut, _wrap)))
        text = fault(draw, text)
    return text


def _boundary(draw, text):
    tokens = list(_TOKEN.finditer(text))
    return tokens[draw(st.integers(1, len(tokens) - 1))].start() if len(tokens) > 1 else 0


def _drop(draw, text):
    tokens = list(_TOKEN.finditer(text)) or [re.match("", text)]
    token = draw(st.sampled_from(tokens))
    return text[: token.start()] + text[token.end() :]


def _insert(draw, text):
    at = _boundary(draw, text)
    return text[:at] + draw(st.sampled_from(_MADE)) + text[at:]


def _say(draw, text):
    """Put characters into a text, or where no text is allowed."""
    said = [found.start(1) for found in re.finditer(r'preserve">([^<])', text)]
    at = draw(st.sampled_from(said)) if said and draw(st.booleans()) else _boundary(draw, text)
    return text[:at] + draw(st.sampled_from(_SAID)) + text[at:]


def _rename(draw, text):
    old, new = draw(st.sampled_from(_RENAMED))
    places = [found.start() for found in re.finditer(re.escape(old), text)]
    if not places:
        return text
    at = draw(st.sampled_from(places))
    return text[:at] + text[at:].replace(old, new, 1)


def _element(draw, text):
    """Return where an element without another of its name begins and ends."""
    name = draw(st.sampled_from(_ELEMENTS))
    pattern = rf"<{name}(?: [^>]*)?>(?:(?!<{name}[ >]).)*?</{name}>|<{name}(?: [^>]*)?/>"
    found = [one.span() for one in re.finditer(pattern, text)]
    return draw(st.sampled_from(found)) if found else (0, 0)


def _copy(draw, text):
    begin, end = _element(draw, text)
    at = end if draw(st.booleans()) else _boundary(draw, text)
    return text[:at] + text[begin:end] + text[at:]


def _cut(draw, text):
    begin, end = _element(draw, text)
    return text[:begin] + text[end:]


def _wrap(draw, text):
    begin, end = _element(draw, text)
    name = draw(st.sampled_from(_AROUND))
    inside = text[begin:end]
    if name == "w:sdt":
        inside = f"<w:sdtContent>{inside}</w:sdtContent>"
    return f"{text[:begin]}<{name}>{inside}</{name}>{text[end:]}"
