"""A date is one that the calendar has, and a period ends after it begins.

Rule: 字段 of 类型 日期 and 起止, members of 组, cells of 列表 and 表格 too.
Source: the calendar.

PASS: `填报日期: 2021-02-28`
FAIL: `填报日期: 2021-02-30`
"""

from collections.abc import Iterator
from datetime import date

from generator.checks.about import About
from generator.checks.review import Remark, Review
from generator.domain.fields import Field
from generator.domain.model import Path, Plain
from generator.findings import Severity

CODE = "S213"
RULE = "date-value"
SEVERITY = Severity.ERROR
IS_LAW = False
ABOUT = About(
    what="日期历法上没有，或起止先后颠倒。",
    basis="历法",
    example="「填报日期」填作 2021-02-30，没有这一天",
    subject="`填报日期`、`项目期.止`",
    remedy="更正日期",
)


def check(review: Review) -> Iterator[Remark]:
    """Yield dates that do not exist and periods that end before they begin."""
    for field in review.project.form.fields:
        yield from _field(review, field, review.project.values.get(field.name), (field.name,))


def _field(review: Review, field: Field, value: Plain, path: Path) -> Iterator[Remark]:
    if field.kind == "日期" and isinstance(value, str) and value.strip() and not _exists(value):
        yield _remark(review, path, f"「{field.label}」填作 {value}，没有这一天", "照历法更正")
    elif field.kind == "起止" and isinstance(value, dict):
        start, end = value.get("起"), value.get("止")
        for name, day in (("起", start), ("止", end)):
            if isinstance(day, str) and day.strip() and not _exists(day):
                message = f"「{field.label}」的{name}填作 {day}，没有这一天"
                yield _remark(review, (*path, name), message, "照历法更正")
        if isinstance(start, str) and isinstance(end, str) and _is_before(end, start):
            message = f"「{field.label}」自 {start} 至 {end}，先后颠倒"
            yield _remark(review, (*path, "止"), message, "核对起止")
    for key, inner in _inside(value) if field.items else ():
        for item in field.items:
            cell = inner.get(item.name) if isinstance(inner, dict) else None
            yield from _field(review, item, cell, (*path, *key, item.name))


def _inside(value: Plain) -> Iterator[tuple[Path, Plain]]:
    """Yield the rows of a list or grid, or a group itself."""
    if isinstance(value, list):
        yield from (((index,), row) for index, row in enumerate(value))
    elif isinstance(value, dict):
        yield (), value
        yield from (((name,), row) for name, row in value.items() if isinstance(row, dict))


def _exists(text: str) -> bool:
    """Say whether a day, a month or a year exists."""
    try:
        date.fromisoformat(f"{text.strip()}-01-01"[:10])
    except ValueError:
        return False
    return True


def _is_before(first: str, second: str) -> bool:
    """Say whether a time ends before another begins; 2020 ends with its last day."""
    return bool(first and second) and f"{first.strip()}-99-99"[:10] < second.strip()


def _remark(review: Review, path: Path, message: str, hint: str) -> Remark:
    return Remark(
        place=review.place(*path),
        message=message,
        subject=".".join(str(part) for part in path),
        hint=hint,
    )
