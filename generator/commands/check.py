"""`ziping check`: findings only; documents are not touched."""

import re
import sys

from generator.checks.catalogue import RULE_CODES
from generator.errors import UserError
from generator.findings import Finding
from generator.options import CheckOptions
from generator.pipeline import Workbench, load_projects, open_workbench
from generator.reading.discovery import (
    DataFile,
    find_file,
    find_strays,
    find_year,
    list_years,
)
from generator.reporters import JsonReporter, Reporter, TextReporter, summary_line

_DONE, _HAS_ERRORS = 0, 1
_OTHER_CODE = re.compile(r"[YSRW]\d{3}")  # of reading, schemas, forms and waivers


def run(options: CheckOptions) -> int:
    """Check years or files; exit code 1 when an error stands."""
    console = options.console
    unknown = [code for code in options.only if not _is_known(code)]
    if unknown:
        raise UserError(f"没有检查「{unknown[0]}」", hint=f"可用：{'、'.join(sorted(RULE_CODES))}")
    bench = open_workbench(console.root)
    years = options.years or (() if options.files else list_years(console.root))
    strays = (stray for year in years for stray in find_strays(console.root, year))
    found: dict[Finding, None] = {}  # what forms and units say comes with each project, once
    found |= dict.fromkeys(stray for stray in strays if _is_wanted(stray, options))
    projects, forms = 0, set()
    for result in load_projects(bench, _find_files(options)):
        projects += 1
        if result.project is not None:
            forms.add(result.project.form.id)
        found |= dict.fromkeys(f for f in result.findings if _is_wanted(f, options))
    findings = list(found)
    blocking = any(finding.is_blocking for finding in findings)
    if options.format == "json":
        sys.stdout.write(JsonReporter().report(findings))
        return _HAS_ERRORS if blocking else _DONE
    shown = [finding for finding in findings if console.is_verbose or not finding.waived]
    reporter: Reporter = TextReporter(console.root, use_color=console.use_color)
    if shown:
        sys.stdout.write(reporter.report(shown).rpartition(summary_line(shown))[0])
    sys.stdout.write(f"{projects} 个项目：{summary_line(findings)}{_open_points(bench, forms)}\n")
    return _HAS_ERRORS if blocking else _DONE


def _open_points(bench: Workbench, forms: set[str]) -> str:
    """Say how much of the forms was not checked against the official text (待核)."""
    points = sum(bench.package(form_id).unverified for form_id in forms)
    return f"；所用 {len(forms)} 个表式有 {points} 处待核" if points else ""


def _find_files(options: CheckOptions) -> tuple[DataFile, ...]:
    root = options.console.root
    files = [find_file(root, path) for path in options.files]
    years = options.years or (() if files else list_years(root))
    if not years and not files:
        raise UserError(
            "没有数据：data/ 下没有年度文件夹", hint="数据写在 data/2020/单位/项目.yaml"
        )
    for year in years:
        files += find_year(root, year, glob=options.project)
    return tuple(files)


def _is_known(code: str) -> bool:
    return any(code in pair for pair in RULE_CODES.items()) or bool(_OTHER_CODE.fullmatch(code))


def _is_wanted(finding: Finding, options: CheckOptions) -> bool:
    return not options.only or finding.code in options.only or finding.rule in options.only
