"""What a tag 正文 becomes: its look and its room are known before any data are read."""

from generator.patterns import pattern
from generator.rendering.expressions import quote
from generator.rendering.looks import look_of
from generator.rendering.names import REPORT
from generator.rendering.paragraphs import FoundTag
from generator.rendering.template_part import BLOCKS, Code, TemplatePart
from generator.rendering.type_area import Area, area_at, last_area
from generator.rendering.xml_tree import NAMES, Element, parent_of, put_after, put_before

_ENDS_IN_REPORT = pattern(rf'(?:^|\["){REPORT}(?:"\])?$')


def narrative_code(part: TemplatePart, found: FoundTag, expression: str) -> Code:
    """Return what stands in place of the tag; the pages of 附件 go behind all else, later."""
    look = look_of(found.paragraph, parent_of(found.text))
    how = ", ".join(quote(text) for text in (look.paragraph, look.run, look.bold))
    room = _room(area_at(found.paragraph))
    written = f"{{{{ {expression}|正文([{how}], {room}) }}}}"
    body = part.root.find("w:body", NAMES)
    if expression == REPORT and body is not None:
        pages = Code(f"{{{{ {expression}|附件({_room(last_area(body))}) }}}}", found.tag)
        part.later(BLOCKS, lambda: _put_last(body, part.mark(pages)))
    elif _ENDS_IN_REPORT.search(expression):  # in a loop over projects: each behind its report
        written += f"{{{{ {expression}|附件({room}) }}}}"
    return Code(written, found.tag)


def _put_last(body: Element, mark: str) -> None:
    """Put a mark at the end of a document, before the properties of its last section."""
    section = body.find("w:sectPr", NAMES)
    if section is not None:
        put_before(section, mark)
    else:
        put_after(body[-1], mark)


def _room(area: Area) -> str:
    return f"[{area.width}, {area.height}]"
