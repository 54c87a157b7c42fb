"""The only door to markupsafe: text that is WordprocessingML already, and text that is not."""

from markupsafe import Markup, escape

__all__ = ["LINE_BREAK", "Markup", "escape", "lines"]

LINE_BREAK = Markup('</w:t><w:br/><w:t xml:space="preserve">')


def lines(text: str) -> str:
    """Return text for a cell with its line breaks as `<w:br/>`, escaped once, here."""
    return LINE_BREAK.join(text.splitlines()) if "\n" in text else text
