"""Names that a template uses and the context does not offer: all of them, before rendering."""

from collections.abc import Iterator, Mapping, Sequence

from generator.rendering.names import EACH, TemplateUse
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
