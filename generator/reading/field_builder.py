"""字段 of a resolved form.yaml to the domain's Field."""

from generator.domain.fields import Field, GridRow
from generator.reading.traced import Traced


def label_of(item: Traced) -> str:
    """Return what is printed: 标签, else 名称."""
    return item.text("标签", default=item.text("名称"))


def build_field(item: Traced) -> Field:
    """Build a field, or a member or column of one."""
    return Field(
        name=item.text("名称"),
        label=label_of(item),
        kind=item.text("类型", default="文本"),
        place=item.place,
        is_required=item.is_yes("必填"),
        refuses_empty_talk=item.is_yes("不得为空话"),
        options=item.strings("选项"),
        items=tuple(build_field(member) for member in item.each("项")),
        rows=tuple(_grid_row(row) for row in item.each("行")),
        sentence=item.text("句式"),
        unit=item.text("单位"),
        folded_unit=item.text("折算"),
    )


def _grid_row(item: Traced) -> GridRow:
    return GridRow(
        name=item.text("名称"),
        label=label_of(item),
        place=item.place,
        is_required=item.is_yes("必填"),
        adds_to=item.text("计入"),
        split=item.text("分法"),
    )
