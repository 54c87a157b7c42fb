"""What a command is told, once the command line is parsed: frozen, nothing of argparse."""

from pathlib import Path
from typing import NamedTuple


class Console(NamedTuple):
    """What all commands share."""

    root: Path
    is_quiet: bool = False
    is_verbose: bool = False
    use_color: bool = False
    is_terminal: bool = False


class ReportOptions(NamedTuple):
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


class CheckOptions(NamedTuple):
    """`ziping check`."""

    console: Console
    years: tuple[int, ...]
    files: tuple[Path, ...]
    project: str
    only: tuple[str, ...]
    format: str
    severity: str = ""  # error or warning: show only these


class SchemaOptions(NamedTuple):
    """`ziping schema`."""

    console: Console
    is_check: bool


class TemplateOptions(NamedTuple):
    """`ziping base-template`."""

    console: Console
    file: Path


class FormTemplateOptions(NamedTuple):
    """`ziping form-template`."""

    console: Console
    form_id: str
    again: str = ""  # the template of which a fresh one is written beside


class LintTemplateOptions(NamedTuple):
    """`ziping lint-template`."""

    console: Console
    targets: tuple[str, ...]  # forms and files; none: all forms
    format: str
    is_marked: bool = False  # write copies with comments


class NewFormOptions(NamedTuple):
    """`ziping new-form`."""

    console: Console
    form_id: str
    base: str  # blank: a form that stands on its own
    name: str  # blank: made from the base's


class ExplainOptions(NamedTuple):
    """`ziping explain`."""

    console: Console
    target: str  # a project, or a code or rule of a check
    subject: str  # what of the project; blank: all of it
    is_all: bool
    format: str


class DiffOptions(NamedTuple):
    """`ziping diff`."""

    console: Console
    revisions: tuple[str, ...]  # none: the files on disk against the last commit
    years: tuple[int, ...]
    project: str
    format: str


class StatusOptions(NamedTuple):
    """`ziping status`."""

    console: Console
    years: tuple[int, ...]  # none: every year that has data
    out: Path
    format: str


class RedlineOptions(NamedTuple):
    """`ziping redline`."""

    console: Console
    revisions: tuple[str, ...]  # none: the files on disk against the last commit
    years: tuple[int, ...]
    project: str
    is_forced: bool
    out: Path


class TextOptions(NamedTuple):
    """`ziping text`."""

    console: Console
    files: tuple[Path, ...]
    is_for_git: bool  # a file that cannot be read is no failure


class FormatOptions(NamedTuple):
    """`ziping format`."""

    console: Console
    files: tuple[Path, ...]
    is_check: bool


class VerifyOptions(NamedTuple):
    """`ziping verify`."""

    console: Console
    files: tuple[Path, ...]
    format: str
