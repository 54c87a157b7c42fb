"""Everything that can be said of one template file before any data are read."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from generator.domain.forms import Document, Form
from generator.domain.rubrics import Rubric
from generator.findings import Finding, Place, Severity
from generator.rendering.compiled import CompiledTemplate, RefusedTemplate, read_template
from generator.rendering.form_names import Known, bound_names, known_names
from generator.rendering.name_check import find_unknown_names
from generator.rendering.problems import TemplateProblem
from generator.rendering.template_notes import find_notes

_MEND = "在 Word 里更正这个标签"
_NOTES = {  # rule → code, what to do
    "template-font": ("T305", "在 Word 的“字体”里选定中文字体和西文字体"),
    "template-direct-format": ("T306", "清除格式（Ctrl+空格、Ctrl+Q），再选样式"),
    "template-row-split": ("T307", "选中这些行：表格属性 → 行，取消“允许跨页断行”"),
    "template-head": ("T308", "选中标题行：表格属性 → 行，勾选“在各页顶端以标题行形式重复出现”"),
    "template-plain-brace": ("T309", "要填值的，写成 {{ 名称 }}：两个花括号，中间不空格"),
}


class Expected(Struct, frozen=True):
    """What a template of one document may name, and what to do about another name."""

    known: Known
    hint: str = _MEND


class Remark(Struct, frozen=True):
    """A finding, with its place in the Word file."""

    finding: Finding
    problem: TemplateProblem


def expected_of(document: Document, form: Form, rubric: Rubric | None) -> Expected:
    """Return what the template of a document may name."""
    if not document.binds:
        return Expected(known_names(form, rubric))
    hint = "在 Word 里更正这个标签；合订的文档里，一个项目的名称写在「每 一项 于 各项目」里面"
    return Expected(bound_names(form, rubric), hint)


def lint_template(path: Path, file: str, expected: Sequence[Expected]) -> tuple[Remark, ...]:
    """Return all remarks on a template: errors first, then what is only said.

    Args:
        path: The template.
        file: How findings name it.
        expected: For each document made with it what it may name; none: names are not checked.
    """
    return tuple(dict.fromkeys(_lint(path, file, expected)))


def _lint(path: Path, file: str, expected: Sequence[Expected]) -> Iterator[Remark]:
    yield from find_errors(read_template(path), file, expected)
    for rule, problem in find_notes(path):
        code, hint = _NOTES[rule]
        note = Finding(code, rule, Severity.NOTE, Place(file), str(problem), hint=hint)
        yield Remark(note, problem)


def find_errors(
    template: CompiledTemplate | RefusedTemplate, file: str, expected: Sequence[Expected]
) -> Iterator[Remark]:
    """Yield what stops a template: how its tags are written, then the names in vain."""
    doubtful: frozenset[str] = frozenset()
    if isinstance(template, RefusedTemplate):
        doubtful = template.doubtful
        for problem in template.problems:
            yield _refuse(file, problem, _MEND)
    for one in expected:
        for problem in find_unknown_names(template.uses, one.known, doubtful):
            yield _refuse(file, problem, one.hint)


def _refuse(file: str, problem: TemplateProblem, hint: str) -> Remark:
    place, message = Place(file), str(problem)
    finding = Finding("T302", "template-refused", Severity.ERROR, place, message, hint=hint)
    return Remark(finding, problem)
