"""`ziping schema`: derive schema/<form>.schema.json from the form packages."""

import sys

from generator.options import SchemaOptions
from generator.pipeline_bench import open_workbench
from generator.pipeline_packages import derive_schema_files
from generator.reading.package import list_forms
from generator.rendering.output import write_whole
from generator.reporters import TextReporter

_DONE, _HAS_ERRORS = 0, 1
_BY_HAND = {
    f"{name}.schema.json"
    for name in ("common", "form-package", "rubric-package", "terms", "checks")
}


def run(options: SchemaOptions) -> int:
    """Write (or compare) the derived schemas; exit code 1 when a form cannot be used."""
    root = options.console.root
    bench = open_workbench(root)
    packages = [bench.packages.read(form) for form in list_forms(root)]
    findings = list(dict.fromkeys(f for package in packages for f in package.findings))
    stale = 0
    for path, text in derive_schema_files(bench):
        name = path.relative_to(root).as_posix()
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        stale += 1
        if not options.is_check:
            write_whole(path, text.encode())
        if not options.console.is_quiet:
            sys.stdout.write(f"{'不一致' if options.is_check else '已更新'}：{name}\n")
    known = {path.name for path, _ in derive_schema_files(bench)} | _BY_HAND
    for path in sorted((root / "schema").glob("*.schema.json")):
        if path.name not in known and not findings:
            sys.stdout.write(f"多余：schema/{path.name}，没有这个表式，不再需要的请删去\n")
    if findings:
        reporter = TextReporter(root, use_color=options.console.use_color)
        sys.stdout.write(reporter.report(findings))
    if not stale and not findings and not options.console.is_quiet:
        sys.stdout.write("数据模式都是最新的\n")
    blocking = any(f.is_blocking and f.rule != "template-missing" for f in findings)
    return _HAS_ERRORS if blocking or (options.is_check and stale) else _DONE
