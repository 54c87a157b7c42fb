"""One part of a template while it is prepared: its tree, the marks in it, what is wrong with it."""

import re
from collections.abc import Callable, Iterator

from msgspec import Struct, field

from generator.patterns import pattern
from generator.rendering.problems import Tag, TemplateProblem
from generator.rendering.xml_tree import Element, cells_of, closest, rows_of, text_of, to_text, w

# The tree carries marks where Jinja code goes; code is put in after serialising, so that nothing
# in it is escaped, or rewritten by docxtpl. These characters are not characters in any language.
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
MARK = pattern(f"{_OPEN}(\\d+){_CLOSE}")
MARK_CHARACTERS = frozenset((_OPEN, _CLOSE))
LOOPS, CONDITIONS, BLOCKS, CELLS = range(4)  # order of the changes to the tree
_WORD = pattern(r"\w+")
_AROUND = 40  # characters of a paragraph that a problem quotes


class Code(Struct, frozen=True):
    """A piece of Jinja that stands in the tree as a mark."""

    text: str
    tag: Tag | None = None
    opens: int = 0  # 1 begins a block, −1 ends one, 0 neither
    variable: str = ""  # of the loop it begins
    is_certain: bool = False  # what the block holds is printed at least once


class TemplatePart(Struct):
    """A part on its way from Word to Jinja."""

    name: str
    root: Element
    problems: list[TemplateProblem] = field(default_factory=list)
    codes: list[Code] = field(default_factory=list)
    actions: list[tuple[int, Callable[[], None]]] = field(default_factory=list)
    cell_columns: dict[Element, str] = field(default_factory=dict)  # first `{{ 行.列 }}` of a cell
    places: dict[Element, str] = field(default_factory=dict)
    around: dict[Element, str] = field(default_factory=dict)  # how each paragraph began
    broken: list[tuple[Element, str]] = field(default_factory=list)  # tags refused, with paragraph
    continued: set[Element] = field(default_factory=set)  # paragraphs that end a tag begun before
    _shaken: set[Element | None] = field(default_factory=set)  # tables of broken instructions
    is_settled: bool = False  # all tags have been read

    def __post_init__(self) -> None:
        """Number paragraphs, tables, rows and cells while all are still there."""
        self.places = dict(_number_places(self.root))
        self.around = {paragraph: text_of(paragraph)[:_AROUND] for paragraph in self.places}

    def tag(self, text: str, at: Element) -> Tag:
        """Return a tag with its place."""
        return Tag(text, self.name, self.places.get(at, ""), self.around.get(at, ""))

    def refuse(self, message: str, at: Element, *, broken: str = "") -> None:
        """Note a problem at a paragraph; `broken` is the tag that cannot be read, if it is one.

        Once all tags are read, nothing is said of a table, or of the text outside tables, where
        an instruction is broken: what is wrong there may be its fault, and is told later.
        """
        around_it: list[Element | None] = [*at.iterancestors(w("tbl"))]
        if self.is_settled and self._shaken.intersection(around_it or [None]):
            return
        if broken:
            self.broken.append((at, broken))
        if "%" in broken:
            self._shaken.add(closest(at, "tbl"))
        place, around = self.places.get(at, ""), self.around.get(at, "")
        self.problems.append(TemplateProblem(message, self.name, place, around))

    def doubtful_names(self) -> frozenset[str]:
        """Return what may name the rows of a loop that is broken, or ends in the wrong place."""
        words = {word for _, tag in self.broken if "%" in tag for word in _WORD.findall(tag)}
        return frozenset(words | {code.variable for code in self.codes}) if words else frozenset()

    def mark(self, code: Code) -> str:
        """Return the mark that becomes this code."""
        self.codes.append(code)
        return f"{_OPEN}{len(self.codes) - 1}{_CLOSE}"

    def later(self, rank: int, action: Callable[[], None]) -> None:
        """Change the tree once all tags are read; lower ranks first."""
        self.actions.append((rank, action))

    def run_actions(self) -> None:
        """Make the changes that the tags asked for."""
        for _, action in sorted(self.actions, key=lambda ranked: ranked[0]):
            action()

    def open_blocks(self, element: Element) -> list[Code]:
        """Return the blocks an element stands in, outermost first."""
        lineage = [element, *element.iterancestors()]
        blocks: list[Code] = []
        for ancestor in reversed(lineage[:-1]):
            for code in self._codes_before(ancestor):
                if code.opens > 0:
                    blocks.append(code)
                elif code.opens < 0 and blocks:
                    blocks.pop()
        return blocks

    def _codes_before(self, element: Element) -> Iterator[Code]:
        parent = element.getparent()
        texts = [] if parent is None else [parent.text]
        texts += [sibling.tail for sibling in reversed([*element.itersiblings(preceding=True)])]
        for text in texts:
            for found in MARK.finditer(text or ""):
                yield self.codes[int(found.group(1))]

    def source(self, patch: Callable[[str], str]) -> tuple[str, dict[int, Tag]]:
        """Return the Jinja source, and for each line of it the tag it came from.

        Each piece of code begins on a line of its own: a line break inside a tag prints nothing,
        and Jinja's line number then names the tag.
        """
        xml = patch(to_text(self.root))
        pieces: list[str] = []
        tags: dict[int, Tag] = {}
        line, position = 1, 0
        for found in MARK.finditer(xml):
            code = self.codes[int(found.group(1))]
            broken = re.sub(r"\{[{%]", r"\g<0>\n", code.text)
            if code.text and broken == code.text:
                broken = "\n" + broken  # an expression; its braces stand in the tree
            between = xml[position : found.start()]
            line += between.count("\n")
            pieces += (between, broken)
            last = line + broken.count("\n")
            if code.tag is not None:
                tags.update(dict.fromkeys(range(line + 1, last + 1), code.tag))
            line, position = last, found.end()
        return "".join((*pieces, xml[position:])), tags


def _number_places(root: Element) -> Iterator[tuple[Element, str]]:
    """Yield each paragraph with its place as a person would count it."""
    cells: dict[Element, str] = {}
    for number, table in enumerate(root.iter(w("tbl")), 1):
        for row_number, row in enumerate(rows_of(table), 1):
            for column, cell in enumerate(cells_of(row), 1):
                cells[cell] = f"表 {number} 行 {row_number} 列 {column}"
    count = 0
    for paragraph in root.iter(w("p")):
        cell_or_none = closest(paragraph, "tc")
        if cell_or_none is not None:
            yield paragraph, cells.get(cell_or_none, "")
        else:
            count += 1
            yield paragraph, f"段落 {count}"
