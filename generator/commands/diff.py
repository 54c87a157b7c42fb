"""`ziping diff`: what a correction changes, in the words of the form, with its effects."""

import sys

from generator.commands.diff_json import as_json
from generator.commands.diff_markdown import as_markdown
from generator.commands.diff_pairs import UNREADABLE, Sides, compare_sides
from generator.commands.diff_text import TextDiff
from generator.commands.diff_words import Titles
from generator.commands.revisions import choose_projects, choose_revisions
from generator.comparing.remarks import Remarks
from generator.options import DiffOptions
from generator.pipeline_revision import FOLDERS
from generator.reading.revision import open_repository

_DONE, _HAS_ERRORS = 0, 1


def run(options: DiffOptions) -> int:
    """Compare two states of the data; exit code 1 when a project cannot be read now."""
    repository = open_repository(options.console.root)
    before, after = choose_revisions(repository, options.revisions)
    changed = repository.list_changed(before.commit, after.commit, FOLDERS)
    sides = Sides(repository, before, after, changed)
    wanted = choose_projects(before, after, options)
    found = compare_sides(sides, wanted) if changed else ((), (), Remarks((), (), ()))
    shared, projects, remarks = found
    titles = Titles(before.name, after.name, is_touched=bool(changed))
    if options.format == "json":
        sys.stdout.write(as_json(titles, *found))
    elif options.format == "markdown":
        sys.stdout.write(as_markdown(titles, *found))
    elif shared or projects or remarks or not options.console.is_quiet:
        console = options.console
        writer = TextDiff(use_color=console.use_color, shows_all=console.is_verbose)
        sys.stdout.write(writer.report(titles, *found))
    stopped = (one for one in projects if one.status == UNREADABLE)
    is_broken = any(when == "现在" for one in stopped for when, _ in one.stopped)
    return _HAS_ERRORS if is_broken else _DONE
