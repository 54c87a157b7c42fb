"""A finished document with nothing wrong, told without reading again what was read before.

A part that is equal byte for byte to one of an earlier document is judged once, the main part by
the shapes it consists of. The answer is yes only when no rule has anything to say; what exactly is
wrong is for `validity`, which asks the same rules of every part.
"""

from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct

from generator.patterns import pattern
from generator.rendering.body import BEGIN, Body, is_plain_text, is_unusual
from generator.rendering.judgements import remembered
from generator.rendering.package import Kept
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
_SAID = pattern(b">[^<]+<")
_VALUE = pattern(b'="(?<!xmlns=")[^"<]*"')
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
    parts = _read_package(tuple(members), fixed)
    known = _read_known(members.get(STYLES), members.get(NUMBERING))
    if parts is None or known is None:
        return False
    for part in parts:
        blob = members[part.name]
        if not part.is_text:
            relations = _read_relations(blob) if isinstance(blob, Kept) else _read_own(blob)
            if relations is None or not (part.defined is None or relations <= part.defined):
                return False
            continue
        uses = body.uses if part.name == body.part else _read_uses(blob)
        if uses is None or not _are_defined(uses, known, part.defined):
            return False
    return True


class _Part(Struct, frozen=True):
    """A part that is XML."""

    name: str
    is_text: bool
    defined: frozenset[str] | None  # relationships that it may use; None: as it likes


@remembered(_MOST_PARTS)
def _read_uses(blob: bytes) -> Uses | None:
    """Return what a part for text refers to; None when it breaks another rule."""
    try:
        root = parse_xml(blob)
    except XmlError:
        return None
    return read_uses(root) if is_whole(root) and not any(grid_problems(root)) else None


@remembered(_MOST_PARTS)
def _read_relations(blob: bytes) -> frozenset[str] | None:
    """Return the relationships that a part of another kind uses; None when it is no XML."""
    try:
        return read_relations(parse_xml(blob))
    except XmlError:
        return None


def _read_own(blob: bytes) -> frozenset[str] | None:
    """Return the relationships that a part uses which no other document has, such as a seal."""
    bare = _strip(blob)
    relations = None if bare is None else _read_relations(bare)
    return _read_relations(blob) if relations is None else relations


def _strip(blob: bytes) -> bytes | None:
    """Return a part that says x for each text and each value; None where that is not certain.

    It is XML only if the part is: in what it holds, a `>` before a text and a `<` behind it end and
    begin a tag, and a value stands between double quotes. Values stay where names have a prefix.
    """
    if not blob.startswith(BEGIN) or is_unusual(blob):
        return None
    bare = blob[len(BEGIN) :]
    try:
        if not is_plain_text(bare.decode()):
            return None
    except UnicodeDecodeError:
        return None
    bare = _SAID.sub(b">x<", bare)
    if not any(one in bare for one in (b"xmlns:", b"xml:", b"'")):
        bare = _VALUE.sub(b'="x"', bare)
    return bare


@lru_cache(_MOST_PARTS)
def _are_defined(uses: Uses, known: Known, relations: frozenset[str] | None) -> bool:
    is_related = relations is None or uses.relations <= relations
    return is_related and not any(use_problems(uses, known))


@remembered(_MOST_PACKAGES)
def _read_package(names: tuple[str, ...], blobs: tuple[bytes, ...]) -> tuple[_Part, ...] | None:
    """Return the parts that are XML; None when something is wrong between the parts.

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
    defined = {source_of(name): read_defined(parts[name]) for name in fixed if _is_relations(name)}
    xml = (name for name in names if name.endswith((".xml", ".rels")))
    return tuple(_Part(name, is_text(name), defined.get(name)) for name in xml)


@remembered(_MOST_PACKAGES)
def _read_known(styles: bytes | None, numbering: bytes | None) -> Known | None:
    parts = (styles, numbering)
    try:
        return read_known(*(None if blob is None else parse_xml(blob) for blob in parts))
    except XmlError:
        return None


def _is_relations(name: str) -> bool:
    return name.endswith(".rels")
