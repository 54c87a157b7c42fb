"""Everything that can be said of one template file before any data are read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.findings import Finding, Place, Severity
from generator.rendering.compiled import compile_template, find_readable_uses
from generator.rendering.form_names import Known
from generator.rendering.name_check import find_unknown_names
from generator.rendering.names import TemplateUse
from generator.rendering.problems import TemplateProblem, TemplateRefusedError
from generator.rendering.template_notes import find_notes

_MEND = "在 Word 里更正这个标签"
_NOTES = {  # rule → code, what to do
    "template-font": ("T305", "在 Word 的“字体”里选定中文字体和西文字体"),
    "template-direct-format": ("T306", "清除格式（Ctrl+空格、Ctrl+Q），再选样式"),
    "template-row-split": ("T307", "选中这些行：表格属性 → 行，取消“允许跨页断行”"),
}


@dataclass(frozen=True, slots=True)
class Expected:
    """What a template of one document may name, and what to do about another name."""

    known: Known
    hint: str = _MEND


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding, with its place in the Word file."""

    finding: Finding
    problem: TemplateProblem


def read_template(path: Path) -> tuple[tuple[TemplateProblem, ...], tuple[TemplateUse, ...]]:
    """Return what is wrong with how a template is written, and the names that can be read."""
    try:
        return (), compile_template(path).uses
    except TemplateRefusedError as fault:
        return fault.problems, find_readable_uses(path)


def lint_template(path: Path, file: str, expected: Sequence[Expected]) -> tuple[Remark, ...]:
    """Return all remarks on a template: errors first, then what is only said.

    Args:
        path: The template.
        file: How findings name it.
        expected: For each document made with it what it may name; none: names are not checked.
    """
    return tuple(dict.fromkeys(_lint(path, file, expected)))


def _lint(path: Path, file: str, expected: Sequence[Expected]) -> Iterator[Remark]:
    problems, uses = read_template(path)
    for problem in problems:
        yield Remark(refuse(file, problem), problem)
    for one in expected:
        for problem in find_unknown_names(uses, one.known):
            yield Remark(refuse(file, problem, hint=one.hint), problem)
    for rule, problem in find_notes(path):
        code, hint = _NOTES[rule]
        note = Finding(code, rule, Severity.NOTE, Place(file), str(problem), hint=hint)
        yield Remark(note, problem)


def refuse(file: str, problem: TemplateProblem, hint: str = _MEND) -> Finding:
    """Return the finding of a problem that stops a template."""
    place = Place(file)
    return Finding("T302", "template-refused", Severity.ERROR, place, str(problem), hint=hint)
