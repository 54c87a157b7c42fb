"""Ways to make the two documents of a project out of what is known of it, in one process.

`python -m bench.renderers ROOT YEAR NAME TIMES` is a process that does one of them and no other.
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
from generator.pipeline import load_project, open_workbench
from generator.reading.discovery import find_year
from generator.rendering.compiled import compile_template
from generator.rendering.context import build_context

OURS = "ziping"
NAIVE = "docxtpl，每次打开模板"
CACHED = "docxtpl，模板只编译一次"
Blobs = dict[str, bytes]  # template → document


def make_renderers(root: Path, year: int, folder: Path) -> dict[str, Callable[[], Blobs]]:
    """Return actions that each make both documents of the first project of a year."""
    file = find_year(root, year)[0]
    result = load_project(open_workbench(root), file)
    if result.project is None or result.sheet is None or result.scope is None:
        raise ValueError(f"{file.id} cannot be read")
    context = build_context(result.project, result.sheet, result.scope)
    compiled = {name: compile_template(root / FORM / name) for name in DOCUMENTS}
    theirs = fill(Reader(root).read(file.path))
    paths = write_templates(DOCXTPL, root, folder)
    environment = CachingEnvironment(autoescape=True)
    return {
        OURS: lambda: {name: template.render(context) for name, template in compiled.items()},
        NAIVE: lambda: {name: _render(paths / name, theirs) for name in DOCUMENTS},
        CACHED: lambda: {
            name: _render_cached(paths / name, theirs, environment) for name in DOCUMENTS
        },
    }


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
    """Render so many times by one of them, and nothing else."""
    root, year, name, times = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        action = make_renderers(Path(root), int(year), Path(folder))[name]
        for _ in range(int(times)):
            action()


if __name__ == "__main__":
    main()
