"""The rows of a department's lists that are projects with a file of their own."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from generator.checks.between.amounts_told import Amount, amount_of
from generator.checks.between.names import Slips, fold
from generator.checks.review import Remark, Review
from generator.findings import Place

_LEAST_ROWS = 2  # rows that are projects, for a list to be a list of projects


class Money(Struct, frozen=True):
    """A project with its figures of 资金 by name."""

    id: str
    name: str
    file: str
    figures: tuple[tuple[str, Amount], ...]


class Row(Struct, frozen=True):
    """A row of a list with its amounts."""

    field: str
    name: str  # what its first column says
    place: Place
    amounts: tuple[tuple[str, Amount, Place], ...]  # by column


def list_rows(review: Review) -> Iterator[Row]:
    """Yield the rows of all lists that have a name and a column of money."""
    for field in review.project.form.fields:
        rows = review.project.values.get(field.name)
        has_money = any(item.kind == "金额" for item in field.items)
        if field.kind != "列表" or not isinstance(rows, list) or not has_money:
            continue
        named = next((item for item in field.items if item.kind == "文本"), field.items[0])
        for index, row in enumerate(rows):
            name = row.get(named.name) if isinstance(row, dict) else None
            if not isinstance(row, dict) or not isinstance(name, str) or not name.strip():
                continue
            amounts = []
            for item in field.items:
                typed = row.get(item.name)
                unit = item.unit or _unit(review)
                read = amount_of(typed, unit) if isinstance(typed, str) else None
                if item.kind == "金额" and read is not None:
                    place = review.place(field.name, index, item.name)
                    amounts.append((item.name, read, place))
            place = review.place(field.name, index, named.name)
            yield Row(field.name, name.strip(), place, tuple(amounts))


def _unit(review: Review) -> str:
    return review.project.form.funds.unit if review.project.form.funds else ""


def compare_rows(rows: Sequence[Row], projects: Sequence[Money], slips: Slips) -> Iterator[Remark]:
    """Yield rows whose amounts the project's file does not have, and projects without a row."""
    exact = {fold(one.name): one for one in projects}
    loose: dict[str, list[Money]] = {}
    for one in projects:
        loose.setdefault(slips.key(one.name), []).append(one)
    found: dict[str, set[str]] = {}
    for row in rows:
        alike = loose.get(slips.key(row.name), [])
        entry = exact.get(fold(row.name)) or (alike[0] if len(alike) == 1 else None)
        found.setdefault(row.field, set())
        if entry is not None:
            found[row.field].add(entry.id)
            yield from _amounts(row, entry)
    for field, ids in found.items():
        own = [row for row in rows if row.field == field]
        if len(ids) < _LEAST_ROWS or len(ids) * 2 < len(own):
            continue
        missing = [one.name for one in projects if one.id not in ids]
        if missing:
            names = "、".join(f"「{name}」" for name in missing)
            yield Remark(
                place=own[0].place,
                message=f"「{field}」里没有本单位的项目{names}，这些项目有自评的文件",
                subject=field,
                hint="补列；不属于这张表的，豁免并写明",
            )


def _amounts(row: Row, entry: Money) -> Iterator[Remark]:
    """Yield amounts of a row that differ from the figure of the same name, else from all."""
    for column, amount, place in row.amounts:
        named = [own for name, own in entry.figures if name == column]
        known = named or [own for _, own in entry.figures]
        if not known or any(amount.agrees_with(own) for own in known):
            continue
        shown = "、".join(dict.fromkeys(own.typed for own in known[:3]))
        what = f"项目文件里是 {shown}" if named else f"项目文件里没有这个数（{shown}）"
        yield Remark(
            place=place,
            message=f"「{row.name}」的{column} {amount.typed}，{what}：{entry.file}",
            subject=entry.name,
            hint="核对两边，改正错的一边",
        )
