"""Known-bad documents, and who must reject each: the Open XML SDK, our own rules, or both."""

import re
import zipfile

DOCUMENT, FOOTER = "word/document.xml", "word/footer1.xml"
RELATIONSHIPS = "word/_rels/document.xml.rels"
HEAD = '<w:pStyle w:val="TableHead"/>'
NUMBER = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr>'
CELL_TEXT = r'<w:p><w:pPr><w:pStyle w:val="TableText"/>.*?</w:p>(?=</w:tc>)'
SPAN, RELATION = r'<w:gridSpan w:val="\d+"/>', r'r:id="rId\d+"'
SDK, RULES, BOTH = frozenset({"sdk"}), frozenset({"rules"}), frozenset({"sdk", "rules"})


def put(old, new):
    """Replace the first of a text."""
    return lambda text: text.replace(old, new, 1)


def match(pattern, new):
    """Replace the first match of a pattern."""
    return lambda text: re.sub(pattern, new, text, count=1)


BAD = {
    "unknown element": (DOCUMENT, put("<w:body>", "<w:body><w:nothing/>"), SDK),
    "paragraph in a row": (DOCUMENT, put("</w:tr>", "<w:p/></w:tr>"), SDK),
    "unknown merge": (DOCUMENT, put('<w:vMerge w:val="restart"/>', '<w:vMerge w:val="x"/>'), SDK),
    "span without number": (DOCUMENT, match(SPAN, '<w:gridSpan w:val="x"/>'), BOTH),
    "span past the grid": (DOCUMENT, match(SPAN, '<w:gridSpan w:val="99"/>'), RULES),
    "properties behind text": (DOCUMENT, put("</w:tcPr>", "</w:tcPr><w:tcPr/>"), SDK),
    "cell outside a row": (DOCUMENT, put("</w:tbl>", "<w:tc><w:p/></w:tc></w:tbl>"), SDK),
    "cell without paragraph": (DOCUMENT, match(CELL_TEXT, ""), RULES),
    "row without cell": (DOCUMENT, put("</w:tbl>", "<w:tr/></w:tbl>"), RULES),
    "table without row": (DOCUMENT, put("<w:sectPr", "<w:tbl/><w:sectPr"), BOTH),
    "merge that begins nowhere": (DOCUMENT, put("<w:gridSpan", "<w:vMerge/><w:gridSpan"), BOTH),
    "text outside a run": (DOCUMENT, put("<w:body>", "<w:body>文"), RULES),
    "tag that is left": (DOCUMENT, put("总分", "{{ 总分 }}"), RULES),
    "unknown style": (DOCUMENT, put('w:val="TableHead"', 'w:val="Nothing"'), RULES),
    "unknown list": (DOCUMENT, put(HEAD, HEAD + NUMBER), RULES),
    "field without end": (FOOTER, put('<w:fldChar w:fldCharType="end"/>', ""), RULES),
    "unknown relationship": (DOCUMENT, match(RELATION, 'r:id="rId99"'), BOTH),
    "missing part": (RELATIONSHIPS, put("styles.xml", "nothing.xml"), BOTH),
    "half a part": (DOCUMENT, lambda text: text[: len(text) // 2], BOTH),
    "control character": (DOCUMENT, put("总分", "总\x01分"), BOTH),
}


def spoil(source, target, fault):
    """Write a copy of a document with one fault of `BAD`."""
    part, change, _ = BAD[fault]
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            blob = old.read(name)
            if name == part:
                text = blob.decode()
                changed = change(text)
                assert changed != text
                blob = changed.encode()
            new.writestr(name, blob)
