"""`ziping form-template`: the Word templates that a form lacks, made from what it declares."""

import sys
from pathlib import Path

from generator.errors import UserError
from generator.options import FormTemplateOptions
from generator.pipeline import open_workbench
from generator.reading.form_package import Package, list_forms
from generator.reading.new_package import fund_labels, signed_fields, template_names, unscored_mark
from generator.rendering.new_template import make_template
from generator.rendering.new_template_tags import Paper
from generator.rendering.output import write_whole
from generator.suggestions import ask_meant

MEND = "先改正表式；没有写任何文件"
_DONE = 0
_MISSING = "template-missing"  # what this command is for


def run(options: FormTemplateOptions) -> int:
    """Write each template that is not there; one that stands is never touched."""
    root, form_id = options.console.root, options.form_id
    known = list_forms(root)
    if form_id not in known:
        hint = ask_meant(form_id, known) or f"现有表式：{'、'.join(known) or '无'}"
        raise UserError(f"没有表式「{form_id}」", hint=hint)
    package = open_workbench(root).packages.read(form_id)
    faults = [f for f in package.findings if f.is_blocking and f.rule != _MISSING]
    if faults or package.form is None:
        what = f"{faults[0].place.file} 第 {faults[0].place.line} 行：{faults[0].message}"
        hint = f"{MEND}（ziping schema 列出全部），共 {len(faults)} 处"
        raise UserError(f"表式 {form_id} 不能用：{what}", hint=hint)
    folder = root / "templates" / form_id
    written = write_templates(folder, package)
    if not options.console.is_quiet:
        for name in dict.fromkeys(template_names(package.resolved)):
            done = "已写" if folder / name in written else "已经存在，没有动"
            sys.stdout.write(f"{done} templates/{form_id}/{name}\n")
        sys.stdout.write("模板从此在 Word 里改；要照表式重新生成，先删去它。\n")
    return _DONE


def write_templates(folder: Path, package: Package) -> list[Path]:
    """Write the templates of a package that are not in its folder, and return them.

    Raises:
        UserError: A template's name is no file name.
    """
    if package.form is None:
        return []
    paper = Paper(
        form=package.form,
        rubric=package.rubric,
        signed=signed_fields(package.resolved),
        unscored=unscored_mark(package.resolved),
        fund_labels=fund_labels(package.resolved),
    )
    made: dict[Path, bytes] = {}
    names = template_names(package.resolved)
    for name, document in zip(names, package.form.documents, strict=True):
        if Path(name).name != name:
            raise UserError(f"文档「{document.name}」的模板「{name}」不是文件名", hint=MEND)
        if not (folder / name).exists() and folder / name not in made:
            made[folder / name] = make_template(paper, document)
    for path, blob in made.items():
        write_whole(path, blob)
    return list(made)
