"""What a form asks for and none of its templates prints."""

from collections.abc import Iterator, Sequence

from generator.domain.forms import Form, Heading, Outline
from generator.domain.narrative import find_headings
from generator.domain.trees import IndicatorTable
from generator.rendering.names import EACH, REPORT, Role, TemplateUse

PROJECTS = "各项目"  # of 合订: what is printed of each is printed of the form
Way = tuple[str, ...]


def find_unprinted(form: Form, uses: Sequence[TemplateUse]) -> Iterator[str]:
    """Yield what the form asks for and none of its templates prints."""
    if not form.documents:
        return
    paths = {_of_one_project(use.path) for use in uses}
    heads = {path[0] for path in paths if path}
    named = "".join(document.file_name for document in form.documents)
    for field in form.fields:
        if field.is_required and field.name not in heads and f"{{{field.name}}}" not in named:
            yield f"必填字段「{field.name}」"
    for table in form.tables:
        yield from _columns(table, paths)
    if form.outline is not None:
        narrative = [use for use in uses if use.role is Role.NARRATIVE]
        if not narrative:
            yield "报告的正文"
        elif not any(use.is_whole_report for use in narrative):
            yield from _headings(form.outline, [_of_one_project(use.path) for use in narrative])


def _of_one_project(path: Way) -> Way:
    return path[2:] if path[:2] == (PROJECTS, EACH) else path


def _columns(table: IndicatorTable, paths: set[Way]) -> Iterator[str]:
    """A column is printed by its own name, or by what it takes."""
    for column in table.columns:
        names = (column.name, column.takes, column.takes.partition(".")[0])
        if column.takes != "空" and not any((table.name, EACH, name) in paths for name in names):
            yield f"{table.label}的列「{column.name}」"


def _headings(outline: Outline, paths: list[Way]) -> Iterator[str]:
    """Where no template prints the whole report, each required heading has a box of its own."""
    if outline.mode != "固定":
        yield f"报告里自拟的标题（提纲是「{outline.mode}」，逐个标题印不出它们）"
    boxes = {_resolved(path[1:], outline.headings) for path in paths if path[:1] == (REPORT,)}
    for way in _missing(outline.headings, boxes, ()):
        yield f"报告的必填标题「{way}」"


def _resolved(path: Way, headings: tuple[Heading, ...]) -> Way:
    """Return the full way to the heading that a template names."""
    full: Way = ()
    for name in path:
        ways = find_headings(name, headings)
        if len(ways) != 1:
            return ()
        full += tuple(heading.name for heading in ways[0])
        headings = ways[0][-1].below
    return full


def _missing(headings: tuple[Heading, ...], boxes: set[Way], above: Way) -> Iterator[str]:
    """Yield required headings that no box prints: neither one for it, nor for all below it."""
    for heading in headings:
        way = (*above, heading.name)
        if way in boxes:
            continue
        below = list(_missing(heading.below, boxes, way))
        if heading.is_required and not (heading.below and _has_all(heading, boxes, way)):
            yield heading.name
        else:
            yield from below


def _has_all(heading: Heading, boxes: set[Way], way: Way) -> bool:
    return all(
        (*way, one.name) in boxes or (one.below and _has_all(one, boxes, (*way, one.name)))
        for one in heading.below
    )
