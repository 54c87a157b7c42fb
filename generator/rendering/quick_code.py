"""Python code for a template's tree, for data that are as they should be.

It prints a stretch of text and values at once, looks up keys directly, and builds no `Markup` of
a text only to print it. What it does not know it raises: Jinja's own code, slower and exact, is
run then and has the last word. Both print the same, which tests prove for every template.
"""

import io
from types import CodeType

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame

_ESCAPE, _PRINT = "escape_text", "print_value"  # what the environment has to have


def compile_quickly(environment: Environment, tree: nodes.Template, name: str) -> CodeType:
    """Return the code of a tree; `name` is the file that a traceback names."""
    source = io.StringIO()
    _QuickGenerator(environment, name, name, source).visit(tree)
    return compile(source.getvalue(), name, "exec")


class _QuickGenerator(CodeGenerator):
    """Jinja's code generator, but for subscripts and output."""

    def write_commons(self) -> None:
        """Begin a function with the names that output uses."""
        super().write_commons()
        self.writeline(f"{_ESCAPE} = environment.{_ESCAPE}")
        self.writeline(f"{_PRINT} = environment.{_PRINT}")

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:
        """Subscribe without asking whether the key is there."""
        self.visit(node.node, frame)
        self.write("[")
        self.visit(node.arg, frame)
        self.write("]")

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:
        """Print a stretch in one piece; inside a filter it goes to the filter's buffer."""
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
