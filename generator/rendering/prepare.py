"""A Word template, prepared: Jinja sources of the parts that hold tags, and all other parts."""

import pathlib
import re
from collections.abc import Mapping

from generator.patterns import pattern
from generator.rendering import structure
from generator.rendering.cleaning import clean_part, clean_properties, describe, drop_private_parts
from generator.rendering.engine import Engine
from generator.rendering.expressions import ExpressionError, translate
from generator.rendering.jinja_environment import (
    check_expression,
    make_environment,
    parse_source,
)
from generator.rendering.merges import refuse_merges_from_header
from generator.rendering.name_reading import find_uses
from generator.rendering.names import TemplateUse
from generator.rendering.narrative import NarrativeWriter
from generator.rendering.opening import open_package
from generator.rendering.package import PackageError
from generator.rendering.paragraphs import OPENER, read_paragraph, refuse_tags_elsewhere
from generator.rendering.prepared import PreparedPart, PreparedTemplate
from generator.rendering.problems import Tag, TemplateProblem
from generator.rendering.salvage import readable_source
from generator.rendering.style_ids import STYLES_PART, read_styles
from generator.rendering.template_part import MARK_CHARACTERS, Code, TemplatePart
from generator.rendering.tree_reading import read_tree
from generator.rendering.words import Vocabulary
from generator.rendering.xml_tree import (
    DECLARATION,
    Element,
    XmlError,
    local_name,
    parse_xml,
    to_bytes,
    w,
)

CORE_PROPERTIES = "docProps/core.xml"
_TEXT_PART = pattern(r"word/(document|header|footer|footnotes|endnotes)\d*\.xml")
_VALUE = pattern(r"\{\{(.*?)\}\}", re.DOTALL)
_PROPERTY_NAMES = {
    "title": "标题",
    "subject": "主题",
    "language": "语言",
    "creator": "作者",
    "keywords": "关键词",
    "description": "备注",
    "category": "类别",
}


def prepare_template(path: pathlib.Path) -> PreparedTemplate:
    """Prepare a template; whatever is wrong with it is in `problems`, all of it."""
    try:
        members = drop_private_parts(open_package(path))
    except (PackageError, XmlError) as error:
        problem = TemplateProblem(f"不是 Word 文档（.docx），或文件已损坏：{error}")
        return PreparedTemplate(problems=(problem,))
    engine = Engine(path)
    if engine.problem is not None:
        return PreparedTemplate(problems=(engine.problem,))
    environment = make_environment({})
    prepared: list[PreparedPart] = []
    unchanged: dict[str, bytes] = {}
    problems: list[TemplateProblem] = []
    uses: list[TemplateUse] = []
    doubtful: set[str] = set()
    for name, blob in members.items():
        if not _TEXT_PART.fullmatch(name) and name != CORE_PROPERTIES:
            unchanged[name] = blob
            continue
        part = _read_part(name, blob, problems)
        if part is None:
            continue
        if part.problems:
            source, tags = readable_source(part)
            uses += find_uses(parse_source(environment, source), tags)
        elif part.codes:
            source, tags = part.source(engine.patch)
            source, tags = DECLARATION + source, _shifted(tags)
            parsed = parse_source(environment, source)
            prepared.append(PreparedPart(name, source, tags, read_tree(parsed)))
            uses += find_uses(parsed, tags)
        else:
            unchanged[name] = to_bytes(part.root)
        doubtful |= part.doubtful_names()
        problems.extend(part.problems)
    styles = read_styles(members[STYLES_PART])
    if any(use.is_whole_report for use in uses):
        problems += NarrativeWriter(styles).problems()
    return PreparedTemplate(
        tuple(prepared), unchanged, tuple(problems), tuple(uses), styles, frozenset(doubtful)
    )


def _shifted(tags: Mapping[int, Tag]) -> dict[int, Tag]:
    """Move the lines below the XML declaration."""
    return {line + DECLARATION.count("\n"): tag for line, tag in tags.items()}


def _read_part(name: str, blob: bytes, problems: list[TemplateProblem]) -> TemplatePart | None:
    try:
        root = parse_xml(blob)
    except XmlError as error:
        problems.append(TemplateProblem(f"不是合法的 XML：{error}", name))
        return None
    part = TemplatePart(name, root)
    if MARK_CHARACTERS.intersection(blob.decode("utf-8", "replace")):
        part.refuse("含有不能使用的字符 U+FDD0、U+FDD1", root)
    elif name == CORE_PROPERTIES:
        _prepare_properties(part)
    else:
        _prepare_text(part)
    return part


def _prepare_text(part: TemplatePart) -> None:
    """Clean the tree, read all tags, then change the tree, then check what it has become."""
    clean_part(part.root)
    refuse_tags_elsewhere(part)
    vocabulary = Vocabulary(part)
    for paragraph in list(part.root.iter(w("p"))):
        read_paragraph(part, paragraph, vocabulary.translate)
    vocabulary.finish()
    part.is_settled = True
    styles = structure.first_styles(part.root)
    refuse_merges_from_header(part)
    part.run_actions()
    structure.refuse_empty_tables(part)
    structure.refuse_copied_ids(part)
    if not part.problems:
        structure.keep_paragraphs(part, styles)


def _prepare_properties(part: TemplatePart) -> None:
    """Title, subject and the like: values only."""
    clean_properties(part.root)
    describe(part.root)
    for element in list(part.root):
        text = element.text or ""
        if OPENER.search(text):
            element.text = _property_text(part, element, text)


def _property_text(part: TemplatePart, element: Element, text: str) -> str:
    where = f"文档属性「{_PROPERTY_NAMES.get(local_name(element), local_name(element))}」"
    pieces, position = [], 0
    for found in _VALUE.finditer(text):
        pieces.append(text[position : found.start()])
        tag = Tag(found.group(), part.name, where, text)
        try:
            expression = translate(found.group(1))
            check_expression(expression)
        except ExpressionError as error:
            part.problems.append(TemplateProblem(f"{tag.text}：{error}", part.name, where, text))
        else:
            pieces.append(part.mark(Code(f"{{{{ {expression} }}}}", tag)))
        position = found.end()
    pieces.append(text[position:])
    if any(OPENER.search(piece) for piece in pieces):
        message = "文档属性里只能写完整的「{{ 名称 }}」"
        part.problems.append(TemplateProblem(message, part.name, where, text))
    return "".join(pieces)
