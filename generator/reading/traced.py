"""A YAML tree in which every value remembers the file and place it came from."""

from collections.abc import Iterator
from decimal import Decimal
from typing import TypeAlias

from msgspec import Struct

from generator.amounts import parse_decimal, parse_percent
from generator.findings import Place
from generator.reading.yaml_source import Path_, Plain, Source

YES = "是"


class Traced(Struct, frozen=True, eq=False):
    """A scalar, list or mapping of a form package; missing things read as blank."""

    value: "Value"
    source: Source
    path: Path_

    @property
    def place(self) -> Place:
        """Return where the value was typed."""
        return self.source.place(self.path)

    @property
    def key_place(self) -> Place:
        """Return where its key was typed."""
        return self.source.place(self.path, key=True)

    @property
    def string(self) -> str:
        """Return a scalar's text, blank for anything else."""
        return self.value if isinstance(self.value, str) else ""

    @property
    def entries(self) -> dict[str, "Traced"]:
        """Return a mapping's items, none for anything else."""
        return self.value if isinstance(self.value, dict) else {}

    def get(self, *keys: str) -> "Traced | None":
        """Return what stands at a chain of keys, or None."""
        found: Traced | None = self
        for key in keys:
            found = found.entries.get(key) if found is not None else None
        return found

    def __contains__(self, key: str) -> bool:
        """Say whether a mapping has a key with something in it."""
        found = self.get(key)
        return found is not None and found.value is not None

    def text(self, *keys: str, default: str = "") -> str:
        """Return the text at a chain of keys."""
        found = self.get(*keys)
        return found.string if found is not None and found.value is not None else default

    def is_yes(self, key: str) -> bool:
        """Say whether a key says 是."""
        return self.text(key) == YES

    def each(self, key: str) -> Iterator["Traced"]:
        """Yield the items of a list; a single value counts as a list of one."""
        found = self.get(key)
        if found is None or found.value is None:
            return
        yield from found.value if isinstance(found.value, tuple) else (found,)

    def strings(self, key: str) -> tuple[str, ...]:
        """Return the texts of a list, or of one value."""
        return tuple(item.string for item in self.each(key))

    def number(self, *keys: str) -> Decimal | None:
        """Return a decimal, or a percentage as a fraction; None when blank."""
        text = self.text(*keys)
        return parse_percent(text) if text.endswith(("%", "％")) else parse_decimal(text)

    def whole(self, *keys: str, default: int | None = None) -> int | None:
        """Return a whole number; 30天 is 30."""
        text = self.text(*keys).removesuffix("天")
        return int(text) if text.isdigit() else default

    def place_of(self, key: str) -> Place:
        """Return the place of a key's value, or of the mapping when the key is missing."""
        found = self.get(key)
        return found.place if found is not None else self.place

    def plain(self) -> Plain:
        """Return the value without its places."""
        if isinstance(self.value, dict):
            return {key: item.plain() for key, item in self.value.items()}
        if isinstance(self.value, tuple):
            return [item.plain() for item in self.value]
        return self.value


class Merged(Struct, frozen=True):
    """A tree after 沿用 as a schema sees it: plain values, each with the place it came from."""

    tree: Traced

    @property
    def value(self) -> Plain:
        """Return the values without their places."""
        return self.tree.plain()

    def place(self, path: Path_, *, key: bool = False) -> Place:
        """Return the place of what stands at a path, or of the nearest thing above it."""
        found = self.tree
        for step in path:
            below = found.value
            if isinstance(below, dict) and step in below:
                found = below[str(step)]
            elif isinstance(below, tuple) and isinstance(step, int) and step < len(below):
                found = below[step]
            else:
                break
        return found.key_place if key else found.place


Value: TypeAlias = str | tuple[Traced, ...] | dict[str, Traced] | None


def walk(tree: Traced) -> Iterator[Traced]:
    """Yield a tree and everything below it."""
    yield tree
    below = tree.value.values() if isinstance(tree.value, dict) else tree.value
    for item in below if not isinstance(below, str) and below is not None else ():
        yield from walk(item)


def trace(source: Source) -> Traced:
    """Return the tree of a file that was read."""
    return _trace(source.value, source, ())


def _trace(value: Plain, source: Source, path: Path_) -> Traced:
    if isinstance(value, dict):
        inner = {key: _trace(item, source, (*path, key)) for key, item in value.items()}
        return Traced(inner, source, path)
    if isinstance(value, list):
        items = tuple(_trace(item, source, (*path, n)) for n, item in enumerate(value))
        return Traced(items, source, path)
    return Traced(value, source, path)
