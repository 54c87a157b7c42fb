"""Differences of a tree gathered by what they are about: a figure, an indicator, a passage."""

from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct, field

from generator.comparing.naming import NAME, PARTS
from generator.comparing.trees import Difference, Kind
from generator.comparing.values import UNFILLED, explain_numbers, is_long, show
from generator.comparing.wording import Paragraph, compare_texts
from generator.domain.model import Path, Places, Plain
from generator.findings import Place

Depth = Callable[[Path, Path], int]  # how many steps of the old and new path name one thing
Fill = Callable[[str], str]
_WHOLE = (Kind.ADDED, Kind.REMOVED)


class Effect(Struct, frozen=True):
    """A result on both sides, as it is printed."""

    name: str
    before: str
    after: str

    @property
    def is_same(self) -> bool:
        """Say whether nothing came of it."""
        return self.before == self.after


class Line(Struct, frozen=True):
    """One value of an entry: short ones whole, long ones by the paragraphs that differ."""

    name: str
    before: str
    after: str
    note: str = ""
    place: Place | None = None  # in the new data; None where it stands only in the old
    paragraphs: tuple[Paragraph, ...] = ()


class Entry(Struct, frozen=True):
    """One thing that was changed, with everything that was changed of it."""

    area: str  # the key of the data under which it stands
    kind: Kind
    title: tuple[str, ...]
    old_title: tuple[str, ...]
    lines: tuple[Line, ...]
    place: Place | None
    old_place: Place | None
    path: Path
    old_path: Path
    effects: tuple[Effect, ...] = ()


class Facing(Struct, frozen=True):
    """How both sides are read: where values stand, and their prose with references filled in."""

    old_place: Places
    place: Places
    old_fill: Fill
    fill: Fill
    depth: Depth


class _Gathered(Struct):
    first: Difference
    depth: int
    kind: Kind = Kind.CHANGED
    lines: list[Line] = field(default_factory=list)


def gather(differences: Iterable[Difference], facing: Facing) -> tuple[Entry, ...]:
    """Return an entry for each thing that was changed, in the order of the data."""
    found: dict[tuple[Path, Path], _Gathered] = {}
    for one in differences:
        depth = facing.depth(one.way.old, one.way.new)
        key = (one.way.old[:depth], one.way.new[:depth])
        entry = found.setdefault(key, _Gathered(one, depth))
        _add(entry, one, facing)
    return tuple(_entry(gathered, facing) for gathered in found.values())


def _add(entry: _Gathered, one: Difference, facing: Facing) -> None:
    is_own = len(one.way.new) == entry.depth  # it is about the whole thing
    if is_own and one.is_item and one.kind is not Kind.REORDERED:
        entry.kind = one.kind
    if one.kind is Kind.RENAMED:
        return  # its 名称 is a difference of its own
    if one.kind in _WHOLE and one.is_item:
        entry.lines += _whole(entry, one, facing)
    elif one.kind is Kind.MOVED:
        old, new = ("／".join(words[1:-1]) for words in (one.way.old_words, one.way.words))
        entry.lines.append(Line("所在", old, new, place=facing.place(one.way.new)))
    elif one.kind is Kind.REORDERED:
        name = _line_name(one.way.words[entry.depth :])
        name = f"{name}／次序" if name else "次序"
        line = Line(name, str(one.before), str(one.after), place=facing.place(one.way.new))
        entry.lines.append(line)
    else:
        entry.lines.append(_line(entry, one, facing))


def _whole(entry: _Gathered, one: Difference, facing: Facing) -> list[Line]:
    """Return every value of an item that came or went."""
    is_new = one.kind is Kind.ADDED
    item = one.after if is_new else one.before
    place = facing.place(one.way.new) if is_new else None
    fill = facing.fill if is_new else facing.old_fill
    above = _line_name(one.way.words[entry.depth :] or one.way.old_words[entry.depth :])
    lines = []
    for name, value in _values(item):
        if name == NAME and not above:
            continue
        shown = fill(show(value))
        full = "／".join(word for word in (above, name) if word)
        lines.append(Line(full, "" if is_new else shown, shown if is_new else "", place=place))
    return lines


def _values(item: Plain) -> list[tuple[str, Plain]]:
    if not isinstance(item, Mapping):
        return [("", item)]
    values: list[tuple[str, Plain]] = []
    for key, value in item.items():
        if isinstance(value, list) and any(isinstance(inner, dict) for inner in value):
            for number, inner in enumerate(value, 1):
                values += [(f"{key}{number}／{name}", deep) for name, deep in _values(inner)]
        elif value is not None:
            values.append((key, value))
    return values


def _line(entry: _Gathered, one: Difference, facing: Facing) -> Line:
    name = _line_name(one.way.words[entry.depth :])
    place = facing.place(one.way.new)
    before, after = _filled(one.before, facing.old_fill), _filled(one.after, facing.fill)
    if one.kind in _WHOLE:
        note = f"{'加了' if one.kind is Kind.ADDED else '删去了'}空的一项"
        return Line(name, UNFILLED, UNFILLED, note, place)
    if before == after:
        note = "改了写法，印出来不变"
        return Line(name, show(before), show(after), note, place)
    if isinstance(before, list) and isinstance(after, list):
        return _list_line(name, before, after, place)
    if is_long(before, after):
        paragraphs = compare_texts(str(before), str(after))
        note = "" if paragraphs else "只改了空格或换行"
        return Line(name, show(before), show(after), note, place, paragraphs)
    return Line(name, show(before), show(after), explain_numbers(before, after), place)


def _list_line(name: str, before: list[Plain], after: list[Plain], place: Place) -> Line:
    """Show of two lists of words what only one of them has; all of it where the order changed."""
    gone = [item for item in before if item not in after]
    new = [item for item in after if item not in before]
    if not gone and not new:
        return Line(name, show(before), show(after), "只改了次序或重复的次数", place)
    kept = len(before) - len(gone)
    return Line(name, show(gone or None), show(new or None), f"另 {kept} 项不变", place)


def _filled(value: Plain, fill: Fill) -> Plain:
    return fill(value) if isinstance(value, str) and "{{" in value else value


def _line_name(words: tuple[str, ...]) -> str:
    return "／".join(word for word in words if word != PARTS)


def _entry(gathered: _Gathered, facing: Facing) -> Entry:
    way, depth = gathered.first.way, gathered.depth
    is_gone, is_new = gathered.kind is Kind.REMOVED, gathered.kind is Kind.ADDED
    old, new = way.old[:depth], way.new[:depth]
    words, old_words = way.words[:depth], way.old_words[:depth]
    title = old_words if is_gone else words
    return Entry(
        area=title[0],
        kind=gathered.kind,
        title=title[1:] or title,
        old_title=old_words[1:] or old_words,
        lines=tuple(gathered.lines),
        place=None if is_gone else facing.place(new),
        old_place=None if is_new else facing.old_place(old),
        path=() if is_gone else new,
        old_path=() if is_new else old,
    )
