"""Opens a template's package: what the libraries take for granted is looked at first."""

import pathlib
import posixpath

from generator.rendering.package import PackageError, read_package
from generator.rendering.xml_tree import CONTENT_TYPES, NAMES, RELATIONSHIPS, parse_xml

_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_DOCUMENT = "/officeDocument"
_ROOTS = {
    "[Content_Types].xml": f"{{{CONTENT_TYPES}}}Types",
    "_rels/.rels": f"{{{RELATIONSHIPS}}}Relationships",
}


def open_package(path: pathlib.Path) -> dict[str, bytes]:
    """Return the members of a .docx, all its XML well-formed and its document in place.

    Raises:
        PackageError: It is no .docx.
        XmlError: A part is not well-formed, or holds entities.
    """
    members = read_package(path)
    roots = {
        name: parse_xml(blob) for name, blob in members.items() if name.endswith((".xml", ".rels"))
    }
    for name, tag in _ROOTS.items():
        if name not in roots or roots[name].tag != tag:
            raise PackageError(f"缺少 {name}")
    document = ""
    for relationship in roots["_rels/.rels"].findall("rel:Relationship", NAMES):
        if relationship.get("Type", "").endswith(_DOCUMENT):
            document = posixpath.normpath(relationship.get("Target", "").lstrip("/"))
    overrides = roots["[Content_Types].xml"].findall("ct:Override", NAMES)
    types = {entry.get("PartName", ""): entry.get("ContentType", "") for entry in overrides}
    if document not in members or types.get(f"/{document}") != _MAIN:
        raise PackageError("里面没有 Word 文档，请另存为 .docx")
    if "word/styles.xml" not in members:
        raise PackageError("缺少 word/styles.xml")
    return members
