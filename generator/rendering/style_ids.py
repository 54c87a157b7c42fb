"""The styles of a template, found by name: Word and WPS rename ids when they save, never names."""

from collections.abc import Iterable, Iterator

from generator.rendering.looks import Look
from generator.rendering.markup import escape
from generator.rendering.problems import UnusableValueError
from generator.rendering.xml_tree import NAMES, parse_xml, w

STYLES_PART = "word/styles.xml"


class StyleIds:
    """The ids of the paragraph and table styles of a template, by name."""

    def __init__(self, styles: bytes) -> None:
        """Read the styles of a template."""
        self._root = parse_xml(styles)
        self._ids: dict[tuple[str, str], str] = {}
        self._looks: dict[tuple[str, str], Look] = {}  # a few, whatever is printed
        for style in self._root.findall("w:style", NAMES):
            name = style.find("w:name", NAMES)
            if name is not None:
                key = (style.get(w("type"), ""), name.get(w("val"), "").casefold())
                self._ids[key] = style.get(w("styleId"), "")

    def missing(self, names: Iterable[str]) -> Iterator[str]:
        """Yield the paragraph styles that the template does not have."""
        return (name for name in names if ("paragraph", name.casefold()) not in self._ids)

    def is_numbered(self, name: str) -> bool:
        """Say whether Word numbers the paragraphs of a style."""
        wanted = self._ids.get(("paragraph", name), "")
        return any(
            style.get(w("styleId")) == wanted and style.find("w:pPr/w:numPr", NAMES) is not None
            for style in self._root.findall("w:style", NAMES)
        )

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
        found = self._ids.get((kind, name.casefold()))
        if found is None:
            raise UnusableValueError(
                f"模板缺少样式「{shown(name)}」，正文里的表、图和附件要用它；"
                "可以从 base-template 生成的空白模板里复制"
            )
        return str(escape(found))


def shown(name: str) -> str:
    """Return the name of a style as Word shows it."""
    return name.replace("heading", "标题")
