"""From data files to checked and scored projects: each file read once, each form once."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.checks.between.ledger import Kept, Ledger, keep
from generator.checks.review import Review
from generator.checks.running import run_checks
from generator.domain.model import Project
from generator.domain.results import ScoreSheet
from generator.domain.rubrics import CheckSetting, Terms
from generator.errors import UserError
from generator.findings import Finding, Place, Severity
from generator.reading.block_check import check_blocks
from generator.reading.builder import ProjectFiles, build_project
from generator.reading.discovery import DataFile
from generator.reading.form_package import (
    SETTINGS_FILE,
    TERMS_FILE,
    Package,
    PackageReader,
    list_forms,
    read_settings,
    read_terms,
)
from generator.reading.schema_check import SchemaChecker, load_schema
from generator.reading.schema_derive import derive_schema, derive_unit_schema, dump_schema
from generator.reading.yaml_source import Source, read_yaml
from generator.scoring.feeds import feed_indicators
from generator.scoring.figures import evaluate_figures
from generator.scoring.scope import Scope, build_scope
from generator.scoring.sheet import score_project

UNIT_SCHEMA = "unit"
_MAY_WAIT = "schema-missing-key"  # what a draft may lack


@dataclass(frozen=True, slots=True)
class ProjectResult:
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


@dataclass(slots=True)
class Workbench:
    """What the projects of one run share: words, forms and schemas, each read once."""

    root: Path
    packages: PackageReader
    terms: Terms
    findings: tuple[Finding, ...]  # of the words and settings
    settings: Mapping[str, CheckSetting]  # of the checks, for all forms
    files: tuple[str, ...] = ()  # of the words and settings
    _read: dict[str, Package] = field(default_factory=dict)
    _checkers: dict[str, SchemaChecker] = field(default_factory=dict)
    _units: dict[str, Source | None] = field(default_factory=dict)

    def package(self, form_id: str) -> Package:
        """Return a form package, with a finding when its schema file is not up to date."""
        if form_id not in self._read:
            package = self.packages.read(form_id)
            stale = tuple(check_schema_file(self.root, package))
            self._read[form_id] = replace(package, findings=(*package.findings, *stale))
        return self._read[form_id]

    def has_form(self, form_id: str) -> bool:
        """Say whether there is such a form; one that was read is not looked for again."""
        known = self._read.get(form_id)
        return (known is not None and known.form is not None) or form_id in list_forms(self.root)

    def checker(self, name: str) -> SchemaChecker:
        """Return the checker of schema/<name>.schema.json."""
        if name not in self._checkers:
            self._checkers[name] = load_schema(schema_path(self.root, name))
        return self._checkers[name]

    def unit(self, file: DataFile) -> Source | None:
        """Return what the unit's files share, or None."""
        if file.unit_file not in self._units:
            path = file.unit_path
            self._units[file.unit_file] = (
                read_yaml(path, file=file.unit_file) if path.is_file() else None
            )
        return self._units[file.unit_file]


def open_workbench(root: Path) -> Workbench:
    """Open what all projects share.

    Raises:
        UserError: when the root is not a ziping folder.
    """
    for needed in ("templates", "schema"):
        if not (root / needed).is_dir():
            raise UserError(f"{root} 里没有 {needed} 文件夹", hint="用 --root 指明资料所在的文件夹")
    packages = PackageReader(
        root,
        form_schema=_load_package_schema(root, "form-package"),
        rubric_schema=_load_package_schema(root, "rubric-package"),
        resolved_form=_load_package_schema(root, "form-package", definition="合并后"),
        resolved_rubric=_load_package_schema(root, "rubric-package", definition="合并后"),
    )
    terms, findings = read_terms(root, _load_package_schema(root, "terms"))
    settings, more = read_settings(root, _load_package_schema(root, "checks"))
    files = (TERMS_FILE, SETTINGS_FILE) if (root / SETTINGS_FILE).is_file() else (TERMS_FILE,)
    return Workbench(root, packages, terms, (*findings, *more), settings, files)


def _load_package_schema(root: Path, name: str, *, definition: str = "") -> SchemaChecker:
    """Load a hand-written schema; its findings are those of form packages (R101 …)."""
    path = schema_path(root, name)
    return load_schema(path, family="R", prefix="form", first=101, definition=definition)


def load_projects(
    bench: Workbench,
    files: tuple[DataFile, ...],
    ledger: Ledger | None = None,
    *,
    is_draft: bool = False,
) -> Iterator[ProjectResult]:
    """Yield the projects of a run one by one: nothing is collected but the ledger's short notes."""
    for file in files:
        result = load_project(bench, file, is_draft=is_draft)
        if ledger is not None and file.is_filed:
            ledger.add(result.kept)
        yield result


def load_project(
    bench: Workbench, file: DataFile, *, is_draft: bool = False, is_beside: bool = False
) -> ProjectResult:
    """Read, validate, build, score and check one project; it reads like the flow of the product.

    One that is only there to compare others with (`is_beside`) is not checked itself.
    """
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
    findings += () if is_beside else run_checks(review)
    inputs = [file.file, *([unit.file] if unit else []), *package.files]
    inputs += [f"schema/{package.id}.schema.json", *bench.files]
    inputs += [image.file for image in project.images()]
    kept = keep(review, file.id, file.file)
    named = _named(file, findings)
    return ProjectResult(file, named, project, sheet, scope, tuple(inputs), kept, source)


def schema_path(root: Path, name: str) -> Path:
    """Return where a schema stands."""
    return root / "schema" / f"{name}.schema.json"


def derive_schema_files(bench: Workbench) -> Iterator[tuple[Path, str]]:
    """Yield every derived schema with the text it should have."""
    common = _common(bench.root)
    packages = [bench.packages.read(form_id) for form_id in list_forms(bench.root)]
    usable = [p for p in packages if isinstance(p.resolved, dict) and p.is_usable]
    resolved = [package.resolved for package in usable if isinstance(package.resolved, dict)]
    for package, form in zip(usable, resolved, strict=True):
        yield schema_path(bench.root, package.id), dump_schema(derive_schema(form, common))
    if len(usable) == len(packages):  # a broken form must not take its fields out of _unit.yaml
        text = dump_schema(derive_unit_schema(resolved, common))
        yield schema_path(bench.root, UNIT_SCHEMA), text


def check_schema_file(root: Path, package: Package) -> Iterator[Finding]:
    """Yield a finding when a form's committed schema is not the derived one."""
    if not isinstance(package.resolved, dict) or not package.is_usable:
        return
    path = schema_path(root, package.id)
    text = dump_schema(derive_schema(package.resolved, _common(root)))
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        place = Place(path.relative_to(root).as_posix())
        what = "与表式不一致" if path.is_file() else "还没有生成"
        message = f"表式 {package.id} 的数据模式{what}"
        yield Finding(
            "R220", "schema-stale", Severity.ERROR, place, message, hint="运行 make schema"
        )


def _common(root: Path) -> Mapping[str, object]:
    loaded: Mapping[str, object] = json.loads(
        schema_path(root, "common").read_text(encoding="utf-8")
    )
    return loaded


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
