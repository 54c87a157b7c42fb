"""What makes Word call a document unreadable, and the Open XML SDK partly lets through."""

import io
import zipfile
from collections.abc import Iterator, Mapping

from generator.rendering.body import find_body
from generator.rendering.package_rules import package_problems
from generator.rendering.part_rules import part_problems, read_known
from generator.rendering.sound import NUMBERING, STYLES, is_sound, is_text
from generator.rendering.xml_tree import Element, XmlError, parse_xml


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
    if is_sound(members, find_body(members)):
        return ()
    return tuple(all_problems(members))


def all_problems(members: Mapping[str, bytes]) -> Iterator[str]:
    """Yield what is wrong with the members of a document: each rule is asked of each part."""
    parts: dict[str, Element] = {}
    for name, blob in members.items():
        if name.endswith((".xml", ".rels")):
            try:
                parts[name] = parse_xml(blob)
            except XmlError as error:
                yield f"{name}：不是合法的 XML（{error}）"
    yield from package_problems(members.keys(), parts)
    known = read_known(parts.get(STYLES), parts.get(NUMBERING))
    for name, root in parts.items():
        if is_text(name):
            yield from (f"{name}：{problem}" for problem in part_problems(root, known))
