"""每 and 若 that wait for their 完: pairs must stand on the same level."""

from msgspec import Struct

from generator.rendering.expressions import ExpressionError
from generator.rendering.paragraphs import FoundTag
from generator.rendering.problems import Tag
from generator.rendering.template_part import TemplatePart
from generator.rendering.xml_tree import Element, closest

LOOP, CONDITION = "for", "if"
_ENDS = {"endfor": LOOP, "endif": CONDITION}
_MOST_LOOPS = 3


class Block(Struct):
    """One block that is open."""

    kind: str
    tag: Tag
    container: Element  # a table, a cell or the body; for text the parent of its run
    paragraph: Element
    has_else: bool = False


class UnpairedError(ExpressionError):
    """A block has no end, or an end no block: perhaps for want of a tag that is broken."""


class BlockStack:
    """The open blocks of a part, innermost last."""

    def __init__(self, part: TemplatePart) -> None:
        """Begin with none."""
        self._part = part
        self._blocks: list[Block] = []
        self._met: set[str] = set()  # tags that opened, turned or closed a block

    def open(self, kind: str, container: Element, found: FoundTag) -> None:
        """Begin a block; it is open even when the rest of its tag is wrong.

        Raises:
            ExpressionError: Loops are nested too deeply.
        """
        self._met.add(found.tag.text)
        self._blocks.append(Block(kind, found.tag, container, found.paragraph))
        if sum(block.kind == LOOP for block in self._blocks) > _MOST_LOOPS:
            raise ExpressionError(f"循环最多套 {_MOST_LOOPS} 层")

    def turn(self, container: Element, found: FoundTag, *, is_last: bool) -> None:
        """Come to 否则, which is the last branch, or to 否则若, which is not.

        Raises:
            ExpressionError: No block is open here, or it has had its last branch.
        """
        block = self._matching(container, found)
        if block.has_else or (block.kind == LOOP and not is_last):
            raise ExpressionError("多余的「否则」")
        block.has_else = is_last

    def close(self, container: Element, found: FoundTag, word: str) -> str:
        """End the innermost block and return its kind.

        Raises:
            ExpressionError: No block is open here, or one of another kind.
        """
        block = self._matching(container, found)
        self._blocks.pop()
        if _ENDS.get(word, block.kind) != block.kind:
            raise UnpairedError(f"「{word}」与 {block.tag.text} 不配对")
        return block.kind

    def finish(self) -> None:
        """Refuse what was never closed."""
        for block in self._blocks:
            text, at = block.tag.text, block.paragraph
            if not self.may_follow(at):
                self._part.refuse(f"{text} 没有对应的「完」", at, broken=text)

    def may_follow(self, at: Element) -> bool:
        """Say whether what is unpaired may belong to a lost tag of the same table or text."""
        table = closest(at, "tbl")
        lost = ((near, tag) for near, tag in self._part.broken if tag not in self._met)
        return any("%" in tag and closest(near, "tbl") is table for near, tag in lost)

    def _matching(self, container: Element, found: FoundTag) -> Block:
        self._met.add(found.tag.text)
        if not self._blocks:
            raise UnpairedError("前面没有对应的「若」或「每」")
        block = self._blocks[-1]
        if block.container is not container:
            if not self.may_follow(found.paragraph):
                self._blocks.pop()  # said once
            raise UnpairedError(f"与 {block.tag.text}（{block.tag.where}）不在同一层")
        return block
