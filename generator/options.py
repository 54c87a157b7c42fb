"""What a command is told, once the command line is parsed: frozen, nothing of argparse."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Console:
    """What all commands share."""

    root: Path
    is_quiet: bool = False
    is_verbose: bool = False
    use_color: bool = False
    is_terminal: bool = False


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """`ziping report`."""

    console: Console
    year: int
    project: str
    is_forced: bool
    out: Path
    format: str
    has_pdf: bool = False
    is_draft: bool = False
    jobs: int = 0  # processes; 0: as many as pay
    executor: str = ""  # dask://host:port: the workers of a cluster


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """`ziping check`."""

    console: Console
    years: tuple[int, ...]
    files: tuple[Path, ...]
    project: str
    only: tuple[str, ...]
    format: str
    severity: str = ""  # error or warning: show only these


@dataclass(frozen=True, slots=True)
class SchemaOptions:
    """`ziping schema`."""

    console: Console
    is_check: bool


@dataclass(frozen=True, slots=True)
class TemplateOptions:
    """`ziping base-template`."""

    console: Console
    file: Path


@dataclass(frozen=True, slots=True)
class FormTemplateOptions:
    """`ziping form-template`."""

    console: Console
    form_id: str
    again: str = ""  # the template of which a fresh one is written beside


@dataclass(frozen=True, slots=True)
class LintTemplateOptions:
    """`ziping lint-template`."""

    console: Console
    targets: tuple[str, ...]  # forms and files; none: all forms
    format: str
    is_marked: bool = False  # write copies with comments


@dataclass(frozen=True, slots=True)
class NewFormOptions:
    """`ziping new-form`."""

    console: Console
    form_id: str
    base: str  # blank: a form that stands on its own
    name: str  # blank: made from the base's


@dataclass(frozen=True, slots=True)
class ExplainOptions:
    """`ziping explain`."""

    console: Console
    target: str  # a project, or a code or rule of a check
    subject: str  # what of the project; blank: all of it
    is_all: bool
    format: str


@dataclass(frozen=True, slots=True)
class DiffOptions:
    """`ziping diff`."""

    console: Console
    revisions: tuple[str, ...]  # none: the files on disk against the last commit
    years: tuple[int, ...]
    project: str
    format: str


@dataclass(frozen=True, slots=True)
class StatusOptions:
    """`ziping status`."""

    console: Console
    years: tuple[int, ...]  # none: every year that has data
    out: Path
    format: str


@dataclass(frozen=True, slots=True)
class RedlineOptions:
    """`ziping redline`."""

    console: Console
    revisions: tuple[str, ...]  # none: the files on disk against the last commit
    years: tuple[int, ...]
    project: str
    is_forced: bool
    out: Path


@dataclass(frozen=True, slots=True)
class TextOptions:
    """`ziping text`."""

    console: Console
    files: tuple[Path, ...]
    is_for_git: bool  # a file that cannot be read is no failure


@dataclass(frozen=True, slots=True)
class FormatOptions:
    """`ziping format`."""

    console: Console
    files: tuple[Path, ...]
    is_check: bool


@dataclass(frozen=True, slots=True)
class VerifyOptions:
    """`ziping verify`."""

    console: Console
    files: tuple[Path, ...]
    format: str
