"""The cells of a row by name: the standard names, and each column by its own, in its format."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache, partial

from generator.amounts import percent, plain
from generator.domain.forms import Form, Format
from generator.domain.trees import COLUMN_TAKES, Column, IndicatorTable
from generator.rendering.markup import lines
from generator.scoring.printing import find_format, show

Cell = str | Decimal | None
Show = Callable[[str], str]
FLAGS = ("小计", "目标小计", "新组", "新目标", "空行")
NUMBER = "序号"
_RATES = ("完成率", "执行率")  # printed as percentages where the column names no format
STANDARD = tuple(take for take in COLUMN_TAKES if "." not in take and take != "空")


class RowCells:
    """The names that the rows of a table have, and how each prints what it takes."""

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
        self._printing: dict[str, list[tuple[str, Show]]] = {}
        for name, (takes, column) in names.items():
            show_digits = _show_digits_by(_find_way(column, formats))
            self._printing.setdefault(takes, []).append((name, show_digits))

    def begin(self, takes: Mapping[str, Cell]) -> dict[str, object]:
        """Return a row with what it has in common with others, all else blank."""
        row = self._blank.copy()
        self.fill(row, takes)
        return row

    def fill(self, row: dict[str, object], takes: Mapping[str, Cell]) -> None:
        """Print values into a row; what is blank stays as it is."""
        for taken, value in takes.items():
            if not value and (value is None or value == ""):
                continue
            names = self._printing.get(taken, ())
            if isinstance(value, str):
                text = lines(value)
                for name, _ in names:
                    row[name] = text
            elif names:
                digits = str(value)
                for name, show_digits in names:
                    row[name] = show_digits(digits)


def _find_way(column: Column | None, formats: Mapping[str, Format]) -> Callable[[Decimal], str]:
    """Return how a column prints a number."""
    form = find_format(formats, column.format) if column else None
    if form is not None:
        return partial(show, form=form)
    return partial(percent, places=2) if column and column.takes in _RATES else plain


def _show_digits_by(way: Callable[[Decimal], str]) -> Show:
    """Return what prints a number by its digits, equal ones worked out once: many rows have 10."""
    return lru_cache(maxsize=1024)(lambda digits: way(Decimal(digits)))


@lru_cache(maxsize=64)
def find_cells(form: Form) -> Mapping[str, RowCells]:
    """Return the cells of each table of a form: a year has thousands of projects and few forms."""
    return {table.name: RowCells(table, form.formats) for table in form.tables}
