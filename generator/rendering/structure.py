"""What must hold whatever the data: cells keep a paragraph, tables a row, ids stay unique."""

from collections.abc import Mapping

from generator.rendering.expressions import quote
from generator.rendering.markup import escape
from generator.rendering.template_part import MARK, Code, TemplatePart
from generator.rendering.xml_tree import NAMES, WP, Element, parent_of, rows_of, w

# Word calls a file unreadable when one of these holds no paragraph, or a cell does not end in one.
_KEEPERS = ("tc", "txbxContent", "hdr", "ftr", "footnote", "endnote", "sdtContent")


def keep_paragraphs(part: TemplatePart, styles: Mapping[Element, str]) -> None:
    """Wrap cells whose paragraphs may all go in a filter that puts an empty one in their place.

    Args:
        part: The part, its tags already in place.
        styles: For each such element the style id of its first paragraph, before any went.
    """
    for element in part.root.iter(*(w(name) for name in _KEEPERS)):
        properties = element.find("w:tcPr", NAMES)
        texts = [child.tail for child in element]
        if properties is None:
            texts.append(element.text)
        if not any(MARK.search(text or "") for text in texts):
            continue
        style = styles.get(element, "")
        look = f'<w:pPr><w:pStyle w:val="{escape(style)}"/></w:pPr>' if style else ""
        begin = part.mark(Code(f"{{% filter 保留段落({quote(f'<w:p>{look}</w:p>')}) %}}", opens=1))
        end = part.mark(Code("{% endfilter %}", opens=-1))
        if properties is not None:
            properties.tail = begin + (properties.tail or "")
        else:
            element.text = begin + (element.text or "")
        if len(element):
            element[-1].tail = (element[-1].tail or "") + end
        else:
            element.text = (element.text or "") + end


def first_styles(root: Element) -> dict[Element, str]:
    """Return the style id of the first paragraph of each cell, text box, header, footer."""
    found = {}
    for element in root.iter(*(w(name) for name in _KEEPERS)):
        style = element.find("w:p/w:pPr/w:pStyle", NAMES)
        found[element] = "" if style is None else style.get(w("val"), "")
    return found


def refuse_empty_tables(part: TemplatePart) -> None:
    """Refuse a table in which every row depends on data: without a row Word cannot read it."""
    for table in list(part.root.iter(w("tbl"))):
        depth = len(_uncertain(part, table))
        if not any(len(_uncertain(part, row)) == depth for row in rows_of(table)):
            paragraph = next(table.iter(w("p")), part.root)
            part.refuse(
                "表中的行都由清单或条件决定，可能一行也没有；请加一行标题行，或写「至少 1」",
                paragraph,
            )


def _uncertain(part: TemplatePart, element: Element) -> list[Code]:
    return [block for block in part.open_blocks(element) if not block.is_certain]


def refuse_copied_ids(part: TemplatePart) -> None:
    """Refuse pictures and bookmarks in a loop: their ids must be unique in a document."""
    kinds = {f"{{{WP}}}docPr": "图片", w("bookmarkStart"): "书签（有域或链接指向它）"}
    for element in list(part.root.iter(*kinds)):
        if any(block.variable for block in part.open_blocks(element)):
            ancestor = element
            while ancestor.tag != w("p") and ancestor.getparent() is not None:
                ancestor = parent_of(ancestor)
            kind = kinds[str(element.tag)]
            part.refuse(f"循环的内容里有{kind}，重复后编号会相同，请移到循环之外", ancestor)
