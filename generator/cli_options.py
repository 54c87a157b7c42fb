"""From a parsed command line to the options of a command; what is written wrongly is refused."""

import argparse
from pathlib import Path

from generator.cli_parts import FORMATS, is_year, read_format, read_year
from generator.errors import UserError
from generator.options import (
    CheckOptions,
    Console,
    ExplainOptions,
    FormTemplateOptions,
    LintTemplateOptions,
    NewFormOptions,
    ReportOptions,
    TemplateOptions,
)

_MOST_JOBS = 64
CHECK_FORMATS = (*FORMATS, "github", "sarif")
_SEVERITIES = {"错误": "error", "警告": "warning", "error": "error", "warning": "warning"}


def report_options(parsed: argparse.Namespace, console: Console) -> ReportOptions:
    """Return the options of `ziping report`."""
    if parsed.executor:  # the same path on each machine
        console = console._replace(root=console.root.resolve())
    out = Path(parsed.out) if parsed.out else console.root / "output"
    return ReportOptions(
        console,
        year=read_year(parsed.year, "report"),
        project=parsed.project,
        is_forced=parsed.force,
        out=out.resolve() if parsed.executor else out,
        format=read_format(parsed.format),
        has_pdf=parsed.pdf,
        is_draft=parsed.draft,
        jobs=_jobs(parsed.jobs),
        executor=parsed.executor,
    )


def check_options(parsed: argparse.Namespace, console: Console) -> CheckOptions:
    """Return the options of `ziping check`."""
    years = tuple(read_year(t, "check") for t in parsed.targets if is_year(t))
    files = tuple(Path(target) for target in parsed.targets if not is_year(target))
    return CheckOptions(
        console,
        years=years,
        files=files,
        project=parsed.project,
        only=tuple(parsed.only),
        format=read_format(parsed.format, CHECK_FORMATS),
        severity=_severity(parsed.severity),
    )


def explain_options(parsed: argparse.Namespace, console: Console) -> ExplainOptions:
    """Return the options of `ziping explain`."""
    if not parsed.target.strip() and not parsed.all:
        hint = "ziping explain 单位/项目 指标，或 ziping explain F203"
        raise UserError("没有写要说明什么", hint=hint)
    return ExplainOptions(
        console,
        target=parsed.target.strip(),
        subject=parsed.subject.strip(),
        is_all=parsed.all,
        format=read_format(parsed.format),
    )


def template_options(parsed: argparse.Namespace, console: Console) -> TemplateOptions:
    """Return the options of `ziping base-template`."""
    if not parsed.file or not parsed.file.endswith(".docx"):
        raise UserError("没有写模板的文件名", hint="ziping base-template 新模板.docx")
    return TemplateOptions(console, Path(parsed.file))


def form_template_options(parsed: argparse.Namespace, console: Console) -> FormTemplateOptions:
    """Return the options of `ziping form-template`."""
    if not parsed.id:
        raise UserError("没有写表式的名称", hint="ziping form-template shili-project")
    return FormTemplateOptions(console, parsed.id, again=parsed.again)


def lint_template_options(parsed: argparse.Namespace, console: Console) -> LintTemplateOptions:
    """Return the options of `ziping lint-template`."""
    targets = tuple(parsed.targets)
    return LintTemplateOptions(console, targets, read_format(parsed.format), is_marked=parsed.mark)


def new_form_options(parsed: argparse.Namespace, console: Console) -> NewFormOptions:
    """Return the options of `ziping new-form`."""
    if not parsed.id:
        hint = "ziping new-form shili-project --extends 现有的表式"
        raise UserError("没有写新表式的名称", hint=hint)
    return NewFormOptions(console, parsed.id, base=parsed.extends, name=parsed.name.strip())


def _jobs(text: str) -> int:
    """Return a number of processes; 0 when none was said."""
    if text and not (text.isascii() and text.isdigit() and 1 <= int(text) <= _MOST_JOBS):
        hint = f"写 1 到 {_MOST_JOBS} 的整数；不写就由程序决定"
        raise UserError(f"--jobs 不能是「{text}」", hint=hint)
    return int(text or 0)


def _severity(text: str) -> str:
    if text and text not in _SEVERITIES:
        raise UserError(f"没有级别「{text}」", hint="可用：错误、警告（或 error、warning）")
    return _SEVERITIES.get(text, "")
