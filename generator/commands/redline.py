"""`ziping redline`: each document that is not the same as before, with Word's tracked changes."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct, field

from generator.commands.redline_sides import Rendered, Side, render_side
from generator.commands.revisions import NOW, choose_projects, choose_revisions
from generator.errors import UserError
from generator.findings import Finding, Place, Severity
from generator.options import Console, RedlineOptions
from generator.pipeline import open_workbench
from generator.pipeline_revision import FOLDERS, Revision, find_unit_file, open_revision
from generator.reading.discovery import DataFile
from generator.reading.revision import Repository, open_repository
from generator.rendering.manifest import Entry, lay_out, read_manifest, write_manifest
from generator.rendering.output import digest, safe_file_name, write_whole
from generator.rendering.redline import Redline, make_redline
from generator.rendering.redline_text import Stamp
from generator.rendering.validity import find_problems
from generator.reporters import TextReporter

_DONE, _HAS_ERRORS, _COULD_NOT_RUN = 0, 1, 2
_FOLDER, _ENDING = "修订", "（修订）"
_RULES = ("templates/", "schema/")


class _Outcome(Struct):
    """What is said at the end."""

    listing: str  # of what is wrong with the data now
    lines: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    written: int = 0


def run(options: RedlineOptions) -> int:
    """Write the redlines; exit code 1 when the data have errors now, 2 when a file is not writable.

    Raises:
        UserError: when a revision, a year or a project does not exist.
    """
    console = options.console
    repository = open_repository(console.root)
    before, after = choose_revisions(repository, options.revisions)
    wanted = choose_projects(before, after, options)
    changed = repository.list_changed(before.commit, after.commit, FOLDERS)
    files = [file for file in wanted if _is_touched(file, changed)]
    old, new = _render(repository, (before, after), files, options)
    outcome = _Outcome(new.listing)
    stamp = _stamp(repository, after)
    years = sorted({file.id.split("/")[0] for file in wanted})
    for year in years:
        _write_year(options, year, list(_pair(year, old, new, outcome)), stamp, outcome)
    _print(console, f"{before.name} → {after.name}", stamp, outcome)
    if any(finding.rule == "document-unwritable" for finding in outcome.findings):
        return _COULD_NOT_RUN
    is_refused = any(finding.is_blocking for finding in (*new.stopped, *outcome.findings))
    return _HAS_ERRORS if is_refused else _DONE


def _is_touched(file: DataFile, changed: Iterable[str]) -> bool:
    """Say whether anything is other of what its unit's documents are made from."""
    folder = f"{file.file.rpartition('/')[0]}/"
    return any(path.startswith((folder, *_RULES)) for path in changed)


def _stamp(repository: Repository, after: Revision) -> Stamp:
    """Return who is named in Word: a commit's author and date; the files on disk have no date."""
    if not after.commit:
        return Stamp(NOW, "")
    author, date = repository.find_author(after.commit)
    return Stamp(author or after.name, date)


def _render(
    repository: Repository,
    revisions: tuple[Revision, Revision],
    files: list[DataFile],
    options: RedlineOptions,
) -> tuple[Side, Side]:
    names = [name for file in files for name in (file.file, find_unit_file(file.file))]
    sides: list[Side] = []
    for revision, is_past in zip(revisions, (True, False), strict=True):
        own = [file for file in files if file.file in revision.files]
        if not own:
            sides.append(Side())
            continue
        with open_revision(repository, revision, wanted=names) as root:
            bench = open_workbench(root)
            has_units = not options.project
            side = render_side(bench, own, is_past=is_past, has_units=has_units)
            side.listing = _listing(options.console, root, side.stopped)  # quotes its own lines
            sides.append(side)
    return sides[0], sides[1]


def _pair(
    year: str, old: Side, new: Side, outcome: _Outcome
) -> Iterator[tuple[Rendered, Rendered]]:
    """Yield both sides of each document; say which ones only one side has."""
    left = {one.identity: one for one in old.documents if one.year == year}
    right = [one for one in new.documents if one.year == year]
    twins = {one.identity: left.pop(one.identity) for one in right if one.identity in left}
    by_path = {one.path: one for one in left.values()}  # the data file has another name
    for one in right:
        twin = twins.get(one.identity) or by_path.pop(one.path, None)
        if twin is not None:
            yield twin, one
        elif one.owner in old.owners:
            outcome.lines.append(f"不能比　{one.path}　旧版本的数据有错误，生成不了那时的文档")
        else:
            outcome.lines.append(f"新增　{one.path}　旧版本里没有，没有修订可写")
    for one in by_path.values():
        if one.owner not in new.owners:
            outcome.lines.append(f"没有了　{one.path}　现在不再生成")


def _write_year(
    options: RedlineOptions,
    year: str,
    pairs: list[tuple[Rendered, Rendered]],
    stamp: Stamp,
    outcome: _Outcome,
) -> None:
    folder = options.out / year / _FOLDER
    manifest = read_manifest(folder)
    known = {p: one for p, one in manifest.documents.items() if (folder / p).is_file()}
    entries: dict[str, Entry] = {}
    for old, new in pairs:
        if old.blob == new.blob:
            continue
        made = make_redline(old.blob, new.blob, stamp)
        path = _path(new.path)
        if not made.changes:
            outcome.lines.append(f"没有写　{path}　正文没有变，变了的是{_list(made)}")
            continue
        fault = next(_faults(folder / path, made), None)
        if manifest.is_edited(path, made.blob) and not options.is_forced:
            fault = _edited(folder / path)
        try:
            if fault is None:
                write_whole(folder / path, made.blob)
        except UserError as error:
            fault = _error("O604", "document-unwritable", folder / path, str(error), error.hint)
        if fault is not None:
            outcome.findings.append(fault)
            known.pop(path, None)
            continue
        outcome.written += 1
        outcome.lines.append(f"{(folder / path).as_posix()}　{made.changes} 处")
        if made.untracked:
            outcome.lines.append(f"    没有标出、照新的：{_list(made)}")
        entries[path] = {"path": path, "project": new.owner, "sha256": digest(made.blob)}
    outcome.findings += [_outdated(folder / path) for path in sorted(known) if path not in entries]
    if entries:
        lines = [unit for _, unit in lay_out({**known, **entries}.values())]
        write_manifest(folder, year=int(year), lines=lines)


def _path(path: str) -> str:
    unit, _, name = path.rpartition("/")
    stem = name.removesuffix(".docx")
    return f"{unit}/{safe_file_name(f'{stem}{_ENDING}.docx')}"


def _list(made: Redline) -> str:
    return "、".join(made.untracked) or "版式"


def _faults(file: Path, made: Redline) -> Iterator[Finding]:
    for problem in find_problems(made.blob):
        message = f"修订稿不合格：{problem}"
        yield _error("O601", "document-invalid", file, message, "用 ziping diff 看改了什么")


def _edited(file: Path) -> Finding:
    message = f"{file.as_posix()} 已被手工修改，没有覆盖"
    return _error("O603", "document-edited", file, message, "要保留，把文件移走；不要，加 --force")


def _outdated(file: Path) -> Finding:
    place = Place(file.as_posix())
    message, hint = f"{file.as_posix()} 是以前比对时写的，这次没有写", "不再需要的请删去"
    return Finding("O605", "document-outdated", Severity.WARNING, place, message, hint=hint)


def _error(code: str, rule: str, file: Path, message: str, hint: str) -> Finding:
    return Finding(code, rule, Severity.ERROR, Place(file.as_posix()), message, hint=hint)


def _listing(console: Console, root: Path, findings: list[Finding]) -> str:
    if not findings:
        return ""
    ordered = sorted(dict.fromkeys(findings), key=lambda one: one.project)
    return TextReporter(root, use_color=console.use_color).listing(ordered, ordered)


def _print(console: Console, title: str, stamp: Stamp, outcome: _Outcome) -> None:
    sys.stdout.write(outcome.listing)
    sys.stdout.write(_listing(console, console.root, outcome.findings))
    if console.is_quiet:
        return
    if outcome.written:
        result = f"{outcome.written} 份修订稿，修订者写作「{stamp.author}」"
    else:
        result = (
            "没有写修订稿" if outcome.listing or outcome.lines or outcome.findings else "没有变化"
        )
    sys.stdout.write(f"{title}：{result}\n")
    sys.stdout.writelines(f"{line}\n" for line in outcome.lines)
