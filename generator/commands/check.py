"""`ziping check`: findings only; documents are not touched."""

import os
import sys
from collections.abc import Iterator
from importlib import import_module

from generator.checks.between.ledger import insert_findings
from generator.checks.catalogue import RULE_CODES
from generator.checks.code_texts import FAMILIES
from generator.errors import UserError
from generator.findings import Finding, Severity
from generator.freshness.record import open_seen, save_seen
from generator.freshness.sources import program_id, shared_key
from generator.options import CheckOptions
from generator.patterns import pattern
from generator.pipeline import Workbench, open_workbench
from generator.pipeline_between import check_between
from generator.pipeline_known import KnownProject, KnownProjects
from generator.pipeline_units import Notes
from generator.reading.discovery import (
    DataFile,
    find_file,
    find_strays,
    find_year,
    list_years,
)
from generator.reporters import NAMES, Reporter, TextReporter, summary_line
from generator.suggestions import ask_meant

_DONE, _HAS_ERRORS = 0, 1
_FOR_PROGRAMS = {
    "json": ("generator.reporters", "JsonReporter"),
    "github": ("generator.reporter_github", "GithubReporter"),
    "sarif": ("generator.reporter_sarif", "SarifReporter"),
}
_WITH_WAIVED = ("json", "sarif")  # these tell what is waived in any case
_BETWEEN = pattern(r"[\s,，、]+")
_ONLY_IN_REPORTS = ("T", "O")  # families of codes that no check finds


def run(options: CheckOptions) -> int:
    """Check years or files; exit code 1 when an error stands."""
    console = options.console
    only = _choose(options.only)
    digests = open_seen(os.fspath(console.root))
    key = shared_key(os.fspath(console.root), program_id(digests), digests)
    bench = open_workbench(console.root, key=key)
    years = options.years or (() if options.files else list_years(console.root))
    strays = (stray for year in years for stray in find_strays(console.root, year))
    found: dict[Finding, None] = {}  # what forms and units say comes with each project, once
    found |= dict.fromkeys(stray for stray in strays if _is_wanted(stray, only))
    projects, forms = 0, set()
    files = _find_files(options)
    known = KnownProjects(bench, digests)
    for file in files:
        one = known.look_up(file)
        projects += 1
        if one.form_id:
            forms.add(one.form_id)
        found |= dict.fromkeys(_wanted(one, only))
    between = (finding for _, finding in check_between(Notes(known, {}), console.root, files))
    findings = insert_findings(found, (one for one in between if _is_wanted(one, only)))
    save_seen(os.fspath(console.root), digests)
    code = _HAS_ERRORS if any(finding.is_blocking for finding in findings) else _DONE
    wanted = [f for f in findings if not options.severity or f.severity == options.severity]
    has_waived = console.is_verbose or options.format in _WITH_WAIVED
    shown = [finding for finding in wanted if has_waived or not finding.waived]
    if options.format in _FOR_PROGRAMS:
        module, name = _FOR_PROGRAMS[options.format]
        reporter: Reporter = getattr(import_module(module), name)()
        sys.stdout.write(reporter.report(shown, findings))
        return code
    shows_all = console.is_verbose or bool(only)
    listing = TextReporter(console.root, use_color=console.use_color, shows_all=shows_all)
    sys.stdout.write(listing.listing(shown, wanted))
    parts = [f"{projects} 个项目：{summary_line(findings)}", _open_points(bench, forms)]
    parts += [f"只列出{NAMES[Severity(options.severity)]}" if options.severity else ""]
    sys.stdout.write("；".join(part for part in parts if part) + "\n")
    return code


def _open_points(bench: Workbench, forms: set[str]) -> str:
    """Say how much of the forms was not checked against the official text (待核)."""
    points = sum(bench.package(form_id).unverified for form_id in forms)
    return f"所用 {len(forms)} 个表式有 {points} 处待核" if points else ""


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
    return tuple(dict.fromkeys(files))


def _choose(said: tuple[str, ...]) -> frozenset[str]:
    """Return the codes of the checks that were asked for, by code or by name; none: all of them.

    Raises:
        UserError: when a check of that name does not exist, or is none that `check` makes.
    """
    codes = dict(RULE_CODES)
    codes |= {one.rule: one.code for family in FAMILIES for one in family.codes}
    words = [word for text in said for word in _BETWEEN.split(text) if word]
    for word in words:
        code = codes.get(word.lower(), word.upper())
        if code not in codes.values():
            hint = ask_meant(word.lower(), codes) or ask_meant(word.upper(), codes.values())
            hint = hint or "ziping explain --all 列出全部检查"
            raise UserError(f"没有检查「{word}」", hint=hint)
        if code.startswith(_ONLY_IN_REPORTS):
            raise UserError(f"「{word}」只在生成文档时查", hint="用 ziping report 生成")
    return frozenset(codes.get(word.lower(), word.upper()) for word in words)


def _wanted(result: KnownProject, only: frozenset[str]) -> Iterator[Finding]:
    """Yield the findings asked for, and what kept a project from being checked at all."""
    for finding in result.findings:
        if _is_wanted(finding, only) or (not result.form_id and finding.is_blocking):
            yield finding


def _is_wanted(finding: Finding, only: frozenset[str]) -> bool:
    return not only or finding.code in only
