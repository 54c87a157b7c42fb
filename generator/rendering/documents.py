"""The documents of one project: templates compiled once, each document checked before it counts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.amounts import plain
from generator.domain import forms
from generator.domain.model import Project
from generator.domain.narrative import ATTACHMENTS
from generator.domain.results import ScoreSheet
from generator.errors import UserError
from generator.findings import Finding, Place, Severity
from generator.rendering.context import build_context
from generator.rendering.draft import Blank, draft_name, fill_blanks
from generator.rendering.draft_marks import mark_draft
from generator.rendering.output import (
    Entry,
    Manifest,
    digest,
    safe_file_name,
    write_whole,
)
from generator.rendering.problems import RenderFailedError
from generator.rendering.template_check import Templates
from generator.rendering.validity import find_problems
from generator.scoring.rollup import UnitScore
from generator.scoring.scope import Scope


@dataclass(frozen=True, slots=True)
class Document:
    """A project ready to be printed, with the files it was made from."""

    project: Project
    sheet: ScoreSheet
    scope: Scope
    inputs: tuple[str, ...]
    unit: str
    blanks: tuple[Blank, ...] = ()  # of a draft

    @property
    def context(self) -> dict[str, object]:
        """Return what a template may name, in a draft with the blanks marked."""
        context = build_context(self.project, self.sheet, self.scope)
        fill_blanks(context, self.blanks, self.project.form.funds)
        return context


@dataclass(frozen=True, slots=True)
class Bound:
    """All of a unit's projects of one form, for its 合订 documents."""

    unit_id: str  # 2020/unit
    documents: tuple[Document, ...]
    missing: tuple[str, ...]  # projects whose errors keep them out
    total: UnitScore

    @property
    def context(self) -> dict[str, object]:
        """Return what a template of a 合订 document may name."""
        whole = self.total
        return {
            "年度": str(self.documents[0].project.year),
            "单位": self.documents[0].unit,
            "表名": self.documents[0].project.form.title,
            "备注": list(self.documents[0].project.form.notes),
            "各项目": [document.context for document in self.documents],
            "汇总": {"项目数": str(whole.count), **self._score},
        }

    @property
    def _score(self) -> dict[str, object]:
        """Return 总分 and 等级 of the unit, where the rubric rolls up."""
        rubric, score = self.documents[0].project.rubric, self.total.score
        if rubric is None or rubric.rollup is None:
            return {}
        return {"总分": plain(score) if score is not None else "", "等级": self.total.grade}


@dataclass(frozen=True, slots=True)
class Written:
    """One document that stands on disk now."""

    path: str  # relative to output/<year>
    name: str
    entry: Entry
    is_changed: bool


@dataclass(frozen=True, slots=True)
class _Owner:
    """Whose document it is: a project, or a unit."""

    id: str
    form_id: str
    inputs: tuple[str, ...]
    result: Mapping[str, object]  # score, grade


@dataclass(slots=True)
class Renderer:
    """Renders documents into one year's folder; holds the templates compiled so far."""

    root: Path
    manifest: Manifest
    is_forced: bool = False
    is_draft: bool = False
    _digests: dict[str, str] = field(default_factory=dict)
    _taken: dict[str, str] = field(default_factory=dict)
    _templates: Templates = field(init=False)

    def __post_init__(self) -> None:
        """Begin with no template compiled."""
        self._templates = Templates(self.root)

    def render(self, document: Document) -> Iterator[Written | Finding]:
        """Yield each document as written, or what stopped it; all or none of a project."""
        project = document.project
        found = self._templates.check(project.form, project.rubric)
        if any(finding.is_blocking for finding in found):
            yield from found
            return
        if project.attachments and not self._templates.prints_report(project.form):
            yield _unprinted_attachments(project)
            return
        context = document.context
        made: list[tuple[forms.Document, str, bytes]] = []
        faults: list[Finding] = []
        for wanted in project.form.documents:
            if wanted.binds or (wanted.needs == "报告" and project.report is None):
                continue
            path = f"{document.unit}/{self._file_name(wanted, document)}"
            blob = self._make(wanted, context, faults)
            faults += self._check_path(path, blob, project.id, wanted)
            made.append((wanted, path, blob))
        if faults:
            yield from faults
            return
        yield from found
        results = document.scope.names.get("结果")
        shown = results if isinstance(results, dict) else {}
        result = {"score": shown.get("总分", ""), "grade": shown.get("等级", "")}
        owner = _Owner(project.id, project.form.id, document.inputs, result)
        yield from self._write_all(made, owner)

    def render_bound(self, bound: Bound) -> Iterator[Written | Finding]:
        """Yield the 合订 documents of a unit's projects of one form, or what stopped them."""
        first = bound.documents[0]
        form = first.project.form
        made: list[tuple[forms.Document, str, bytes]] = []
        faults: list[Finding] = list(self._templates.check(form, first.project.rubric))
        if any(finding.is_blocking for finding in faults):
            return  # said of the first project
        faults.clear()
        for wanted in (document for document in form.documents if document.binds):
            if bound.missing and not self.is_draft:
                message = f"合订文档「{wanted.name}」没有生成：{'、'.join(bound.missing)} 有错误"
                hint = "更正这些项目后重新运行"
                faults.append(_error("O606", "bound-missing", wanted.place, message, hint=hint))
                continue
            path = f"{first.unit}/{self._file_name(wanted, first)}"
            blob = self._make(wanted, bound.context, faults)
            faults += self._check_path(path, blob, bound.unit_id, wanted)
            made.append((wanted, path, blob))
        if faults:
            yield from faults
            return
        inputs = tuple({name for document in bound.documents for name in document.inputs})
        score = plain(bound.total.score) if bound.total.score is not None else ""
        result = {"score": score, "grade": bound.total.grade}
        yield from self._write_all(made, _Owner(bound.unit_id, form.id, inputs, result))

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
        try:
            blob = self._templates.compiled(wanted.template).render(context)
        except RenderFailedError as fault:
            place = Place(wanted.template)
            text = f"{fault.tag.part} {fault.tag.where} 的 {fault.tag.text}：{fault.message}"
            hint = "核对标签的写法与数据"
            faults.append(_error("T301", "template-value", place, text, hint=hint))
            return b""
        if self.is_draft:
            blob = mark_draft(blob)
        for problem in find_problems(blob):
            place = Place(wanted.template)
            faults.append(_error("O601", "document-invalid", place, f"生成的文档不合格：{problem}"))
        return blob

    def _file_name(self, wanted: forms.Document, document: Document) -> str:
        name = wanted.file_name.replace("{年度}", str(document.project.year))
        name = name.replace("{单位}", document.unit)
        for key, value in document.scope.names.items():
            if isinstance(value, str):
                name = name.replace(f"{{{key}}}", value)
        return safe_file_name(draft_name(name) if self.is_draft else name)

    def _check_path(
        self, path: str, blob: bytes, owner_id: str, wanted: forms.Document
    ) -> Iterator[Finding]:
        """Yield why a document may not be written where it would go."""
        owner = self._taken.setdefault(path.casefold(), owner_id)
        if owner != owner_id:
            message = f"文档 {path} 与项目 {owner} 的同名"
            hint = "改其中一个项目的名称"
            yield _error("O602", "document-name", wanted.place, message, hint=hint)
        elif self.manifest.is_edited(path, blob) and not self.is_forced:
            file = (self.manifest.folder / path).as_posix()
            hint = "要保留，把文件移走或把修改写进数据；不要，用 make report YEAR=… FORCE=1 重写"
            message = f"{file} 已被手工修改，没有覆盖"
            yield _error("O603", "document-edited", Place(file), message, hint=hint)

    def _write_all(
        self, made: list[tuple[forms.Document, str, bytes]], owner: "_Owner"
    ) -> Iterator[Written | Finding]:
        for wanted, path, blob in made:
            try:
                yield self._write(path, blob, owner, wanted)
            except UserError as fault:
                place = Place((self.manifest.folder / path).as_posix())
                yield _error("O604", "document-unwritable", place, str(fault), hint=fault.hint)

    def _write(self, path: str, blob: bytes, owner: "_Owner", wanted: forms.Document) -> Written:
        file = self.manifest.folder / path
        is_changed = not file.is_file() or file.read_bytes() != blob
        if is_changed:
            write_whole(file, blob)
        inputs = sorted({*owner.inputs, wanted.template})
        entry: Entry = {
            "path": path,
            "project": owner.id,
            "form": owner.form_id,
            "sha256": digest(blob),
            "inputs": {name: self._digest(name) for name in inputs},
            **owner.result,
        }
        return Written(path, wanted.name, entry, is_changed)

    def _digest(self, file: str) -> str:
        if file not in self._digests:
            self._digests[file] = digest((self.root / file).read_bytes())
        return self._digests[file]


def _unprinted_attachments(project: Project) -> Finding:
    place, form = project.place_of(("报告", ATTACHMENTS), key=True), project.form.title
    message = f"附件印不出来：表式「{form}」的模板没有印整篇报告"
    hint = "删去附件；或请管表式的人在模板里加 {% 正文 报告 %}"
    return _error("T304", "attachments-unprinted", place, message, hint=hint)


def _error(code: str, rule: str, place: Place, message: str, *, hint: str = "") -> Finding:
    return Finding(code, rule, Severity.ERROR, place, message, hint=hint)
