"""Tracked changes accepted or rejected as ECMA-376 (17.13.5) says, apart from what writes them."""

import io
import zipfile

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_APART = {f"{W}{name}" for name in ("rPr", "sectPr")}  # of a paragraph's properties


def body_of(blob):
    """Return the body of a document."""
    with zipfile.ZipFile(io.BytesIO(blob)) as archive:
        return etree.fromstring(archive.read("word/document.xml")).find(f"{W}body")


def accept(blob):
    """Return the body of a document with every change accepted."""
    return _settle(body_of(blob), stays="ins", goes="del")


def reject(blob):
    """Return the body of a document with every change rejected."""
    body = body_of(blob)
    for change in [e for e in body.iter() if str(e.tag).endswith("PrChange")]:
        holder, before = change.getparent(), change[0]
        kept = [e for e in holder if e.tag in _APART] if before.tag == f"{W}pPr" else []
        holder[:] = [*before, *kept]
    for change in list(body.iter(f"{W}tblGridChange")):
        change.getparent()[:] = list(change[0])
    for text in body.iter(f"{W}delText", f"{W}delInstrText"):
        text.tag = f"{W}{'t' if text.tag == f'{W}delText' else 'instrText'}"
    return _settle(body, stays="del", goes="ins")


def _settle(body, *, stays, goes):
    for row in list(body.iter(f"{W}tr")):
        if row.find(f"{W}trPr/{W}{goes}") is not None:
            row.getparent().remove(row)
    for table in list(body.iter(f"{W}tbl")):
        if table.find(f"{W}tr") is None:
            table.getparent().remove(table)
    ended = [p for p in body.iter(f"{W}p") if p.find(f"{W}pPr/{W}rPr/{W}{goes}") is not None]
    for change in list(body.iter(f"{W}{goes}")):
        change.getparent().remove(change)
    for change in list(body.iter(f"{W}{stays}")):
        at = change.getparent().index(change)
        change.getparent()[at : at + 1] = list(change)
    for change in [e for e in body.iter() if str(e.tag).endswith("Change")]:
        change.getparent().remove(change)
    for paragraph in reversed(ended):  # without its mark a paragraph goes on in the next one
        rest, following = list(paragraph)[1:], paragraph.getnext()
        if rest:
            assert following.tag == f"{W}p", "text without an end before a table"
            at = int(following.find(f"{W}pPr") is not None)
            following[at:at] = rest
        assert following is not None, "the last mark of a body or cell cannot go"
        paragraph.getparent().remove(paragraph)
    return body


def canon(holder):
    """Return blocks as plain values: properties, runs joined by look, rows and cells."""
    blocks = []
    for block in holder:
        if block.tag == f"{W}p":
            blocks.append((_look(block.find(f"{W}pPr")), _runs(block)))
        elif block.tag == f"{W}tbl":
            rows = [
                (_look(row.find(f"{W}trPr")), [_cell(cell) for cell in row.findall(f"{W}tc")])
                for row in block.findall(f"{W}tr")
            ]
            head = [_look(block.find(f"{W}{name}")) for name in ("tblPr", "tblGrid")]
            blocks.append((*head, rows))
    return blocks


def _cell(cell):
    return _look(cell.find(f"{W}tcPr")), canon(cell)


def _look(properties):
    children = [] if properties is None else properties
    return "".join(_text(one) for one in children if one.tag not in _APART)


def _runs(paragraph):
    pieces = []
    for run in paragraph.iter(f"{W}r"):
        look = _look(run.find(f"{W}rPr"))
        for child in run:
            if child.tag == f"{W}rPr":
                continue
            text = child.text or "" if child.tag == f"{W}t" else _text(child)
            if pieces and pieces[-1][0] == look:
                pieces[-1] = (look, pieces[-1][1] + text)
            elif text:
                pieces.append((look, text))
    return pieces


def _text(element):
    for picture in element.iter("{*}docPr"):
        picture.set("id", "0")
    return etree.tostring(element, method="c14n", exclusive=True, with_tail=False).decode()
