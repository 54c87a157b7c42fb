"""A code with its meaning, and the families of codes."""

from msgspec import Struct

from generator.findings import Severity


class Code(Struct, frozen=True):
    """One code with its meaning, in Markdown of one line."""

    code: str
    rule: str
    what: str
    remedy: str = ""
    severity: Severity = Severity.ERROR


class Family(Struct, frozen=True):
    """The codes of one part of the program; what is said of all of them stands around them."""

    title: str
    codes: tuple[Code, ...]
    before: str = ""
    after: str = ""
    remedy: str = ""  # where a code has none of its own
