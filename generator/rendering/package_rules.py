"""Rules between the parts of a finished document: content types, and where relationships lead."""

import posixpath
from collections.abc import Collection, Iterator, Mapping

from generator.rendering.part_rules import read_relations
from generator.rendering.xml_tree import NAMES, Element

TYPES = "[Content_Types].xml"
_FIRST = "_rels/.rels"


def package_problems(names: Collection[str], parts: Mapping[str, Element]) -> Iterator[str]:
    """Yield what is wrong between parts.

    Args:
        names: All members of the package.
        parts: Those of them that are XML, by name.
    """
    types = parts.get(TYPES)
    if types is None or _FIRST not in parts:
        yield f"缺少 {TYPES} 或 {_FIRST}"
        return
    defaults = {e.get("Extension", "").lower() for e in types.findall("ct:Default", NAMES)}
    overrides = {e.get("PartName", "") for e in types.findall("ct:Override", NAMES)}
    for name in names:
        extension = name.rpartition(".")[2].lower()
        if name != TYPES and extension not in defaults and f"/{name}" not in overrides:
            yield f"{name}：没有内容类型"
    for override in sorted(overrides):
        if override.lstrip("/") not in names:
            yield f"{TYPES}：{override} 不存在"
    for name, root in parts.items():
        if name.endswith(".rels"):
            yield from _target_problems(name, root, names)
            source = source_of(name)
            used = read_relations(parts[source]) if source in parts else frozenset[str]()
            for identifier in sorted(used - read_defined(root)):
                yield f"{source}：关系 {identifier} 没有定义"


def source_of(name: str) -> str:
    """Return the part whose relationships a part holds."""
    folder, _, file = name.partition("_rels/")
    return folder + file.removesuffix(".rels")


def read_defined(root: Element) -> frozenset[str]:
    """Return the ids that a part of relationships defines."""
    found = root.findall("rel:Relationship", NAMES)
    return frozenset(relationship.get("Id", "") for relationship in found)


def _target_problems(name: str, root: Element, names: Collection[str]) -> Iterator[str]:
    folder = name.partition("_rels/")[0]
    seen = set()
    for relationship in root.findall("rel:Relationship", NAMES):
        target, identifier = relationship.get("Target", ""), relationship.get("Id", "")
        if identifier in seen:
            yield f"{name}：关系 {identifier} 重复"
        seen.add(identifier)
        if relationship.get("TargetMode") == "External":
            continue
        path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
        if posixpath.normpath(path) not in names:
            yield f"{name}：{target} 不存在"
