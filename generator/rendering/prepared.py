"""A prepared template: its parts as trees and as Jinja with the tags they came from; the rest.

Preparing needs docxtpl and Jinja, which are slow to import.
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path

from msgspec import Struct

from generator.rendering.names import TemplateUse
from generator.rendering.problems import Tag, TemplateProblem
from generator.rendering.style_ids import Styles
from generator.rendering.tag_tree import Tree


class PreparedPart(Struct, frozen=True):
    """The Jinja source of one part, for each line of it the tag it came from, and its tree."""

    name: str
    source: str
    tags: Mapping[int, Tag]
    tree: Tree


class PreparedTemplate(Struct, frozen=True):
    """All of a template: parts with tags, and members that are copied as they are."""

    parts: tuple[PreparedPart, ...] = ()
    unchanged: Mapping[str, bytes] = {}
    problems: tuple[TemplateProblem, ...] = ()
    uses: tuple[TemplateUse, ...] = ()  # where there are problems, of the tags that could be read
    styles: Styles = Styles()
    doubtful: frozenset[str] = frozenset()  # may name the rows of a loop that cannot be read


Prepare = Callable[[Path], PreparedTemplate]


def prepare_now(path: Path) -> PreparedTemplate:
    """Prepare a template; whatever is wrong with it is in `problems`, all of it."""
    prepared: PreparedTemplate = import_module("generator.rendering.prepare").prepare_template(path)
    return prepared
