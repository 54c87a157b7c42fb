"""The cells of a row by name: the standard names, and each column by its own, in its format."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from generator.amounts import percent, plain
from generator.domain.forms import Format
from generator.domain.trees import COLUMN_TAKES, Column, IndicatorTable
from generator.rendering.markup import lines
from generator.scoring.printing import find_format, show

Cell = str | Decimal | None
FLAGS = ("小计", "目标小计", "新组", "新目标", "空行")
NUMBER = "序号"
STANDARD = tuple(take for take in COLUMN_TAKES if "." not in take and take != "空")


@dataclass(frozen=True, slots=True)
class _Name:
    """A name that prints something of a row."""

    name: str
    format: Format | None
    is_rate: bool
    _shown: dict[str, str] = field(default_factory=dict)  # by digits: many rows have equal points

    def show(self, value: Decimal) -> str:
        digits = str(value)
        shown = self._shown.get(digits)
        if shown is None:
            shown = self._shown[digits] = self._show(value)
        return shown

    def _show(self, value: Decimal) -> str:
        if self.format is not None:
            return show(value, self.format)
        return percent(value, 2) if self.is_rate else plain(value)


class RowCells:
    """The names of the rows of one table, worked out once for all its rows."""

    def __init__(self, table: IndicatorTable, formats: Mapping[str, Format]) -> None:
        """Find out which names print what, and what each prints for a blank."""
        first = {column.takes: column for column in reversed(table.columns)}
        names: dict[str, tuple[str, Column | None]] = {
            **{name: (name, first.get(name)) for name in STANDARD},
            **{extra.name: (extra.name, None) for extra in table.extra_fields},
            **{column.name: (column.takes, column) for column in table.columns},
        }
        blanks = {name: column.blank if column else "" for name, (_, column) in names.items()}
        self.is_numbered = NUMBER in first  # through the whole table
        self._blank: dict[str, object] = {**blanks, **dict.fromkeys(FLAGS, "")}
        self._printing: dict[str, list[_Name]] = {}
        for name, (takes, column) in names.items():
            form = find_format(formats, column.format) if column else None
            is_rate = column is not None and takes in ("完成率", "执行率")
            self._printing.setdefault(takes, []).append(_Name(name, form, is_rate))

    def begin(self, takes: Mapping[str, Cell]) -> dict[str, object]:
        """Return a row with what it has in common with others, all else blank."""
        row = self._blank.copy()
        self.fill(row, takes)
        return row

    def fill(self, row: dict[str, object], takes: Mapping[str, Cell]) -> None:
        """Print values into a row; what is blank stays as it is."""
        for taken, value in takes.items():
            if value is None or value == "":
                continue
            for name in self._printing.get(taken, ()):
                row[name.name] = lines(value) if isinstance(value, str) else name.show(value)
