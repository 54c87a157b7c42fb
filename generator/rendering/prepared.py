"""A prepared template: Jinja sources with the tags they came from, and members to copy.

Preparing needs docxtpl, which is slow to import; what was prepared is kept by a hash.
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path

from msgspec import Struct

from generator.freshness.kept_values import keep_value, read_value
from generator.rendering.problems import Tag, TemplateProblem


class PreparedPart(Struct, frozen=True):
    """The Jinja source of one part, and for each line of it the tag it came from."""

    name: str
    source: str
    tags: Mapping[int, Tag]


class PreparedTemplate(Struct, frozen=True):
    """All of a template: parts with tags, and members that are copied as they are.

    A part with problems holds only the tags that could be read, for their names.
    """

    parts: tuple[PreparedPart, ...]
    unchanged: Mapping[str, bytes]
    problems: tuple[TemplateProblem, ...]
    doubtful: frozenset[str] = frozenset()  # may name the rows of a loop that cannot be read


Prepare = Callable[[Path], PreparedTemplate]


def prepare_now(path: Path) -> PreparedTemplate:
    """Prepare a template; whatever is wrong with it is in `problems`, all of it."""
    prepared: PreparedTemplate = import_module("generator.rendering.prepare").prepare_template(path)
    return prepared


def prepare_once(path: Path, *, place: str, key: str) -> PreparedTemplate:
    """Return a prepared template as it was kept, else prepare it, and keep it when it is sound.

    Args:
        path: The Word template.
        place: Where it is kept.
        key: A hash over it and the program.
    """
    known = read_value(place, key)
    if isinstance(known, PreparedTemplate):
        return known
    prepared = prepare_now(path)
    if not prepared.problems:
        keep_value(place, key, prepared)
    return prepared
