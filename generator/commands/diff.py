"""`ziping diff`: what a correction changes, in the words of the form, with its effects."""

import sys
from collections.abc import Iterator

from generator.commands.diff_json import as_json
from generator.commands.diff_markdown import as_markdown
from generator.commands.diff_pairs import UNREADABLE, Sides, compare_sides
from generator.commands.diff_text import TextDiff
from generator.commands.diff_words import Titles
from generator.comparing.remarks import Remarks
from generator.errors import UserError
from generator.options import DiffOptions
from generator.pipeline_revision import FOLDERS, Revision, list_revision
from generator.reading.discovery import DataFile, is_wanted, name_file
from generator.reading.revision import WORKING_TREE, Repository, open_repository

_DONE, _HAS_ERRORS = 0, 1
_MOST_REVISIONS = 2
_NOW = "现在的文件"
_SHORT = 8  # digits of a commit in a title


def run(options: DiffOptions) -> int:
    """Compare two states of the data; exit code 1 when a project cannot be read now."""
    repository = open_repository(options.console.root)
    before, after = _revisions(repository, options.revisions)
    changed = repository.list_changed(before.commit, after.commit, FOLDERS)
    sides = Sides(repository, before, after, changed)
    wanted = _wanted(sides, options)
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


def _revisions(repository: Repository, said: tuple[str, ...]) -> tuple[Revision, Revision]:
    """Return both sides: `A`, `A B`, `A..B`, or `A...B` from where they parted.

    Raises:
        UserError: when there are more than two, or one of them does not exist.
    """
    names = said or ("HEAD",)
    if len(names) == 1 and ".." in names[0]:
        is_common = "..." in names[0]
        left, _, right = names[0].partition("..." if is_common else "..")
        left, right = left or "HEAD", right or "HEAD"
        commit = repository.find_common(left, right) if is_common else repository.find_commit(left)
        title = f"{left}（{commit[:_SHORT]}）" if is_common else left
        before = list_revision(repository, title, commit)
        return before, list_revision(repository, right, repository.find_commit(right))
    if len(names) > _MOST_REVISIONS:
        raise UserError("最多写两个版本", hint="ziping diff 旧版本 新版本")
    before = list_revision(repository, names[0], repository.find_commit(names[0]))
    if len(names) == 1:
        return before, list_revision(repository, _NOW, WORKING_TREE)
    return before, list_revision(repository, names[1], repository.find_commit(names[1]))


def _wanted(sides: Sides, options: DiffOptions) -> tuple[DataFile, ...]:
    """Return the projects of both sides that are asked for.

    Raises:
        UserError: when a year or a filter fits none.
    """
    every = dict.fromkeys(sorted(sides.before.files | sides.after.files))
    files = list(_name(sides, every))
    known = sorted({file.id.split("/")[0] for file in files})
    for year in options.years:
        if str(year) not in known:
            raise UserError(f"没有 {year} 年度的数据", hint=f"现有年度：{'、'.join(known) or '无'}")
    years = {str(year) for year in options.years} or set(known)
    found = [file for file in files if file.id.split("/")[0] in years]
    fitting = [f for f in found if not options.project or is_wanted(f, options.project)]
    if found and not fitting:
        names = "、".join(file.id for file in found[:12])
        raise UserError(f"没有项目「{options.project}」", hint=f"现有项目：{names}")
    return tuple(fitting)


def _name(sides: Sides, paths: dict[str, None]) -> Iterator[DataFile]:
    for path in paths:
        file = name_file(sides.repository.root, path)
        if file is not None:
            yield file
