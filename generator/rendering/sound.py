"""A finished document with nothing wrong, told without reading again what was read before.

A part that is equal byte for byte to one of an earlier document is judged once, the main part by
the shapes it consists of. The answer is yes only when no rule has anything to say; what exactly is
wrong is for `validity`, which asks the same rules of every part.
"""

from collections.abc import Mapping
from functools import lru_cache

from generator.rendering.body import Body
from generator.rendering.package_rules import TYPES, package_problems, read_defined, source_of
from generator.rendering.part_rules import (
    Known,
    Uses,
    is_whole,
    read_known,
    read_relations,
    read_uses,
    use_problems,
)
from generator.rendering.tables import grid_problems
from generator.rendering.xml_tree import XmlError, parse_xml

STYLES, NUMBERING = "word/styles.xml", "word/numbering.xml"
_DEFINITIONS = (STYLES, NUMBERING, "word/settings.xml", "word/fontTable.xml")
_MOST_PARTS, _MOST_PACKAGES = 256, 64  # that are remembered


def is_text(name: str) -> bool:
    """Say whether a part holds text, so that the rules for text are asked of it."""
    return name.startswith("word/") and name.endswith(".xml") and name not in _DEFINITIONS


def is_sound(members: Mapping[str, bytes], body: Body | None) -> bool:
    """Say whether it is certain that nothing is wrong with a document.

    Args:
        members: The document.
        body: What its main part was read as; None when it is not certain.
    """
    if body is None:
        return False
    fixed = tuple([blob for name, blob in members.items() if name == TYPES or _is_relations(name)])
    defined = _read_package(tuple(members), fixed)
    known = _read_known(members.get(STYLES), members.get(NUMBERING))
    if defined is None or known is None:
        return False
    for name, blob in members.items():
        if not name.endswith((".xml", ".rels")):
            continue
        uses = body.uses if name == body.part else _read_uses(blob) if is_text(name) else None
        relations = _read_relations(blob) if uses is None else uses.relations
        if relations is None or not relations <= defined.get(name, relations):
            return False
        if is_text(name) and (uses is None or any(use_problems(uses, known))):
            return False
    return True


@lru_cache(_MOST_PARTS)
def _read_uses(blob: bytes) -> Uses | None:
    """Return what a part for text refers to; None when it breaks another rule."""
    try:
        root = parse_xml(blob)
    except XmlError:
        return None
    return read_uses(root) if is_whole(root) and not any(grid_problems(root)) else None


@lru_cache(_MOST_PARTS)
def _read_relations(blob: bytes) -> frozenset[str] | None:
    """Return the relationships that a part of another kind uses; None when it is no XML."""
    try:
        return read_relations(parse_xml(blob))
    except XmlError:
        return None


@lru_cache(_MOST_PACKAGES)
def _read_package(
    names: tuple[str, ...], blobs: tuple[bytes, ...]
) -> Mapping[str, frozenset[str]] | None:
    """Return the relationships that each part may use; None when something is wrong.

    Args:
        names: All members.
        blobs: Those that hold content types and relationships, in the order of their names.
    """
    fixed = [name for name in names if name == TYPES or _is_relations(name)]
    try:
        parts = {name: parse_xml(blob) for name, blob in zip(fixed, blobs, strict=True)}
    except XmlError:
        return None
    if any(package_problems(names, parts)):
        return None
    return {source_of(name): read_defined(parts[name]) for name in fixed if _is_relations(name)}


@lru_cache(_MOST_PACKAGES)
def _read_known(styles: bytes | None, numbering: bytes | None) -> Known | None:
    parts = (styles, numbering)
    try:
        return read_known(*(None if blob is None else parse_xml(blob) for blob in parts))
    except XmlError:
        return None


def _is_relations(name: str) -> bool:
    return name.endswith(".rels")
