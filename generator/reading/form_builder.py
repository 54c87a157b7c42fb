"""A resolved form.yaml to the domain's Form."""

import re
from collections.abc import Iterator

from generator.amounts import ZERO
from generator.domain.forms import (
    Derived,
    Document,
    Form,
    Format,
    FundColumn,
    FundItem,
    FundRow,
    Funds,
    Heading,
    Identity,
    Outline,
)
from generator.findings import Severity
from generator.reading.field_builder import build_field, label_of
from generator.reading.traced import Traced
from generator.reading.tree_builder import build_table

SEVERITIES = {"错误": Severity.ERROR, "警告": Severity.WARNING}
_AS_TYPED = "按填报"


def build_form(form_id: str, tree: Traced, *, templates: dict[str, str]) -> Form:
    """Build a form; `templates` gives each 模板 its path relative to the root."""
    years = tree.get("适用", "年度") or tree
    return Form(
        id=form_id,
        title=tree.text("名称"),
        place=tree.place,
        scope=tree.text("适用", "范围"),
        first_year=years.whole("自", default=0) or 0,
        last_year=years.whole("至"),
        fields=tuple(build_field(item) for item in tree.each("字段")),
        funds=_funds(tree.entries["资金"]) if "资金" in tree else None,
        derived=tuple(_derived(item, _formats(tree)) for item in tree.each("派生")),
        identities=tuple(_identity(item) for item in tree.each("恒等式")),
        tables=tuple(build_table(item) for item in tree.each("指标表")),
        outline=_outline(tree.entries["提纲"]) if "提纲" in tree else None,
        formats=_formats(tree),
        notes=tree.strings("备注"),
        documents=tuple(_document(item, templates) for item in tree.each("文档")),
    )


def _funds(tree: Traced) -> Funds:
    places = tree.text("小数", default=_AS_TYPED)
    return Funds(
        unit=tree.text("单位", default="万元"),
        places=None if places == _AS_TYPED else int(places),
        columns=tuple(_fund_column(item) for item in tree.each("栏")),
        rows=tuple(_fund_row(item) for item in tree.each("行")),
        items=tuple(_fund_items(tree, "项", "")),
        scored_row=tree.text("计分行"),
    )


def _fund_column(item: Traced) -> FundColumn:
    return FundColumn(
        name=item.text("名称"),
        label=label_of(item),
        place=item.place,
        is_required=item.is_yes("必填"),
        formula=item.text("公式"),
        format=item.text("格式"),
        is_text=item.text("类型") == "长文本",
    )


def _fund_row(item: Traced) -> FundRow:
    return FundRow(
        name=item.text("名称"),
        label=label_of(item),
        place=item.place,
        is_top=item.is_yes("顶层"),
        is_required=item.is_yes("必填"),
        may_be_negative=item.is_yes("可负"),
        adds_to=item.text("计入"),
        split=item.text("分法"),
    )


def _fund_items(tree: Traced, key: str, prefix: str) -> Iterator[FundItem]:
    for item in tree.each(key):
        name = prefix + item.text("名称")
        if "分列" in item:
            yield from _fund_items(item, "分列", f"{name}.")
            continue
        yield FundItem(
            name=name,
            label=label_of(item),
            place=item.place,
            is_required=item.is_yes("必填"),
            may_be_negative=item.is_yes("可负"),
            formula=item.text("公式"),
            blank_as=item.number("空视为"),
            basis=item.text("依据"),
        )


def _derived(item: Traced, formats: dict[str, Format]) -> Derived:
    zero = item.text("除数为零", default="空")
    shown = formats.get(item.text("显示"))
    places = item.whole("取小数")
    if places is not None and shown is not None and shown.kind == "百分比":
        places += 2  # 取小数 counts the places of the percentage
    return Derived(
        name=item.text("名称"),
        place=item.place_of(next((key for key in ("公式", "求和", "计数") if key in item), "名称")),
        formula=item.text("公式"),
        sum_of=item.text("求和"),
        count_of=item.text("计数"),
        unit=item.text("单位"),
        format=item.text("显示"),
        places=places,
        is_absolute=item.is_yes("取绝对值"),
        zero_divisor=None if zero == "空" else item.number("除数为零"),
        basis=item.text("依据"),
    )


def _identity(item: Traced) -> Identity:
    sides = re.split(r"\s*([=＝≤≥])\s*", item.text("等式"), maxsplit=1)
    left, sign, right = sides if len(sides) > 1 else (sides[0], "", "")
    return Identity(
        name=item.text("名称"),
        place=item.place_of("等式"),
        left=left,
        sign="=" if sign == "＝" else sign,
        right=right,
        tolerance=item.number("容差") or ZERO,
        severity=SEVERITIES[item.text("级别", default="错误")],
        basis=item.text("依据"),
    )


def _formats(tree: Traced) -> dict[str, Format]:
    return (
        {name: _format(item) for name, item in (tree.get("格式") or tree).entries.items()}
        if ("格式" in tree)
        else {}
    )


def _format(item: Traced) -> Format:
    return Format(
        kind=item.text("类"),
        places=item.whole("小数"),
        drops_zeros=item.is_yes("去尾零"),
        has_thousands=item.is_yes("千分位"),
        prefix=item.text("前缀"),
        pattern=item.text("样式"),
    )


def _outline(tree: Traced) -> Outline:
    return Outline(tree.text("方式"), tuple(_heading(item) for item in tree.each("标题")))


def _heading(item: Traced) -> Heading:
    return Heading(
        name=item.text("名称"),
        place=item.place,
        is_required=item.is_yes("必填"),
        aliases=item.strings("别名"),
        least_length=item.whole("字数", "最少"),
        most_length=item.whole("字数", "最多"),
        prompt=item.text("提示"),
        below=tuple(_heading(child) for child in item.each("下级")),
    )


def _document(item: Traced, templates: dict[str, str]) -> Document:
    template = item.text("模板")
    return Document(
        name=item.text("名称"),
        template=templates.get(template, ""),
        file_name=item.text("文件名"),
        needs=item.text("需要"),
        place=item.place_of("模板"),
        binds=item.text("合订"),
    )
