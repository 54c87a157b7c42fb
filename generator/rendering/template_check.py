"""The templates of a run: each compiled once, each form's checked before its first document."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from generator.domain.forms import Document, Form
from generator.domain.rubrics import Rubric
from generator.findings import Finding, Severity
from generator.rendering.compiled import CompiledTemplate, compile_template, find_readable_uses
from generator.rendering.form_names import bound_names, known_names
from generator.rendering.name_check import find_unknown_names
from generator.rendering.names import TemplateUse
from generator.rendering.problems import TemplateProblem, TemplateRefusedError
from generator.rendering.template_lint import Expected, refuse
from generator.rendering.unprinted import find_unprinted


@dataclass(slots=True)
class Templates:
    """Holds what was compiled, and what was found of each form."""

    root: Path
    _compiled: dict[str, CompiledTemplate | tuple[TemplateProblem, ...]] = field(
        default_factory=dict
    )
    _found: dict[str, tuple[Finding, ...]] = field(default_factory=dict)

    def check(self, form: Form, rubric: Rubric | None) -> tuple[Finding, ...]:
        """Return what is wrong with a form's templates; an error stops all of its documents."""
        if form.id not in self._found:
            self._found[form.id] = tuple(dict.fromkeys(self._check(form, rubric)))
        return self._found[form.id]

    def compiled(self, path: str) -> CompiledTemplate:
        """Return a template of a form that was checked without error."""
        template = self._compile(path)
        if isinstance(template, tuple):
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
            template = self._compile(document.template)
            if isinstance(template, tuple):
                is_refused = True
                yield from (refuse(document.template, problem) for problem in template)
                own = find_readable_uses(self.root / document.template)
            else:
                own = template.uses
            uses += own if not (document.binds and single) else ()
            expected = expected_of(document, form, rubric)
            for problem in find_unknown_names(own, expected.known):
                yield refuse(document.template, problem, hint=expected.hint)
        if is_refused:
            return  # what a template that cannot be read prints is not known
        for found in find_unprinted(form, rubric, uses):
            message = f"{found.what}在各文档的模板里都没有用到，不会印出来"
            hint = "在 Word 模板里加上标签，或把它移出表式"
            severity = Severity.WARNING
            yield Finding("T303", "template-unprinted", severity, found.place, message, hint=hint)

    def _compile(self, path: str) -> CompiledTemplate | tuple[TemplateProblem, ...]:
        if path not in self._compiled:
            try:
                self._compiled[path] = compile_template(self.root / path)
            except TemplateRefusedError as fault:
                self._compiled[path] = fault.problems
        return self._compiled[path]


def expected_of(document: Document, form: Form, rubric: Rubric | None) -> Expected:
    """Return what the template of a document may name."""
    if not document.binds:
        return Expected(known_names(form, rubric))
    hint = "在 Word 里更正这个标签；合订的文档里，一个项目的名称写在「每 一项 于 各项目」里面"
    return Expected(bound_names(form, rubric), hint)
