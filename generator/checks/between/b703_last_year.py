"""This year's file agrees with last year's of the same project (FIELD §3, 38).

Rule: figures that carry on from last year (承接: 本年的数 = 上年的数, or ≤) do so to the places
that are written. A clause that says last year (上年词, or its number) and the name of a figure or
indicator of last year's file gives its value; one that also says by how much it grew (增, 减) gives
the change that the two files give, as a percentage or in the indicator's unit. Last year's file is
the one of the same name in the same unit's folder, else the one of the same 项目名称.
Source: re-checkers' practice.

PASS: 上年培训人次100人次，去年的文件 100人次
FAIL: 上年培训人次120人次，去年的文件 100人次
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from msgspec import Struct

from generator.amounts import plain
from generator.checks.about import About
from generator.checks.between.claims import Said, disagree, find_said, pack, unpack
from generator.checks.between.entries import Entry
from generator.checks.between.names import fold
from generator.checks.between.own_names import title_of
from generator.checks.between.sentences import dotted, stretch
from generator.checks.review import Remark, Review
from generator.checks.texts import Text
from generator.domain.results import Reading
from generator.findings import Place, Severity
from generator.patterns import pattern

CODE = "B703"
RULE = "last-year"
SEVERITY = Severity.WARNING
IS_LAW = False
PARAMETERS = {
    "承接": "本年的数 = 上年的数，或 ≤，如 上年结转金额 = 年末结余金额；写名称的末尾就行",
    "上年词": "说上年的词；上年的年份不用写",
    "增": "说比上年增加的词",
    "减": "说比上年减少的词",
    "不算": "同一句里有这些词的，说的不是上年的完成数",
}
ABOUT = About(
    what=(
        "本年的数与去年的文件不一致：上年结转与去年的年末结余，“上年数”一栏与去年的本年数，正文里写"
        "的上年的数、比上年增减多少。去年的文件是 data/去年/单位/ 下同名的文件，或同一个项目名称的"
        "文件；没有就不查。"
    ),
    basis="去年的数据文件",
    example="上年结转金额 30，不等于去年的年末结余金额 26.66",
    subject="数的名称，如 `上年结转金额`；正文里的，写指标的名称",
    remedy="核对两年的文件，改正错的一边",
    reason="去年决算批复以后调整过，以批复为准",
)
_CARRIED = pattern(r"\s*([^=≤\s]+)\s*([=≤])\s*([^=≤\s]+)\s*")


class Number(Struct, frozen=True):
    """A figure of the file."""

    value: Decimal
    places: int | None  # None: worked out
    place: Place


class Note(Struct, frozen=True):
    """The figures of a project, its indicators, and what it says of last year."""

    title: str  # 项目名称, folded
    numbers: dict[str, Number]  # that carry on, or that others carry on from
    known: str  # figures and indicators, packed: most of them are never asked for
    telling: tuple[str, ...]  # 上年词
    said: tuple[Said, ...]
    carried: tuple[tuple[str, str, str], ...]  # 承接

    @property
    def asks_last_year(self) -> bool:
        """Say whether there is anything to compare: else last year's file is not read."""
        ends = tuple(here for here, _, _ in self.carried)
        return bool(self.said) or any(name.endswith(ends) for name in self.numbers)


def note(review: Review, texts: Sequence[Text]) -> Note:
    """Return what is compared of one project with the year before or after."""
    setting = review.setting(RULE)
    carried = _carrying(setting.words("承接"))
    ends = tuple({name for here, _, there in carried for name in (here, there)})
    said = tuple(find_said(review, texts, setting))
    return Note(
        fold(title_of(review)),
        _numbers(review, ends),
        pack(_known(review)),
        setting.words("上年词"),
        said,
        carried,
    )


@lru_cache(maxsize=64)
def _carrying(rules: tuple[str, ...]) -> tuple[tuple[str, str, str], ...]:
    """Read 承接: the figure of this year, = or ≤, the figure of last year."""
    carried = (_CARRIED.fullmatch(rule) for rule in rules)
    return tuple((found[1], found[2], found[3]) for found in carried if found)


def _numbers(review: Review, ends: tuple[str, ...]) -> dict[str, Number]:
    numbers: dict[str, Number] = {}
    for name, value in review.sheet.figures.items():
        figure = review.project.figures.get(name)
        if value is None or not name.endswith(ends):
            continue
        if figure is not None and figure.value is not None:
            places = len(figure.text.partition(".")[2])
            numbers[name] = Number(value, places, review.place(*figure.path))
        else:
            numbers[name] = Number(value, None, Place(review.project.file))
    return numbers


def _known(review: Review) -> Iterator[tuple[str, Decimal, str, str]]:
    """Yield the figures and the quantitative indicators: name, value, unit and what was typed."""
    for name, value in review.sheet.figures.items():
        figure = review.project.figures.get(name)
        if figure is not None and value is not None and figure.text:
            yield name.split(".")[-1], value, figure.unit, figure.text
    for row in review.sheet.rows:
        actual, measures = row.actual, row.indicator.measures
        if actual.low is not None and _is_exact(actual) and len(measures) == 1:
            yield row.indicator.name, actual.low, actual.unit, measures[0].actual.strip()


def _is_exact(reading: Reading) -> bool:
    is_number = reading.kind == "定量" and reading.high is None
    return is_number and reading.typed_sign in ("", "=", "＝")


def compare(
    unit: Sequence[Entry[Note]], last: Sequence[Entry[Note]]
) -> Iterator[tuple[str, Remark]]:
    """Yield what this year's files say otherwise than last year's."""
    files = {entry.stem: entry for entry in last}
    names: dict[str, list[Entry[Note]]] = {}
    for entry in last:
        if entry.note.title:
            names.setdefault(entry.note.title, []).append(entry)
    for entry in unit if last else ():
        same = names.get(entry.note.title, [])
        before = files.get(entry.stem) or (same[0] if len(same) == 1 else None)
        if before is not None:
            remarks = (*_carried(entry, before), *_told(entry, before))
            yield from ((entry.id, remark) for remark in remarks)


def _carried(entry: Entry[Note], last: Entry[Note]) -> Iterator[Remark]:
    before = last.note.numbers
    for name, now in entry.note.numbers.items():
        for here, sign, there in entry.note.carried:
            if name != here and not name.endswith(f".{here}"):
                continue
            source = name.removesuffix(here) + there
            found = source if source in before else there
            then = before.get(found)
            if then is None or _holds(now, sign, then):
                continue
            yield Remark(
                place=now.place,
                message=f"{name} {plain(now.value)}，{_more(sign)}去年的{found} {plain(then.value)}"
                f"（{then.place}）",
                basis=f"承接：{here} {sign} {there}",
                subject=name,
                hint="核对两年的文件，改正错的一边",
            )


def _more(sign: str) -> str:
    return "多于" if sign == "≤" else "不等于"


def _holds(now: Number, sign: str, then: Number) -> bool:
    """Say whether two figures agree, to the places of the coarser writing."""
    written = [one.places for one in (now, then) if one.places is not None]
    off = Decimal(1).scaleb(-min(written)) / 2 if written else Decimal(0)
    off = off if len(set(written)) > 1 else Decimal(0)
    if sign == "≤":
        return now.value <= then.value + off
    return abs(now.value - then.value) <= off


def _told(entry: Entry[Note], last: Entry[Note]) -> Iterator[Remark]:
    told: set[str] = set()
    notes = (last.note, entry.note) if entry.note.said else ()
    then, now = (unpack(one.known, one.telling) for one in notes) if notes else ({}, {})
    for said in entry.note.said:
        for name, message in disagree(said, then, now):
            if message in told:
                continue
            told.add(message)
            yield Remark(
                place=stretch(said.piece.place, said.piece.text.rstrip("，。；、;")),
                message=f"{message}（{last.file}）",
                subject=f"{dotted(said.piece.path)}/{name}",
                hint="核对两年的文件，改正错的一边",
            )
