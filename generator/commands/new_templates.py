"""What `new-form` and `form-template` share: a form without fault, and templates made from it."""

import tempfile
from collections.abc import Collection
from pathlib import Path

from msgspec.structs import replace

from generator.domain.forms import Form
from generator.errors import UserError
from generator.pipeline import Workbench
from generator.reading.new_package import (
    derived_labels,
    fund_labels,
    signed_fields,
    template_names,
    unscored_mark,
)
from generator.reading.package import Package, list_forms
from generator.rendering.new_template import make_template
from generator.rendering.new_template_tags import Paper
from generator.rendering.output import write_whole
from generator.rendering.template_check import Templates
from generator.suggestions import ask_meant

_MISSING = "template-missing"  # what these commands are for
_MEND = "先改正表式；没有写任何文件"


def read_form(bench: Workbench, form_id: str) -> tuple[Package, Form]:
    """Return a package in which nothing is wrong but that templates are missing.

    Raises:
        UserError: It has errors; nothing has been written then.
    """
    package = bench.packages.read(form_id)
    faults = [f for f in package.findings if f.is_blocking and f.rule != _MISSING]
    if faults or package.form is None:
        what = f"{faults[0].place.file} 第 {faults[0].place.line} 行：{faults[0].message}"
        hint = f"先改正表式（ziping schema 列出全部），共 {len(faults)} 处；没有写任何文件"
        raise UserError(f"表式 {form_id} 不能用：{what}", hint=hint)
    return package, package.form


def refuse_unknown(root: Path, form_id: str, message: str) -> None:
    """Refuse a form that does not exist, with the one that may be meant."""
    known = list_forms(root)
    if form_id not in known:
        hint = ask_meant(form_id, known) or f"现有表式：{'、'.join(known) or '无'}"
        raise UserError(message, hint=hint)


def make_templates(package: Package, form: Form, wanted: Collection[str]) -> dict[str, bytes]:
    """Return the wanted templates of a form by file name, in the order of its documents.

    Raises:
        UserError: A template's name is no file name, or the form cannot be printed.
    """
    paper = Paper(
        form=form,
        rubric=package.rubric,
        signed=signed_fields(package.resolved),
        unscored=unscored_mark(package.resolved),
        fund_labels=fund_labels(package.resolved),
        derived_labels=derived_labels(package.resolved),
    )
    made: dict[str, bytes] = {}
    documents = []
    names = template_names(package.resolved)
    for name, document in zip(names, form.documents, strict=True):
        if Path(name).name != name:
            raise UserError(f"文档「{document.name}」的模板「{name}」不是文件名", hint=_MEND)
        if name in wanted and name not in made:
            made[name] = make_template(paper, document)
            documents.append(replace(document, template=f"templates/{package.id}/{name}"))
    _check(replace(form, documents=tuple(documents)), package, made)
    return made


def _check(form: Form, package: Package, made: dict[str, bytes]) -> None:
    """Refuse a form that the templates made from it cannot print."""
    with tempfile.TemporaryDirectory(prefix="ziping-") as folder:
        for name, blob in made.items():
            write_whole(Path(folder) / "templates" / package.id / name, blob)
        for fault in Templates(Path(folder)).check(form, package.rubric):
            if fault.is_blocking:
                raise UserError(f"做不出 {fault.place.file}：{fault.message}", hint=_MEND)
