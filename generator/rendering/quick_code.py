"""Python code for a template's tree, for data that are as they should be.

It prints a stretch of text and values at once, looks up keys directly, and builds no `Markup` of
a text only to print it. What it does not know it raises: Jinja's own code, slower and exact, is
run then and has the last word. Both print the same, which tests prove for every template.
"""

import io
from collections.abc import Iterable
from types import CodeType

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Node

_NAMES = ("escape_text", "print_value", "print_rows", "continues")  # of the environment
_ESCAPE, _PRINT, _PRINT_ROWS, _CONTINUES = _NAMES
CONTINUED = "续"  # the test that asks whether a merge flag continues the cell above


def compile_quickly(environment: Environment, tree: nodes.Template, name: str) -> CodeType:
    """Return the code of a tree; `name` is the file that a traceback names."""
    source = io.StringIO()
    _QuickGenerator(environment, name, name, source).visit(tree)
    return compile(source.getvalue(), name, "exec")


class _QuickGenerator(CodeGenerator):
    """Jinja's code generator, but for subscripts, output, loops and one test."""

    _row: list[Node] | None = None  # the body of the loop that notes its rows

    def write_commons(self) -> None:
        """Begin a function with the names that output uses."""
        super().write_commons()
        for name in _NAMES:
            self.writeline(f"{name} = environment.{name}")

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:
        """Subscribe without asking whether the key is there."""
        self.visit(node.node, frame)
        self.write("[")
        self.visit(node.arg, frame)
        self.write("]")

    def visit_Test(self, node: nodes.Test, frame: Frame) -> None:
        """Ask a flag directly; what is no text has no such method, and Jinja's code is asked."""
        if node.name != CONTINUED:
            super().visit_Test(node, frame)
            return
        self.visit(node.node, frame)
        self.write(f".startswith({_CONTINUES})")

    def visit_For(self, node: nodes.For, frame: Frame) -> None:
        """Note the rows of a loop, and print them behind it."""
        if frame.buffer is not None or not _is_row_by_row(node):
            super().visit_For(node, frame)
            return
        self.writeline("keys, texts = [], []")
        self._row = node.body
        super().visit_For(node, frame)
        self._row = None
        self.writeline(f"yield {_PRINT_ROWS}(keys, texts)")

    def blockvisit(self, nodes: Iterable[Node], frame: Frame) -> None:
        """Begin and end a row around the body of its loop."""
        is_row = nodes is self._row
        if is_row:
            self.writeline("key = []")
        super().blockvisit(nodes, frame)
        if is_row:
            self.writeline("keys.append(tuple(key))")

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:
        """Print a stretch in one piece; inside a filter it goes to the filter's buffer."""
        if self._row is not None:
            self._note(node, frame)
            return
        if frame.buffer is None:
            self.writeline("yield concat((")
        else:
            self.writeline(f"{frame.buffer}.append(concat((")
        for child in node.nodes:
            if isinstance(child, nodes.TemplateData):
                self.write(repr(child.data))
            else:
                self.write(f"{_ESCAPE}(value) if (value := ")
                self.visit(child, frame)
                self.write(f").__class__ is str else {_PRINT}(value)")
            self.write(", ")
        self.write("))" if frame.buffer is None else ")))")

    def _note(self, node: nodes.Output, frame: Frame) -> None:
        """Note markup in the key of a row, and texts by themselves: `append` returns None."""
        self.writeline("key += (")
        for child in node.nodes:
            if isinstance(child, nodes.TemplateData):
                self.write(repr(child.data))
            else:
                self.write("texts.append(value) if (value := ")
                self.visit(child, frame)
                self.write(").__class__ is str else value if isinstance(value, Markup)")
                self.write(f" else {_PRINT}(value)")
            self.write(", ")
        self.write(")")


def _is_row_by_row(loop: nodes.For) -> bool:
    """Say whether a loop does nothing but print, under conditions or not."""
    if loop.else_ or loop.test or loop.recursive:
        return False
    return all(isinstance(one, nodes.Output) or _is_choice(one) for one in loop.body)


def _is_choice(node: Node) -> bool:
    if not isinstance(node, nodes.If):
        return False
    inside = (*node.body, *node.elif_, *node.else_)
    return all(isinstance(one, nodes.Output) or _is_choice(one) for one in inside)
