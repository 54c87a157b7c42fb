"""What docxtpl itself makes of a template, and when two parts of a document are the same."""

import pathlib
import re
from collections.abc import Mapping
from unittest import mock

from docxtpl import DocxTemplate
from jinja2 import Template

from generator.rendering.engine import Engine
from generator.rendering.jinja_environment import make_environment, parse_source
from generator.rendering.narrative import NarrativeWriter
from generator.rendering.package import read_package, write_package
from generator.rendering.prepare import CORE_PROPERTIES, prepare_template
from generator.rendering.xml_tree import SPACE, WP, canonical, parse_xml, w

_CODE = re.compile(r"\{[{%].*?[}%]\}", re.DOTALL)


def render_by_docxtpl(
    template: pathlib.Path, context: Mapping[str, object], folder: pathlib.Path
) -> dict[str, bytes]:
    """Let docxtpl open, patch, compile, render, mend and save a template.

    Our instruction words are unknown to it, so it gets what they were translated to, written back
    into a Word file before any patching, with our filters.
    """
    with mock.patch.object(Engine, "patch", lambda _, xml: xml):
        prepared = prepare_template(template)
    assert not prepared.problems
    sources = {part.name: _as_xml(part.source).encode() for part in prepared.parts}
    file = folder / "prepared.docx"
    file.write_bytes(write_package({**prepared.unchanged, **sources}))
    writer = NarrativeWriter(prepared.styles)
    environment = make_environment({"正文": writer.write, "附件": writer.attach})

    def from_string(source: str) -> Template:
        code = environment.compile(parse_source(environment, source))
        return Template.from_code(environment, code, {})

    made = DocxTemplate(file)
    with mock.patch.object(environment, "from_string", from_string):
        made.render(dict(context), environment)
    made.save(folder / "made.docx")
    return read_package(folder / "made.docx")


def _as_xml(source: str) -> str:
    """Return a prepared source as Word would hold it: a tag is text, and stands on one line."""

    def escaped(found: re.Match[str]) -> str:
        code = re.sub(r"^(\{[{%])\s*", r"\1 ", found[0])
        assert "&" not in code, "docxtpl does not read it back"
        return code.replace("<", "&lt;").replace(">", "&gt;")

    return _CODE.sub(escaped, source)


def canonical_part(name: str, blob: bytes) -> str:
    """Return a part so that what has no meaning does not count.

    That a text keeps its blanks says nothing where it has none; numbers of pictures are free, and
    so are the order of the document's properties and those that are blank.
    """
    root = parse_xml(blob)
    if name == CORE_PROPERTIES:
        return "\n".join(sorted(canonical(one) for one in root if one.text))
    for text in root.iter(w("t")):
        if (text.text or "") == (text.text or "").strip():
            text.attrib.pop(SPACE, None)
    for number, picture in enumerate(root.iter(f"{{{WP}}}docPr"), 1):
        picture.set("id", str(number))
    return canonical(root)
