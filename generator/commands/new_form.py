"""`ziping new-form`: a form package that renders at once, made whole or not at all."""

import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from msgspec.structs import replace

from generator.commands.new_templates import make_templates, read_form, refuse_unknown
from generator.errors import UserError
from generator.options import NewFormOptions
from generator.patterns import pattern
from generator.pipeline_bench import Workbench, open_workbench, schema_path
from generator.pipeline_packages import derive_schema_files
from generator.reading.discovery import list_years
from generator.reading.new_package import derived_files, resolve_rubric, template_names
from generator.reading.new_package_blank import blank_files
from generator.reading.new_readme import readme_text
from generator.rendering.output import write_whole

_DONE = 0
_ID = pattern(r"[a-z][a-z0-9-]{0,59}")
_FIRST_YEAR = 2020  # of a form without a base, in a folder without data
_NEXT = """\
接下来：
  1. 填 form.yaml 里的依据、适用，照本地的表样改各块；改完运行 make schema。
  2. 照填表说明改 rubric.yaml，每条注明依据。
  3. 改了字段和列以后，删去生成的模板，运行 ziping form-template {} 再生成一次；
     然后在 Word 里改模板的版式；用一张已经报送的表写一份数据（表式: {}），生成出来与原表对照。
"""


def run(options: NewFormOptions) -> int:
    """Write a package, its schema and its templates; nothing that exists is touched."""
    root, form_id = options.console.root, options.form_id
    bench = open_workbench(root)
    _refuse_names(root, options)
    try:
        written = _make(bench, options)
    except OSError as fault:
        why = "可能没有权限、磁盘已满，或正在被别的程序使用"
        raise UserError(f"不能写 {root / 'templates'}：{why}", hint="处理后重新运行") from fault
    if not options.console.is_quiet:
        names = (path.relative_to(root).as_posix() for path in written)
        sys.stdout.writelines(f"已写 {name}\n" for name in names)
        sys.stdout.write(_NEXT.format(form_id, form_id))
    return _DONE


def _make(bench: Workbench, options: NewFormOptions) -> list[Path]:
    """Make the package in a folder beside, move it to its place and return what was written."""
    target = bench.root / "templates" / options.form_id
    with tempfile.TemporaryDirectory(prefix=".new-form-", dir=target.parent) as folder:
        stage = _stage(bench, Path(folder))
        made = stage.root / "templates" / options.form_id
        _write_sources(bench, stage, options)
        package, form = read_form(stage, options.form_id)
        templates = make_templates(package, form, template_names(package.resolved))
        for name, blob in templates.items():
            write_whole(made / name, blob)
        write_whole(made / "README.md", readme_text(package, base=options.base).encode())
        schemas = {path.name: text for path, text in derive_schema_files(stage)}
        schema = schemas[schema_path(bench.root, options.form_id).name]
        made.rename(target)
    return [*sorted(target.iterdir()), *_write_schemas(bench, target, schema)]


def _refuse_names(root: Path, options: NewFormOptions) -> None:
    """Refuse an id that is taken or cannot be one, and a base that does not exist."""
    form_id, base = options.form_id, options.base
    if not _ID.fullmatch(form_id):
        hint = "用小写字母开头，只用小写字母、数字和“-”，如 shili-project"
        raise UserError(f"表式的名称「{form_id}」不能用", hint=hint)
    if base:
        refuse_unknown(root, base, f"没有表式「{base}」，不能以它为底")
    for path in (root / "templates" / form_id, schema_path(root, form_id)):
        if path.exists():
            name = path.relative_to(root).as_posix()
            raise UserError(f"{name} 已经存在，没有改动", hint="换一个名称，或先移走它")


def _stage(bench: Workbench, root: Path) -> Workbench:
    """Return a workbench on a folder beside, in which the package is made."""
    (root / "schema").mkdir()
    common = schema_path(bench.root, "common")
    shutil.copyfile(common, schema_path(root, "common"))
    packages = replace(bench.packages, root=root)
    return Workbench(root, bench.terms, bench.settings, bench.findings, _reader=packages)


def _write_sources(bench: Workbench, stage: Workbench, options: NewFormOptions) -> None:
    """Write form.yaml and rubric.yaml, and copy the bases they lie on."""
    folder = stage.root / "templates" / options.form_id
    folder.mkdir(parents=True)
    if options.base:
        base, _ = read_form(bench, options.base)
        for name in {file.split("/")[1] for file in base.files}:
            shutil.copytree(bench.root / "templates" / name, folder.with_name(name))
        rubric = resolve_rubric(bench.root, base)
        files: Mapping[str, str] = derived_files(
            base, rubric, form_id=options.form_id, name=options.name
        )
    else:
        year = max(list_years(bench.root), default=_FIRST_YEAR)
        files = blank_files(form_id=options.form_id, name=options.name, year=year)
    for name, text in files.items():
        write_whole(folder / name, text.encode())


def _write_schemas(bench: Workbench, target: Path, schema: str) -> list[Path]:
    """Write the schema of the new form, and what it adds to that of the units' files."""
    own, shared = schema_path(bench.root, target.name), schema_path(bench.root, "unit")
    written = []
    try:
        write_whole(own, schema.encode())
        written.append(own)
        text = next((text for path, text in derive_schema_files(bench) if path == shared), "")
        if text and (not shared.is_file() or shared.read_text(encoding="utf-8") != text):
            write_whole(shared, text.encode())
            written.append(shared)
    except UserError:
        own.unlink(missing_ok=True)
        shutil.rmtree(target, ignore_errors=True)
        raise
    return written
