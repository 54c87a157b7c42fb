"""Where a text calls a unit by its name as if that unit were speaking."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import lru_cache
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from generator.checks.between.names import fold
from generator.checks.between.sentences import dotted
from generator.checks.review import Remark, Review
from generator.checks.texts import Text, one_of, read_whole
from generator.domain.rubrics import CheckSetting
from generator.findings import Place
from generator.patterns import pattern

_LONGEST = 24  # letters of a unit's name that are kept
_LEAST = 4
_SHOWN = 3


class Called(Struct, frozen=True):
    """The letters before the end of a name, which may begin before it."""

    letters: str
    place: Place
    subject: str


Calling = tuple[str, tuple[str, str], tuple[Called, ...]]  # project, year and unit, who calls


def find_called(review: Review, texts: Sequence[Text], setting: CheckSetting) -> Iterator[Called]:
    """Yield where somebody calls itself by a name that ends like a unit's."""
    endings, behind, before = (setting.words(name) for name in ("词尾", "自称后", "自称前"))
    parts = _calling(endings, behind, before) if endings else ()
    whole = read_whole(review)
    if not any(part.search(whole) for part in parts):
        return
    calling = pattern("|".join(part.pattern for part in parts))
    for one in texts:
        for found in calling.finditer(one.text):
            start = max(found.end() - _LONGEST, 0)
            letters = re.split(r"[，。；：、,;:\n（(]", one.text[start : found.end()])[-1]
            place = review.place_in(one.path, found.end() - len(letters))
            yield Called(fold(letters), place, dotted(one.path))


@lru_cache(maxsize=64)
def _calling(
    endings: tuple[str, ...], behind: tuple[str, ...], before: tuple[str, ...]
) -> tuple[re.Pattern[str], ...]:
    """Return how a name is written by which somebody calls itself."""
    joined, parts = one_of(endings), list[str]()
    if behind:
        parts.append(rf"(?:{joined})(?=[\"”’」』）)\s]*(?:\d{{4}}年度?)?(?:{one_of(behind)}))")
    if before:
        parts.append(rf"(?:{one_of(before)})[（(][^）)]{{0,{_LONGEST}}}?(?:{joined})(?=[）)])")
    return tuple(pattern(part) for part in parts)


def find_other_units(
    files: Iterable[Calling], units: Mapping[tuple[str, str], Set[str]]
) -> Iterator[tuple[str, Remark]]:
    """Yield names of other units of the year's data that are not also this unit's."""
    owners: dict[str, dict[tuple[str, str], None]] = {}  # units in order
    for unit, names in units.items():
        for name in names:
            owners.setdefault(name, {})[unit] = None
    for identifier, unit, called in files:
        told: set[str] = set()
        for one in called:
            ends = (one.letters[at:] for at in range(len(one.letters) - _LEAST + 1))
            name = next((end for end in ends if end in owners), "")
            if not name or unit in owners[name] or name in told:
                continue
            told.add(name)
            before = len(one.letters) - len(name)
            place = replace(one.place, column=one.place.column + before, length=len(name))
            other = "、".join(f"data/{'/'.join(own)}" for own in islice(owners[name], _SHOWN))
            yield (
                identifier,
                Remark(
                    place=place,
                    message=f"这里以「{name}」自称，那是别的单位（{other}）",
                    subject=name,
                    hint="改成本单位的名称；说的确实是那个单位的，豁免并写明",
                ),
            )
