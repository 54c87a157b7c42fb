"""`ziping lint-template`: what is wrong with Word templates, before any data are read."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from generator.commands.new_templates import refuse_unknown
from generator.errors import UserError
from generator.findings import Finding, Severity
from generator.options import LintTemplateOptions
from generator.pipeline import Workbench, open_workbench
from generator.reading.package import Package, list_forms
from generator.rendering.output import write_whole
from generator.rendering.template_check import Templates
from generator.rendering.template_comments import is_marked, write_comments
from generator.rendering.template_lint import Expected, Remark, expected_of, lint_template
from generator.reporters import NAMES, JsonReporter, TextReporter, summary_line

_DONE, _HAS_ERRORS, _COULD_NOT_RUN = 0, 1, 2
_MISSING = "template-missing"
_MARKED = ".批注.docx"


def run(options: LintTemplateOptions) -> int:
    """Check templates; exit code 1 when one has errors, 2 when one is missing."""
    console = options.console
    bench = open_workbench(console.root)
    forms, files = _targets(options)
    packages = {form_id: bench.package(form_id) for form_id in list_forms(console.root)}
    findings: dict[Finding, None] = {}
    for form_id in forms:
        findings |= dict.fromkeys(f for f in packages[form_id].findings if f.is_blocking)
        files += _templates(console.root, packages[form_id])
    remarks: dict[Path, tuple[Remark, ...]] = {}
    for path in dict.fromkeys(files):
        expected = list(_expected(console.root, path, packages))
        remarks[path] = lint_template(path, _shown(console.root, path), expected)
        findings |= dict.fromkeys(remark.finding for remark in remarks[path])
    for form_id in forms:
        findings |= dict.fromkeys(_unprinted(bench, packages[form_id]))
    written = list(_mark(console.root, remarks)) if options.is_marked else []
    _print(options, list(findings), len(remarks), written)
    if any(finding.rule == _MISSING for finding in findings):
        return _COULD_NOT_RUN
    return _HAS_ERRORS if any(finding.is_blocking for finding in findings) else _DONE


def _targets(options: LintTemplateOptions) -> tuple[list[str], list[Path]]:
    """Return the forms and the files asked for; none asked for: all forms."""
    root = options.console.root
    forms: list[str] = []
    files: list[Path] = []
    for target in options.targets:
        path = root / target if (root / target).is_file() else Path(target)
        if path.suffix.casefold() == ".docx":
            if not path.is_file():
                hint = "核对文件名，或写表式的名称"
                raise UserError(f"没有模板文件 {target}", hint=hint)
            files.append(path.resolve())
        else:
            refuse_unknown(root, target, f"没有表式「{target}」")
            forms.append(target)
    return (forms if options.targets else list(list_forms(root))), files


def _templates(root: Path, package: Package) -> Iterator[Path]:
    """Yield the templates of a form that are there; that one is missing is a finding."""
    for document in package.form.documents if package.form is not None else ():
        path = (root / document.template).resolve()
        if path.is_file():
            yield path


def _expected(root: Path, path: Path, packages: dict[str, Package]) -> Iterator[Expected]:
    """Yield what a template may name in each form that uses it.

    One that no form uses is compared with the form in whose folder it stands.
    """
    usable = [p for p in packages.values() if p.form is not None and p.is_usable]
    pairs = [(p, d) for p in usable if p.form is not None for d in p.form.documents]
    using = [(p, d) for p, d in pairs if (root / d.template).resolve() == path]
    beside = [(p, d) for p, d in pairs if path.parent.name == p.id and not d.binds][:1]
    for package, document in using or beside:
        if package.form is not None:
            yield expected_of(document, package.form, package.rubric)


def _unprinted(bench: Workbench, package: Package) -> Iterator[Finding]:
    """Yield what the form asks for and no template prints."""
    has_all = not any(finding.rule == _MISSING for finding in package.findings)
    if package.form is not None and package.is_usable and has_all:
        found = Templates(bench.root).check(package.form, package.rubric)
        yield from (finding for finding in found if finding.severity is Severity.WARNING)


def _mark(root: Path, remarks: dict[Path, tuple[Remark, ...]]) -> Iterator[str]:
    """Write a copy with comments beside each template that has remarks."""
    for path, own in remarks.items():
        target = path.with_name(f"{path.stem}{_MARKED}")
        shown = _shown(root, target)
        if not own:
            continue
        try:
            blob = write_comments(path, [(one.problem, _comment(one.finding)) for one in own])
        except ValueError as fault:
            yield f"没有写 {shown}：{fault}"
            continue
        if target.exists() and not is_marked(target):
            yield f"没有写 {shown}：这个文件不是本命令写的，请先移走"
            continue
        write_whole(target, blob)
        yield f"已写 {shown}"


def _comment(finding: Finding) -> str:
    return f"{NAMES[finding.severity]} {finding.code} {finding.message}。建议：{finding.hint}"


def _shown(root: Path, path: Path) -> str:
    whole = root.resolve()
    inside = path.is_relative_to(whole)
    return (path.relative_to(whole) if inside else path).as_posix()


def _print(
    options: LintTemplateOptions, findings: list[Finding], count: int, written: Sequence[str]
) -> None:
    console = options.console
    if options.format == "json":
        sys.stdout.write(JsonReporter().report(findings))
        return
    shown = [f for f in findings if not console.is_quiet or f.severity is not Severity.NOTE]
    reporter = TextReporter(console.root, use_color=console.use_color, shows_all=True)
    sys.stdout.write(reporter.listing(shown, findings))
    sys.stdout.writelines(f"{line}\n" for line in written)
    sys.stdout.write(f"{count} 份模板：{summary_line(findings)}\n")
