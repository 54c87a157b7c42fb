"""What stands between the headings of a narrative: texts, tables and pictures."""

import pathlib
from collections.abc import Callable
from decimal import Decimal
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

Where: TypeAlias = tuple[str | int, ...]


class Table(Struct, frozen=True):
    """A small table with its caption; every cell is text as typed."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    path: Where = ()

    def fill(self, fill: Callable[[str], str]) -> "Table":
        """Return the table with the references of its texts filled in."""
        rows = tuple(tuple(fill(cell) for cell in row) for row in self.rows)
        columns = tuple(fill(name) for name in self.columns)
        return replace(self, title=fill(self.title), columns=columns, rows=rows)


class Image(Struct, frozen=True):
    """A picture file: where it stands, and what its first bytes say."""

    file: str  # relative to the root
    path: pathlib.Path
    kind: str  # png or jpeg
    width: int  # pixels
    height: int
    digest: str  # SHA-256 of its bytes
    is_turned: bool = False  # its camera was held turned: programs differ in showing it


class Picture(Struct, frozen=True):
    """A picture with its caption; without an image when its file cannot be used, and why."""

    title: str
    file: str  # as typed, relative to the data file
    width: Decimal | None  # millimetres
    image: Image | None
    path: Where = ()
    fault: str = ""
    hint: str = ""

    def fill(self, fill: Callable[[str], str]) -> "Picture":
        """Return the picture with the references of its caption filled in."""
        return replace(self, title=fill(self.title))


Block: TypeAlias = str | Table | Picture  # a text is as typed, or one paragraph when it is printed
