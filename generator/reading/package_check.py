"""What must hold inside a form package, before any data is read."""

import re
from collections.abc import Iterator

from generator.domain.forms import Form, Heading
from generator.domain.rubrics import Rubric
from generator.findings import Finding
from generator.reading.package_formulas import check_formulas
from generator.reading.refusals import error
from generator.reading.rubric_check import check_rubric
from generator.reading.traced import Traced
from generator.suggestions import ask_meant

_TAKES = (
    "一级指标",
    "二级指标",
    "名称",
    "类型",
    "目标值",
    "目标值.年初",
    "目标值.调整后",
    "目标值.方向",
    "目标值.值",
    "目标值.单位",
    "完成值",
    "完成值.值",
    "完成率",
    "执行率",
    "分值",
    "参考分值",
    "得分",
    "得分系数",
    "偏差原因",
    "核心",
    "改分理由",
    "空",
)
_NOT_BUILT = (
    "目标组",
    "取数",
    "汇总",
    "合订",
    "求和",
    "计数",
    "小计行",
    "固定指标",
    "折算",
    "句式",
    "最多字数",
    "须说明",
)
_NOT_BUILT_VALUES = {("类型", "表格"), ("余数", "按填报")}


def check_package(
    tree: Traced, rubric_tree: Traced, *, form: Form, rubric: Rubric | None
) -> Iterator[Finding]:
    """Yield everything that is wrong with a resolved package."""
    yield from _not_built(tree, rubric_tree)
    yield from _identity(tree)
    yield from check_formulas(form)
    yield from _funds(form, tree)
    yield from _columns(form)
    yield from _documents(form)
    yield from _outline(form)
    if rubric is not None:
        yield from check_rubric(form, rubric, rubric_tree)


def _walk(tree: Traced) -> Iterator[tuple[str, Traced]]:
    inner = tree.value if isinstance(tree.value, tuple) else ()
    for key, item in tree.entries.items():
        yield key, item
        yield from _walk(item)
    for item in inner:
        yield from _walk(item)


def _not_built(tree: Traced, rubric_tree: Traced) -> Iterator[Finding]:
    """Refuse what the language has and this version does not do, instead of ignoring it."""
    for part in (tree, rubric_tree):
        for key, item in _walk(part):
            is_key = key in _NOT_BUILT and item.value is not None and item.string != "无"
            if is_key or (key, item.string) in _NOT_BUILT_VALUES:
                shown = key if is_key else f"{key}: {item.string}"
                message = f"本版程序还不能处理「{shown}」"
                yield error("R207", "form-not-built", item.key_place, message)
    if rubric_tree.get("执行率", "位置", "指标") is not None:
        place = rubric_tree.entries["执行率"].place_of("位置")
        yield error("R207", "form-not-built", place, "本版程序还不能把执行率送入指标")


def _identity(tree: Traced) -> Iterator[Finding]:
    for key in ("名称", "依据", "适用"):
        if key not in tree:
            yield error("R205", "form-identity", tree.place, f"表式缺少「{key}」")
    if not any(key in tree for key in ("字段", "资金", "指标表", "提纲")):
        message = "表式里没有内容：字段、资金、指标表、提纲至少要有一样"
        yield error("R205", "form-identity", tree.place, message)


def _funds(form: Form, tree: Traced) -> Iterator[Finding]:
    if form.funds is None:
        return
    names = [row.name for row in form.funds.rows]
    tops = [row for row in form.funds.rows if row.is_top]
    for row in tops[1:]:
        yield error("R209", "form-funds", row.place, f"「{row.name}」：顶层的行只能有一个")
    for row in form.funds.rows:
        if row.adds_to and row.adds_to not in names:
            message = f"「{row.name}」计入「{row.adds_to}」，资金里没有这一行"
            yield error(
                "R209", "form-funds", row.place, message, hint=ask_meant(row.adds_to, names)
            )
    scored = form.funds.scored_row
    if scored and scored not in names:
        message = f"计分行「{scored}」不是资金的行"
        place = tree.entries["资金"].place_of("计分行")
        yield error("R209", "form-funds", place, message, hint=ask_meant(scored, names))


def _columns(form: Form) -> Iterator[Finding]:
    for table in form.tables:
        own = [extra.name for extra in table.extra_fields]
        for column in table.columns:
            if column.takes not in (*_TAKES, *own):
                message = f"列「{column.name}」取「{column.takes}」，没有这种内容"
                hint = ask_meant(column.takes, (*_TAKES, *own))
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
            if not known.get(name, False):
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
    if form.outline is not None:
        yield from _headings(form.outline.headings)


def _headings(headings: tuple[Heading, ...]) -> Iterator[Finding]:
    seen: set[str] = set()
    for heading in headings:
        for name in (heading.name, *heading.aliases):
            if name in seen:
                yield error("R212", "form-outline", heading.place, f"标题「{name}」重复")
            seen.add(name)
        yield from _headings(heading.below)
