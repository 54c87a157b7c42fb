"""What can be wrong with a template, and what can stop its rendering."""

import pathlib

from msgspec import Struct


class Tag(Struct, frozen=True):
    """One tag as the author wrote it, with its place in the Word file."""

    text: str  # `{{ 资金.全年执行数 }}`
    part: str  # `word/document.xml`
    where: str  # `表 1 行 2 列 3`, `段落 4`
    around: str = ""  # the text of its paragraph


class TemplateProblem(Struct, frozen=True):
    """One thing that makes a template unusable, said so that a finance clerk can mend it."""

    message: str
    part: str = ""
    where: str = ""
    around: str = ""

    def __str__(self) -> str:
        """Write it in a line: place, what is wrong, the text around."""
        place = " ".join(piece for piece in (self.part, self.where) if piece)
        around = f"（…{self.around}…）" if self.around else ""
        return f"{place}：{self.message}{around}" if place else f"{self.message}{around}"


def row_of(where: str) -> str:
    """Return the table row of a place, `表 1 行 2`; a place outside tables as it is."""
    return where.partition(" 列")[0]


class TemplateRefusedError(Exception):
    """A template cannot be compiled; `problems` holds everything that is wrong with it."""

    def __init__(self, template: pathlib.Path, problems: tuple[TemplateProblem, ...]) -> None:
        """Keep the template and all its problems."""
        super().__init__("\n".join(f"{template.name} {problem}" for problem in problems))
        self.template = template
        self.problems = problems


class RenderFailedError(Exception):
    """A document cannot be rendered because of what one tag met in the data."""

    def __init__(self, message: str, *, template: pathlib.Path, tag: Tag) -> None:
        """Keep the message and the author's own tag with its place."""
        super().__init__(f"{template.name} {tag.part} {tag.where}：{tag.text}：{message}")
        self.message = message
        self.template = template
        self.tag = tag


class MissingValue(RenderFailedError):
    """A tag asks for something that the data do not have."""

    def __init__(self, *, template: pathlib.Path, tag: Tag) -> None:
        """Say that the value is missing, and where it was asked for."""
        super().__init__("数据中没有这一项", template=template, tag=tag)


class UnusableValueError(Exception):
    """A value cannot be printed or compared; the place is added where the tag is known."""


class TagFailedError(Exception):
    """A tag failed while rendering; `line` is its line in the Jinja source."""

    def __init__(self, message: str, *, line: int, is_missing: bool) -> None:
        """Keep what is wrong and where, and whether a value is missing or cannot be used."""
        super().__init__(message)
        self.line = line
        self.is_missing = is_missing
