"""Ways to make the two documents of a project out of what is known of it, in one process.

`python -m bench.renderers ROOT YEAR NAME` is a process that does one of them and no other.
"""

import sys
import tempfile
from collections.abc import Callable, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path

from docxtpl import DocxTemplate
from jinja2 import Environment, Template

from bench.dialects import DOCXTPL
from bench.peer_templates import FORM, write_templates
from bench.usual import DOCUMENTS, Reader, fill
from generator.pipeline import Workbench, load_project, open_workbench
from generator.reading.discovery import DataFile, find_year
from generator.rendering.compiled import compile_template
from generator.rendering.context import build_context

OURS = "ziping"
NAIVE = "docxtpl，每次打开模板"
CACHED = "docxtpl，模板只编译一次"
Blobs = dict[str, bytes]  # template → document
Renderer = Callable[[int], Blobs]  # the number of a project → its documents


def make_renderers(root: Path, year: int, folder: Path) -> dict[str, Renderer]:
    """Return what makes both documents of one of a year's projects, in each way."""
    files, bench, reader = find_year(root, year), open_workbench(root), Reader(root)
    contexts = [_context(bench, file) for file in files]
    theirs = [fill(reader.read(file.path)) for file in files]
    compiled = {name: compile_template(root / FORM / name) for name in DOCUMENTS}
    paths = write_templates(DOCXTPL, root, folder)
    cached = CachingEnvironment(autoescape=True)

    def ours(number: int) -> Blobs:
        return {name: one.render(contexts[number]) for name, one in compiled.items()}

    def naive(number: int) -> Blobs:
        return {name: _render(paths / name, theirs[number]) for name in DOCUMENTS}

    def once(number: int) -> Blobs:
        return {name: _render_cached(paths / name, theirs[number], cached) for name in DOCUMENTS}

    return {OURS: ours, NAIVE: naive, CACHED: once}


def _context(bench: Workbench, file: DataFile) -> dict[str, object]:
    result = load_project(bench, file)
    if result.project is None or result.sheet is None or result.scope is None:
        raise ValueError(f"{file.id} cannot be read")
    return build_context(result.project, result.sheet, result.scope)


class CachingEnvironment(Environment):
    """Compiles each source once."""

    def from_string(self, source: str) -> Template:  # type: ignore[override]
        """Return the compiled template, of the last time where there was one."""
        return _compiled(self, source)


@cache
def _compiled(environment: Environment, source: str) -> Template:
    return Environment.from_string(environment, source)


class CachingTemplate(DocxTemplate):  # type: ignore[misc]
    """Prepares each part once; it is opened for each document, as docxtpl needs it."""

    def patch_xml(self, src_xml: str) -> str:
        """Return the part as prepared the first time."""
        return _patched(src_xml)


@cache
def _patched(source: str) -> str:
    return str(DocxTemplate("").patch_xml(source))


def _render(path: Path, context: Mapping[str, object]) -> bytes:
    template = DocxTemplate(path)
    template.render(context, autoescape=True)
    return _saved(template)


def _render_cached(path: Path, context: Mapping[str, object], environment: Environment) -> bytes:
    template = CachingTemplate(path)
    template.render(context, environment)
    return _saved(template)


def _saved(template: DocxTemplate) -> bytes:
    blob = BytesIO()
    template.save(blob)
    return blob.getvalue()


def main() -> None:
    """Render the first project's documents by one of them, and nothing else."""
    root, year, name = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        make_renderers(Path(root), int(year), Path(folder))[name](0)


if __name__ == "__main__":
    main()
