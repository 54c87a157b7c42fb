"""The only door to markupsafe: text that is WordprocessingML already, and text that is not."""

from collections.abc import Callable

import markupsafe
from markupsafe import Markup, escape

__all__ = ["LINE_BREAK", "Markup", "escape", "escape_text", "lines"]

# `escape` of a plain text, without building a Markup of it; markupsafe does not promise the name.
escape_text: Callable[[str], str] = getattr(markupsafe, "_escape_inner", escape)
LINE_BREAK = Markup('</w:t><w:br/><w:t xml:space="preserve">')


def lines(text: str) -> str:
    """Return text for a cell with its line breaks as `<w:br/>`, escaped once, here."""
    return LINE_BREAK.join(text.splitlines()) if "\n" in text else text
