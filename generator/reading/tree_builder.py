"""指标表 of a resolved form.yaml to the domain's IndicatorTable."""

from decimal import Decimal

from generator.domain.trees import (
    Column,
    FixedIndicator,
    GoalRules,
    Group,
    GroupPoints,
    IndicatorTable,
    Level2,
)
from generator.reading.field_builder import build_field, label_of
from generator.reading.traced import YES, Traced


def build_table(item: Traced) -> IndicatorTable:
    """Build one indicator table with its tree."""
    is_scored = item.text("计分", default=YES) == YES
    return IndicatorTable(
        name=item.text("名称"),
        label=label_of(item),
        place=item.place,
        levels=item.strings("层级"),
        is_scored=is_scored,
        points=item.number("分值"),
        groups=tuple(_group(group, is_scored=is_scored) for group in item.each("组")),
        extra_fields=tuple(build_field(extra) for extra in item.each("指标字段")),
        columns=tuple(_column(column) for column in item.each("列")),
        goals=_goals(item.entries["目标组"]) if "目标组" in item else None,
        subtotal_row=item.text("小计行", default="无"),
    )


def _goals(item: Traced) -> GoalRules:
    return GoalRules(
        least=item.whole("最少", default=1) or 1,
        most=item.whole("最多"),
        has_subtotal=item.is_yes("小计"),
        title=item.text("标题样式", default="{目标}"),
    )


def _points(item: Traced) -> GroupPoints | None:
    given = item.get("分值")
    if given is None or given.value is None:
        return None
    value = given.number("缺省") if given.entries else item.number("分值")
    return GroupPoints(
        value=value if value is not None else Decimal(0),
        may_change=given.is_yes("可改"),
        least=given.number("最少"),
        most=given.number("最多"),
    )


def _group(item: Traced, *, is_scored: bool) -> Group:
    return Group(
        name=item.text("名称"),
        label=label_of(item),
        place=item.place,
        points=_points(item),
        may_be_absent="可缺" in item,
        points_go_to=item.text("可缺", "转入"),
        level2=tuple(_level2(level, is_scored=is_scored) for level in item.each("二级")),
        fixed=tuple(_fixed(entry) for entry in item.each("固定指标")),
        default_direction=item.text("缺省方向", default="≥"),
        takes_own=item.text("自拟", default=YES) == YES,
        least_rows=item.whole("最少行", default=0) or 0,
        blank_row=item.text("空行"),
    )


def _level2(item: Traced, *, is_scored: bool) -> Level2:
    return Level2(
        name=item.text("名称"),
        label=label_of(item),
        place=item.place,
        points=_points(item),
        may_be_absent="可缺" in item,
        points_go_to=item.text("可缺", "转入"),
        must_have_row=item.is_yes("必有"),
        is_in_scored_table=is_scored,
        default_direction=item.text("缺省方向", default="≥"),
        fixed=tuple(_fixed(entry) for entry in item.each("固定指标")),
        least_rows=item.whole("最少行", default=0) or 0,
        blank_row=item.text("空行"),
    )


def _fixed(item: Traced) -> FixedIndicator:
    return FixedIndicator(
        name=item.text("名称"),
        label=label_of(item),
        place=item.place,
        points=None if item.text("分值") == "自定" else item.number("分值"),
        reference_points=item.number("参考分值"),
        target=item.text("目标值"),
        default_direction=item.text("缺省方向"),
    )


def _column(item: Traced) -> Column:
    name = item.text("名称")
    return Column(
        name=name,
        takes=item.text("取", default=name),
        place=item.place,
        format=item.text("格式"),
        blank=item.text("空值"),
        label=label_of(item),
    )
