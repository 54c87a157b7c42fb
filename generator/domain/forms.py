"""What an official form is: everything that its empty paper prints (form.yaml, resolved)."""

from collections.abc import Mapping
from decimal import Decimal

from msgspec import Struct

from generator.domain.fields import Field
from generator.domain.trees import IndicatorTable
from generator.findings import Place, Severity


class FundColumn(Struct, frozen=True):
    """A column of the fund block; with a formula it is computed in each row and never typed."""

    name: str
    label: str
    place: Place
    is_required: bool = False
    formula: str = ""
    format: str = ""
    is_text: bool = False


class FundRow(Struct, frozen=True):
    """A row of the fund block; rows of one total and one split add up to that total."""

    name: str
    label: str
    place: Place
    is_top: bool = False
    is_required: bool = False
    may_be_negative: bool = False
    adds_to: str = ""
    split: str = ""


class FundItem(Struct, frozen=True):
    """A single figure of the fund block; `name` is its path, joined by `.`."""

    name: str
    label: str
    place: Place
    is_required: bool = False
    may_be_negative: bool = False
    formula: str = ""
    blank_as: Decimal | None = None
    basis: str = ""


class Funds(Struct, frozen=True):
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


class Derived(Struct, frozen=True):
    """派生: a figure that is never typed: a formula, or the sum or count of a list's column."""

    name: str
    place: Place
    formula: str
    sum_of: str = ""  # 求和: 子项目.金额
    count_of: str = ""  # 计数: 子项目, or a column of it
    unit: str = ""
    format: str = ""
    places: int | None = None  # the value itself is rounded before use, as a fraction of 1
    is_absolute: bool = False
    zero_divisor: Decimal | None = None  # None: the result stays blank
    basis: str = ""


class Identity(Struct, frozen=True):
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


class Format(Struct, frozen=True):
    """格式: how a number or a group's name is printed; it never changes a value."""

    kind: str  # 数 百分比 金额 组名
    places: int | None = None  # None: as typed
    drops_zeros: bool = False
    has_thousands: bool = False
    prefix: str = ""
    pattern: str = ""


class Heading(Struct, frozen=True):
    """A heading of the outline, without its number."""

    name: str
    place: Place
    is_required: bool = False
    aliases: tuple[str, ...] = ()
    least_length: int | None = None
    most_length: int | None = None
    prompt: str = ""
    below: tuple["Heading", ...] = ()


class Outline(Struct, frozen=True):
    """提纲: 固定 (these headings), 参考 (others allowed) or 自由 (no list)."""

    mode: str
    headings: tuple[Heading, ...]


class Document(Struct, frozen=True):
    """文档: one Word file that the form gives."""

    name: str
    template: str  # posix path relative to the root, found in the form's folder or a base's
    file_name: str  # pattern over 字段, 年度
    needs: str
    place: Place
    binds: str = ""  # 合订: 单位 makes one document of all of a unit's projects


class Form(Struct, frozen=True, eq=False):
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
