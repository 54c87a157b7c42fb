"""The narrative of a report: a tree of headings, as the clerk wrote it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Section:
    """A heading (without its number) with the paragraphs and the sections below it."""

    heading: str
    paragraphs: tuple[str, ...] = ()  # one line each; `**…**` is bold
    sections: tuple["Section", ...] = ()
