"""The vocabularies of docxtpl, docxtemplater and carbone, each as its own manual has it."""

import copy
from collections.abc import Sequence

from lxml import etree

from bench.peer_templates import STYLES, Dialect, edge_texts, with_text

_Elements = Sequence[etree._Element]
_BODY, _CHAPTER, _SECTION = STYLES


def _docxtpl_rows(row: etree._Element) -> _Elements:
    head, foot = "{%tr for 行 in 绩效指标 %}", "{%tr endfor %}"
    listed = edge_texts(row, before="{% vm %}", after="")  # merges a column over the whole loop
    return with_text(row, head), listed, with_text(row, foot)


def _docxtpl_report(paragraph: etree._Element) -> _Elements:
    lines = (
        ("{%p for 段 in 正文 %}", ""),
        ("{%p if 段.级 == 1 %}", ""),
        ("{{ 段.文 }}", _CHAPTER),
        ("{%p elif 段.级 == 2 %}", ""),
        ("{{ 段.文 }}", _SECTION),
        ("{%p else %}", ""),
        ("{{ 段.文 }}", _BODY),
        ("{%p endif %}", ""),
        ("{%p endfor %}", ""),
    )
    return [with_text(paragraph, text, style) for text, style in lines]


def _docxtemplater_rows(row: etree._Element) -> _Elements:
    return (edge_texts(row, before="{#绩效指标}", after="{/绩效指标}"),)


def _docxtemplater_report(paragraph: etree._Element) -> _Elements:
    lines = [("{#正文}", "")]
    for switch, style in (("章", _CHAPTER), ("节", _SECTION), ("段", _BODY)):
        lines += [(f"{{#{switch}}}", ""), ("{文}", style), (f"{{/{switch}}}", "")]
    return [with_text(paragraph, text, style) for text, style in (*lines, ("{/正文}", ""))]


def _carbone_rows(row: etree._Element) -> _Elements:
    return copy.deepcopy(row), with_text(row, "{d.绩效指标[i+1].名称}")


def _carbone_report(paragraph: etree._Element) -> _Elements:
    # It has no other words for paragraphs of several styles in one list than the style's own name.
    lines = [(f"{{d.正文[{at}].文}}", f"{{d.正文[{at}].样式}}") for at in ("i", "i+1")]
    return [with_text(paragraph, text, style) for text, style in lines]


DOCXTPL = Dialect("docxtpl", "{{{{ {} }}}}", "{{{{ 行.{} }}}}", _docxtpl_rows, _docxtpl_report)
DOCXTEMPLATER = Dialect(
    "docxtemplater", "{{{}}}", "{{{}}}", _docxtemplater_rows, _docxtemplater_report
)
CARBONE = Dialect("carbone", "{{d.{}}}", "{{d.绩效指标[i].{}}}", _carbone_rows, _carbone_report)
