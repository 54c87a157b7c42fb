"""A document made once more from data, to hold another one against it; nothing is kept."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct

from generator.commands.report_units import UnitWork
from generator.errors import UserError
from generator.findings import Finding
from generator.pipeline import ProjectResult, Workbench, load_project, open_workbench
from generator.reading.discovery import DataFile, name_file, project_files
from generator.reading.yaml_source import Source
from generator.rendering.documents import Document, Renderer, Written
from generator.rendering.draft import find_blanks
from generator.rendering.manifest import Manifest
from generator.rendering.package import read_package
from generator.rendering.printed_text import Piece, read_pieces
from generator.rendering.seal import Seal, read_seal

_ID_PARTS = 3  # year, unit and project; a 合订 document has no project


class CannotRenderError(Exception):
    """The document cannot be made again; the argument says why, in Chinese."""


class Again(Struct, frozen=True):
    """The document as these data give it."""

    members: Mapping[str, bytes]
    pieces: tuple[Piece, ...]
    seal: Seal
    results: tuple[ProjectResult, ...]
    shared: tuple[Source, ...]  # what units share


def render_again(root: Path, seal: Seal) -> Again:
    """Make the document that a seal names from the data of a root.

    Raises:
        CannotRenderError: The data are gone or have errors, the form or the document is unknown.
    """
    try:
        bench, results = load_results(root, seal)
        with TemporaryDirectory(prefix="ziping-") as folder:
            manifest = Manifest(Path(folder))
            renderer = Renderer(root, manifest, is_forced=True, is_draft=seal.is_draft)
            path = _find_written(_render(renderer, results, seal), seal)
            members = read_package(manifest.folder / path)
        sources = (bench.unit(result.file) for result in results[:1])
        shared = tuple(source for source in sources if source is not None)
    except UserError as fault:
        raise CannotRenderError(str(fault)) from None
    made = read_seal(members)
    if made is None:
        raise CannotRenderError("生成的文档没有封条")
    return Again(members, read_pieces(members), made, results, shared)


def load_results(root: Path, seal: Seal) -> tuple[Workbench, tuple[ProjectResult, ...]]:
    """Read the projects of a document.

    Raises:
        CannotRenderError: There are none.
        UserError: The root has no forms.
    """
    files = [file for file in _find_files(root, seal) if file.path.is_file()]
    if not files:
        raise CannotRenderError(f"没有数据 data/{seal.owner}")
    bench = open_workbench(root)
    return bench, tuple(load_project(bench, file, is_draft=seal.is_draft) for file in files)


def _find_files(root: Path, seal: Seal) -> list[DataFile]:
    """Return the data files of a document; of a 合订 one those of the whole unit."""
    if len(seal.owner.split("/")) == _ID_PARTS:
        file = name_file(root, f"data/{seal.owner}.yaml")
        return [file] if file is not None else []
    year = seal.owner.split("/")[0]
    found = project_files(root, int(year)) if year.isdecimal() else ()
    return [file for file in found if file.id.startswith(f"{seal.owner}/")]


def _render(
    renderer: Renderer, results: tuple[ProjectResult, ...], seal: Seal
) -> Iterator[Written | Finding]:
    if len(seal.owner.split("/")) == _ID_PARTS:
        yield from _render_one(renderer, results[0], seal)
        return
    unit = UnitWork(seal.owner)
    for result in results:
        unit.add(result)
    for work in unit.by_form():
        project = work.results[0].project
        if work.binds and project is not None and project.form.id == seal.form:
            yield from renderer.render_bound(work.bound)


def _render_one(
    renderer: Renderer, result: ProjectResult, seal: Seal
) -> Iterator[Written | Finding]:
    project, sheet, scope = result.project, result.sheet, result.scope
    stopped = [finding for finding in result.findings if finding.is_blocking]
    if project is None or sheet is None or scope is None or (stopped and not seal.is_draft):
        yield from stopped
        return
    unit = project.id.split("/")[1]
    blanks = find_blanks(result.findings) if seal.is_draft else ()
    yield from renderer.render(Document(project, sheet, scope, result.inputs, unit, blanks))


def _find_written(made: Iterator[Written | Finding], seal: Seal) -> str:
    """Return the path of the document; why there is none is what stopped it."""
    said = list(made)
    for one in said:
        if isinstance(one, Written) and one.name == seal.document:
            return one.path
    for one in said:
        if isinstance(one, Finding) and one.is_blocking:
            raise CannotRenderError(f"{one.place}: {one.message}")
    raise CannotRenderError(f"表式 {seal.form} 没有文档「{seal.document}」")
