"""`ziping verify`: whether documents are what their data gave, and where not."""

import sys

from generator.commands.verify_case import AUTHENTIC, judge
from generator.commands.verify_words import as_json, as_text
from generator.errors import UserError
from generator.options import VerifyOptions
from generator.reading.revision import Repository, open_repository

_DONE, _DIFFERS, _COULD_NOT_RUN = 0, 1, 2


def run(options: VerifyOptions) -> int:
    """Judge each file; 1 when one is not what the data give now, 2 when one cannot be judged."""
    console = options.console
    repository: Repository | None
    try:
        repository = open_repository(console.root)
    except UserError:
        repository = None
    verdicts = [judge(file, console.root, repository) for file in options.files]
    if options.format == "json":
        sys.stdout.write(as_json(verdicts))
    else:
        colour, every = console.use_color, console.is_verbose
        sys.stdout.write(as_text(verdicts, use_color=colour, shows_all=every))
    if any(verdict.problem and not verdict.statuses for verdict in verdicts):
        return _COULD_NOT_RUN
    is_fine = all(verdict.statuses == (AUTHENTIC,) for verdict in verdicts)
    return _DONE if is_fine else _DIFFERS
