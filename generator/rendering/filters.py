"""Named filters of templates: number formats on exact decimals, blanks and check boxes."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from generator.amounts import parse_decimal, parse_percent, percent, round_half_up
from generator.rendering.markup import Markup
from generator.rendering.merge_flags import CONTINUE, NONE, divide
from generator.rendering.problems import UnusableValueError

Filters = Mapping[str, Callable[..., object]]  # by name

CHECKED, UNCHECKED = "☑", "□"
_PARAGRAPH_ENDS = ("</w:p>", "<w:p/>")


def format_places(value: object, places: int = 2) -> object:
    """小数（2）: `3` → `3.00`, rounded half-up; what is no number passes through."""
    number = parse_decimal(str(value))
    return value if number is None else f"{_rounded(number, places):f}"


def format_thousands(value: object, places: int | None = None) -> object:
    """千分位: `11123.37` → `11,123.37` with the digits as typed, or rounded to `places`."""
    number = parse_decimal(str(value))
    if number is None:
        return value
    return f"{number if places is None else _rounded(number, places):,f}"


def format_percent(value: object, places: int = 2) -> object:
    """百分比（1）: `0.9985` → `99.9%`, rounded half-up, trailing zeros dropped."""
    number = parse_decimal(str(value))
    return value if number is None else percent(number, places)


def print_blank_as(value: object, text: str) -> object:
    """空作（“——”）: the text for a field that was left blank."""
    return text if isinstance(value, str) and not value.strip() else value


def check_box(value: object, label: str) -> str:
    """勾选（“经常性”）: a ticked box when the value is the label, or a list that holds it."""
    is_ticked = value == label if isinstance(value, str) else label in _as_items(value)
    return CHECKED if is_ticked else UNCHECKED


def number_items(items: object, lead: str = "") -> Sequence[str]:
    """编号（“备注：”）: `备注：1. …`, then `　　　2. …` below it; a single item has no number."""
    texts = [str(item) for item in _as_items(items)]
    if len(texts) <= 1:
        return [f"{lead}{text}" for text in texts]
    leads = [lead, *["　" * len(lead)] * (len(texts) - 1)]
    return [
        f"{lead}{n}. {text}" for n, (lead, text) in enumerate(zip(leads, texts, strict=True), 1)
    ]


def _as_items(value: object) -> Sequence[object]:
    if isinstance(value, tuple | list):
        return value
    raise UnusableValueError("这一项不是清单")


def _rounded(number: Decimal, places: int) -> Decimal:
    rounded = round_half_up(number, places)
    return rounded if rounded else abs(rounded)  # no minus before zero


class BlankRow(Mapping[str, object]):
    """A row that fills up a list: every field is blank, and merges with nothing."""

    def __getitem__(self, key: str) -> object:
        """Return blank text, or for 并 a row of flags that are all blank."""
        return BlankRow() if key == "并" else NONE

    def __iter__(self) -> Iterator[str]:
        """No field is named."""
        return iter(())

    def __len__(self) -> int:
        """No field is named."""
        return 0


def fill_up(rows: object, least: int) -> Sequence[object]:
    """至少 10: the list, with blank rows at its end until it has `least` rows."""
    items = _as_items(rows)
    return (*items, *(BlankRow() for _ in range(least - len(items))))


def keep_paragraph(blocks: str, empty: str) -> Markup:
    """Add an empty paragraph to a cell that would not end in one: Word cannot read it."""
    ends_well = blocks.rstrip().endswith(_PARAGRAPH_ENDS)
    return Markup(blocks) if ends_well else Markup(blocks) + Markup(empty)


def require_markup(value: object) -> object:
    """Let only rich text, pictures and the like take the place of a run, paragraph or row."""
    if not hasattr(value, "__html__"):
        raise UnusableValueError("这一项不是带格式的内容，请写「{{ 名称 }}」")
    return value


def as_number(value: object) -> Decimal:
    """Return the number to compare by: `1,000` and `95%` are numbers, text is refused."""
    text = str(value)
    number = parse_decimal(text)
    if number is None:
        number = parse_percent(text)
    if number is None:
        raise UnusableValueError(f"「{text}」不是数字，不能比较大小")
    return number


def as_number_or_text(value: object) -> Decimal | str:
    """Return what an equals sign beside a number compares: `10` and `10.0` are the same."""
    text = str(value)
    number = parse_decimal(text)
    return text if number is None else number


def is_continued(flag: object) -> bool:
    """Say whether a merge flag continues the cell above."""
    return isinstance(flag, str) and flag.startswith(CONTINUE)


AUTHOR_FILTERS: Filters = {
    "小数": format_places,
    "千分位": format_thousands,
    "百分比": format_percent,
    "空作": print_blank_as,
    "勾选": check_box,
    "编号": number_items,
}
TEXT_FILTERS = frozenset(("空作", "勾选", "编号"))  # their argument is text, not a number
OWN_FILTERS: Filters = {
    "至少": fill_up,
    "分段": divide,
    "保留段落": keep_paragraph,
    "成品": require_markup,
    "数": as_number,
    "数或文": as_number_or_text,
}
FILTERS: Filters = {**AUTHOR_FILTERS, **OWN_FILTERS}
