"""A form package as the program uses it, whoever read it."""

from pathlib import Path

from msgspec import Struct

from generator.domain.forms import Form
from generator.domain.rubrics import Rubric
from generator.findings import Finding
from generator.reading.yaml_source import Plain

TERMS_FILE = "templates/用语.yaml"
SETTINGS_FILE = "templates/检查.yaml"


class Package(Struct, frozen=True):
    """One form as the program uses it; `form` is None when it cannot be used at all."""

    id: str
    form: Form | None
    rubric: Rubric | None
    resolved: Plain  # form.yaml after 沿用, for `make schema`
    files: tuple[str, ...]  # every YAML file it was made from, relative to the root
    findings: tuple[Finding, ...]
    unverified: int = 0  # how often it says 待核

    @property
    def is_usable(self) -> bool:
        """Say whether data may be read with it; without a template no document is made."""
        stops = (f for f in self.findings if f.is_blocking and f.rule != "template-missing")
        return self.form is not None and not any(stops)


def list_forms(root: Path) -> tuple[str, ...]:
    """Return the names of all form packages, sorted."""
    return tuple(sorted(path.parent.name for path in (root / "templates").glob("*/form.yaml")))
