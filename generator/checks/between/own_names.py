"""Names within one file: header, lists, indicators and prose write them one way."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import accumulate

from msgspec.structs import replace

from generator.checks.between.names import Finder, Mention, Slips, fold, fold_all, typed_part
from generator.checks.between.sentences import stretch
from generator.checks.review import Remark, Review
from generator.checks.texts import Text, read_whole

_BEFORE = 24  # letters before the end of an organisation's name that are looked at
_COMMON = 4  # letters that two such names share on each side of the word they differ by
_MOST_MORE = 2
_HINT = "对照批复文件，改成一样的；本来就是两个名称的，豁免并写明"


def find_names(
    review: Review, texts: Sequence[Text], units: Iterable[str], slips: Slips
) -> Iterator[Remark]:
    """Yield names that one file writes in two ways, each way once.

    Words that make no other name (可省) are left out in prose: that is no second way.
    """
    titles = {fold(name): name for name in (*units, title_of(review)) if name}
    names = tuple(_listed(review))
    listed = dict(zip(fold_all(names), names, strict=True))
    finder, told = Finder((*titles, *listed), slips), set[str]()
    typed = {*titles.values(), *names}
    others = [one for one in texts if not (one.is_value and one.text in typed)]
    for one, mention in _mentions(finder, others, {*titles, *listed}):
        right = titles.get(mention.name, "" if mention.is_exact else listed.get(mention.name))
        if not right:
            continue
        part, at = typed_part(one.text, mention.start, mention.end)
        is_same = part == right or (not mention.is_exact and slips.alike(part, right))
        if is_same or _looks(part) == _looks(right) or "\n" in part or part in told:
            continue
        told.add(part)
        place = stretch(review.place_in(one.path, at), part)
        message = f"「{part}」与别处的「{right}」写法不同"
        yield Remark(place, message, subject=right, hint=_HINT)


def _mentions(
    finder: Finder, texts: Sequence[Text], names: Set[str]
) -> Iterator[tuple[Text, Mention]]:
    """Yield the mentions in some texts, all folded and searched as one; no name has a zero letter.

    A value that is a name and nothing else mentions none.
    """
    folded = zip(texts, fold_all(one.text for one in texts), strict=True)
    searched = [(one, text) for one, text in folded if not (one.is_value and text in names)]
    starts = list(accumulate((len(text) + 1 for _, text in searched), initial=0))
    for found in finder.find("\x00".join(text for _, text in searched)):
        index = bisect_right(starts, found.start) - 1
        start, end = found.start - starts[index], found.end - starts[index]
        yield searched[index][0], replace(found, start=start, end=end)


def title_of(review: Review) -> str:
    """Return 项目名称."""
    value = review.project.values.get("项目名称")
    return value.strip() if isinstance(value, str) else ""


def _looks(text: str) -> str:
    """Return a writing without its line breaks and spaces: those come from the page."""
    return "".join(text.split())


def _listed(review: Review) -> Iterator[str]:
    """Yield the names of indicators and of the rows of lists, these also part by part."""
    for row in review.project.indicators:
        yield from (line.name for line in row.measures)
    for field in review.project.form.fields:
        rows = review.project.values.get(field.name)
        for cells in rows if field.kind == "列表" and isinstance(rows, list) else ():
            name = cells.get(field.items[0].name) if isinstance(cells, dict) else None
            if isinstance(name, str):
                yield from (name, *name.replace("—", "-").split("-"))


def find_organisations(
    review: Review, texts: Sequence[Text], slips: Slips, endings: tuple[str, ...]
) -> Iterator[Remark]:
    """Yield organisations of the prose of which one has a word more than the other."""
    known: dict[str, list[tuple[str, int]]] = {}
    told: set[tuple[str, ...]] = set()
    whole = read_whole(review)
    endings = tuple(ending for ending in endings if ending in whole)
    for one in texts if endings else ():
        folded = fold(one.text) if any(ending in one.text for ending in endings) else ""
        for ending in endings if folded else ():
            end = folded.find(ending) + len(ending)
            while end >= len(ending):
                before = folded[max(0, end - _BEFORE) : end]
                others = known.setdefault(before[-len(ending) - _COMMON :], [])
                for other, line in others:
                    pair = _pair(before, other, slips)
                    if pair and tuple(sorted(pair)) not in told:
                        told.add(tuple(sorted(pair)))
                        message = f"「{pair[0]}」与第 {line} 行的「{pair[1]}」写法不同"
                        part, at = typed_part(one.text, end - len(pair[0]), end)
                        place = stretch(review.place_in(one.path, at), part)
                        yield Remark(place, message, subject=pair[0], hint=_HINT)
                if len(others) < _BEFORE and all(other != before for other, _ in others):
                    _, at = typed_part(one.text, end - len(ending), end)
                    others.append((before, review.place_in(one.path, at).line))
                end = folded.find(ending, end) + len(ending)


def _pair(one: str, other: str, slips: Slips) -> tuple[str, str] | None:
    """Return two names that end alike, differ by a word and begin alike; None otherwise."""
    behind = _shared_end(one, other)
    for more in range(1, _MOST_MORE + 1):
        for longer, shorter in ((one, other), (other, one)):
            head = longer[: len(longer) - behind - more]
            rest = shorter[: len(shorter) - behind]
            common = _shared_end(head, rest)
            piece = longer[len(head) : len(head) + more]
            if common < _COMMON or any(letter in slips.telling for letter in piece):
                continue
            long_name = longer[len(head) - common :]
            short_name = shorter[len(rest) - common :]
            return (long_name, short_name) if longer is one else (short_name, long_name)
    return None


def _shared_end(one: str, other: str) -> int:
    count = 0
    while count < min(len(one), len(other)) and one[-1 - count] == other[-1 - count]:
        count += 1
    return count
