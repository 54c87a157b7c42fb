"""One part of a template, compiled once: quick code, and Jinja where that does not know."""

from collections.abc import Callable, Mapping
from importlib import import_module

from generator.rendering.filters import FILTERS, Filters
from generator.rendering.prepared import PreparedPart
from generator.rendering.printed_rows import join_printed
from generator.rendering.problems import UnusableValueError
from generator.rendering.quick_code import compile_quickly


class CompiledPart:
    """A part that can be printed."""

    def __init__(self, part: PreparedPart, filters: Filters) -> None:
        """Compile a part.

        Args:
            part: The part.
            filters: Those of its template, besides ours.
        """
        self.name, self.tags = part.name, part.tags
        self._source, self._filters = part.source, filters
        self._print = compile_quickly(part.tree, {**FILTERS, **filters}, part.name)
        self._exact: Callable[[Mapping[str, object]], bytes] | None = None

    def render(self, context: Mapping[str, object]) -> bytes:
        """Return the part.

        Raises:
            TagFailedError: A value is missing, or cannot be printed or compared.
        """
        try:
            return join_printed(self._print(context))
        except (LookupError, TypeError, AttributeError, UnusableValueError):
            return self._render_exactly(context)

    def _render_exactly(self, context: Mapping[str, object]) -> bytes:
        """Render by Jinja's own code, which knows what is missing and in which line."""
        if self._exact is None:
            exact_part = import_module("generator.rendering.jinja_environment").ExactPart
            self._exact = exact_part(self._source, self._filters, self.name).render
        return self._exact(context)
