"""What a part prints, as a tree: its text, and its tags as they were understood.

It is all that is needed to print the part, so whoever prints a template that was prepared before
needs no Jinja. It holds texts and names, never code.
"""

from typing import TypeAlias

from msgspec import Struct


class Name(Struct, frozen=True):
    """A name of the data, or the variable of a loop."""

    name: str


class Constant(Struct, frozen=True):
    """A text or a number that the template gives."""

    value: object


class Item(Struct, frozen=True):
    """`资金["全年执行数"]`."""

    of: "Expression"
    key: "Expression"


class Filtered(Struct, frozen=True):
    """`得分|小数(2)`."""

    of: "Expression"
    name: str
    arguments: tuple["Expression", ...]


class Comparison(Struct, frozen=True):
    """`得分 >= 60`: an expression, then operators as Jinja names them with what they compare to."""

    first: "Expression"
    others: tuple[tuple[str, "Expression"], ...]


class Joined(Struct, frozen=True):
    """Two expressions with `and` or `or` between them."""

    word: str
    left: "Expression"
    right: "Expression"


class Negated(Struct, frozen=True):
    """`not …`."""

    of: "Expression"


class Several(Struct, frozen=True):
    """A list or a tuple."""

    items: tuple["Expression", ...]
    is_list: bool


class IsContinued(Struct, frozen=True):
    """`… is 续`: whether a merge flag continues the cell above."""

    of: "Expression"


class Output(Struct, frozen=True):
    """A stretch of text and values."""

    pieces: tuple["str | Expression", ...]


class Loop(Struct, frozen=True):
    """What is printed for each item of a list, or else when there is none."""

    variable: str
    items: "Expression"
    body: "Tree"
    otherwise: "Tree"


class Choice(Struct, frozen=True):
    """The first of some conditions that holds, with what it prints, or else."""

    cases: tuple[tuple["Expression", "Tree"], ...]
    otherwise: "Tree"


class Wrapped(Struct, frozen=True):
    """A filter over all that is printed inside it."""

    name: str
    arguments: tuple["Expression", ...]
    body: "Tree"


Expression: TypeAlias = (
    Name | Constant | Item | Filtered | Comparison | Joined | Negated | Several | IsContinued
)
Tree: TypeAlias = tuple[Output | Loop | Choice | Wrapped, ...]
