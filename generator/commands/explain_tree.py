"""What an explanation is made of: facts with their places, shown as text or as JSON."""

import json
from collections.abc import Iterator, Sequence

from msgspec import Struct

from generator.findings import Place
from generator.reporters import pad, width

_WIDEST = 56  # columns of a name beside its value


class Fact(Struct, frozen=True):
    """One fact; `cells` are facts beside it on the same line, `below` what it is made of."""

    name: str
    value: str = ""
    place: Place | None = None
    below: tuple["Fact", ...] = ()
    cells: tuple["Fact", ...] = ()


def fact(name: str, value: str = "", place: Place | None = None, *below: Fact | None) -> Fact:
    """Make a fact; parts that are None are left out."""
    return Fact(name, value, place, tuple(part for part in below if part is not None))


def as_text(root: Fact) -> str:
    """Return an explanation for people: a title, then one section for each part."""
    lines = [_line(root.name, root.value, root.place, "：")]
    leaves = [part for part in root.below if not part.below]
    lines += _block(leaves, 1)
    for part in root.below:
        if part.below:
            lines += ["", _line(part.name, part.value, part.place, "　"), *_block(part.below, 1)]
    return "\n".join(lines) + "\n"


def as_json(root: Fact) -> str:
    """Return the same facts as one JSON object."""
    return json.dumps(_tree(root), ensure_ascii=False, indent=1) + "\n"


def _line(name: str, value: str, place: Place | None, mark: str) -> str:
    return f"{name}{mark if value else ''}{value}{_where(place)}"


def _where(place: Place | None) -> str:
    if place is None or not place.file:
        return ""
    return f"　〔{place.file}:{place.line}〕" if place.line else f"　〔{place.file}〕"


def _block(parts: Sequence[Fact], depth: int) -> Iterator[str]:
    """Yield parts of one level, their values under one another."""
    names = [width(part.name) for part in parts]
    column = max((one for one in names if one <= _WIDEST), default=0)
    cells = _cell_widths(parts)
    for part in parts:
        indent = "  " * depth
        shown = [pad(f"{c.name} {c.value}", w) for c, w in zip(part.cells, cells, strict=False)]
        first, *rest = part.value.rstrip("\n").split("\n")
        value = "  ".join([*shown, first] if first or not shown else shown)
        where = _where(part.place)
        name = f"{pad(part.name, column)}  {value}" if value else part.name
        yield f"{indent}{name}{where}".rstrip()
        yield from (f"{indent}{' ' * column}  {line}".rstrip() for line in rest)
        yield from _block(part.below, depth + 1)


def _cell_widths(parts: Sequence[Fact]) -> list[int]:
    count = max((len(part.cells) for part in parts), default=0)
    return [
        max(width(f"{p.cells[n].name} {p.cells[n].value}") for p in parts if len(p.cells) > n)
        for n in range(count)
    ]


def _tree(part: Fact) -> dict[str, object]:
    shown: dict[str, object] = {"name": part.name}
    if part.value:
        shown["value"] = part.value
    if part.place is not None and part.place.file:
        shown |= {"file": part.place.file, "line": part.place.line}
    items = [_tree(one) for one in (*part.cells, *part.below)]
    return shown | ({"items": items} if items else {})
