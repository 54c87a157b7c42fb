"""Two documents as one with tracked changes: accepted it is the new one, rejected the old one.

Both come from the same renderer, so their XML is known and flat. The package is the new one;
what is not in the body is not tracked, and `Redline.untracked` says so.
"""

import io
from collections.abc import Iterator, Mapping

from msgspec import Struct

from generator.patterns import pattern
from generator.rendering.package import read_package, write_package
from generator.rendering.redline_blocks import merge_blocks
from generator.rendering.redline_text import Stamp
from generator.rendering.xml_tree import (
    CONTENT_TYPES,
    NAMES,
    Element,
    canonical,
    copy_of,
    local_name,
    make_in,
    parse_xml,
    to_bytes,
    w,
)

_DOCUMENT, _RELATIONS = "word/document.xml", "word/_rels/document.xml.rels"
_STYLES, _TYPES = "word/styles.xml", "[Content_Types].xml"
_TRACKED = ("ins", "del", "pPrChange", "trPrChange", "tcPrChange", "tblPrChange", "tblGridChange")
_USES = ("pStyle", "rStyle", "tblStyle")
_RELATED = pattern(r"\{.*/officeDocument/2006/relationships\}")
_SIDES = {"header": "页眉", "footer": "页脚", "styles": "样式", "numbering": "编号"}
_PICTURE_ID = "docPr"


class Redline(Struct, frozen=True):
    """A document with tracked changes."""

    blob: bytes
    changes: int  # paragraphs, and rows that are inserted or deleted
    untracked: tuple[str, ...]  # what is other than before and only as it is now


def make_redline(old: bytes, new: bytes, stamp: Stamp) -> Redline:
    """Return the new document with every change of its body tracked.

    Raises:
        PackageError: One of them is no package.
        XmlError: A part is not well-formed.
    """
    before, after = read_package(io.BytesIO(old)), read_package(io.BytesIO(new))
    root = parse_xml(after[_DOCUMENT])
    was = _body(parse_xml(before[_DOCUMENT]))
    body = _body(root)
    blocks = merge_blocks(was, body, stamp)
    section = body.findall(w("sectPr"))
    untracked = tuple(_untracked(before, after, was.findall(w("sectPr")), section))
    for child in list(body):
        body.remove(child)
    body.extend([*blocks, *section])
    members = dict(after)
    _bring_parts(root, before, members)
    _bring_styles(root, before, members)
    _number(root)
    members[_DOCUMENT] = to_bytes(root)
    return Redline(write_package(members), _count(body), untracked)


def _body(root: Element) -> Element:
    body = root.find("w:body", NAMES)
    return root if body is None else body


def _untracked(
    before: Mapping[str, bytes], after: Mapping[str, bytes], was: list[Element], now: list[Element]
) -> Iterator[str]:
    for start, title in _SIDES.items():
        parts = {
            name
            for name in {*before, *after}
            if name.startswith(f"word/{start}") and before.get(name) != after.get(name)
        }
        if parts:
            yield title
    if [canonical(one) for one in was] != [canonical(one) for one in now]:
        yield "页面设置"


def _relations(members: Mapping[str, bytes]) -> Element:
    empty = f'<Relationships xmlns="{NAMES["rel"]}"/>'.encode()
    return parse_xml(members.get(_RELATIONS, empty))


def _bring_parts(root: Element, before: Mapping[str, bytes], members: dict[str, bytes]) -> None:
    """Take over the pictures and links that only deleted text uses; they have names of their own.

    A reference that leads nowhere in the new document is dropped (a header of a deleted section).
    """
    relations = _relations(members)
    known = {one.get("Id", ""): one for one in relations}
    old = {one.get("Id", ""): one for one in _relations(before)}
    for element in list(root.iter()):
        for name, identifier in list(element.attrib.items()):
            if not _RELATED.match(str(name)) or str(identifier) in known:
                continue
            relation = old.get(str(identifier))
            target = "" if relation is None else f"word/{relation.get('Target', '')}"
            is_outside = relation is not None and relation.get("TargetMode") == "External"
            if relation is not None and (is_outside or target.startswith("word/media/")):
                relations.append(copy_of(relation))
                known[str(identifier)] = relation
                if not is_outside:
                    members[target] = before[target]
                    _bring_type(target, before, members)
            elif local_name(element).endswith("Reference"):
                _drop(element)
    if len(relations):
        members[_RELATIONS] = to_bytes(relations)


def _drop(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _bring_type(target: str, before: Mapping[str, bytes], members: dict[str, bytes]) -> None:
    ending = target.rpartition(".")[2]
    types = parse_xml(members[_TYPES])
    if ending in {one.get("Extension", "") for one in types}:
        return
    for one in parse_xml(before[_TYPES]).findall("ct:Default", NAMES):
        if one.get("Extension", "") == ending:
            kind = {"Extension": ending, "ContentType": one.get("ContentType", "")}
            types.insert(0, make_in(CONTENT_TYPES, "Default", kind))
    members[_TYPES] = to_bytes(types)


def _bring_styles(root: Element, before: Mapping[str, bytes], members: dict[str, bytes]) -> None:
    """Take over the styles that only deleted text uses, with those they are based on."""
    if before.get(_STYLES) == members.get(_STYLES) or not {_STYLES} <= members.keys() & before:
        return
    styles = parse_xml(members[_STYLES])
    known = {one.get(w("styleId"), "") for one in styles.iter(w("style"))}
    old = {one.get(w("styleId"), ""): one for one in parse_xml(before[_STYLES]).iter(w("style"))}
    wanted = [e.get(w("val"), "") for name in _USES for e in root.iter(w(name))]
    while wanted:
        name = wanted.pop()
        if name in known or name not in old:
            continue
        known.add(name)
        styles.append(copy_of(old[name]))
        uses = (old[name].find(w(one)) for one in ("basedOn", "next", "link"))
        wanted += [one.get(w("val"), "") for one in uses if one is not None]
    members[_STYLES] = to_bytes(styles)


def _number(root: Element) -> None:
    """Number changes and pictures through: a number stands once in a document."""
    tracked = list(root.iter(*(w(name) for name in _TRACKED)))
    others = [e.get(w("id"), "") for e in root.iter() if e.get(w("id")) and e not in set(tracked)]
    first = max((int(one) for one in others if one.isdecimal()), default=0) + 1
    for number, element in enumerate(tracked, first):
        element.set(w("id"), str(number))
    for number, element in enumerate(root.iter(f"{{{NAMES['wp']}}}{_PICTURE_ID}"), 1):
        element.set("id", str(number))


def _count(body: Element) -> int:
    rows = [row for row in body.iter(w("tr")) if _is_tracked(row.find(w("trPr")))]
    inside = {one for row in rows for one in row.iter(w("p"))}
    names = [w(name) for name in _TRACKED[:3]]
    others = (one for one in body.iter(w("p")) if one not in inside)
    return len(rows) + sum(next(one.iter(*names), None) is not None for one in others)


def _is_tracked(properties: Element | None) -> bool:
    return properties is not None and any(local_name(one) in ("ins", "del") for one in properties)
