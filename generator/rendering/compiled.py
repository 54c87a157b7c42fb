"""A template, compiled once and rendered often: `compile_template(path).render(context)`."""

import pathlib
from collections.abc import Mapping

from generator.rendering.jinja_environment import (
    CompiledPart,
    TagFailedError,
    TemplateEnvironment,
    compile_source,
    make_environment,
    parse_source,
)
from generator.rendering.names import TemplateUse, find_uses
from generator.rendering.narrative import NarrativeWriter
from generator.rendering.package import PackageError, write_package
from generator.rendering.pictures import add_pictures, find_images
from generator.rendering.prepare import PreparedPart, PreparedTemplate, prepare_template
from generator.rendering.problems import (
    MissingValue,
    RenderFailedError,
    Tag,
    TemplateProblem,
    TemplateRefusedError,
)
from generator.rendering.sketch import sketch
from generator.rendering.style_ids import STYLES_PART


class CompiledTemplate:
    """A template ready to be filled: holds no state that rendering changes."""

    def __init__(
        self,
        path: pathlib.Path,
        *,
        parts: tuple[tuple[CompiledPart, Mapping[int, Tag]], ...],
        unchanged: Mapping[str, bytes],
        uses: tuple[TemplateUse, ...],
    ) -> None:
        """Keep compiled parts, members to copy, and the names used."""
        self.path = path
        self.uses = uses
        self._parts = parts
        self._unchanged = unchanged

    def render(self, context: Mapping[str, object]) -> bytes:
        """Return the document for a context.

        Raises:
            MissingValue: A tag asks for something the context does not have.
            RenderFailedError: A value cannot be printed or compared, a picture not be read.
        """
        changed = {part.name: self._render(part, tags, context) for part, tags in self._parts}
        members = {**self._unchanged, **changed}
        try:
            return write_package(add_pictures(members, find_images(context)))
        except PackageError as error:
            tag = Tag("{% 正文 %}", "", "")
            raise RenderFailedError(str(error), template=self.path, tag=tag) from None

    def _render(
        self, part: CompiledPart, tags: Mapping[int, Tag], context: Mapping[str, object]
    ) -> bytes:
        try:
            return part.render(context).encode()
        except TagFailedError as failure:
            tag = tags.get(failure.line, Tag("", part.name, ""))
            if failure.is_missing:
                raise MissingValue(template=self.path, tag=tag) from None
            raise RenderFailedError(str(failure), template=self.path, tag=tag) from None


def compile_template(path: pathlib.Path) -> CompiledTemplate:
    """Prepare and compile a Word template.

    Raises:
        TemplateRefusedError: With everything that is wrong with the template.
    """
    prepared = prepare_template(path)
    if prepared.problems:
        raise TemplateRefusedError(path, prepared.problems)
    return _compile(path, prepared)


def find_readable_uses(path: pathlib.Path) -> tuple[TemplateUse, ...]:
    """Return the uses of names that can be told from a template that is refused.

    In a part with problems nothing is known of loops: names of their rows are left out.
    """
    prepared = prepare_template(path)
    environment = make_environment({})
    parts = [*prepared.parts, sketch(prepared.unread)]
    return tuple(
        use
        for part in parts
        for use in find_uses(parse_source(environment, part.source), part.tags)
    )


def _compile(path: pathlib.Path, prepared: PreparedTemplate) -> CompiledTemplate:
    writer = NarrativeWriter(prepared.unchanged[STYLES_PART])
    environment = make_environment({"正文": writer.write, "附件": writer.attach})
    compiled = [_compile_part(environment, part) for part in prepared.parts]
    uses = tuple(use for _, part_uses in compiled for use in part_uses)
    if any(use.is_whole_report for use in uses):
        _refuse(path, tuple(writer.problems()))
    parts = tuple(
        (part, prepared_part.tags)
        for (part, _), prepared_part in zip(compiled, prepared.parts, strict=True)
    )
    return CompiledTemplate(path, parts=parts, unchanged=prepared.unchanged, uses=uses)


def _compile_part(
    environment: TemplateEnvironment, part: PreparedPart
) -> tuple[CompiledPart, tuple[TemplateUse, ...]]:
    tree = parse_source(environment, part.source)
    uses = find_uses(tree, part.tags)
    return compile_source(environment, tree, name=part.name), uses


def _refuse(path: pathlib.Path, problems: tuple[TemplateProblem, ...]) -> None:
    if problems:
        raise TemplateRefusedError(path, problems)
