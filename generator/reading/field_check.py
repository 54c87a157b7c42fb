"""What must hold of 字段: names that are free, parts that fit their 类型."""

import re
from collections.abc import Iterator

from generator.amounts import MONEY_UNITS
from generator.domain.fields import Field
from generator.domain.forms import Form
from generator.domain.trees import COLUMN_TAKES, ROW_FLAGS
from generator.findings import Finding, Place
from generator.reading.refusals import error
from generator.suggestions import ask_meant

_RESERVED = frozenset(
    [
        "表式",
        "年度",
        "单位",
        "资金",
        "派生",
        "指标",
        "结果",
        "小计",
        "报告",
        "豁免",
        "已报送",
        "组分值",
        "备注",
        "表名",
        "各项目",
        "汇总",
    ]
)


def check_fields(form: Form) -> Iterator[Finding]:
    """Yield fields that no data could fill, or that would be mistaken for something else."""
    tables = {table.name for table in form.tables}
    for field in form.fields:
        if field.name in _RESERVED or field.name in tables:
            what = "指标表" if field.name in tables else "程序"
            message = f"字段「{field.name}」与{what}用的名称相同"
            yield _refuse(field.place, message, "换个名称，要印的字写在标签里")
        yield from _parts(field)
    for table in form.tables:
        if table.name in _RESERVED - {"指标"}:
            message = f"指标表「{table.name}」与程序用的名称相同"
            yield _refuse(table.place, message, "换个名称，要印的字写在标签里")
        for extra in table.extra_fields:
            yield from _parts(extra)
            if extra.name in (*COLUMN_TAKES, *ROW_FLAGS):
                message = f"指标字段「{extra.name}」与每个指标都有的一项同名"
                yield _refuse(extra.place, message, "直接在列里取它，或换个名称")


def _parts(field: Field) -> Iterator[Finding]:
    if field.items and field.kind not in ("组", "列表", "表格"):
        yield _refuse(field.place, f"字段「{field.name}」是{field.kind}，不能有「项」")
    if field.kind == "选项" and not field.options:
        yield _refuse(field.place, f"字段「{field.name}」是选项，要写「选项」")
    if not field.items and field.kind in ("组", "列表", "表格"):
        yield _refuse(field.place, f"字段「{field.name}」是{field.kind}，要写「项」")
    if field.rows and field.kind != "表格":
        yield _refuse(field.place, f"字段「{field.name}」是{field.kind}，只有表格才有「行」")
    if not field.rows and field.kind == "表格":
        yield _refuse(field.place, f"表格「{field.name}」要写「行」")
    if field.sentence and field.kind != "列表":
        yield _refuse(field.place, f"字段「{field.name}」是{field.kind}，只有列表才有「句式」")
    names = [item.name for item in field.items]
    if field.sentence and "{" not in field.sentence:
        message = f"列表「{field.name}」的句式里没有一列"
        yield _refuse(field.place, message, f"如 {{{'}{'.join(names)}}}")
    for name in re.findall(r"\{([^{}]*)\}", field.sentence):
        if name not in names:
            message = f"列表「{field.name}」的句式用到「{name}」，没有这一列"
            yield _refuse(field.place, message, ask_meant(name, names))
    for item in field.items:
        if item.name == "列举" and field.kind in ("列表", "表格"):
            yield _refuse(item.place, f"「{field.name}」的列不能叫「列举」，正文要用这个词")
        yield from _parts(item)
    yield from _rows(field)
    if field.folded_unit and field.unit not in MONEY_UNITS:
        shown = "、".join(MONEY_UNITS)
        message = f"字段「{field.name}」要折算为{field.folded_unit}，单位应是{shown}之一"
        yield _refuse(field.place, message, "写上「单位」")


def _rows(field: Field) -> Iterator[Finding]:
    names = [row.name for row in field.rows]
    has_numbers = any(item.is_number for item in field.items)
    for row in field.rows:
        if row.adds_to and row.adds_to not in names:
            message = f"「{row.name}」计入「{row.adds_to}」，表格里没有这一行"
            yield _refuse(row.place, message, ask_meant(row.adds_to, names))
        elif row.adds_to and not has_numbers:
            yield _refuse(row.place, f"表格「{field.name}」都是文字，「{row.name}」不能有「计入」")
        if row.split and not row.adds_to:
            yield _refuse(row.place, f"「{row.name}」有「分法」，没有「计入」")


def _refuse(place: Place, message: str, hint: str = "") -> Finding:
    return error("R221", "form-field", place, message, hint=hint)
