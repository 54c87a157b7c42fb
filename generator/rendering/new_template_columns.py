"""The columns of an indicator table: which are declared, how wide each is."""

from msgspec import Struct

from generator.domain.trees import Column, IndicatorTable
from generator.rendering.new_template_grid import LEFT, TEXT, share

SIDE = 420  # the table's name at the left, one character a line
_LONG = ("偏差原因", "改分理由")
# What a column needs at least, and its weight in what is left.
_WISHES = {
    "一级指标": (1000, 0),
    "二级指标": (1170, 0),
    "名称": (1200, 4),
    "目标值": (1000, 3),
    "目标值.年初": (900, 3),
    "目标值.调整后": (900, 3),
    "目标值.值": (760, 1),
    "目标值.单位": (640, 1),
    "完成值": (1000, 3),
    "完成率": (910, 0),  # 16 mm: 102.04%
    "执行率": (910, 0),
    "得分系数": (680, 0),
    "完成值.值": (760, 1),
    "偏差原因": (1100, 3),
    "改分理由": (900, 2),
    "目标": (1000, 3),
    "目标标题": (900, 2),
    "分值": (600, 0),
    "得分": (600, 0),
    "空": (700, 1),
}
_NARROW = (540, 0)
_CHARACTER, _PADDING, _LINES = 180, 100, 4  # a label of a narrow column takes at most four lines


class Printed(Struct, frozen=True):
    """A column with the name of its cells in a row, and its width."""

    column: Column
    name: str
    width: int
    style: str


def least_width(table: IndicatorTable) -> int:
    """Return how wide a table must be for its columns to be read."""
    return SIDE + sum(least for least, _ in _wishes(table))


def printed_columns(table: IndicatorTable, width: int) -> list[Printed]:
    """Return the columns of a table of this width."""
    declared = _declared(table)
    widths = share(width, _wishes(table))
    return [
        Printed(
            column,
            column.name if table.columns else column.takes,
            wide,
            LEFT if column.takes in (*_LONG, *_long_fields(table)) else TEXT,
        )
        for column, wide in zip(declared, widths, strict=True)
    ]


def _declared(table: IndicatorTable) -> tuple[Column, ...]:
    """Return the columns of the form; a form that declares none prints what every table has."""
    if table.columns:
        return table.columns
    levels = zip(table.levels[:-1], ("一级指标", "二级指标"), strict=False)
    takes = [*levels, (table.levels[-1], "名称"), ("目标值", "目标值"), ("完成值", "完成值")]
    takes += [(field.label, field.name) for field in table.extra_fields]
    takes += [("分值", "分值"), ("得分", "得分")] if table.is_scored else []
    takes.append(("偏差原因", "偏差原因"))
    return tuple(Column(name, taken, table.place) for name, taken in takes)


def _wishes(table: IndicatorTable) -> list[tuple[int, int]]:
    fields = {field.name: field for field in table.extra_fields}
    wishes = []
    for column in _declared(table):
        field = fields.get(column.takes)
        least, weight = _WISHES.get(column.takes, _NARROW)
        if field is not None:
            least, weight = (1200, 3) if field.kind == "长文本" else (760, 1)
        wishes.append((max(least, _label_width(column.label or column.name)), weight))
    return wishes


def _label_width(label: str) -> int:
    """Return how wide a label must be to break well: 评价/得分, not 评价得/分."""
    count = len(label)
    a_line = 2 if count in (1, 2, 4) else max(3, -(-count // _LINES))
    return a_line * _CHARACTER + _PADDING


def _long_fields(table: IndicatorTable) -> tuple[str, ...]:
    return tuple(field.name for field in table.extra_fields if field.kind == "长文本")


def prints_goal(table: IndicatorTable) -> bool:
    """Say whether a column of its own prints the goal."""
    return any(column.takes in ("目标", "目标标题") for column in _declared(table))
