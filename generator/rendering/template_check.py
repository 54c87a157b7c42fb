"""The templates of a run: each compiled once, each form's checked before its first document."""

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct, field

from generator.domain.forms import Document, Form
from generator.domain.rubrics import Rubric
from generator.findings import Finding, Severity
from generator.rendering.compiled import CompiledTemplate, RefusedTemplate, read_template
from generator.rendering.form_names import bound_names, known_names
from generator.rendering.names import TemplateUse
from generator.rendering.prepared import Prepare, prepare_now
from generator.rendering.template_lint import Expected, find_errors
from generator.rendering.unprinted import find_unprinted


class Templates(Struct):
    """Holds what was compiled, and what was found of each form."""

    root: Path
    prepare: Prepare = prepare_now
    _read: dict[str, CompiledTemplate | RefusedTemplate] = field(default_factory=dict)
    _found: dict[str, tuple[Finding, ...]] = field(default_factory=dict)

    def check(self, form: Form, rubric: Rubric | None) -> tuple[Finding, ...]:
        """Return what is wrong with a form's templates; an error stops all of its documents."""
        if form.id not in self._found:
            self._found[form.id] = tuple(dict.fromkeys(self._check(form, rubric)))
        return self._found[form.id]

    def compiled(self, path: str) -> CompiledTemplate:
        """Return a template of a form that was checked without error."""
        template = self._template(path)
        if isinstance(template, RefusedTemplate):
            raise TypeError(f"{path} is refused")  # never after `check`
        return template

    def prints_report(self, form: Form) -> bool:
        """Say whether a template of a form that was checked prints the whole report."""
        uses = (use for one in form.documents for use in self.compiled(one.template).uses)
        return any(use.is_whole_report for use in uses)

    def _check(self, form: Form, rubric: Rubric | None) -> Iterator[Finding]:
        uses: list[TemplateUse] = []
        single = any(not document.binds for document in form.documents)
        is_refused = False
        for document in form.documents:
            template = self._template(document.template)
            is_refused |= isinstance(template, RefusedTemplate)
            uses += template.uses if not (document.binds and single) else ()
            expected = expected_of(document, form, rubric)
            for remark in find_errors(template, document.template, [expected]):
                yield remark.finding
        if is_refused:
            return  # what a template that cannot be read prints is not known
        for found in find_unprinted(form, rubric, uses):
            message = f"{found.what}在各文档的模板里都没有用到，不会印出来"
            hint = "在 Word 模板里加上标签，或把它移出表式"
            severity = Severity.WARNING
            yield Finding("T303", "template-unprinted", severity, found.place, message, hint=hint)

    def _template(self, path: str) -> CompiledTemplate | RefusedTemplate:
        if path not in self._read:
            self._read[path] = read_template(self.root / path, self.prepare)
        return self._read[path]


def expected_of(document: Document, form: Form, rubric: Rubric | None) -> Expected:
    """Return what the template of a document may name."""
    if not document.binds:
        return Expected(known_names(form, rubric))
    hint = "在 Word 里更正这个标签；合订的文档里，一个项目的名称写在「每 一项 于 各项目」里面"
    return Expected(bound_names(form, rubric), hint)
