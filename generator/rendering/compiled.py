"""A template, compiled once and rendered often: `compile_template(path).render(context)`."""

import pathlib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from generator.domain.blocks import Image
from generator.domain.narrative import Report
from generator.rendering.compiled_part import CompiledPart
from generator.rendering.filters import Filters
from generator.rendering.late import Late
from generator.rendering.names import TemplateUse
from generator.rendering.narrative import NarrativeWriter
from generator.rendering.package import Kept, PackageError, write_package
from generator.rendering.prepared import Prepare, prepare_now
from generator.rendering.problems import (
    MissingValue,
    RenderFailedError,
    Tag,
    TagFailedError,
    TemplateProblem,
    TemplateRefusedError,
)

if TYPE_CHECKING:
    from generator.rendering import pictures
else:
    pictures = Late("generator.rendering.pictures")


class RefusedTemplate(Struct, frozen=True):
    """A template that cannot be filled: all that is wrong, and the names that could be read."""

    problems: tuple[TemplateProblem, ...]
    uses: tuple[TemplateUse, ...] = ()
    doubtful: frozenset[str] = frozenset()  # may name the rows of a loop that cannot be read


class CompiledTemplate:
    """A template ready to be filled: holds no state that rendering changes."""

    def __init__(
        self,
        path: pathlib.Path,
        *,
        parts: tuple[CompiledPart, ...],
        unchanged: Mapping[str, bytes],
        uses: tuple[TemplateUse, ...],
    ) -> None:
        """Keep compiled parts, members to copy, and the names used."""
        self.path = path
        self.uses = uses
        self._parts = parts
        self._unchanged = {name: Kept(blob) for name, blob in unchanged.items()}

    def render(self, context: Mapping[str, object]) -> bytes:
        """Return the document for a context; it may fail as `render_parts` does."""
        return write_package(self.render_parts(context))

    def render_parts(self, context: Mapping[str, object]) -> dict[str, bytes]:
        """Return the members of the document for a context.

        Raises:
            MissingValue: A tag asks for something the context does not have.
            RenderFailedError: A value cannot be printed or compared, a picture not be read.
        """
        changed = {part.name: self._render(part, context) for part in self._parts}
        members = {**self._unchanged, **changed}
        images = tuple(_find_images(context))
        try:
            return pictures.add_pictures(members, images) if images else members
        except PackageError as error:
            tag = Tag("{% 正文 %}", "", "")
            raise RenderFailedError(str(error), template=self.path, tag=tag) from None

    def _render(self, part: CompiledPart, context: Mapping[str, object]) -> bytes:
        try:
            return part.render(context)
        except TagFailedError as failure:
            tag = part.tags.get(failure.line, Tag("", part.name, ""))
            if failure.is_missing:
                raise MissingValue(template=self.path, tag=tag) from None
            raise RenderFailedError(str(failure), template=self.path, tag=tag) from None


def compile_template(path: pathlib.Path) -> CompiledTemplate:
    """Prepare and compile a Word template.

    Raises:
        TemplateRefusedError: With everything that is wrong with the template.
    """
    template = read_template(path)
    if isinstance(template, RefusedTemplate):
        raise TemplateRefusedError(path, template.problems)
    return template


def read_template(
    path: pathlib.Path, prepare: Prepare = prepare_now
) -> CompiledTemplate | RefusedTemplate:
    """Prepare and compile a Word template, or tell all that is wrong with it."""
    prepared = prepare(path)
    if prepared.problems:
        return RefusedTemplate(prepared.problems, prepared.uses, prepared.doubtful)
    writer = NarrativeWriter(prepared.styles)
    filters: Filters = {"正文": writer.write, "附件": writer.attach}
    parts = tuple(CompiledPart(part, filters) for part in prepared.parts)
    return CompiledTemplate(path, parts=parts, unchanged=prepared.unchanged, uses=prepared.uses)


def _find_images(context: Mapping[str, object]) -> Iterator[Image]:
    """Yield the pictures that a context may print, those of each project of a bound one too."""
    for value in context.values():
        if isinstance(value, Report):
            yield from (one.image for one in value.pictures() if one.image is not None)
        elif isinstance(value, list):
            rows = (row for row in value if isinstance(row, Mapping))
            yield from (image for row in rows for image in _find_images(row))
