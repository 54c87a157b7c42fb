"""Names that a template uses in vain, and what the form has and no template prints."""

from collections.abc import Iterator, Mapping, Sequence

from generator.domain.forms import Form
from generator.rendering.names import EACH, Role, TemplateUse
from generator.rendering.problems import TemplateProblem
from generator.suggestions import ask_meant


def find_unknown_names(
    uses: Sequence[TemplateUse], context: Mapping[str, object]
) -> Iterator[TemplateProblem]:
    """Yield each tag whose name leads nowhere, with the name that was probably meant."""
    for use in uses:
        fault = _follow(use.path, context)
        if fault:
            tag = use.tag
            yield TemplateProblem(f"{tag.text}：{fault}", tag.part, tag.where, tag.around)


def find_unprinted(form: Form, uses: Sequence[TemplateUse]) -> Iterator[str]:
    """Yield what the form asks for and none of its templates prints."""
    paths = {use.path for use in uses}
    heads = {path[0] for path in paths}
    named = "".join(document.file_name for document in form.documents)
    for field in form.fields:
        if field.is_required and field.name not in heads and f"{{{field.name}}}" not in named:
            yield f"必填字段「{field.name}」"
    for table in form.tables:
        for column in table.columns:
            takes = column.takes.partition(".")[0]
            if takes != "空" and (table.name, EACH, takes) not in paths:
                yield f"{table.label}的列「{column.name}」"
    if form.outline is not None and not any(use.role is Role.NARRATIVE for use in uses):
        yield "报告的正文"


def _follow(path: tuple[str, ...], context: Mapping[str, object]) -> str:
    """Return what is wrong with a path; blank when it leads to something."""
    found: object = context
    for depth, name in enumerate(path):
        if name == EACH:
            if not isinstance(found, Sequence) or isinstance(found, str) or not found:
                return ""  # an empty list says nothing about its rows
            found = found[0]
        elif isinstance(found, Mapping):
            if name not in found:
                above = ".".join(step for step in path[:depth] if step != EACH)
                where = f"「{above}」里没有" if above else "没有"
                meant = ask_meant(name, [str(key) for key in found])
                return f"{where}「{name}」" + (f"，{meant}" if meant else "")
            found = found[name]
        else:
            return ""
    return ""
