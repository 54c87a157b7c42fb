"""The documents of one project: templates compiled once, each document checked before it counts."""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from importlib import import_module
from pathlib import Path

from msgspec import Struct, field

from generator.domain import forms
from generator.domain.rubrics import Rubric
from generator.errors import UserError
from generator.findings import Finding, Place, Severity
from generator.freshness.digests import NO_STAMP, Digests, Stamp
from generator.rendering.draft import draft_name
from generator.rendering.finish import finish
from generator.rendering.form_memory import FormMemory
from generator.rendering.judgements import JUDGEMENTS
from generator.rendering.manifest import Entry, Manifest
from generator.rendering.output import digest, is_written, safe_file_name, write_whole
from generator.rendering.package import read_package, write_package
from generator.rendering.problems import RenderFailedError
from generator.rendering.seal import Seal
from generator.rendering.shelf import Shelf
from generator.rendering.subjects import Bound, Document, Subject
from generator.rendering.template_check import Templates

__all__ = ["Bound", "Document", "Renderer", "Written"]


class Written(Struct, frozen=True):
    """One document that stands on disk now."""

    path: str  # relative to output/<year>
    name: str
    entry: Entry
    is_changed: bool
    stamp: Stamp = NO_STAMP  # of the file, where this run has written it


class _Owner(Struct, frozen=True):
    """Whose document it is: a project, or a unit."""

    id: str
    form_id: str
    inputs: Mapping[str, str]  # files that all its documents are made from, with their hashes
    result: Mapping[str, object]  # score, grade


class Renderer(Struct, dict=True):
    """Renders documents into one year's folder; holds the templates compiled so far.

    Whoever calls it settles the files before the manifest names them.
    """

    root: Path
    manifest: Manifest
    digests: Digests = field(default_factory=Digests)
    program: str = ""  # who makes them
    is_forced: bool = False
    is_draft: bool = False
    is_sealed: bool = True  # a redline is none of the documents that are filed

    @cached_property
    def shelf(self) -> Shelf:
        """Return where its documents stand."""
        return Shelf(self.root, self.manifest, self.digests, self.program)

    @cached_property
    def _memory(self) -> FormMemory:
        return FormMemory(f"{self.root}", self.program, self.shelf.hash)

    @cached_property
    def _templates(self) -> Templates:
        if not self.program:
            return Templates(self.root)
        JUDGEMENTS.recall(self._memory)
        return Templates(self.root, self._memory)

    def render(self, document: Document) -> Iterator[Written | Finding]:
        """Yield each document, or what stopped it; all or none of a project.

        Nothing is made again where all that a project's documents were made from is as it was.
        """
        return self.render_page(document, document.project.form, document.project.rubric)

    def render_page(
        self, page: Subject, form: forms.Form, rubric: Rubric | None
    ) -> Iterator[Written | Finding]:
        """Yield each document of what is known without its data, or what stopped it."""
        found = self._templates.check(form, rubric, page.inputs)
        if any(finding.is_blocking for finding in found):
            yield from found
            return
        if page.attachments and not self._templates.prints_report(form):
            yield _unprinted_attachments(page.attachments, form)
            return
        owner = _Owner(page.id, form.id, self.shelf.hashes(page.inputs), page.result)
        places = [
            (wanted, self._place(wanted, page))
            for wanted in form.documents
            if not wanted.binds and (wanted.needs != "报告" or page.has_report)
        ]
        if self._are_current(places, owner):
            yield from found
            yield from self._keep(places)
            return
        yield from self._print(places, page.year, page.context, owner, notes=found)

    def remember(self) -> None:
        """Keep for later runs what was found out of the pieces of its documents."""
        if self.program:
            JUDGEMENTS.keep(self._memory)

    def render_bound(self, bound: Bound) -> Iterator[Written | Finding]:
        """Yield the 合订 documents of a unit's projects of one form, or what stopped them."""
        first = bound.documents[0]
        form = first.project.form
        found = self._templates.check(form, first.project.rubric, first.inputs)
        if any(finding.is_blocking for finding in found):
            return  # said of the first project
        owner = _Owner(bound.unit_id, form.id, self.shelf.hashes(bound.inputs), bound.result)
        places = [(one, self._place(one, first)) for one in form.documents if one.binds]
        is_whole = self.is_draft or not bound.missing
        if is_whole and self._are_current(places, owner):
            yield from self._keep(places)
            return
        if is_whole:
            yield from self._print(places, first.year, bound.context, owner)
            return
        for wanted, _ in places:
            message = f"合订文档「{wanted.name}」没有生成：{'、'.join(bound.missing)} 有错误"
            hint = "更正这些项目后重新运行"
            yield _error("O606", "bound-missing", wanted.place, message, hint=hint)

    def _print(
        self,
        places: Sequence[tuple[forms.Document, str]],
        year: int,
        context: dict[str, object],
        owner: _Owner,
        *,
        notes: Iterable[Finding] = (),
    ) -> Iterator[Written | Finding]:
        """Make and write all documents of an owner, or say what stopped them; none is left out.

        Args:
            places: The documents, and where they go.
            year: 年度.
            context: What their templates may name.
            owner: Whose they are.
            notes: What is said of the templates when nothing stops the documents.
        """
        made: list[tuple[forms.Document, str, bytes]] = []
        faults: list[Finding] = []
        for wanted, path in places:
            blob = self._make(wanted, context, self._seal(wanted, year, owner), faults)
            faults += self._check_path(path, blob, owner.id, wanted)
            made.append((wanted, path, blob))
        if faults:
            yield from faults
            return
        yield from notes
        yield from self._write_all(made, owner)

    def _make(
        self,
        wanted: forms.Document,
        context: dict[str, object],
        seal: Seal,
        faults: list[Finding],
    ) -> bytes:
        """Return a finished and checked document; what stopped it goes to `faults`."""
        try:
            parts = self._templates.compiled(wanted.template).render_parts(context)
        except RenderFailedError as fault:
            place = Place(wanted.template)
            text = f"{fault.tag.part} {fault.tag.where} 的 {fault.tag.text}：{fault.message}"
            hint = "核对标签的写法与数据"
            faults.append(_error("T301", "template-value", place, text, hint=hint))
            return b""
        if self.is_draft:
            mark = import_module("generator.rendering.draft_marks").mark_draft  # by python-docx
            parts = read_package(io.BytesIO(mark(write_package(parts))))
        blob, problems = finish(parts, seal if self.is_sealed else None)
        for problem in problems:
            place = Place(wanted.template)
            faults.append(_error("O601", "document-invalid", place, f"生成的文档不合格：{problem}"))
        return blob

    def _seal(self, wanted: forms.Document, year: int, owner: _Owner) -> Seal:
        inputs, form = self._inputs(wanted, owner), owner.form_id
        return Seal(owner.id, wanted.name, form, str(year), inputs, is_draft=self.is_draft)

    def _inputs(self, wanted: forms.Document, owner: _Owner) -> dict[str, str]:
        return {**owner.inputs, wanted.template: self.shelf.hash(wanted.template)}

    def _place(self, wanted: forms.Document, page: Subject) -> str:
        """Return where a document goes, relative to the year's folder."""
        name = wanted.file_name.replace("{年度}", str(page.year)).replace("{单位}", page.unit)
        for key, value in page.names.items():
            name = name.replace(f"{{{key}}}", value)
        name = safe_file_name(draft_name(name) if self.is_draft else name)
        return f"{page.unit}/{name}"

    def _check_path(
        self, path: str, blob: bytes, owner_id: str, wanted: forms.Document
    ) -> Iterator[Finding]:
        """Yield why a document may not be written where it would go."""
        owner = self.shelf.claim(path, owner_id)
        if owner != owner_id:
            message = f"文档 {path} 与项目 {owner} 的同名"
            hint = "改其中一个项目的名称"
            yield _error("O602", "document-name", wanted.place, message, hint=hint)
        elif not self.is_forced and self.manifest.is_edited(path, blob):
            file = self.shelf.file(path).as_posix()
            hint = "要保留，把文件移走或把修改写进数据；不要，用 make report YEAR=… FORCE=1 重写"
            describe = import_module("generator.rendering.hand_edits").describe_edit
            what = describe(self.shelf.file(path), blob) if blob else ()
            message = "\n   ".join((f"{file} 已被手工修改，没有覆盖", *what))
            yield _error("O603", "document-edited", Place(file), message, hint=hint)

    def _write_all(
        self, made: list[tuple[forms.Document, str, bytes]], owner: "_Owner"
    ) -> Iterator[Written | Finding]:
        for wanted, path, blob in made:
            try:
                yield self._write(path, blob, owner, wanted)
            except UserError as fault:
                place = Place(self.shelf.file(path).as_posix())
                yield _error("O604", "document-unwritable", place, str(fault), hint=fault.hint)

    def _write(self, path: str, blob: bytes, owner: "_Owner", wanted: forms.Document) -> Written:
        file = self.shelf.file(path)
        is_changed = not is_written(file, blob)
        stamp = write_whole(file, blob, is_settled=False) if is_changed else NO_STAMP
        entry = self._entry(path, owner, wanted, made=digest(blob))
        return Written(path, wanted.name, entry, is_changed, stamp)

    def _entry(
        self, path: str, owner: "_Owner", wanted: forms.Document, *, made: str = ""
    ) -> Entry:
        """Return what the manifest says of a document; its own hash when it is `made`."""
        return {
            "path": path,
            "project": owner.id,
            "form": owner.form_id,
            "sha256": made,
            "program": self.program,
            "inputs": dict(sorted(self._inputs(wanted, owner).items())),
            **owner.result,
        }

    def _are_current(self, places: list[tuple[forms.Document, str]], owner: "_Owner") -> bool:
        """Say whether none of an owner's documents has to be made again."""
        wanted = (self._entry(path, owner, one) for one, path in places)
        return not self.is_forced and all(self.shelf.is_current(entry) for entry in wanted)

    def _keep(self, places: list[tuple[forms.Document, str]]) -> Iterator[Written]:
        for wanted, path in places:
            yield Written(path, wanted.name, dict(self.manifest.entry(path)), False)


def _unprinted_attachments(place: Place, form: forms.Form) -> Finding:
    message = f"附件印不出来：表式「{form.title}」的模板没有印整篇报告"
    hint = "删去附件；或请管表式的人在模板里加 {% 正文 报告 %}"
    return _error("T304", "attachments-unprinted", place, message, hint=hint)


def _error(code: str, rule: str, place: Place, message: str, *, hint: str = "") -> Finding:
    return Finding(code, rule, Severity.ERROR, place, message, hint=hint)
