"""Form packages with their derived schemas: read when nothing is known of them."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from generator.domain.rubrics import CheckSetting, Terms
from generator.findings import Finding, Place, Severity
from generator.pipeline_bench import UNIT_SCHEMA, Workbench, schema_path
from generator.reading.form_package import PackageReader, read_settings, read_terms
from generator.reading.package import Package, list_forms
from generator.reading.schema_check import SchemaChecker, load_schema
from generator.reading.schema_derive import derive_schema, derive_unit_schema, dump_schema


def open_reader(root: Path) -> PackageReader:
    """Return a reader of packages with its schemas."""
    return PackageReader(
        root,
        form_schema=load_package_schema(root, "form-package"),
        rubric_schema=load_package_schema(root, "rubric-package"),
        resolved_form=load_package_schema(root, "form-package", definition="合并后"),
        resolved_rubric=load_package_schema(root, "rubric-package", definition="合并后"),
    )


def read_shared(root: Path) -> tuple[Terms, Mapping[str, CheckSetting], tuple[Finding, ...]]:
    """Read the words and the settings of all forms, with what is wrong with them."""
    terms, findings = read_terms(root, load_package_schema(root, "terms"))
    settings, more = read_settings(root, load_package_schema(root, "checks"))
    return terms, settings, (*findings, *more)


def load_package_schema(root: Path, name: str, *, definition: str = "") -> SchemaChecker:
    """Load a hand-written schema; its findings are those of form packages (R101 …)."""
    path = schema_path(root, name)
    return load_schema(path, family="R", prefix="form", first=101, definition=definition)


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
