"""Rows of indicators as the checks of their quality (Q6) look at them."""

import re
import unicodedata
from collections.abc import Iterator

from generator.amounts import ZERO
from generator.checks.review import Review
from generator.domain.model import Measure
from generator.domain.results import RowScore

_SPACES = re.compile(r"[\s,，。;；、:：]+")
_NUMBERING = re.compile(r"\D{0,2}\d+[:：、)）]|\d+\.(?!\d)")  # 指标1：, 2、, 3.


def all_rows(review: Review) -> tuple[RowScore, ...]:
    """Return the rows of scored tables and of tables without points."""
    return (*review.sheet.rows, *review.sheet.listed)


def all_lines(review: Review) -> Iterator[tuple[RowScore, Measure]]:
    """Yield each printed line; rows that share one score have several."""
    for row in all_rows(review):
        for measure in row.indicator.measures:
            yield row, measure


def level_name(row: RowScore) -> str:
    """Name the 二级指标 of a row, or its 一级指标 where the table has no second level."""
    level = row.indicator.level2 or row.indicator.group
    return level.name if level is not None else ""


def printed_names(review: Review) -> frozenset[tuple[str, ...]]:
    """Return the places of the indicators that the form itself prints: nobody's wording here."""
    names: set[tuple[str, ...]] = set()
    for table in review.project.form.tables:
        for group in table.groups:
            names |= {(table.name, group.name, "", fixed.name) for fixed in group.fixed}
            for level in group.level2:
                names |= {(table.name, group.name, level.name, one.name) for one in level.fixed}
    return frozenset(names)


def printed_key(row: RowScore) -> tuple[str, ...]:
    """Return the place of a row as `printed_names` writes it."""
    one = row.indicator
    group, level2 = one.group.name if one.group else "", one.level2.name if one.level2 else ""
    return (one.table.name, group, level2, one.name)


def is_full(row: RowScore) -> bool:
    """Say whether a row has all of its points, and has some."""
    points, score = row.points, row.score
    return points is not None and score is not None and ZERO < points <= score


def normal(text: str) -> str:
    """Fold widths, leave out spaces and stops: what makes no other words."""
    return _SPACES.sub("", unicodedata.normalize("NFKC", text))


def bare_name(name: str) -> str:
    """Return a name as `normal` does, without the number that a form prints before it."""
    found = _NUMBERING.match(name)
    rest = normal(name[found.end() :]) if found else ""
    return rest or normal(name)


def has_digit(text: str) -> bool:
    """Say whether a text holds a figure."""
    return any(character.isdigit() for character in text)


def shown_lines(lines: list[Measure], *, most: int = 5) -> str:
    """Write lines with their targets, the first ones only when they are many."""
    shown = "、".join(f"「{line.name}」（{line.target.strip()}）" for line in lines[:most])
    return f"{shown}等 {len(lines)} 行" if len(lines) > most else shown
