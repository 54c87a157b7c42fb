"""A data file laid out anew: indents and blank edges, never a value, a word or a comment.

No YAML library writes here: round trips re-fold, re-quote and drop. Lines are moved sideways by
where the parser says that keys and items begin; what comes out is read again, and any file that
would not say exactly the same stays as it is.
"""

from collections.abc import Iterator

from msgspec import Struct

from generator.patterns import pattern
from generator.reading.yaml_nodes import Branch, Event, Node
from generator.reading.yaml_source import Source, parse_yaml

_STEP = 2
_BLOCKS = ("|", ">")
_DASHES = pattern(r"(?:- +)+(?=\S)")
_HASH = pattern(r"#.*")


class Laid(Struct, frozen=True):
    """A file after laying it out; `is_safe` is false when that would have changed what it says."""

    text: str
    is_safe: bool


def lay_out(source: Source) -> Laid:
    """Return a readable file with two spaces a level and no blanks at the ends of lines."""
    lines = [line.rstrip("\r") for line in source.lines]
    shifts = _Shifts(lines)
    shifts.walk(source.root)
    laid = _finish(
        line if shifts.is_text(at) else line.rstrip(" \t") for at, line in enumerate(shifts.moved())
    )
    again = parse_yaml(laid.encode(), file=source.file)
    is_safe = again.value == source.value and _comments(again) == _comments(source)
    return Laid(laid, is_safe and not any(finding.is_blocking for finding in again.findings))


def _finish(lines: Iterator[str]) -> str:
    text = "\n".join(lines)
    return text.rstrip("\n") + "\n"


def _comments(source: Source) -> list[str]:
    """Return what stands behind every # that may begin a comment, with its number."""
    found = (_HASH.search(line) for line in source.lines)
    return [match[0].rstrip() for match in found if match]


class _Shifts:
    """How far each line moves: set where a key or an item begins it, passed on to what follows."""

    def __init__(self, lines: list[str]) -> None:
        """Begin with nothing known."""
        self._lines = lines
        self._wanted: dict[int, int] = {}  # line → its new indent
        self._fixed: set[int] = set()  # lines of `|` blocks

    def is_text(self, line: int) -> bool:
        """Say whether a line is text of a `|` block, where blanks at its end are text too."""
        return line in self._fixed and line in self._wanted

    def walk(self, root: Node | None) -> None:
        """Find the new indent of every line that begins with a key or an item."""
        if root is not None:
            self._node(root, 0)

    def _node(self, node: Node, indent: int) -> None:
        """Lay out a value whose keys or dashes shall stand at an indent."""
        if not isinstance(node, Branch):
            self._scalar(node, indent)
        elif not self._is_flow(node):
            if isinstance(node.inside, dict):
                self._mapping(node.inside, indent)
            else:
                self._sequence(node.inside, indent, column=node.start.start_mark.column)

    def _is_flow(self, node: Branch) -> bool:
        """Say whether a value stands in braces or brackets: its lines move as one."""
        mark = node.start.start_mark
        return self._lines[mark.line][mark.column : mark.column + 1] in ("[", "{")

    def _mapping(self, entries: dict[str, tuple[Event, Node]], indent: int) -> None:
        for key, value in entries.values():
            self._begin(key.start_mark.line, key.start_mark.column, indent)
            self._node(value, indent + _STEP)

    def _sequence(self, items: list[Node], indent: int, *, column: int) -> None:
        for item in items:
            start = item.start.start_mark if isinstance(item, Branch) else item.start_mark
            dash = self._find_dash(start.line, column)
            self._begin(dash, column, indent)
            self._node(item, indent + _STEP)

    def _find_dash(self, line: int, column: int) -> int:
        """Return the line of an item's dash: its own, or one above where only the dash stands."""
        while line >= 0:
            text = self._lines[line]
            if text[column : column + 1] == "-" and not text[:column].strip(" -"):
                return line
            line -= 1
        return 0

    def _begin(self, line: int, column: int, indent: int) -> None:
        """Set a line's indent by what begins it: only its first key or dash counts."""
        if not self._lines[line][:column].strip():
            self._wanted.setdefault(line, indent)

    def _scalar(self, event: Event, indent: int) -> None:
        """Keep the text of a block together; it stands one step inside what it belongs to."""
        if event.style not in _BLOCKS:
            return
        first, last = event.start_mark.line + 1, event.end_mark.line
        inside = [at for at in range(first, last) if self._lines[at].strip()]
        if not inside:
            return
        left = min(_indent_of(self._lines[at]) for at in inside)
        for at in range(first, last):
            self._fixed.add(at)
        blank = [
            at for at in range(first, last) if at not in inside and len(self._lines[at]) > left
        ]
        for at in (*inside, *blank):
            self._wanted[at] = indent + _indent_of(self._lines[at]) - left

    def moved(self) -> Iterator[str]:
        """Yield the lines moved; comments go with what stands below them, the rest with above."""
        shift = 0
        for at, line in enumerate(self._lines):
            if at in self._wanted:
                if at not in self._fixed:
                    shift = self._wanted[at] - _indent_of(line)
                text = line.lstrip(" ")
                yield " " * self._wanted[at] + (text if at in self._fixed else _tighten(text))
            elif not line.strip():
                yield line
            elif line.lstrip().startswith("#") and at not in self._fixed:
                yield " " * self._comment_indent(at) + line.lstrip(" \t")
            else:
                yield " " * max(0, _indent_of(line) + shift) + line.lstrip(" ")

    def _comment_indent(self, at: int) -> int:
        """Return the new indent of a comment: that of the nearest line that stood as far in."""
        own = _indent_of(self._lines[at])
        below = range(at + 1, len(self._lines))
        nearest = next((n for n in below if n in self._wanted and n not in self._fixed), None)
        above = (n for n in range(at - 1, -1, -1) if n in self._wanted and n not in self._fixed)
        beside = (nearest, *above)
        level = next(
            (n for n in beside if n is not None and _indent_of(self._lines[n]) == own), None
        )
        if level is not None:
            return self._wanted[level]
        return self._wanted[nearest] if nearest is not None else own


def _tighten(line: str) -> str:
    """Leave one space behind each dash that begins a line: keys stand two columns from it."""
    dashes = _DASHES.match(line)
    return line if dashes is None else "- " * dashes[0].count("-") + line[dashes.end() :]


def _indent_of(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
