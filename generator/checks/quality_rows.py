"""Rows of indicators as the checks of their quality (Q6) look at them."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from generator.amounts import ZERO
from generator.checks.review import Review
from generator.domain.model import Measure
from generator.domain.results import RowScore
from generator.patterns import pattern
from generator.scoring.apportion import find_fixed

_SPACES = pattern(r"[\s,，。;；、:：]+")
_NUMBERING = pattern(r"\D{0,2}\d+[:：、)）]|\d+\.(?!\d)")  # 指标1：, 2、, 3.


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


def is_printed(row: RowScore) -> bool:
    """Say whether the form itself prints an indicator: nobody's wording here."""
    return find_fixed(row.indicator) is not None


def is_full(row: RowScore) -> bool:
    """Say whether a row has all of its points, and has some."""
    points, score = row.points, row.score
    return points is not None and score is not None and ZERO < points <= score


@lru_cache(maxsize=4096)
def normal(text: str) -> str:
    """Fold widths, leave out spaces and stops: what makes no other words."""
    return _SPACES.sub("", unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=2048)
def bare_name(name: str) -> str:
    """Return a name as `normal` does, without the number that a form prints before it."""
    found = _NUMBERING.match(name)
    rest = normal(name[found.end() :]) if found else ""
    return rest or normal(name)


@lru_cache(maxsize=256)
def any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds one of several words in a text."""
    return pattern("|".join(map(re.escape, words)) or "(?!)")


def has_digit(text: str) -> bool:
    """Say whether a text holds a figure, also a circled one or a small one."""
    return any(map(str.isdigit, text))


def shown_lines(lines: list[Measure], *, most: int = 5) -> str:
    """Write lines with their targets, the first ones only when they are many."""
    shown = "、".join(f"「{line.name}」（{line.target.strip()}）" for line in lines[:most])
    return f"{shown}等 {len(lines)} 行" if len(lines) > most else shown
