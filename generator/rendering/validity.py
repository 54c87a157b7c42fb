"""What makes Word call a document unreadable, and the Open XML SDK partly lets through."""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping

from generator.rendering.tables import table_problems
from generator.rendering.xml_tree import (
    NAMES,
    WP,
    Element,
    W,
    XmlError,
    local_name,
    parse_xml,
    w,
)

_TEXT_OWNERS = frozenset(w(name) for name in ("t", "instrText", "delText", "delInstrText"))
_STYLE_USES = ("pStyle", "rStyle", "tblStyle")
_TYPES, _STYLES, _NUMBERING = "[Content_Types].xml", "word/styles.xml", "word/numbering.xml"
_DEFINITIONS = (_STYLES, _NUMBERING, "word/settings.xml", "word/fontTable.xml")
_LEFT_OVER = re.compile(r"\{[{%#]|[\ufdd0\ufdd1]")
_UNIQUE = {f"{{{WP}}}docPr": "图形编号", w("bookmarkStart"): "书签编号"}
_MUST_HOLD_BLOCK = ("hdr", "ftr", "footnote", "endnote", "txbxContent", "comment")


def find_problems(document: bytes) -> tuple[str, ...]:
    """Return everything that is wrong with a finished document, in Chinese; empty when valid."""
    try:
        with zipfile.ZipFile(io.BytesIO(document)) as archive:
            names = archive.namelist()
            members = {name: archive.read(name) for name in names}
    except (zipfile.BadZipFile, EOFError) as error:
        return (f"压缩包无法读取（{type(error).__name__}）",)
    if len(members) != len(names):
        return ("压缩包里有同名的部件",)
    problems: list[str] = []
    parts: dict[str, Element] = {}
    for name, blob in members.items():
        if name.endswith((".xml", ".rels")):
            try:
                parts[name] = parse_xml(blob)
            except XmlError as error:
                problems.append(f"{name}：不是合法的 XML（{error}）")
    problems.extend(_package_problems(members, parts))
    known = _Known(parts)
    for name, root in parts.items():
        if name.startswith("word/") and name.endswith(".xml") and name not in _DEFINITIONS:
            problems.extend(f"{name}：{problem}" for problem in _part_problems(root, known))
    return tuple(problems)


class _Known:
    """The styles and lists that a document defines."""

    def __init__(self, parts: Mapping[str, Element]) -> None:
        self.styles = _values(parts.get(_STYLES), "style", "styleId")
        self.lists = {"0", *_values(parts.get(_NUMBERING), "num", "numId")}


def _values(root: Element | None, name: str, attribute: str) -> set[str]:
    if root is None:
        return set()
    return {element.get(w(attribute), "") for element in root.iter(w(name))}


def _package_problems(members: Mapping[str, bytes], parts: Mapping[str, Element]) -> Iterator[str]:
    """Check that each part has a content type, and that relationships lead somewhere."""
    types = parts.get(_TYPES)
    if types is None or "_rels/.rels" not in parts:
        yield "缺少 [Content_Types].xml 或 _rels/.rels"
        return
    defaults = {e.get("Extension", "").lower() for e in types.findall("ct:Default", NAMES)}
    overrides = {e.get("PartName", "") for e in types.findall("ct:Override", NAMES)}
    for name in members:
        extension = name.rpartition(".")[2].lower()
        if name != _TYPES and extension not in defaults and f"/{name}" not in overrides:
            yield f"{name}：没有内容类型"
    for override in sorted(overrides):
        if override.lstrip("/") not in members:
            yield f"[Content_Types].xml：{override} 不存在"
    for name, root in parts.items():
        if name.endswith(".rels"):
            yield from _relationship_problems(name, root, members, parts)


def _relationship_problems(
    name: str, root: Element, members: Mapping[str, bytes], parts: Mapping[str, Element]
) -> Iterator[str]:
    folder, _, file = name.partition("_rels/")
    identifiers = set()
    for relationship in root.findall("rel:Relationship", NAMES):
        target, identifier = relationship.get("Target", ""), relationship.get("Id", "")
        if identifier in identifiers:
            yield f"{name}：关系 {identifier} 重复"
        identifiers.add(identifier)
        if relationship.get("TargetMode") == "External":
            continue
        path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
        if posixpath.normpath(path) not in members:
            yield f"{name}：{target} 不存在"
    source = parts.get(folder + file.removesuffix(".rels"))
    if source is not None:
        for identifier in sorted(_relationships_used(source) - identifiers):
            yield f"{folder}{file.removesuffix('.rels')}：关系 {identifier} 没有定义"


def _relationships_used(root: Element) -> set[str]:
    prefix = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
    return {
        str(value)
        for element in root.iter()
        for name, value in element.attrib.items()
        if str(name).startswith(prefix) and value
    }


def _part_problems(root: Element, known: _Known) -> Iterator[str]:
    yield from table_problems(root)
    yield from _text_problems(root)
    yield from _reference_problems(root, known)
    yield from _identifier_problems(root)
    depth = 0
    for field in root.iter(w("fldChar")):
        depth += {"begin": 1, "end": -1}.get(field.get(w("fldCharType"), ""), 0)
        if depth < 0:
            break
    if depth:
        yield "域的开始与结束不配对"
    for holder in root.iter(*(w(name) for name in _MUST_HOLD_BLOCK)):
        if holder.find(".//w:p", NAMES) is None:
            yield f"{local_name(holder)} 里没有段落"


def _text_problems(root: Element) -> Iterator[str]:
    """Text stands in w:t, w:instrText and w:delText only, and holds no tag."""
    for element in root.iter():
        owners = ((element.text, element), (element.tail, element.getparent()))
        for text, owner in owners:
            if not text or owner is None or not str(owner.tag).startswith(f"{{{W}}}"):
                continue
            if text.strip() and owner.tag not in _TEXT_OWNERS:
                yield f"{local_name(owner)} 里有不该有的文字「{text.strip()[:20]}」"
    for paragraph in root.iter(w("p")):
        text = "".join(piece.text or "" for piece in paragraph.iter(w("t")))
        found = _LEFT_OVER.search(text)
        if found:
            yield f"留有标签：…{text[max(0, found.start() - 10) : found.end() + 20]}…"


def _reference_problems(root: Element, known: _Known) -> Iterator[str]:
    for name in _STYLE_USES:
        for missing in sorted(_used(root, name) - known.styles):
            yield f"样式 {missing} 没有定义"
    for missing in sorted(_used(root, "numId") - known.lists):
        yield f"编号 {missing} 没有定义"


def _used(root: Element, name: str) -> set[str]:
    return {element.get(w("val"), "") for element in root.iter(w(name))}


def _identifier_problems(root: Element) -> Iterator[str]:
    for name, title in _UNIQUE.items():
        seen = set()
        for element in root.iter(name):
            identifier = element.get("id") or element.get(w("id")) or ""
            if identifier in seen:
                yield f"{title} {identifier} 重复"
            seen.add(identifier)
