"""The styles of a template, found by name: Word and WPS rename ids when they save, never names."""

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from generator.rendering.looks import Look
from generator.rendering.markup import escape
from generator.rendering.problems import UnusableValueError
from generator.rendering.xml_tree import NAMES, parse_xml, w

STYLES_PART = "word/styles.xml"


class Styles(Struct, frozen=True):
    """What the styles of a template are called."""

    ids: Mapping[tuple[str, str], str] = {}  # by kind and name in small letters
    numbered: frozenset[str] = frozenset()  # ids of those whose paragraphs Word numbers


def read_styles(blob: bytes) -> Styles:
    """Read the styles of a template."""
    root = parse_xml(blob)
    ids: dict[tuple[str, str], str] = {}
    numbered: set[str | None] = set()
    for style in root.findall("w:style", NAMES):
        name, identifier = style.find("w:name", NAMES), style.get(w("styleId"))
        if name is not None:
            key = (style.get(w("type"), ""), name.get(w("val"), "").casefold())
            ids[key] = identifier or ""
        if style.find("w:pPr/w:numPr", NAMES) is not None:
            numbered.add(identifier)
    return Styles(ids, frozenset(one for one in numbered if one is not None))


class StyleIds:
    """The ids of the paragraph and table styles of a template, by name."""

    def __init__(self, styles: Styles) -> None:
        """Know what the styles are called."""
        self._styles = styles
        self._looks: dict[tuple[str, str], Look] = {}  # a few, whatever is printed

    def missing(self, names: Iterable[str]) -> Iterator[str]:
        """Yield the paragraph styles that the template does not have."""
        return (name for name in names if ("paragraph", name.casefold()) not in self._styles.ids)

    def is_numbered(self, name: str) -> bool:
        """Say whether Word numbers the paragraphs of a style."""
        return self._styles.ids.get(("paragraph", name), "") in self._styles.numbered

    def look(self, name: str, properties: str = "") -> Look:
        """Return the look of a paragraph style, with further properties of the paragraph.

        Raises:
            UnusableValueError: The template has no such style.
        """
        key = name, properties
        if key not in self._looks:
            style = f'<w:pStyle w:val="{self._id("paragraph", name)}"/>'
            self._looks[key] = Look(f"<w:pPr>{style}{properties}</w:pPr>")
        return self._looks[key]

    def table(self, name: str) -> str:
        """Return the id of a table style.

        Raises:
            UnusableValueError: The template has no such style.
        """
        return self._id("table", name)

    def _id(self, kind: str, name: str) -> str:
        found = self._styles.ids.get((kind, name.casefold()))
        if found is None:
            raise UnusableValueError(
                f"模板缺少样式「{shown(name)}」，正文里的表、图和附件要用它；"
                "可以从 base-template 生成的空白模板里复制"
            )
        return str(escape(found))


def shown(name: str) -> str:
    """Return the name of a style as Word shows it."""
    return name.replace("heading", "标题")
