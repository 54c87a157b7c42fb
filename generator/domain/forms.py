"""What an official form is: everything that its empty paper prints (form.yaml, resolved)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from generator.findings import Place, Severity


@dataclass(frozen=True, slots=True)
class Field:
    """One 字段 of the header or the sign-off, or a member of one."""

    name: str
    label: str
    kind: str  # 文本 长文本 金额 数 整数 百分比 日期 起止 选项 组 列表 表格
    place: Place
    is_required: bool = False
    refuses_empty_talk: bool = False
    options: tuple[str, ...] = ()
    items: tuple["Field", ...] = ()


@dataclass(frozen=True, slots=True)
class FundColumn:
    """A column of the fund block; with a formula it is computed in each row and never typed."""

    name: str
    label: str
    place: Place
    is_required: bool = False
    formula: str = ""
    format: str = ""
    is_text: bool = False


@dataclass(frozen=True, slots=True)
class FundRow:
    """A row of the fund block; rows of one total and one split add up to that total."""

    name: str
    label: str
    place: Place
    is_top: bool = False
    is_required: bool = False
    may_be_negative: bool = False
    adds_to: str = ""
    split: str = ""


@dataclass(frozen=True, slots=True)
class FundItem:
    """A single figure of the fund block; `name` is its path, joined by `.`."""

    name: str
    label: str
    place: Place
    is_required: bool = False
    may_be_negative: bool = False
    formula: str = ""
    blank_as: Decimal | None = None
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Funds:
    """资金: rows × columns, single figures, or both."""

    unit: str
    places: int | None  # None: the typed digits are kept
    columns: tuple[FundColumn, ...]
    rows: tuple[FundRow, ...]
    items: tuple[FundItem, ...]
    scored_row: str

    def cell_name(self, row: FundRow, column: FundColumn) -> str:
        """Name a cell as formulas do: `全年执行数`, `当年财政拨款.全年执行数`."""
        return column.name if row.is_top else f"{row.name}.{column.name}"


@dataclass(frozen=True, slots=True)
class Derived:
    """派生: a figure that is never typed."""

    name: str
    place: Place
    formula: str
    format: str = ""
    places: int | None = None  # the value itself is rounded before use, as a fraction of 1
    is_absolute: bool = False
    zero_divisor: Decimal | None = None  # None: the result stays blank
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Identity:
    """恒等式: what must hold between figures."""

    name: str
    place: Place
    left: str
    sign: str  # = ≤ ≥
    right: str
    tolerance: Decimal
    severity: Severity
    basis: str = ""

    @property
    def text(self) -> str:
        """Write it as the form maker did."""
        return f"{self.left} {self.sign} {self.right}"


@dataclass(frozen=True, slots=True)
class GroupPoints:
    """分值 of a group or level 2: a number that the data may or may not change."""

    value: Decimal
    may_change: bool = False
    least: Decimal | None = None
    most: Decimal | None = None


@dataclass(frozen=True, slots=True)
class FixedIndicator:
    """An indicator that the form prints itself."""

    name: str
    place: Place
    points: Decimal | None = None
    reference_points: Decimal | None = None
    target: str = ""
    default_direction: str = ""


@dataclass(frozen=True, slots=True)
class Level2:
    """A 二级指标 of a group."""

    name: str
    label: str
    place: Place
    points: GroupPoints | None = None
    may_be_absent: bool = False
    must_have_row: bool = False
    default_direction: str = "≥"
    fixed: tuple[FixedIndicator, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
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


@dataclass(frozen=True, slots=True)
class IndicatorTable:
    """指标表: a tree of one to three levels."""

    name: str
    label: str
    place: Place
    levels: tuple[str, ...]
    is_scored: bool
    points: Decimal | None
    groups: tuple[Group, ...]
    extra_fields: tuple[Field, ...]
    columns: tuple["Column", ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column that the printed table has."""

    name: str
    takes: str
    place: Place
    format: str = ""
    blank: str = ""


@dataclass(frozen=True, slots=True)
class Format:
    """格式: how a number or a group's name is printed; it never changes a value."""

    kind: str  # 数 百分比 金额 组名
    places: int | None = None  # None: as typed
    drops_zeros: bool = False
    has_thousands: bool = False
    prefix: str = ""
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the outline, without its number."""

    name: str
    place: Place
    is_required: bool = False
    aliases: tuple[str, ...] = ()
    least_length: int | None = None
    most_length: int | None = None
    prompt: str = ""
    below: tuple["Heading", ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """提纲: 固定 (these headings), 参考 (others allowed) or 自由 (no list)."""

    mode: str
    headings: tuple[Heading, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """文档: one Word file that the form gives."""

    name: str
    template: str  # posix path relative to the root, found in the form's folder or a base's
    file_name: str  # pattern over 字段, 年度
    needs: str
    place: Place


@dataclass(frozen=True, slots=True)
class Form:
    """One official form, after 沿用."""

    id: str
    title: str
    place: Place
    scope: str
    first_year: int
    last_year: int | None
    fields: tuple[Field, ...]
    funds: Funds | None
    derived: tuple[Derived, ...]
    identities: tuple[Identity, ...]
    tables: tuple[IndicatorTable, ...]
    outline: Outline | None
    formats: Mapping[str, Format]
    notes: tuple[str, ...]
    documents: tuple[Document, ...]

    def is_in_force(self, year: int) -> bool:
        """Say whether the form holds for a year."""
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)
