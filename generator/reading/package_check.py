"""What must hold inside a form package, before any data is read."""

import re
from collections.abc import Iterator

from generator.domain.forms import Form, Heading
from generator.domain.rubrics import Rubric
from generator.domain.trees import COLUMN_TAKES, ROW_FLAGS
from generator.findings import Finding
from generator.reading.field_check import check_fields
from generator.reading.fund_check import check_funds
from generator.reading.package_formulas import check_formulas
from generator.reading.refusals import error
from generator.reading.rubric_check import check_rubric
from generator.reading.traced import Traced
from generator.reading.tree_check import check_trees
from generator.suggestions import ask_meant


def check_package(
    tree: Traced, rubric_tree: Traced, *, form: Form, rubric: Rubric | None
) -> Iterator[Finding]:
    """Yield everything that is wrong with a resolved package."""
    yield from _identity(tree, form)
    yield from check_fields(form)
    yield from check_formulas(form)
    yield from check_funds(form, tree)
    yield from check_trees(form)
    yield from _columns(form)
    yield from _formats(form)
    yield from _documents(form)
    yield from _outline(form)
    if rubric is not None:
        yield from check_rubric(form, rubric, rubric_tree)


def _identity(tree: Traced, form: Form) -> Iterator[Finding]:
    for key in ("名称", "依据", "适用"):
        if key not in tree:
            yield error("R205", "form-identity", tree.place, f"表式缺少「{key}」")
    if not any(key in tree for key in ("字段", "资金", "指标表", "提纲")):
        message = "表式里没有内容：字段、资金、指标表、提纲至少要有一样"
        yield error("R205", "form-identity", tree.place, message)
    if form.last_year is not None and form.last_year < form.first_year:
        message = f"适用年度自 {form.first_year} 至 {form.last_year}，先后颠倒"
        place = (tree.get("适用", "年度") or tree).place
        yield error("R205", "form-identity", place, message)


def _formats(form: Form) -> Iterator[Finding]:
    """Yield formats of computed columns and 派生 that are not there."""
    used = [(f"派生「{rule.name}」显示", rule.format, rule.place) for rule in form.derived]
    columns = form.funds.columns if form.funds is not None else ()
    used += [(f"栏「{column.name}」", column.format, column.place) for column in columns]
    for what, name, place in used:
        if name and name not in form.formats:
            message = f"{what}用格式「{name}」，没有这个格式"
            hint = ask_meant(name, form.formats)
            yield error("R210", "form-column", place, message, hint=hint)


def _columns(form: Form) -> Iterator[Finding]:
    for table in form.tables:
        own = [extra.name for extra in table.extra_fields]
        known = (*COLUMN_TAKES, *own)
        for column in table.columns:
            if column.takes not in known:
                message = f"列「{column.name}」取「{column.takes}」，没有这种内容"
                hint = ask_meant(column.takes, known)
                yield error("R210", "form-column", column.place, message, hint=hint)
            elif column.name in ROW_FLAGS and column.name != column.takes:
                message = f"列「{column.name}」与每行都有的一项同名"
                hint = "给这一列换个名称"
                yield error("R210", "form-column", column.place, message, hint=hint)
            elif column.name in known and column.name != column.takes:
                message = (
                    f"列「{column.name}」取「{column.takes}」，与「{column.name}」本来的内容混淆"
                )
                hint = "给这一列换个名称"
                yield error("R210", "form-column", column.place, message, hint=hint)
            if column.format and column.format not in form.formats:
                message = f"列「{column.name}」用格式「{column.format}」，没有这个格式"
                hint = ask_meant(column.format, form.formats)
                yield error("R210", "form-column", column.place, message, hint=hint)


def _documents(form: Form) -> Iterator[Finding]:
    known = {field.name: field.is_required for field in form.fields if field.kind == "文本"}
    known |= {"年度": True, "单位": True}
    seen: set[str] = set()
    for document in form.documents:
        for name in re.findall(r"\{([^{}]*)\}", document.file_name):
            if document.binds and name not in ("年度", "单位"):
                message = f"合订的文件名「{document.file_name}」只能用年度、单位，不能用「{name}」"
                yield error("R211", "form-document", document.place, message)
            elif not known.get(name, False):
                others = {field.name for field in form.fields}
                why = "没有这个字段" if name not in others else "应是必填的文本字段"
                message = f"文件名「{document.file_name}」用到「{name}」，{why}"
                hint = ask_meant(name, [one for one, is_required in known.items() if is_required])
                yield error("R211", "form-document", document.place, message, hint=hint)
        if document.file_name in seen:
            message = f"两个文档的文件名相同：{document.file_name}"
            yield error("R211", "form-document", document.place, message)
        seen.add(document.file_name)


def _outline(form: Form) -> Iterator[Finding]:
    if form.outline is None:
        return
    if form.outline.mode == "自由" and form.outline.headings:
        place = form.outline.headings[0].place
        yield error("R212", "form-outline", place, "提纲的方式是「自由」，不列标题")
    yield from _headings(form.outline.headings)


def _headings(headings: tuple[Heading, ...]) -> Iterator[Finding]:
    seen: set[str] = set()
    for heading in headings:
        for name in (heading.name, *heading.aliases):
            if name in seen:
                yield error("R212", "form-outline", heading.place, f"标题「{name}」重复")
            seen.add(name)
        yield from _headings(heading.below)
