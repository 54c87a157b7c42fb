"""Rules for one part of a finished document: where text may stand, and what it refers to."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from generator.patterns import pattern
from generator.rendering.tables import cell_problems, grid_problems
from generator.rendering.xml_tree import NAMES, OFFICE, WP, Element, W, local_name, w

LEFT_OVER = pattern(r"\{[{%#]|[\ufdd0\ufdd1]")
_IN_W, _IN_OFFICE = f"{{{W}}}", f"{{{OFFICE}}}"
_PARAGRAPH, _TEXT, _VALUE, _ID = w("p"), w("t"), w("val"), w("id")
_FIELD, _FIELD_KIND, _DEPTHS = w("fldChar"), w("fldCharType"), {"begin": 1, "end": -1}
_TEXT_OWNERS = frozenset(w(name) for name in ("t", "instrText", "delText", "delInstrText"))
_STYLE_USES = tuple(w(name) for name in ("pStyle", "rStyle", "tblStyle"))
_UNIQUE = {f"{{{WP}}}docPr": "图形编号", w("bookmarkStart"): "书签编号"}
_HOLDERS = tuple(
    w(name) for name in ("hdr", "ftr", "footnote", "endnote", "txbxContent", "comment")
)


class Known(Struct, frozen=True):
    """The styles and lists that a document defines."""

    styles: frozenset[str]
    lists: frozenset[str]


class Uses(Struct, frozen=True):
    """What a part, or a piece of one, refers to, and the ids that no other may have."""

    styles: tuple[frozenset[str], ...]  # of paragraphs, of runs, of tables
    lists: frozenset[str]
    relations: frozenset[str]
    ids: tuple[tuple[str, str], ...]  # kind and id, as often as they occur


def read_known(styles: Element | None, numbering: Element | None) -> Known:
    """Return what the parts that define styles and lists define."""
    names = _values(styles, w("style"), w("styleId")) if styles is not None else frozenset()
    lists = _values(numbering, w("num"), w("numId")) if numbering is not None else frozenset()
    return Known(names, lists | {"0"})


def read_uses(root: Element) -> Uses:
    """Return what a part refers to."""
    styles = tuple(_values(root, name, _VALUE) for name in _STYLE_USES)
    ids = (
        (title, element.get("id") or element.get(_ID) or "")
        for name, title in _UNIQUE.items()
        for element in root.iter(name)
    )
    return Uses(styles, _values(root, w("numId"), _VALUE), read_relations(root), tuple(ids))


def read_relations(root: Element) -> frozenset[str]:
    """Return the ids of the relationships that a part uses."""
    return frozenset(
        str(value)
        for element in root.iter()
        for name, value in element.attrib.items()
        if value and str(name).startswith(_IN_OFFICE)
    )


def join_uses(pieces: Iterable[Uses]) -> Uses:
    """Return what the pieces of a part refer to together."""
    found = list(pieces)
    styles = zip(*(one.styles for one in found), strict=True)
    return Uses(
        tuple(frozenset[str]().union(*used) for used in styles),
        frozenset[str]().union(*(one.lists for one in found)),
        frozenset[str]().union(*(one.relations for one in found)),
        tuple(identifier for one in found for identifier in one.ids),
    )


def part_problems(root: Element, known: Known) -> Iterator[str]:
    """Yield everything that is wrong with a part."""
    yield from cell_problems(root)
    yield from grid_problems(root)
    yield from _text_problems(root)
    yield from use_problems(read_uses(root), known)
    yield from _field_problems(root)
    yield from _holder_problems(root)


def is_whole(root: Element) -> bool:
    """Say whether an element keeps all rules that ask for nothing but the element."""
    rules = (cell_problems, _text_problems, _field_problems, _holder_problems)
    return not any(True for rule in rules for _ in rule(root))


def use_problems(uses: Uses, known: Known) -> Iterator[str]:
    """Yield what a part refers to that is not defined, and ids that it has twice."""
    for used in uses.styles:
        yield from (f"样式 {missing} 没有定义" for missing in sorted(used - known.styles))
    yield from (f"编号 {missing} 没有定义" for missing in sorted(uses.lists - known.lists))
    seen = set()
    for title, identifier in uses.ids:
        if (title, identifier) in seen:
            yield f"{title} {identifier} 重复"
        seen.add((title, identifier))


def _values(root: Element, name: str, attribute: str) -> frozenset[str]:
    return frozenset(element.get(attribute, "") for element in root.iter(name))


def _text_problems(root: Element) -> Iterator[str]:
    """Text stands in w:t, w:instrText and w:delText only, and holds no tag."""
    for element in root.iter():
        owners = ((element.text, element), (element.tail, element.getparent()))
        for text, owner in owners:
            if not text or owner is None or not str(owner.tag).startswith(_IN_W):
                continue
            if text.strip() and owner.tag not in _TEXT_OWNERS:
                yield f"{local_name(owner)} 里有不该有的文字「{text.strip()[:20]}」"
    for paragraph in root.iter(_PARAGRAPH):
        text = "".join(piece.text or "" for piece in paragraph.iter(_TEXT))
        found = LEFT_OVER.search(text)
        if found:
            yield f"留有标签：…{text[max(0, found.start() - 10) : found.end() + 20]}…"


def _field_problems(root: Element) -> Iterator[str]:
    depth = 0
    for field in root.iter(_FIELD):
        depth += _DEPTHS.get(field.get(_FIELD_KIND, ""), 0)
        if depth < 0:
            break
    if depth:
        yield "域的开始与结束不配对"


def _holder_problems(root: Element) -> Iterator[str]:
    for holder in root.iter(*_HOLDERS):
        if holder.find(".//w:p", NAMES) is None:
            yield f"{local_name(holder)} 里没有段落"
