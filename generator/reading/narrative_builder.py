"""报告 of a data file: headings, texts, tables, pictures and the list of 附件."""

import pathlib
from collections.abc import Iterator

from msgspec import Struct

from generator.amounts import parse_decimal
from generator.domain.blocks import Block, Picture, Table
from generator.domain.forms import Form
from generator.domain.model import Passage, Path, Plain
from generator.domain.narrative import ATTACHMENTS, has_heading
from generator.reading.pictures import PictureFault, read_picture
from generator.reading.plain_values import items, mapping, text


class NarrativeBuilder(Struct, frozen=True):
    """Builds the narrative of one data file that satisfies the form's schema."""

    root: pathlib.Path
    file: str  # of the data, relative to the root
    form: Form

    def passages(self, report: Plain) -> tuple[Passage, ...] | None:
        """Return the headings of 报告, or None when nothing was written."""
        if not mapping(report):
            return None
        tree: dict[str, Plain] = {
            heading: inner
            for heading, inner in mapping(report).items()
            if not self._is_list(heading)
        }
        return tuple(self._passages(tree, ("报告",)))

    def attachments(self, report: Plain) -> tuple[Block, ...]:
        """Return 附件 of 报告: the names of those filed apart, tables and pictures."""
        if not self._is_list(ATTACHMENTS):
            return ()
        found = mapping(report).get(ATTACHMENTS)
        return tuple(self._blocks(found, ("报告", ATTACHMENTS)))

    def _is_list(self, heading: str) -> bool:
        """Say whether a key of 报告 is the list of 附件, not a heading that the form has."""
        outline = self.form.outline
        own = outline.headings if outline is not None else ()
        return heading == ATTACHMENTS and not has_heading(heading, own)

    def _passages(self, tree: Plain, path: Path) -> Iterator[Passage]:
        for heading, inner in mapping(tree).items():
            below = (*path, heading)
            if isinstance(inner, dict):
                yield Passage(heading, "", below, tuple(self._passages(inner, below)))
            elif isinstance(inner, list):
                blocks = tuple(self._blocks(inner, below))
                prose = "\n".join(block for block in blocks if isinstance(block, str))
                yield Passage(heading, prose, below, blocks=blocks)
            else:
                yield Passage(heading, text(inner), below)

    def _blocks(self, value: Plain, path: Path) -> Iterator[Block]:
        for index, item in enumerate(items(value)):
            here = (*path, index)
            block = mapping(item)
            if "表" in block:
                yield _table(mapping(block["表"]), (*here, "表"))
            elif "图" in block:
                yield self._picture(mapping(block["图"]), (*here, "图"))
            else:
                yield text(item)

    def _picture(self, block: dict[str, Plain], path: Path) -> Picture:
        title, file = text(block.get("题")), text(block.get("文件"))
        width = parse_decimal(text(block.get("宽")))
        try:
            image = read_picture(self.root, self.file, file)
        except PictureFault as fault:
            return Picture(title, file, width, None, path, str(fault), fault.hint)
        return Picture(title, file, width, image, path)


def _table(block: dict[str, Plain], path: Path) -> Table:
    rows = tuple(tuple(text(cell) for cell in items(row)) for row in items(block.get("行")))
    columns = tuple(text(name) for name in items(block.get("列")))
    return Table(text(block.get("题")), columns, rows, path)
