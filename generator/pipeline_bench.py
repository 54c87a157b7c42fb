"""What the projects of one run share: words, forms and schemas, each read once."""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from generator.domain.rubrics import CheckSetting, Terms
from generator.errors import UserError
from generator.findings import Finding
from generator.freshness.kept_values import keep_value, read_value
from generator.reading.discovery import DataFile
from generator.reading.package import SETTINGS_FILE, TERMS_FILE, Package, list_forms
from generator.reading.schema_check import SchemaChecker, load_schema
from generator.reading.yaml_source import Source, read_yaml

if TYPE_CHECKING:
    from generator.reading.form_package import PackageReader

UNIT_SCHEMA = "unit"
_KNOWN = "build/ziping/forms"


class KnownForms(Struct, frozen=True):
    """What the files of templates/ and schema/ decide, in short."""

    terms: Terms
    settings: Mapping[str, CheckSetting]
    findings: tuple[Finding, ...]
    packages: Mapping[str, Package]


class Workbench(Struct):
    """The words, forms and schemas of one root."""

    root: Path
    terms: Terms
    settings: Mapping[str, CheckSetting]  # of the checks, for all forms
    findings: tuple[Finding, ...]  # of the words and settings
    key: str = ""  # by which forms are kept; blank: they are read
    _read: dict[str, Package] = field(default_factory=dict)
    _reader: "PackageReader | None" = None
    _checkers: dict[str, SchemaChecker] = field(default_factory=dict)
    _units: dict[str, Source | None] = field(default_factory=dict)

    @property
    def packages(self) -> "PackageReader":
        """Return the reader of packages; nobody needs it where all forms are known."""
        if self._reader is None:
            self._reader = import_module("generator.pipeline_packages").open_reader(self.root)
        return self._reader

    def package(self, form_id: str) -> Package:
        """Return a form package, with a finding when its schema file is not up to date."""
        if form_id not in self._read:
            package = self.packages.read(form_id)
            check = import_module("generator.pipeline_packages").check_schema_file
            findings = (*package.findings, *check(self.root, package))
            self._read[form_id] = replace(package, resolved=None, findings=findings)
            self._keep()
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

    @property
    def files(self) -> tuple[str, ...]:
        """Return the files of the words and settings."""
        has_settings = (self.root / SETTINGS_FILE).is_file()
        return (TERMS_FILE, SETTINGS_FILE) if has_settings else (TERMS_FILE,)

    def _keep(self) -> None:
        if self.key:
            known = KnownForms(self.terms, self.settings, self.findings, self._read)
            keep_value(f"{self.root}/{_KNOWN}", self.key, known)


def open_workbench(root: Path, *, key: str = "") -> Workbench:
    """Open what all projects share.

    Args:
        root: Where templates and schemas stand.
        key: A hash over them and the program: what is known by it is not read again.

    Raises:
        UserError: when the root is not a ziping folder.
    """
    for needed in ("templates", "schema"):
        if not (root / needed).is_dir():
            raise UserError(f"{root} 里没有 {needed} 文件夹", hint="用 --root 指明资料所在的文件夹")
    known = read_value(f"{root}/{_KNOWN}", key) if key else None
    if isinstance(known, KnownForms):
        packages = dict(known.packages)
        return Workbench(root, known.terms, known.settings, known.findings, key, packages)
    terms, settings, findings = import_module("generator.pipeline_packages").read_shared(root)
    return Workbench(root, terms, settings, findings, key)


def schema_path(root: Path, name: str) -> Path:
    """Return where a schema stands."""
    return root / "schema" / f"{name}.schema.json"
