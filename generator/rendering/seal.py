"""The seal of a document: a part that nobody sees, with the hashes of all it was made from.

It says where a document comes from and lets an edit be noticed. It is no signature: whoever can
write a Word file can write a seal too, so `verify` renders again wherever the data are there.
"""

import posixpath
from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct

from generator import __version__
from generator.rendering.docx_text import find_document
from generator.rendering.judgements import remembered
from generator.rendering.package import Kept
from generator.rendering.xml_tree import (
    CONTENT_TYPES,
    DECLARATION,
    OFFICE,
    RELATIONSHIPS,
    Element,
    XmlError,
    make_in,
    parse_xml,
    to_bytes,
)

_NAMESPACE = "urn:ziping:seal:1"
_DRAFT = "草稿"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_PROPERTIES = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_TYPES = "[Content_Types].xml"
_ITEM_ID = "{6B1F3C52-8A0E-4D27-9C41-7E5A90D2B318}"  # names the kind of part, not the document
_ID = "rIdSeal"
_PROPERTIES_PART = Kept(
    f'{DECLARATION}<ds:datastoreItem xmlns:ds="{_CUSTOM}" ds:itemID="{_ITEM_ID}"><ds:schemaRefs>'
    f'<ds:schemaRef ds:uri="{_NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'.encode()
)
_QUOTED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
_QUOTED |= {"\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
_QUOTES = str.maketrans(_QUOTED)
_MOST_BEDS = 64  # that are remembered
_NO_RELATIONS = f'<Relationships xmlns="{RELATIONSHIPS}"/>'.encode()  # LibreOffice: no prefixes


class Seal(Struct, frozen=True):
    """What a document says of its origin."""

    owner: str  # 2020/unit/project, or 2020/unit of a 合订 document
    document: str  # its name in the form
    form: str
    year: str
    inputs: Mapping[str, str]  # file, relative to the root → sha256
    is_draft: bool = False
    program: str = __version__
    text: str = ""  # digest of the printed text; set when the document is sealed


def put_seal(members: Mapping[str, bytes], seal: Seal) -> dict[str, bytes]:
    """Return the members of a package with the seal in it; nothing that is printed changes."""
    item = _free_name(members)
    document = find_document(members)
    folder, name = posixpath.split(document)
    relations = f"{folder}/_rels/{name}.rels"
    bed = _make_bed(members[_TYPES], members.get(relations, _NO_RELATIONS), folder, item)
    return {
        **members,
        _TYPES: bed.types,
        relations: bed.relations,
        f"customXml/{item}": _write(seal),
        f"customXml/{bed.properties}": _PROPERTIES_PART,
        f"customXml/_rels/{item}.rels": bed.beside,
    }


def read_seal(members: Mapping[str, bytes]) -> Seal | None:
    """Return the seal of a package, or None; the part may have been given another name."""
    for name in sorted(members):
        if not name.startswith("customXml/") or _NAMESPACE.encode() not in members[name]:
            continue
        try:
            root = parse_xml(members[name])
        except XmlError:
            continue
        if root.tag == f"{{{_NAMESPACE}}}seal":
            inputs = {one.get("file", ""): one.get("sha256", "") for one in root}
            said = {key: str(value) for key, value in root.attrib.items()}
            return Seal(
                owner=said.get("project", ""),
                document=said.get("document", ""),
                form=said.get("form", ""),
                year=said.get("year", ""),
                inputs=inputs,
                is_draft=said.get("state") == _DRAFT,
                program=said.get("program", ""),
                text=said.get("text", ""),
            )
    return None


class _Bed(Struct, frozen=True):
    """What the seals of all documents of a template lie in."""

    types: bytes
    relations: bytes
    beside: bytes
    properties: str  # the name of a part


@lru_cache(_MOST_BEDS)
def _make_bed(types: bytes, relations: bytes, folder: str, item: str) -> _Bed:
    listed, related, beside, properties = _write_bed(types, relations, folder, item)
    return _Bed(Kept(listed), Kept(related), Kept(beside), properties)


@remembered(_MOST_BEDS)
def _write_bed(
    types: bytes, relations: bytes, folder: str, item: str
) -> tuple[bytes, bytes, bytes, str]:
    properties = item.removesuffix(".xml").replace("item", "itemProps") + ".xml"
    listed = parse_xml(types)
    entry = {"PartName": f"/customXml/{properties}", "ContentType": _PROPERTIES}
    listed.append(make_in(CONTENT_TYPES, "Override", entry))
    if all(one.get("Extension", "").lower() != "xml" for one in listed):
        entry = {"Extension": "xml", "ContentType": "application/xml"}
        listed.insert(0, make_in(CONTENT_TYPES, "Default", entry))
    beside = parse_xml(_NO_RELATIONS)
    _relate(beside, "rId1", "customXmlProps", properties)
    root = parse_xml(relations)
    _relate(root, _ID, "customXml", posixpath.relpath(f"customXml/{item}", folder or "."))
    return to_bytes(listed), to_bytes(root), to_bytes(beside), properties


def _write(seal: Seal) -> bytes:
    said = {
        "program": seal.program,
        "project": seal.owner,
        "document": seal.document,
        "form": seal.form,
        "year": seal.year,
        **({"state": _DRAFT} if seal.is_draft else {}),
        "text": seal.text,
    }
    head = " ".join(f'{key}="{_quote(value)}"' for key, value in said.items())
    inputs = (
        f'<input file="{_quote(file)}" sha256="{_quote(seal.inputs[file])}"/>'
        for file in sorted(seal.inputs)
    )
    content = "".join(inputs)
    end = f">{content}</seal>" if content else "/>"
    return f'{DECLARATION}<seal xmlns="{_NAMESPACE}" {head}{end}'.encode()


def _quote(value: str) -> str:
    """Write a value of an attribute."""
    is_quoted = any(one in value for one in _QUOTED)
    return value.translate(_QUOTES) if is_quoted else value


def _relate(root: Element, identifier: str, kind: str, target: str) -> None:
    entry = {"Id": identifier, "Type": f"{OFFICE}/{kind}", "Target": target}
    root.append(make_in(RELATIONSHIPS, "Relationship", entry))


def _free_name(members: Mapping[str, bytes]) -> str:
    """Return a name that no part of the template has: item1.xml and on."""
    number = 1
    while f"customXml/item{number}.xml" in members:
        number += 1
    return f"item{number}.xml"
