"""The model to what a template sees: the names of prose, and the rows of the indicator tables."""

from collections.abc import Iterable, Iterator, Sequence

from generator.domain.blocks import Block
from generator.domain.model import Passage, Project
from generator.domain.narrative import Report, Section
from generator.domain.results import ScoreSheet
from generator.rendering.markup import lines
from generator.rendering.rows import RowWriter
from generator.scoring.names import Listed, Printed
from generator.scoring.scope import Scope


def build_context(project: Project, sheet: ScoreSheet, scope: Scope) -> dict[str, object]:
    """Return everything a template of this project's form may name."""
    form = project.form
    context: dict[str, object] = {name: _broken(value) for name, value in scope.names.items()}
    writer = RowWriter(
        project, sheet, scope, {id(row.indicator): row for row in (*sheet.rows, *sheet.listed)}
    )
    for table in form.tables:
        context[table.name] = writer.write(table)
    context["备注"] = list(form.notes)
    headings = form.outline.headings if form.outline is not None else ()
    attachments = tuple(_filled(project.attachments, scope))
    context["报告"] = Report(_sections(project.report or (), scope), headings, attachments)
    context["表名"] = form.title
    context["单位"] = project.id.split("/")[1]
    return context


def _broken(value: Printed) -> object:
    """Return values with their line breaks as Word has them."""
    if isinstance(value, str):
        return lines(value.strip())
    if isinstance(value, Listed):
        return PrintedList(
            ({name: _broken(cell) for name, cell in row.items()} for row in value), value.sentence
        )
    return {name: _broken(item) for name, item in value.items()}


class PrintedList(list[dict[str, object]]):
    """The rows of a 列表; asked for 列举, it answers with the rows as prose."""

    def __init__(self, rows: Iterable[dict[str, object]], sentence: str | None) -> None:
        """Keep the rows and what they read as."""
        super().__init__(rows)
        self._sentence = sentence

    def __getitem__(self, key: object) -> object:  # type: ignore[override]
        """Return 列举 by its name, a row by its index."""
        if key == "列举" and self._sentence is not None:
            return self._sentence
        if isinstance(key, int | slice):
            return super().__getitem__(key)
        raise KeyError(key)


def _sections(passages: tuple[Passage, ...], scope: Scope) -> tuple[Section, ...]:
    return tuple(
        Section(
            passage.heading,
            tuple(_filled(passage.blocks or (passage.text,), scope)),
            _sections(passage.below, scope),
        )
        for passage in passages
    )


def _filled(blocks: Sequence[Block], scope: Scope) -> Iterator[Block]:
    """Yield blocks with their references filled in, each line of a text by itself."""
    for block in blocks:
        if isinstance(block, str):
            yield from (line.strip() for line in scope.fill(block).splitlines() if line.strip())
        else:
            yield block.fill(scope.fill)
