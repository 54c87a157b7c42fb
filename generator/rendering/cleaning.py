"""What a template must not hand on: ids that must be unique, reviewers' names, the clerk's name."""

import re
from collections.abc import Mapping

from generator.patterns import pattern
from generator.rendering.xml_tree import (
    NAMES,
    W14,
    Element,
    W,
    local_name,
    parent_of,
    parse_xml,
    remove,
    to_bytes,
    w,
)

_DROPPED = (
    "proofErr",
    "lastRenderedPageBreak",
    "commentRangeStart",
    "commentRangeEnd",
    "permStart",
    "permEnd",
)
_PRIVATE_PART = pattern(
    r"(comments\w*|people)\.xml$|(^|/)_rels/comments\w*\.xml\.rels$|^docProps/thumbnail\."
)
_FIXED_TIME = "1980-01-01T00:00:00Z"
_PRIVATE_PROPERTIES = frozenset(("lastModifiedBy", "revision", "lastPrinted"))
_DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
_DESCRIBED = {"title": "{{ 年度 }}年度{{ 表名 }}", "subject": "{{ 表名 }}"}


def clean_part(root: Element) -> None:
    """Remove what breaks when a row is copied: paraId, rsid, anchors of comments, bookmarks."""
    for element in root.iter():
        for name in [str(name) for name in element.attrib]:
            if name.startswith((f"{{{W}}}rsid", f"{{{W14}}}paraId", f"{{{W14}}}textId")):
                del element.attrib[name]
    for element in list(root.iter(*(w(name) for name in _DROPPED))):
        remove(element)
    for reference in list(root.iter(w("commentReference"))):
        remove(parent_of(reference))
    _remove_bookmarks(root)


def _remove_bookmarks(root: Element) -> None:
    """Remove bookmarks that no field and no link of this part points at."""
    fields = " ".join(text.text or "" for text in root.iter(w("instrText")))
    fields += " ".join(str(field.get(w("instr"))) for field in root.iter(w("fldSimple")))
    links = {link.get(w("anchor")) for link in root.iter(w("hyperlink"))}
    kept = set()
    for start in list(root.iter(w("bookmarkStart"))):
        name = start.get(w("name"), "")
        if name in links or re.search(rf"(?<!\w){re.escape(name)}(?!\w)", fields):
            kept.add(start.get(w("id")))
        else:
            remove(start)
    for end in list(root.iter(w("bookmarkEnd"))):
        if end.get(w("id")) not in kept:
            remove(end)


def clean_properties(root: Element) -> None:
    """Remove blanks and who saved the template last, and fix the dates: output has no clock."""
    for element in list(root):
        if local_name(element) in ("created", "modified"):
            element.text = _FIXED_TIME
        elif local_name(element) in _PRIVATE_PROPERTIES or not (element.text or "").strip():
            remove(element)


def describe(root: Element) -> None:
    """Give a template that has no title or subject tags for them; every form knows their names."""
    for name, tag in _DESCRIBED.items():
        if root.find(f"{{{_DUBLIN_CORE}}}{name}") is None:
            element = root.makeelement(f"{{{_DUBLIN_CORE}}}{name}")
            element.text = tag
            root.append(element)


def drop_private_parts(members: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return a package without comments, people and thumbnail, and without mention of them."""
    dropped = {name for name in members if _PRIVATE_PART.search(name)}
    kept = {name: blob for name, blob in members.items() if name not in dropped}
    if not dropped:
        return kept
    for name, blob in kept.items():
        if name.endswith(".rels"):
            kept[name] = _without_relationships(name, blob, dropped)
    types = parse_xml(kept["[Content_Types].xml"])
    for override in types.findall("ct:Override", NAMES):
        if override.get("PartName", "").lstrip("/") in dropped:
            types.remove(override)
    kept["[Content_Types].xml"] = to_bytes(types)
    return kept


def _without_relationships(name: str, blob: bytes, dropped: set[str]) -> bytes:
    folder = name.rpartition("_rels/")[0]
    root = parse_xml(blob)
    count = len(root)
    for relationship in root.findall("rel:Relationship", NAMES):
        target = relationship.get("Target", "")
        full_name = target.lstrip("/") if target.startswith("/") else folder + target
        if relationship.get("TargetMode") != "External" and full_name in dropped:
            root.remove(relationship)
    return to_bytes(root) if len(root) != count else blob
