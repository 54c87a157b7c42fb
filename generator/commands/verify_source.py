"""Which line of the data holds what a document printed; said only where there is one answer."""

from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct

from generator.commands.verify_again import Again
from generator.commands.verify_pieces import Edit
from generator.domain.model import Path, Plain
from generator.findings import Place
from generator.reading.yaml_source import Source

_NOT_PRINTED = ("豁免", "表式")
_LEAST = 4  # characters of a text by which a part of a paragraph is known
_NAME, _PROSE = "名称", "报告"


class _Value(Struct, frozen=True):
    """One line of one value, as it is printed."""

    text: str
    source: Source
    path: Path
    offset: int  # of the line in its value
    words: tuple[str, ...]  # the names on its way
    beside: tuple[str, ...]  # the values that stand beside it

    @property
    def place(self) -> Place:
        return self.source.place_in(self.path, self.offset)


def find_place(again: Again, edit: Edit) -> Place | None:
    """Return where the value stands that an edit changed; None where nothing or several fit."""
    if edit.origin is None:
        return None
    values = list(_values(again))
    whole = [value for value in values if value.text == edit.origin.text]
    fitting = whole or [value for value in values if _is_part(value, edit)]
    if len(fitting) > 1 and edit.origin.row:
        fitting = [value for value in fitting if value.path[0] != _PROSE] or fitting
        row = edit.origin.row
        known = [_count_known(value, row) for value in fitting]
        most = max(known)
        fitting = [value for value, count in zip(fitting, known, strict=True) if count == most]
    places = list(dict.fromkeys(value.place for value in fitting))
    return places[0] if len(places) == 1 else None


def _count_known(value: _Value, row: tuple[str, ...]) -> int:
    """Count what a row of the document says of a value: its names, and what stands beside it."""
    names = sum(any(word in cell for cell in row) for word in value.words)
    return names + sum(text in row for text in value.beside if text != value.text)


def _is_part(value: _Value, edit: Edit) -> bool:
    """Say whether a value stands in a paragraph and what was taken out of it stood in the value."""
    gone = [piece.before.strip() for piece in edit.words if not piece.is_kept]
    gone = [text for text in gone if text]
    is_inside = edit.origin is not None and value.text in edit.origin.text
    is_known = len(value.text) >= _LEAST and bool(gone)
    return is_known and is_inside and all(text in value.text for text in gone)


def _values(again: Again) -> Iterator[_Value]:
    for result in again.results:
        if result.source is not None and result.scope is not None:
            reader = _Reader(result.source, result.scope.fill)
            yield from reader.read(result.source.value)
    for source in again.shared:
        yield from _Reader(source, str).read(source.value)


class _Reader(Struct, frozen=True):
    """Goes through one file."""

    source: Source
    fill: Callable[[str], str]

    def read(
        self,
        value: Plain,
        path: Path = (),
        words: tuple[str, ...] = (),
        beside: tuple[str, ...] = (),
    ) -> Iterator[_Value]:
        """Yield every line of every value below."""
        if isinstance(value, Mapping):
            name = value.get(_NAME)
            own = (*words, name) if isinstance(name, str) and name else words
            for key, inner in value.items():
                if path or key not in _NOT_PRINTED:
                    others = (other for k, other in value.items() if k != key)
                    texts = tuple(_plain(text) for text in others if isinstance(text, str))
                    yield from self.read(inner, (*path, key), (*own, key), texts)
        elif isinstance(value, list):
            for number, inner in enumerate(value):
                yield from self.read(inner, (*path, number), words)
        elif isinstance(value, str):
            offset = 0
            for line in value.split("\n"):
                text = _plain(self.fill(line))
                if text:
                    yield _Value(text, self.source, path, offset, words, beside)
                offset += len(line) + 1


def _plain(text: str) -> str:
    return " ".join(text.split())
