"""指标表: the tree of indicators that a form prints, with the points of each level."""

from decimal import Decimal

from msgspec import Struct

from generator.domain.fields import Field
from generator.findings import Place

COLUMN_TAKES = (  # 取: what a column of an indicator table may print
    "目标",
    "目标标题",
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
    "序号",  # running through the whole table
    "空",  # a reviewer's column
)

ROW_FLAGS = ("小计", "目标小计", "新组", "新目标", "空行", "序号", "并")  # each row has them


class Column(Struct, frozen=True):
    """A column that the printed table has."""

    name: str
    takes: str
    place: Place
    format: str = ""
    blank: str = ""
    label: str = ""  # what is printed above it


class GroupPoints(Struct, frozen=True):
    """分值 of a group or level 2: a number that the data may or may not change."""

    value: Decimal
    may_change: bool = False
    least: Decimal | None = None
    most: Decimal | None = None


class FixedIndicator(Struct, frozen=True):
    """An indicator that the form prints itself."""

    name: str
    label: str
    place: Place
    points: Decimal | None = None  # None: free (自定)
    reference_points: Decimal | None = None
    target: str = ""
    default_direction: str = ""


class Level2(Struct, frozen=True):
    """A 二级指标 of a group."""

    name: str
    label: str
    place: Place
    points: GroupPoints | None = None
    may_be_absent: bool = False
    points_go_to: str = ""  # the level 2 of the same group that takes the points of an absent one
    must_have_row: bool = False
    default_direction: str = "≥"
    fixed: tuple[FixedIndicator, ...] = ()
    least_rows: int = 0  # 最少行: as many are printed, blank ones too
    blank_row: str = ""  # 空行: the 名称 of a blank one, `指标{序号}：`
    is_in_scored_table: bool = True


class Group(Struct, frozen=True):
    """A 一级指标 of an indicator table."""

    name: str
    label: str
    place: Place
    points: GroupPoints | None = None
    may_be_absent: bool = False
    points_go_to: str = ""  # the group that takes the points of an absent one
    level2: tuple[Level2, ...] = ()
    fixed: tuple[FixedIndicator, ...] = ()
    default_direction: str = "≥"
    takes_own: bool = True  # 自拟: indicators beside the fixed ones
    least_rows: int = 0
    blank_row: str = ""


class GoalRules(Struct, frozen=True):
    """目标组: several goals, each with a tree of its own."""

    least: int
    most: int | None
    has_subtotal: bool
    title: str  # 标题样式: `年度目标{序号}（{分值}分）`


class IndicatorTable(Struct, frozen=True):
    """指标表: a tree of one to three levels, under each goal where there are goals."""

    name: str
    label: str
    place: Place
    levels: tuple[str, ...]
    is_scored: bool
    points: Decimal | None
    groups: tuple[Group, ...]
    extra_fields: tuple[Field, ...]
    columns: tuple["Column", ...]
    goals: GoalRules | None = None
    subtotal_row: str = "无"  # 无 组前 组后
