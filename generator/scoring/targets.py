"""Reading 目标值 and 完成值: a closed grammar whose words are data (templates/用语.yaml)."""

import calendar
import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from generator.amounts import HUNDRED, ONE
from generator.domain.results import Reading
from generator.domain.rubrics import Terms
from generator.patterns import pattern

_NUMBER = r"-?\d[\d,]*(?:\.\d+)?"
_UNIT = r"[^\d,，。;；、:：]{0,12}?"
_DATE_MARKS = pattern(r"[年月]|\d-\d")  # without one there is no date
_DIGIT = pattern(r"\d")
_DAY = pattern(r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})[日号](.*)|(\d{4})-(\d{1,2})-(\d{1,2})(.*)")
_YEAR = pattern(r"((?:19|20)\d{2})年(?:度)?(.+)")
_MONTH = pattern(r"(?:(\d{4})年)?(\d{1,2})月(份?)(.*)")

_FIGURE = pattern(_NUMBER)
_WAYS = {"≥": 1, ">": 1, "≤": -1, "<": -1, "=": 0}


def _qualitative(text: str) -> Reading:
    return Reading("定性", shown=("定性", text, ""))


def _normal(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


class TargetReader(Struct, frozen=True, eq=False):
    """Reads the texts of one year; built once from the words."""

    terms: Terms
    measure: re.Pattern[str]
    interval: re.Pattern[str]
    marks: re.Pattern[str]  # of an interval
    before: Mapping[str, str]  # word in front of the number → sign
    behind: Mapping[str, str]
    year: int

    def read(self, text: str, *, default: str = "≥") -> Reading:
        """Read a text: date, interval, sign + number + unit + word, else 定性.

        Args:
            text: As on the form: `20个以上`, `≥90%`, `2-3次`, `2020年11月底前`.
            default: How a bare number is meant, `≥` or `≤` (缺省方向).
        """
        return _read(self, text, default)

    def read_afresh(self, text: str, default: str) -> Reading:
        """Read a text that was not read before."""
        plain = _normal(text).removesuffix("。")
        if not _DIGIT.search(plain):
            return _qualitative(text)
        if _DATE_MARKS.search(plain):
            found = self._date(plain)
            if found is not None:
                return replace(found, shown=("", text, ""))
            if _DAY.fullmatch(plain) or _MONTH.fullmatch(plain):
                return _qualitative(text)  # 13月底 is no date, and no number either
        if self.marks.search(plain):
            found = self._interval(plain)
            if found is not None:
                return found
        return self._measure(plain, default) or _qualitative(text)

    def read_written_out(self, parts: Mapping[str, str]) -> Reading:
        """Read `{方向, 值, 上限, 单位, 文字}`, where text would be ambiguous."""
        sign, value, unit = parts["方向"], parts.get("值", ""), parts.get("单位", "")
        if sign == "定性":
            return _qualitative(parts.get("文字", "") or value)
        if sign == "日期":
            found = self._date(_normal(value))
            return replace(found, shown=("", value, "")) if found else _qualitative(value)
        low, folded = self._fold_typed(value, unit)
        if low is None:
            return _qualitative(value)
        has_high = sign == "区间" and "上限" in parts
        high = self._fold_typed(parts["上限"], unit)[0] if has_high else None
        shown = (
            ("", f"{value}-{parts.get('上限', '')}", unit)
            if sign == "区间"
            else (sign, value, unit)
        )
        return Reading("定量", sign, low, high, folded, typed_sign=sign, shown=shown)

    def _measure(self, plain: str, default: str) -> Reading | None:
        match = self.measure.fullmatch(plain)
        if match is None:
            return None
        before, number, typed_unit, behind = match.groups()
        low, unit = self._fold(number, typed_unit)
        typed = before or behind or ""
        sign = self._sign(before, behind)
        if sign is None or low is None:
            return None
        shown = (sign or default, number, typed_unit)
        if sign in ("", "="):  # `=` is scored as ≥, as ≤ under 缺省方向: ≤; 0 is meant as ≤
            sign = "≤" if low == 0 or default == "≤" else sign or default
        return Reading("定量", sign, low, None, unit, "", typed, shown)

    def _sign(self, before: str | None, behind: str | None) -> str | None:
        """Return the direction; two words must point the same way, then the closed one holds."""
        first = self.before[before] if before else ""
        second = self.behind[behind] if behind else ""
        if not first or not second or first == second:
            return first or second
        if _WAYS[first] != _WAYS[second]:
            return None
        return "≥" if "≥" in (first, second) else "≤"

    def _interval(self, plain: str) -> Reading | None:
        match = self.interval.fullmatch(plain)
        if match is None:
            return None
        unit = match["unit"]
        low, folded = self._fold(match["low"], match["low_unit"] or unit)
        high, _ = self._fold(match["high"], unit)
        if low is None or high is None or low > high:
            return None
        shown = ("", f"{match['low']}{match['mark']}{match['high']}", unit)
        return Reading("定量", "区间", low, high, folded, typed_sign=match["mark"], shown=shown)

    def _fold_typed(self, typed: str, unit: str) -> tuple[Decimal | None, str]:
        """Fold a number of its own key; None when it is none."""
        number = _normal(typed).replace(",", "")
        return self._fold(number, unit) if _FIGURE.fullmatch(number) else (None, unit)

    def _fold(self, number: str, unit: str) -> tuple[Decimal | None, str]:
        """Return the value with 万, 亿, % folded in, and the unit that is left."""
        value = Decimal(number.replace(",", ""))
        if unit.startswith("%"):
            return (value / HUNDRED, "%") if unit == "%" else (None, unit)
        for word, scale in self.terms.multiples.items():
            if unit.startswith(word):
                return value * scale, unit.removeprefix(word)
        return value * ONE, unit

    def _date(self, plain: str) -> Reading | None:
        match = _DAY.fullmatch(plain)
        if match:
            year, month, day, tail = match.groups()[:4] if match[2] else match.groups()[4:]
            if tail not in ("", *self.terms.on_day):
                return None
            return self._day(int(year or self.year), int(month), int(day), tail=tail)
        match = _MONTH.fullmatch(plain)
        if match is None:
            return self._year_end(plain)
        year, month, _, tail = match.groups()
        if tail in ("", *self.terms.at_month_end):
            return self._month_end(int(year or self.year), int(month), tail=tail)
        if tail in self.terms.before_month:
            first = int(month) == 1
            before = (int(year or self.year) - first, 12 if first else int(month) - 1)
            return self._month_end(*before, tail=tail)
        return None

    def _year_end(self, plain: str) -> Reading | None:
        """Read `2020年底前`: the last day of that year."""
        match = _YEAR.fullmatch(plain)
        if match is None or match[2] not in self.terms.at_month_end:
            return None
        return self._day(int(match[1]), 12, 31, tail=match[2])

    def _month_end(self, year: int, month: int, *, tail: str) -> Reading | None:
        if not 1 <= month <= 12:  # noqa: PLR2004 - months of a year
            return None
        return self._day(year, month, calendar.monthrange(year, month)[1], tail=tail)

    def _day(self, year: int, month: int, day: int, *, tail: str) -> Reading | None:
        try:
            return Reading("日期", day=date(year, month, day).isoformat(), typed_sign=tail)
        except ValueError:
            return None


@lru_cache(maxsize=8192)
def _read(reader: TargetReader, text: str, default: str) -> Reading:
    """Read a text; the same ones, like 100% and ≥90%, stand in most rows of a year."""
    return reader.read_afresh(text, default)


@lru_cache(maxsize=16)
def make_reader(terms: Terms, *, year: int) -> TargetReader:
    """Build the reader of one year from the words; longer words are tried first."""
    before = {_normal(w): d.sign for d in terms.directions for w in d.before}
    behind = {_normal(w): d.sign for d in terms.directions for w in d.behind}
    marks = [_normal(mark) for mark in terms.ranges]
    measure = rf"(?P<before>{_any(before)})?(?P<number>{_NUMBER})(?P<unit>{_UNIT})" + (
        rf"(?P<behind>{_any(behind)})?"
    )
    interval = rf"(?P<low>{_NUMBER})(?P<low_unit>{_UNIT})(?P<mark>{_any(marks)})" + (
        rf"(?P<high>{_NUMBER})(?P<unit>{_UNIT})"
    )
    return TargetReader(
        terms,
        pattern(measure),
        pattern(interval),
        pattern(_any(marks)),
        before,
        behind,
        year,
    )


def _any(words: Mapping[str, str] | list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))
