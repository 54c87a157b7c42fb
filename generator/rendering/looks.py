"""Paragraphs and runs: by a style, or in the look of a tag."""

from collections.abc import Iterator

from msgspec import Struct

from generator.patterns import pattern
from generator.rendering.markup import Markup, escape_text
from generator.rendering.xml_tree import NAMES, Element, copy_of, fragment, make, parent_of, w

_BOLD = pattern(r"\*\*(.+?)\*\*")
_BOLD_RUN = "<w:rPr><w:b/><w:bCs/></w:rPr>"
_BEFORE_BOLD = (w("rStyle"), w("rFonts"))
_REVISIONS = ("pPrChange", "rPrChange", "ins", "del", "moveFrom", "moveTo")


class Look(Struct, frozen=True):
    """Properties of paragraphs and runs, as WordprocessingML."""

    paragraph: str = ""
    run: str = ""
    bold: str = _BOLD_RUN


def look_of(paragraph: Element, run: Element) -> Look:
    """Return the look of a paragraph and of one of its runs."""
    kept, plain = paragraph.find("w:pPr", NAMES), run.find("w:rPr", NAMES)
    around = fragment(_without_revisions(kept)) if kept is not None else ""
    if plain is None:
        return Look(around)
    plain = _without_revisions(plain)
    bold = copy_of(plain)
    for name in ("b", "bCs"):
        for old in bold.findall(f"w:{name}", NAMES):
            bold.remove(old)
    place = sum(child.tag in _BEFORE_BOLD for child in bold)
    bold[place:place] = [make("b"), make("bCs")]
    return Look(around, fragment(plain), fragment(bold))


def _without_revisions(element: Element) -> Element:
    kept = copy_of(element)
    for change in list(kept.iter(*(w(name) for name in _REVISIONS))):
        parent_of(change).remove(change)
    return kept


def write_paragraph(text: str, look: Look) -> Markup:
    """Return a paragraph; `**…**` in its text is bold."""
    runs = "".join(_runs(text, look)) if "**" in text else _run(text, look.run)
    return Markup(f"<w:p>{look.paragraph}{runs}</w:p>")


def _runs(text: str, look: Look) -> Iterator[str]:
    """Yield a run for each stretch of plain or bold text."""
    for index, stretch in enumerate(_BOLD.split(text)):
        yield _run(stretch, look.bold if index % 2 else look.run)


def _run(text: str, properties: str) -> str:
    if not text:
        return ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape_text(text)}</w:t></w:r>'
