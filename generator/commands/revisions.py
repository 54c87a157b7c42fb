"""The two revisions that a command compares, and the projects of them that are asked for."""

from generator.errors import UserError
from generator.options import DiffOptions, RedlineOptions
from generator.pipeline_revision import Revision, list_revision
from generator.reading.discovery import DataFile, is_wanted, name_file
from generator.reading.revision import WORKING_TREE, Repository

NOW = "现在的文件"
_MOST_REVISIONS = 2
_SHORT = 8  # digits of a commit in a title


def choose_revisions(repository: Repository, said: tuple[str, ...]) -> tuple[Revision, Revision]:
    """Return both sides: `A`, `A B`, `A..B`, or `A...B` from where they parted; none: HEAD.

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
        raise UserError("最多写两个版本", hint="先写旧版本，再写新版本")
    before = list_revision(repository, names[0], repository.find_commit(names[0]))
    if len(names) == 1:
        return before, list_revision(repository, NOW, WORKING_TREE)
    return before, list_revision(repository, names[1], repository.find_commit(names[1]))


def choose_projects(
    before: Revision, after: Revision, options: DiffOptions | RedlineOptions
) -> tuple[DataFile, ...]:
    """Return the projects of both sides that are asked for.

    Raises:
        UserError: when a year or a filter fits none.
    """
    every = sorted(before.files | after.files)
    named = (name_file(options.console.root, path) for path in every)
    files = [file for file in named if file is not None]
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
