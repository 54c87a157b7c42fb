"""字段: what the header and the sign-off of a form ask for."""

from decimal import Decimal

from msgspec import Struct

from generator.amounts import MONEY_UNITS
from generator.findings import Place


class Field(Struct, frozen=True):
    """One 字段 of the header or the sign-off, or a member of one."""

    name: str
    label: str
    kind: str  # 文本 长文本 金额 数 整数 百分比 日期 起止 选项 组 列表 表格
    place: Place
    is_required: bool = False
    refuses_empty_talk: bool = False
    options: tuple[str, ...] = ()
    items: tuple["Field", ...] = ()  # members of 组, columns of 列表 and 表格
    rows: tuple["GridRow", ...] = ()  # the printed rows of a 表格
    sentence: str = ""  # 句式: one row of a 列表 as prose, `{名称}{金额}万元`
    unit: str = ""
    folded_unit: str = ""  # 折算: the unit in which formulas know the amount

    @property
    def is_number(self) -> bool:
        """Say whether its value is a figure."""
        return self.kind in ("金额", "数", "整数", "百分比")

    def fold(self, value: Decimal) -> Decimal:
        """Return an amount in the unit in which formulas know it (折算)."""
        if not self.folded_unit:
            return value
        return value * MONEY_UNITS[self.unit] / MONEY_UNITS[self.folded_unit]


class GridRow(Struct, frozen=True):
    """A printed row of a 表格; rows of one total and one split add up to that total."""

    name: str
    label: str
    place: Place
    is_required: bool = False
    adds_to: str = ""
    split: str = ""
