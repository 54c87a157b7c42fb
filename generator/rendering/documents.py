"""The documents of one project: templates compiled once, each document checked before it counts."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from generator.domain import forms
from generator.domain.model import Project
from generator.domain.results import ScoreSheet
from generator.errors import UserError
from generator.findings import Finding, Place, Severity
from generator.rendering.compiled import CompiledTemplate, compile_template
from generator.rendering.context import build_context
from generator.rendering.name_check import find_unknown_names, find_unprinted
from generator.rendering.output import (
    Entry,
    Manifest,
    digest,
    safe_file_name,
    write_whole,
)
from generator.rendering.problems import (
    RenderFailedError,
    TemplateProblem,
    TemplateRefusedError,
)
from generator.rendering.validity import find_problems
from generator.scoring.scope import Scope


@dataclass(frozen=True, slots=True)
class Document:
    """A project ready to be printed, with the files it was made from."""

    project: Project
    sheet: ScoreSheet
    scope: Scope
    inputs: tuple[str, ...]
    unit: str


@dataclass(frozen=True, slots=True)
class Written:
    """One document that stands on disk now."""

    path: str  # relative to output/<year>
    name: str
    entry: Entry
    is_changed: bool


@dataclass(slots=True)
class Renderer:
    """Renders documents into one year's folder; holds the templates compiled so far."""

    root: Path
    manifest: Manifest
    is_forced: bool = False
    _templates: dict[str, CompiledTemplate | tuple[Finding, ...]] = field(default_factory=dict)
    _digests: dict[str, str] = field(default_factory=dict)
    _taken: dict[str, str] = field(default_factory=dict)
    _checked: set[str] = field(default_factory=set)

    def render(self, document: Document) -> Iterator[Written | Finding]:
        """Yield each document as written, or what stopped it; all or none of a project."""
        project = document.project
        context = build_context(project, document.sheet, document.scope)
        made: list[tuple[forms.Document, str, bytes]] = []
        faults: list[Finding] = []
        for wanted in project.form.documents:
            if wanted.needs == "报告" and project.report is None:
                continue
            path = f"{document.unit}/{self._file_name(wanted, document)}"
            blob = self._make(wanted, context, faults)
            faults += self._check_path(path, blob, project, wanted)
            made.append((wanted, path, blob))
        if faults:
            yield from faults
            return
        yield from self._check_form(project.form)
        for wanted, path, blob in made:
            try:
                yield self._write(path, blob, document, wanted)
            except UserError as fault:
                place = Place((self.manifest.folder / path).as_posix())
                yield _error("O604", "document-unwritable", place, str(fault), hint=fault.hint)

    def _check_form(self, form: forms.Form) -> Iterator[Finding]:
        """Yield what no template of a form prints, once a form."""
        if form.id in self._checked:
            return
        self._checked.add(form.id)
        templates = [self._template(document.template) for document in form.documents]
        uses = [use for t in templates if isinstance(t, CompiledTemplate) for use in t.uses]
        for what in find_unprinted(form, uses):
            message = f"{what}在各文档的模板里都没有用到，不会印出来"
            place, hint = form.place, "在 Word 模板里加上标签，或把它移出表式"
            yield Finding("T303", "template-unprinted", Severity.WARNING, place, message, hint=hint)

    def find_outdated(self, project_id: str, written: frozenset[str]) -> Iterator[Finding]:
        """Yield documents of a project that stand on disk from an earlier run."""
        for path, entry in self.manifest.documents.items():
            file = self.manifest.folder / path
            if entry.get("project") == project_id and path not in written and file.is_file():
                message = f"{file.as_posix()} 是以前生成的，这次没有重新生成"
                place, hint = Place(file.as_posix()), "不再需要的请删去"
                yield Finding(
                    "O605", "document-outdated", Severity.WARNING, place, message, hint=hint
                )

    def _make(
        self, wanted: forms.Document, context: dict[str, object], faults: list[Finding]
    ) -> bytes:
        """Return a finished and checked document; what stopped it goes to `faults`."""
        template = self._template(wanted.template)
        if isinstance(template, tuple):
            faults += template
            return b""
        unknown = list(find_unknown_names(template.uses, context))
        if unknown:
            faults += [_refuse_template(wanted.template, problem) for problem in unknown]
            return b""
        try:
            blob = template.render(context)
        except RenderFailedError as fault:
            place = Place(wanted.template)
            text = f"{fault.tag.part} {fault.tag.where} 的 {fault.tag.text}：{fault.message}"
            hint = "核对标签的写法与数据"
            faults.append(_error("T301", "template-value", place, text, hint=hint))
            return b""
        for problem in find_problems(blob):
            place = Place(wanted.template)
            faults.append(_error("O601", "document-invalid", place, f"生成的文档不合格：{problem}"))
        return blob

    def _template(self, path: str) -> CompiledTemplate | tuple[Finding, ...]:
        if path not in self._templates:
            try:
                self._templates[path] = compile_template(self.root / path)
            except TemplateRefusedError as fault:
                self._templates[path] = tuple(
                    _refuse_template(path, problem) for problem in fault.problems
                )
        return self._templates[path]

    def _file_name(self, wanted: forms.Document, document: Document) -> str:
        name = wanted.file_name.replace("{年度}", str(document.project.year))
        name = name.replace("{单位}", document.unit)
        for key, value in document.scope.names.items():
            if isinstance(value, str):
                name = name.replace(f"{{{key}}}", value)
        return safe_file_name(name)

    def _check_path(
        self, path: str, blob: bytes, project: Project, wanted: forms.Document
    ) -> Iterator[Finding]:
        """Yield why a document may not be written where it would go."""
        owner = self._taken.setdefault(path.casefold(), project.id)
        if owner != project.id:
            message = f"文档 {path} 与项目 {owner} 的同名"
            hint = "改其中一个项目的名称"
            yield _error("O602", "document-name", wanted.place, message, hint=hint)
        elif self.manifest.is_edited(path, blob) and not self.is_forced:
            file = (self.manifest.folder / path).as_posix()
            hint = "要保留，把文件移走或把修改写进数据；不要，用 make report YEAR=… FORCE=1 重写"
            message = f"{file} 已被手工修改，没有覆盖"
            yield _error("O603", "document-edited", Place(file), message, hint=hint)

    def _write(self, path: str, blob: bytes, document: Document, wanted: forms.Document) -> Written:
        file = self.manifest.folder / path
        is_changed = not file.is_file() or file.read_bytes() != blob
        if is_changed:
            write_whole(file, blob)
        results = document.scope.names.get("结果")
        shown = results if isinstance(results, dict) else {}
        inputs = sorted({*document.inputs, wanted.template})
        entry: Entry = {
            "path": path,
            "project": document.project.id,
            "form": document.project.form.id,
            "sha256": digest(blob),
            "inputs": {name: self._digest(name) for name in inputs},
            "score": shown.get("总分", ""),
            "grade": shown.get("等级", ""),
        }
        return Written(path, wanted.name, entry, is_changed)

    def _digest(self, file: str) -> str:
        if file not in self._digests:
            self._digests[file] = digest((self.root / file).read_bytes())
        return self._digests[file]


def _refuse_template(path: str, problem: TemplateProblem) -> Finding:
    hint = "在 Word 里更正这个标签"
    return _error("T302", "template-refused", Place(path), str(problem), hint=hint)


def _error(code: str, rule: str, place: Place, message: str, *, hint: str = "") -> Finding:
    return Finding(code, rule, Severity.ERROR, place, message, hint=hint)
