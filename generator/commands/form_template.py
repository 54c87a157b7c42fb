"""`ziping form-template`: the Word templates that a form lacks, made from what it declares."""

import sys
from pathlib import Path

from generator.commands.new_templates import make_templates, read_form, refuse_unknown
from generator.domain.forms import Form
from generator.errors import UserError
from generator.options import FormTemplateOptions
from generator.pipeline import open_workbench
from generator.reading.new_package import template_names
from generator.rendering.output import write_whole
from generator.suggestions import ask_meant

_DONE = 0
_NEXT = "模板从此在 Word 里改；要照表式重新生成，先删去它。\n"
_NOTHING = "没有要生成的。已有的要看照表式新做是什么样：ziping form-template {} --again {}\n"
_COMPARE = "把 {} 里要用的改进 {}，改完删去 {}。\n"


def run(options: FormTemplateOptions) -> int:
    """Write each template that is not there; one that stands is never touched."""
    root, form_id = options.console.root, options.form_id
    refuse_unknown(root, form_id, f"没有表式「{form_id}」")
    package, form = read_form(open_workbench(root), form_id)
    folder = root / "templates" / form_id
    names = tuple(dict.fromkeys(template_names(package.resolved)))
    if options.again:
        _refuse_again(folder, names, options.again)
        target = _beside(folder, options.again)
        write_whole(target, make_templates(package, form, (options.again,))[options.again])
        shown = [f"已写 templates/{form_id}/{target.name}\n"]
        shown.append(_COMPARE.format(target.name, options.again, target.name))
    else:
        missing = [name for name in names if not (folder / name).exists()]
        made = make_templates(package, form, missing)
        for name, blob in made.items():
            write_whole(folder / name, blob)
        shown = [_line(form, folder, name, is_written=name in made) for name in names]
        shown.append(_NEXT if made else _NOTHING.format(form_id, names[0]) if names else "")
    if not options.console.is_quiet:
        sys.stdout.writelines(shown)
    return _DONE


def _line(form: Form, folder: Path, name: str, *, is_written: bool) -> str:
    """Say what became of a template, and which one of a base it takes the place of."""
    own = f"templates/{folder.name}/{name}"
    if not is_written:
        return f"已经存在，没有动 {own}\n"
    before = next((d.template for d in form.documents if Path(d.template).name == name), own)
    is_new = before == own or not (folder.parent.parent / before).is_file()
    return f"已写 {own}\n" if is_new else f"已写 {own}，从此不再用 {before}\n"


def _refuse_again(folder: Path, names: tuple[str, ...], again: str) -> None:
    if again not in names:
        hint = ask_meant(again, names) or f"现有模板：{'、'.join(names) or '无'}"
        raise UserError(f"表式 {folder.name} 的文档里没有模板「{again}」", hint=hint)
    if _beside(folder, again).exists():
        name = f"templates/{folder.name}/{_beside(folder, again).name}"
        raise UserError(f"{name} 已经存在，没有改动", hint="先删去它，或改个名称")


def _beside(folder: Path, name: str) -> Path:
    """Return table.new.docx for table.docx."""
    return folder / f"{name.removesuffix('.docx')}.new.docx"
