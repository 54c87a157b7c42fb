"""The documents of one side of a redline, rendered from its own data by its own templates."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct, field
from msgspec.structs import replace

from generator.commands.report_units import UnitWork
from generator.findings import Finding
from generator.pipeline import ProjectResult, Workbench, load_project
from generator.reading.discovery import DataFile, name_file
from generator.rendering.documents import Document, Renderer, Written
from generator.rendering.manifest import Manifest


class Rendered(Struct, frozen=True):
    """A document of one side."""

    year: str
    owner: str  # a project, or a unit of a 合订 document
    name: str
    path: str  # below the folder of its year
    blob: bytes

    @property
    def identity(self) -> tuple[str, str]:
        """Return what it is, whatever its file is called."""
        return self.owner, self.name


class Side(Struct):
    """What one side has, and what kept documents from it."""

    documents: list[Rendered] = field(default_factory=list)
    stopped: list[Finding] = field(default_factory=list)
    listing: str = ""  # of what stopped them, for a person
    owners: set[str] = field(default_factory=set)  # of documents that were stopped


def render_side(
    bench: Workbench, files: Iterable[DataFile], *, is_past: bool, has_units: bool
) -> Side:
    """Render the documents of some projects; nothing of it stays on disk.

    Args:
        bench: Of this side.
        files: Its projects, in order.
        is_past: Errors stop no document: it may have been filed before there was a check for them.
        has_units: Whole units are given, so their 合订 documents are rendered too.
    """
    side = Side()
    for year, of_year in groupby(files, key=lambda file: file.id.split("/")[0]):
        with TemporaryDirectory(prefix="ziping-") as name:
            renderer = Renderer(bench.root, Manifest(Path(name)), is_sealed=False)
            for _, of_unit in groupby(of_year, key=lambda file: file.unit):
                for owner, made in _render_unit(
                    bench, renderer, of_unit, is_past=is_past, has_units=has_units
                ):
                    if isinstance(made, Finding):
                        side.stopped.append(made)
                        side.owners.add(owner)
                        continue
                    blob = (renderer.manifest.folder / made.path).read_bytes()
                    side.documents.append(Rendered(year, owner, made.name, made.path, blob))
    return side


def _render_unit(
    bench: Workbench,
    renderer: Renderer,
    files: Iterable[DataFile],
    *,
    is_past: bool,
    has_units: bool,
) -> Iterator[tuple[str, Written | Finding]]:
    """Yield what a unit's projects gave, each with its owner."""
    work = UnitWork("")
    for file in files:
        own = name_file(bench.root, file.file)
        if own is None:
            continue
        result = load_project(bench, own)
        work.unit_id = own.id.rpartition("/")[0]
        work.add(result)
        errors = [finding for finding in result.findings if finding.is_blocking]
        if errors and (result.project is None or not is_past):
            yield from ((own.id, finding) for finding in errors)
            continue
        yield from ((own.id, one) for one in _render_project(renderer, result))
    for form in work.by_form() if has_units else ():
        if form.binds:
            bound = replace(form.bound, missing=()) if is_past else form.bound
            yield from ((work.unit_id, one) for one in _needed(renderer.render_bound(bound)))


def _render_project(renderer: Renderer, result: ProjectResult) -> Iterator[Written | Finding]:
    project, sheet, scope = result.project, result.sheet, result.scope
    if project is not None and sheet is not None and scope is not None:
        document = Document(project, sheet, scope, result.inputs, result.file.unit)
        yield from _needed(renderer.render(document))


def _needed(found: Iterable[Written | Finding]) -> Iterator[Written | Finding]:
    """Yield documents and what stopped them; what is only worth a warning is for `report`."""
    return (one for one in found if not isinstance(one, Finding) or one.is_blocking)
