"""The only door to docxtpl: it opens the template, and its patch_xml joins and lifts tags.

What else it does when it renders is not needed: `fix_tables` mends a grid that does not fit its
rows, and such a document is refused (`tables.py`); `resolve_listing` breaks lines, and lines come
broken (`markup.lines`); its rich objects print themselves where `{{r }}` asks for them, but none
that adds a part to the package can come out of data.
"""

import pathlib
import zipfile

from docxtpl import DocxTemplate

from generator.rendering.problems import TemplateProblem


class Engine:
    """docxtpl, kept to what is safe: `render*` and `recover` parsing are never called."""

    def __init__(self, path: pathlib.Path) -> None:
        """Open a template; `problem` says why it cannot be."""
        self._template = DocxTemplate(path)
        self.problem: TemplateProblem | None = None
        try:
            self._template.init_docx()
        except (KeyError, ValueError, zipfile.BadZipFile, OSError):
            self.problem = TemplateProblem("不是 Word 文档（.docx），或文件已损坏")

    def patch(self, xml: str) -> str:
        """Apply docxtpl's own preparation: runs replaced by `{{r }}`, kept spaces."""
        return str(self._template.patch_xml(xml))
