"""Python code for a part's tree, for data that are as they should be.

It prints a stretch of text and values at once, looks up keys directly, and builds no `Markup` of
a text only to print it. What it does not know it raises: Jinja's own code, slower and exact, is
run then and has the last word. Both print the same, which tests prove for every template.

Nothing of a template stands in the code: texts, names and keys are given to it as values.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from generator.rendering.filters import Filters
from generator.rendering.markup import Markup
from generator.rendering.merge_flags import CONTINUE
from generator.rendering.printed_rows import Rows, print_rows
from generator.rendering.printed_values import print_value
from generator.rendering.tag_tree import (
    Choice,
    Comparison,
    Constant,
    Expression,
    Filtered,
    IsContinued,
    Item,
    Joined,
    Loop,
    Name,
    Negated,
    Output,
    Several,
    Tree,
    Wrapped,
)

Printer = Callable[[Mapping[str, object]], Iterator[str | bytes | Rows]]
Scope = Mapping[str, str]  # variables of the loops around, and what they are called in the code

_OPERATORS = {
    "eq": "==",
    "ne": "!=",
    "gt": ">",
    "gteq": ">=",
    "lt": "<",
    "lteq": "<=",
    "in": "in",
    "notin": "not in",
}
_WORDS = {"and": "and", "or": "or"}
_GIVEN = {  # to all code
    "Markup": Markup,
    "concat": "".join,
    "continues": CONTINUE,
    "print_rows": print_rows,
    "print_value": print_value,
}
_PRINTED = "print_value({})"
_NOTED = (
    "texts.append(value) if (value := {}).__class__ is str"  # `append` returns None
    " else value if isinstance(value, Markup) else print_value(value)"
)


def compile_quickly(tree: Tree, filters: Filters, name: str) -> Printer:
    """Return what prints a part; `name` is the file that a traceback names."""
    writer = _Writer(filters)
    writer.write(tree)
    given = writer.given
    exec(compile(writer.source, name, "exec"), given)
    printer: Printer = given["print_part"]
    return printer


class _Writer:
    """Writes the code of one part."""

    def __init__(self, filters: Filters) -> None:
        """Begin with no line.

        Args:
            filters: What the tree may name.
        """
        self.given: dict[str, Any] = dict(_GIVEN)
        self._filters = filters
        self._known: dict[tuple[type, object], str] = {}  # values, and what they are called
        self._lines = ["def print_part(context):", " if 0: yield"]  # a part may print nothing

    @property
    def source(self) -> str:
        """Return what was written so far."""
        return "\n".join(self._lines)

    def write(self, tree: Tree) -> None:
        """Write what prints a tree, piece by piece."""
        self._body(tree, {}, 1, "yield {}")

    def _line(self, depth: int, text: str) -> None:
        self._lines.append(" " * depth + text)

    def _give(self, value: object) -> str:
        """Give a value to the code; return what it is called there."""
        called = f"given{len(self.given)}"
        self.given[called] = value
        return called

    def _body(self, tree: Tree, scope: Scope, depth: int, way: str) -> None:
        """Write what prints a tree.

        Args:
            tree: What is printed.
            scope: The variables that it may name.
            depth: How far the code stands in.
            way: The statement that takes what is printed; blank: it is noted as a row.
        """
        for one in tree:
            match one:
                case Output():
                    self._output(one, scope, depth, way)
                case Choice():
                    self._choice(one, scope, depth, way)
                case Loop():
                    self._loop(one, scope, depth, way)
                case Wrapped():
                    self._wrapped(one, scope, depth, way)

    def _output(self, output: Output, scope: Scope, depth: int, way: str) -> None:
        """Print a stretch in one piece; of a row, note markup in its key, texts by themselves."""
        form = _PRINTED if way else _NOTED
        pieces = [
            self._give(one) if isinstance(one, str) else form.format(self._say(one, scope))
            for one in output.pieces
        ]
        listed = f"({', '.join(pieces)},)"
        self._line(depth, way.format(f"concat({listed})") if way else f"key += {listed}")

    def _choice(self, choice: Choice, scope: Scope, depth: int, way: str) -> None:
        word = "if"
        for test, body in choice.cases:
            self._line(depth, f"{word} {self._say(test, scope)}:")
            self._line(depth + 1, "pass")
            self._body(body, scope, depth + 1, way)
            word = "elif"
        if choice.otherwise:
            self._line(depth, "else:")
            self._body(choice.otherwise, scope, depth + 1, way)

    def _loop(self, loop: Loop, scope: Scope, depth: int, way: str) -> None:
        """Print each item; note the rows of a loop, and print them behind it."""
        items, variable = self._say(loop.items, scope), f"item{len(self._lines)}"
        inside = {**scope, loop.variable: variable}
        if way.startswith("yield") and _is_row_by_row(loop):
            self._line(depth, "keys, texts = [], []")
            self._line(depth, f"for {variable} in {items}:")
            self._line(depth + 1, "key = []")
            self._body(loop.body, inside, depth + 1, "")
            self._line(depth + 1, "keys.append(tuple(key))")
            self._line(depth, "yield print_rows(keys, texts)")
            return
        empty = f"is_empty_{variable}"
        self._line(depth, f"{empty} = True")
        self._line(depth, f"for {variable} in {items}:")
        self._line(depth + 1, f"{empty} = False")
        self._body(loop.body, inside, depth + 1, way)
        if loop.otherwise:
            self._line(depth, f"if {empty}:")
            self._body(loop.otherwise, scope, depth + 1, way)

    def _wrapped(self, wrapped: Wrapped, scope: Scope, depth: int, way: str) -> None:
        """Print into a list, and then what the filter makes of it."""
        buffer = f"buffer{len(self._lines)}"
        self._line(depth, f"{buffer} = []")
        self._body(wrapped.body, scope, depth, f"{buffer}.append({{}})")
        inner = f"Markup(concat({buffer}))"
        self._line(depth, way.format(self._call(wrapped.name, inner, wrapped.arguments, scope)))

    def _say(self, one: Expression, scope: Scope) -> str:
        """Return an expression as Python has it."""
        match one:
            case Name(name=name):
                text = scope.get(name) or f"context[{self._constant(name)}]"
            case Constant(value=value):
                text = self._constant(value)
            case Item(of=of, key=key):
                text = f"{self._say(of, scope)}[{self._say(key, scope)}]"
            case Filtered(of=of, name=name, arguments=arguments):
                text = self._call(name, self._say(of, scope), arguments, scope)
            case Comparison(first=first, others=others):
                said = (f" {_OPERATORS[word]} {self._say(to, scope)}" for word, to in others)
                text = f"({self._say(first, scope)}{''.join(said)})"
            case Joined(word=word, left=left, right=right):
                text = f"({self._say(left, scope)} {_WORDS[word]} {self._say(right, scope)})"
            case Negated(of=of):
                text = f"(not {self._say(of, scope)})"
            case Several(items=items, is_list=is_list):
                listed = "".join(f"{self._say(item, scope)}, " for item in items)
                text = f"[{listed}]" if is_list else f"({listed})"
            case IsContinued(of=of):  # what is no text has no such method: Jinja's code is asked
                text = f"{self._say(of, scope)}.startswith(continues)"
        return text

    def _constant(self, value: object) -> str:
        key = type(value), value
        if key not in self._known:
            self._known[key] = self._give(value)
        return self._known[key]

    def _call(self, name: str, of: str, arguments: tuple[Expression, ...], scope: Scope) -> str:
        said = (of, *(self._say(one, scope) for one in arguments))
        return f"{self._give(self._filters[name])}({', '.join(said)})"


def _is_row_by_row(loop: Loop) -> bool:
    """Say whether a loop does nothing but print, under conditions or not."""
    return not loop.otherwise and all(_is_printed(one) for one in loop.body)


def _is_printed(one: Output | Loop | Choice | Wrapped) -> bool:
    if isinstance(one, Choice):
        inside = (*(body for _, body in one.cases), one.otherwise)
        return all(_is_printed(inner) for body in inside for inner in body)
    return isinstance(one, Output)
