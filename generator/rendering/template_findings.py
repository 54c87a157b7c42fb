"""What is wrong with all templates of a form: each by itself, and what none of them prints."""

from collections.abc import Iterator, Mapping

from generator.domain.forms import Form
from generator.domain.rubrics import Rubric
from generator.findings import Finding, Severity
from generator.rendering.compiled import CompiledTemplate, RefusedTemplate
from generator.rendering.names import TemplateUse
from generator.rendering.template_lint import expected_of, find_errors
from generator.rendering.unprinted import find_unprinted


def check_form(
    form: Form,
    rubric: Rubric | None,
    templates: Mapping[str, CompiledTemplate | RefusedTemplate],
) -> Iterator[Finding]:
    """Yield what is wrong with the templates of a form.

    Args:
        form: The form.
        rubric: Its rubric, where it has one.
        templates: Those of its documents, by path.
    """
    uses: list[TemplateUse] = []
    single = any(not document.binds for document in form.documents)
    for document in form.documents:
        template = templates[document.template]
        uses += template.uses if not (document.binds and single) else ()
        expected = expected_of(document, form, rubric)
        for remark in find_errors(template, document.template, [expected]):
            yield remark.finding
    if any(isinstance(template, RefusedTemplate) for template in templates.values()):
        return  # what a template that cannot be read prints is not known
    for found in find_unprinted(form, rubric, uses):
        message = f"{found.what}在各文档的模板里都没有用到，不会印出来"
        hint = "在 Word 模板里加上标签，或把它移出表式"
        severity = Severity.WARNING
        yield Finding("T303", "template-unprinted", severity, found.place, message, hint=hint)
