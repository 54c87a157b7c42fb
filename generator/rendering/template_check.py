"""The templates of a run: each compiled once, each form's checked before its first document."""

from collections.abc import Iterable
from importlib import import_module
from pathlib import Path

from msgspec import Struct, field

from generator.domain.forms import Form
from generator.domain.rubrics import Rubric
from generator.findings import Finding
from generator.rendering.compiled import CompiledTemplate, RefusedTemplate, read_template
from generator.rendering.form_memory import FormMemory
from generator.rendering.prepared import PreparedTemplate, prepare_now


class Checked(Struct, frozen=True):
    """What was found of the templates of a form: nothing that stops its documents."""

    findings: tuple[Finding, ...]


class Templates(Struct):
    """Holds what was compiled, and what was found of each form."""

    root: Path
    memory: FormMemory | None = None  # of earlier runs
    _read: dict[str, CompiledTemplate | RefusedTemplate] = field(default_factory=dict)
    _found: dict[str, tuple[Finding, ...]] = field(default_factory=dict)

    def check(
        self, form: Form, rubric: Rubric | None, inputs: Iterable[str] = ()
    ) -> tuple[Finding, ...]:
        """Return what is wrong with a form's templates; an error stops all of its documents.

        Args:
            form: The form.
            rubric: Its rubric, where it has one.
            inputs: The files that both were read from, relative to the root; others do no harm.
        """
        if form.id not in self._found:
            self._found[form.id] = self._check_once(form, rubric, inputs)
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

    def _check_once(
        self, form: Form, rubric: Rubric | None, inputs: Iterable[str]
    ) -> tuple[Finding, ...]:
        """Return what an earlier run found, else find it, and keep it when nothing stops."""
        if self.memory is None:
            return self._check(form, rubric)
        templates = {document.template for document in form.documents}
        files = sorted({*templates, *(one for one in inputs if one.startswith("templates/"))})
        name = f"templates/{form.id}/check"
        known = self.memory.look_up(name, files)
        if isinstance(known, Checked):
            return known.findings
        found = self._check(form, rubric)
        if not any(finding.is_blocking for finding in found):
            self.memory.keep(name, files, Checked(found))
        return found

    def _check(self, form: Form, rubric: Rubric | None) -> tuple[Finding, ...]:
        templates = {one.template: self._template(one.template) for one in form.documents}
        check_form = import_module("generator.rendering.template_findings").check_form
        return tuple(dict.fromkeys(check_form(form, rubric, templates)))

    def _template(self, path: str) -> CompiledTemplate | RefusedTemplate:
        if path not in self._read:
            self._read[path] = read_template(self.root / path, lambda _: self._prepare(path))
        return self._read[path]

    def _prepare(self, path: str) -> PreparedTemplate:
        """Return a template as it was kept, else prepare it, and keep it when it is sound."""
        if self.memory is None:
            return prepare_now(self.root / path)
        known = self.memory.look_up(path, [path])
        if isinstance(known, PreparedTemplate):
            return known
        prepared = prepare_now(self.root / path)
        if not prepared.problems:
            self.memory.keep(path, [path], prepared)
        return prepared
