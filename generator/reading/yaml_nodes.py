"""A read YAML file: plain values, and places found by walking the parser's own marks."""

from typing import Protocol, TypeAlias

from msgspec import Struct

from generator.findings import Finding, Place

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain] | None"
Path_: TypeAlias = tuple[str | int, ...]


class Mark(Protocol):
    """Where the parser stood: line, column and index count characters from 0."""

    line: int
    column: int
    index: int


class Event(Protocol):
    """What the C parser hands out.

    `value` and `style` belong to scalars, `explicit`, `version` and `tags` to document starts.
    """

    start_mark: Mark
    end_mark: Mark
    value: str
    style: str | None
    anchor: str | None
    tag: str | None
    explicit: bool
    version: tuple[int, int] | None
    tags: dict[str, str] | None


class Branch(Struct, frozen=True):
    """A mapping or a sequence: its first and last event, and what stands in it."""

    start: Event
    end: Event
    inside: "dict[str, tuple[Event, Event | Branch]] | list[Event | Branch]"  # keys with values


Node: TypeAlias = Event | Branch


class Source(Struct, frozen=True, eq=False):
    """One YAML file as it was typed: every scalar stays text, every value has a place."""

    file: str  # posix path relative to the root
    text: str  # "" when it could not be decoded
    value: Plain
    findings: tuple[Finding, ...]
    lines: tuple[str, ...] = ()
    root: Node | None = None

    @property
    def is_readable(self) -> bool:
        """Say whether the value is a mapping and nothing forbids using it."""
        is_mapping = isinstance(self.value, dict)
        return is_mapping and not any(finding.is_blocking for finding in self.findings)

    def line_text(self, line: int) -> str:
        """Return a line (from 1) for excerpts; "" out of range."""
        return self.lines[line - 1] if 0 < line <= len(self.lines) else ""

    def place(self, path: Path_, *, key: bool = False) -> Place:
        """Return the place of the value (or of its key) at `path`, or of the nearest ancestor."""
        node, its_key, found = self._find(path)
        if node is None or (node is self.root and its_key is None):
            return Place(self.file, 1, 1, len(self.line_text(1)))
        is_missing = found < len(path)
        shown = its_key if its_key is not None and (key or is_missing) else node
        return self._place_of(shown)

    def place_in(self, path: Path_, offset: int) -> Place:
        """Return the place of character `offset` of the text at `path`.

        Exact in plain and simply quoted text on one line and in `|` blocks; elsewhere the place
        of the whole value.
        """
        node, _, found = self._find(path)
        if node is None or isinstance(node, Branch) or found < len(path):
            return self.place(path)
        if not hasattr(node, "value") or not 0 <= offset <= len(node.value):
            return self._place_of(node)
        if node.style == "|":
            return self._place_in_block(node, offset)
        start, end = node.start_mark, node.end_mark
        quotes = 2 if node.style in ("'", '"') else 0
        is_simple = start.line == end.line and end.column - start.column == len(node.value) + quotes
        if not is_simple:
            return self._place_of(node)
        return Place(self.file, start.line + 1, start.column + 1 + quotes // 2 + offset, 1)

    def _place_in_block(self, node: Event, offset: int) -> Place:
        """Count lines of a `|` block: its first line stands below the `|`."""
        before = node.value[:offset]
        row = before.count("\n")
        inside = node.value.split("\n")[row]
        line = node.start_mark.line + 2 + row
        typed = self.line_text(line)
        if not typed.endswith(inside):
            return self._place_of(node)
        indent = len(typed) - len(inside) if inside else 0
        return Place(self.file, line, indent + offset - (before.rfind("\n") + 1) + 1, 1)

    def _find(self, path: Path_) -> tuple[Node | None, Event | None, int]:
        """Walk as far along `path` as it exists: node, the key it stands under, steps taken."""
        node, key = self.root, None
        for taken, step in enumerate(path):
            child = _child(node, step)
            if child is None:
                return node, key, taken
            node, key = child
        return node, key, len(path)

    def _place_of(self, node: Node) -> Place:
        """Underline a scalar, or the first line of a longer value."""
        start = node.start.start_mark if isinstance(node, Branch) else node.start_mark
        end = node.end.end_mark if isinstance(node, Branch) else node.end_mark
        stop = end.column
        if end.line != start.line:
            stop = len(self.line_text(start.line + 1).rstrip())
        return Place(self.file, start.line + 1, start.column + 1, max(0, stop - start.column))


def _child(node: Node | None, step: str | int) -> tuple[Node, Event | None] | None:
    """Return the child under a key or an index, with its key; None when there is none."""
    inside = node.inside if isinstance(node, Branch) else None
    if isinstance(inside, dict) and step in inside:
        key, child = inside[str(step)]
        return child, key
    if isinstance(inside, list) and isinstance(step, int) and 0 <= step < len(inside):
        return inside[step], None
    return None
