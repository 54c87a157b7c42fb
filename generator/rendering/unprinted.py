"""What a form asks for and none of its templates prints."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from generator.domain.fields import Field
from generator.domain.forms import Form, Heading, Outline
from generator.domain.narrative import find_headings
from generator.domain.rubrics import Rubric
from generator.domain.trees import IndicatorTable
from generator.findings import Place
from generator.rendering.names import EACH, REPORT, Role, TemplateUse

PROJECTS = "各项目"  # of 合订: what is printed of each is printed of the form
Way = tuple[str, ...]


class Unprinted(Struct, frozen=True):
    """Something that a form asks for and no template prints; where the form asks for it."""

    what: str
    place: Place


def find_unprinted(
    form: Form, rubric: Rubric | None, uses: Sequence[TemplateUse]
) -> Iterator[Unprinted]:
    """Yield what the form asks for and none of its templates prints."""
    if not form.documents:
        return
    paths = {_of_one_project(use.path) for use in uses}
    named = "".join(document.file_name for document in form.documents)
    for field in form.fields:
        yield from _field(field, paths, named)
    yield from _funds(form, paths)
    for table in form.tables:
        yield from _columns(table, paths)
    if rubric is not None and rubric.total is not None and ("结果", "总分") not in paths:
        yield Unprinted(f"{rubric.total.name}（结果.总分）", rubric.total.place)
    if form.outline is not None:
        narrative = [use for use in uses if use.role is Role.NARRATIVE]
        if not narrative:
            yield Unprinted("报告的正文", form.place)
        elif not any(use.is_whole_report for use in narrative):
            boxes = [_of_one_project(use.path) for use in narrative]
            yield from (Unprinted(what, form.place) for what in _headings(form.outline, boxes))


def _of_one_project(path: Way) -> Way:
    return path[2:] if path[:2] == (PROJECTS, EACH) else path


def _field(field: Field, paths: set[Way], named: str) -> Iterator[Unprinted]:
    """Yield a field that no template names; of a 表格 each row, where any row is printed alone."""
    if not any(path[0] == field.name for path in paths if path):
        if f"{{{field.name}}}" not in named and (
            field.is_required or field.kind in ("列表", "表格")
        ):
            kind = "必填字段" if field.is_required else field.kind
            yield Unprinted(f"{kind}「{field.name}」", field.place)
        return
    for row in field.rows:
        if not any(path[:2] == (field.name, row.name) for path in paths):
            yield Unprinted(f"「{field.name}」的行「{row.name}」", row.place)


def _funds(form: Form, paths: set[Way]) -> Iterator[Unprinted]:
    """Yield rows, columns and single figures of 资金 that are asked for and not printed."""
    funds = form.funds
    if funds is None:
        return
    columns = {column.name for column in funds.columns}
    for row in funds.rows:
        own = any(path[:2] == ("资金", row.name) for path in paths)
        top = row.is_top and any(path[:1] == ("资金",) and path[1] in columns for path in paths)
        if not own and not top:
            yield Unprinted(f"资金的行「{row.name}」", row.place)
    for item in funds.items:
        if ("资金", *item.name.split(".")) not in paths and (item.is_required or item.formula):
            yield Unprinted(f"资金的「{item.name}」", item.place)


def _columns(table: IndicatorTable, paths: set[Way]) -> Iterator[Unprinted]:
    """A column is printed by its own name, or by what it takes."""
    for column in table.columns:
        names = (column.name, column.takes, column.takes.partition(".")[0])
        if column.takes != "空" and not any((table.name, EACH, name) in paths for name in names):
            yield Unprinted(f"{table.label}的列「{column.name}」", column.place)


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
