"""What prose says of last year: `上年培训人次100人次`, `培训人次比上年增长20%`."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache

from msgspec import Struct

from generator.amounts import HUNDRED, ONE, parse_decimal, plain
from generator.checks.between.names import fold, fold_all
from generator.checks.between.sentences import Piece, clauses
from generator.checks.review import Review
from generator.checks.texts import Text, one_of, read_whole
from generator.domain.rubrics import CheckSetting
from generator.patterns import pattern

_HEAD = 4  # letters of the shortest name that is looked for
_NUMBER = pattern(
    r"(?P<number>\d[\d,]*(?:\.\d+)?)(?P<many>[百千万亿]*)(?P<unit>[%％]|个百分点|[^\d，。；、,.;%（()）]{0,4})"
)
_MANY = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_BETWEEN = 8  # letters between a name and its value


class Known(Struct, frozen=True):
    """A value that a file states under a name."""

    value: Decimal  # 万 folded in, a percentage as typed or as a fraction by `unit`
    unit: str
    typed: str


def pack(known: Iterable[tuple[str, Decimal, str, str]]) -> str:
    """Return names, values, units and what was typed as one text: a tenth of what objects take."""
    rows = list(known)
    packed = "\n".join([f"{name}\t{value}\t{unit}\t{typed}" for name, value, unit, typed in rows])
    if packed.count("\n") == max(len(rows) - 1, 0) and packed.count("\t") == 3 * len(rows):
        return packed
    cells = ((name, str(value), unit, typed) for name, value, unit, typed in rows)
    return "\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in cells)


def unpack(packed: str, telling: Iterable[str]) -> dict[str, Known]:
    """Return what was packed, by folded names: none of which there are two.

    Nor any whose own name says last year (上年结转金额), which the telling words do.
    """
    rows = [line.split("\t") for line in packed.split("\n") if line]
    names = fold_all(row[0] for row in rows)
    counts, words = Counter(names), tuple(telling)
    return {
        name: Known(Decimal(value), " ".join(unit.split()), " ".join(typed.split()))
        for name, (_, value, unit, typed) in zip(names, rows, strict=True)
        if counts[name] == 1 and not any(word in name for word in words)
    }


class Said(Struct, frozen=True):
    """A clause that speaks of last year."""

    piece: Piece
    text: str  # folded, with references filled in
    growth: int  # 1 it grew, -1 it shrank, 0 it says last year's value
    at: int  # where the number of a growth begins


def find_said(review: Review, texts: Sequence[Text], setting: CheckSetting) -> Iterator[Said]:
    """Yield the clauses that say last year and a number."""
    stated, whole = setting.words("上年词"), read_whole(review)
    words = [word for word in (*stated, f"{review.project.year - 1}年") if word in whole]
    if not (stated and words):
        return
    more, less = setting.words("增"), setting.words("减")
    spared = (*setting.words("不算"), f"{review.project.year}年")
    prose = [one for one in texts if not one.is_value and any(w in one.text for w in words)]
    ways = dict.fromkeys(more, 1) | dict.fromkeys(less, -1)
    growth = _growth_of(tuple(ways)) if ways else None
    for piece in clauses(review, prose):
        is_other = any(word in piece.text for word in spared)
        if any(word in piece.text for word in words) and not is_other:
            text = fold(review.scope.fill(piece.text))
            grown = list(growth.finditer(text)) if growth else []
            if not grown:
                yield Said(piece, text, 0, 0)
            elif len(grown) == 1 and grown[0][2]:
                yield Said(piece, text, ways[grown[0][1]], grown[0].start(2))


@lru_cache(maxsize=64)
def _growth_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return pattern(rf"({one_of(words)})(\d)?")


def disagree(
    said: Said, last: Mapping[str, Known], now: Mapping[str, Known]
) -> Iterator[tuple[str, str]]:
    """Yield the names of whose values a clause says something else, with the message."""
    name, at = _name(said.text, last)
    if not name:
        return
    before, rest = last[name], said.text[at + len(name) :]
    if said.growth:
        after = now.get(name)
        found = _NUMBER.match(said.text, said.at)
        if found is not None and after is not None and after.unit == before.unit:
            yield from _growth(said, name, found, before, after)
        return
    found = _NUMBER.search(rest)
    if found is None or found.start() > _BETWEEN or "年" in found["unit"][:1]:
        return
    value, step, unit = _read(found)
    if value is None or not _same_unit(unit, before.unit):
        return
    stated, off = (value / HUNDRED, step / HUNDRED) if unit == "%" else (value, step)
    if before.unit == "%" and abs(before.value) > 1 and unit == "%":
        stated, off = value, step
    if abs(stated - before.value) > off / 2:
        shown = f"{found[0]}".strip()
        yield name, f"上年的「{name}」写作 {shown}，去年的文件是 {before.typed}"


def _growth(
    said: Said, name: str, found: re.Match[str], before: Known, after: Known
) -> Iterator[tuple[str, str]]:
    value, step, unit = _read(found)
    if value is None:
        return
    change = (after.value - before.value) * said.growth
    if unit == "%":
        if before.value == 0 or before.unit == "%":
            return
        change = change / before.value * HUNDRED
    elif not _same_unit(unit, before.unit) or not unit:
        return
    if abs(change - value) > step / 2:
        verb = "增加" if said.growth > 0 else "减少"
        right = f"{plain(change.quantize(step) if step <= ONE else change)}{unit}"
        yield (
            name,
            f"「{name}」比上年{verb}写作 {found['number']}{found['many']}{unit}，"
            f"按两年的文件（{before.typed}，{after.typed}）应为 {right}",
        )


def _name(text: str, known: Mapping[str, Known]) -> tuple[str, int]:
    """Return the longest known name of a text; a text has few letters, so its parts are tried."""
    for length in range(min(len(text), 24), _HEAD - 1, -1):
        for at in range(len(text) - length + 1):
            if text[at : at + length] in known:
                return text[at : at + length], at
    return "", 0


def _read(found: re.Match[str]) -> tuple[Decimal | None, Decimal, str]:
    """Return the value, one unit of its last place, and the unit."""
    value = parse_decimal(found["number"])
    factor = Decimal(1)
    for letter in found["many"]:
        factor *= _MANY[letter]
    step = Decimal(1).scaleb(-len(found["number"].partition(".")[2])) * factor
    unit = "%" if found["unit"][:1] in ("%", "％") else found["unit"]
    return (None if value is None else value * factor), step, unit


def _same_unit(said: str, known: str) -> bool:
    """Say whether a unit of prose is the unit of a figure: further words may follow it."""
    return bool(known) and said.startswith(known)
