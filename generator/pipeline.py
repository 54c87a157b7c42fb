"""From data files to checked and scored projects: each file read once, each form once."""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from generator.checks.between.ledger import Kept, keep
from generator.checks.review import Review
from generator.checks.running import run_checks
from generator.domain.model import Project
from generator.domain.results import ScoreSheet
from generator.findings import Finding, Severity
from generator.pipeline_bench import UNIT_SCHEMA, Workbench, open_workbench
from generator.reading.block_check import check_blocks
from generator.reading.builder import ProjectFiles, build_project
from generator.reading.discovery import DataFile
from generator.reading.package import Package, list_forms
from generator.reading.yaml_source import Source, read_yaml
from generator.scoring.feeds import feed_indicators
from generator.scoring.figures import evaluate_figures
from generator.scoring.scope import Scope, build_scope
from generator.scoring.sheet import score_project

__all__ = ["ProjectResult", "Workbench", "load_project", "open_workbench"]

_MAY_WAIT = "schema-missing-key"  # what a draft may lack


class ProjectResult(Struct, frozen=True):
    """Everything known of one project; without a model when its data could not be read."""

    file: DataFile
    findings: tuple[Finding, ...]
    project: Project | None = None
    sheet: ScoreSheet | None = None
    scope: Scope | None = None
    inputs: tuple[str, ...] = ()  # files it was made from, relative to the root
    kept: Kept | None = None  # what the checks between documents need of it
    source: Source | None = None  # as typed

    @property
    def is_blocked(self) -> bool:
        """Say whether no document may be made from it."""
        return self.project is None or any(finding.is_blocking for finding in self.findings)


def load_project(bench: Workbench, file: DataFile, *, is_draft: bool = False) -> ProjectResult:
    """Read, validate, build, score and check one project; it reads like the flow of the product."""
    source = read_yaml(file.path, file=file.file)
    if not source.is_readable or not isinstance(source.value, dict):
        return _stopped(file, source.findings)
    package, unit = _find_package(bench, source), bench.unit(file)
    findings = [*source.findings, *bench.findings, *package.findings]
    if package.form is None or not package.is_usable:
        return _stopped(file, findings)
    findings += [*bench.checker(package.id).check(source), *_check_unit(bench, unit)]
    if any(f.is_blocking and not (is_draft and f.rule == _MAY_WAIT) for f in findings):
        return _stopped(file, findings)
    project = build_project(
        ProjectFiles(file.id, bench.root, source, unit), package.form, package.rubric
    )
    findings += check_blocks(project)
    figures = evaluate_figures(project)
    project = feed_indicators(project, figures)
    sheet = score_project(project, bench.terms, figures)
    scope = build_scope(project, sheet)
    review = Review(project, sheet, scope, source.place_in, bench.settings, bench.terms)
    findings += run_checks(review)
    inputs = [file.file, *([unit.file] if unit else []), *package.files]
    inputs += [f"schema/{package.id}.schema.json", *bench.files]
    inputs += [image.file for image in project.images()]
    kept = keep(review, file.id, file.file)
    named = _named(file, findings)
    return ProjectResult(file, named, project, sheet, scope, tuple(inputs), kept, source)


def _find_package(bench: Workbench, source: Source) -> Package:
    form_id = source.value.get("表式") if isinstance(source.value, dict) else None
    if isinstance(form_id, str) and bench.has_form(form_id):
        return bench.package(form_id)
    known = "、".join(list_forms(bench.root)) or "无"
    what = f"没有表式「{form_id}」" if form_id else "没有写「表式」"
    finding = Finding(
        "S210",
        "form-unknown",
        Severity.ERROR,
        source.place(("表式",)),
        what,
        hint=f"现有表式：{known}",
    )
    return Package("", None, None, None, (), (finding,))


def _check_unit(bench: Workbench, unit: Source | None) -> Iterator[Finding]:
    if unit is None:
        return
    yield from unit.findings
    if unit.is_readable:
        yield from bench.checker(UNIT_SCHEMA).check(unit)


def _stopped(file: DataFile, findings: tuple[Finding, ...] | list[Finding]) -> ProjectResult:
    return ProjectResult(file, _named(file, findings))


def _named(file: DataFile, findings: tuple[Finding, ...] | list[Finding]) -> tuple[Finding, ...]:
    """Put the project's name on what its own file says; what forms and units say is said once."""
    named = (
        replace(finding, project=file.id) if finding.place.file == file.file else finding
        for finding in findings
    )
    return tuple(sorted(dict.fromkeys(named), key=lambda f: (f.project, f.place, f.code)))
