"""The narrative of a report: a tree of headings, as the clerk wrote it."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from generator.domain.blocks import Block, Picture
from generator.domain.forms import Heading

ATTACHMENTS = "附件"  # the list below the text, unless the form has a heading of that name


class Section(Struct, frozen=True):
    """A heading (without its number) with the blocks and the sections below it."""

    heading: str
    blocks: tuple[Block, ...] = ()  # a text is one paragraph; `**…**` is bold
    sections: tuple["Section", ...] = ()

    @property
    def has_text(self) -> bool:
        """Say whether there is anything at or below the heading."""
        return bool(self.blocks) or any(below.has_text for below in self.sections)


class Box(Struct, frozen=True):
    """What stands under one heading, without the heading; false when that is nothing."""

    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    headings: tuple[Heading, ...] = ()  # those of the form below this one

    def __bool__(self) -> bool:
        """Say whether anything stands here."""
        return bool(self.blocks) or any(section.has_text for section in self.sections)

    def __getitem__(self, name: str) -> "Box":
        """Return what stands under a heading below this one, as `Report` does.

        Raises:
            KeyError: The form has no such heading here, or has it under several parents.
        """
        return _open(name, self.headings, self.sections)


class Report(Struct, frozen=True):
    """A whole report; the form's outline says which headings can be asked for by name."""

    sections: tuple[Section, ...] = ()
    headings: tuple[Heading, ...] = ()
    attachments: tuple[Block, ...] = ()  # a text is the name of one that is filed apart

    def __bool__(self) -> bool:
        """Say whether the report has any section."""
        return bool(self.sections or self.attachments)

    def pictures(self) -> Iterator[Picture]:
        """Yield every picture of the report."""
        yield from _pictures(self.attachments)
        waiting = list(self.sections)
        while waiting:
            section = waiting.pop()
            yield from _pictures(section.blocks)
            waiting += section.sections

    def __getitem__(self, name: str) -> Box:
        """Return what stands under a heading of the form, empty where the data leave it out.

        Raises:
            KeyError: The form has no such heading, or has it under several parents.
        """
        return _open(name, self.headings, self.sections)


def find_headings(name: str, headings: Sequence[Heading]) -> list[tuple[Heading, ...]]:
    """Return the ways to a heading by the form's name: the shortest, several if they are equal."""
    ways: list[tuple[Heading, ...]] = [(heading,) for heading in headings]
    while ways:
        found = [way for way in ways if way[-1].name == name]
        if found:
            return found
        ways = [(*way, below) for way in ways for below in way[-1].below]
    return []


def has_heading(name: str, headings: Sequence[Heading]) -> bool:
    """Say whether the form has a heading of this name, or with this alias, at the top."""
    return any(name in (heading.name, *heading.aliases) for heading in headings)


def _pictures(blocks: Sequence[Block]) -> Iterator[Picture]:
    return (block for block in blocks if isinstance(block, Picture))


def _open(name: str, headings: Sequence[Heading], sections: Sequence[Section]) -> Box:
    ways = find_headings(name, headings)
    if len(ways) != 1:
        raise KeyError(name)
    heading = ways[0][-1]
    section = _follow(ways[0], sections)
    if section is None and sum(other.name == name for other in _every(headings)) == 1:
        section = _search(heading, sections)  # 参考 lets a unit put it elsewhere
    if section is None:
        return Box(headings=heading.below)
    return Box(section.blocks, section.sections, heading.below)


def _follow(way: tuple[Heading, ...], sections: Sequence[Section]) -> Section | None:
    found: Section | None = None
    for heading in way:
        found = next((section for section in sections if _is(section, heading)), None)
        if found is None:
            return None
        sections = found.sections
    return found


def _search(heading: Heading, sections: Sequence[Section]) -> Section | None:
    while sections:
        found = next((section for section in sections if _is(section, heading)), None)
        if found is not None:
            return found
        sections = [below for section in sections for below in section.sections]
    return None


def _every(headings: Sequence[Heading]) -> Iterator[Heading]:
    for heading in headings:
        yield heading
        yield from _every(heading.below)


def _is(section: Section, heading: Heading) -> bool:
    return section.heading in (heading.name, *heading.aliases)
