"""What is to be said of one document: judged by its seal, its text, its data, its history."""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

from msgspec import Struct, field

from generator import __version__
from generator.commands.diff_pairs import ProjectDiff, compare_results
from generator.commands.verify_again import Again, CannotRenderError, load_results, render_again
from generator.commands.verify_pieces import Edit, compare_pieces
from generator.commands.verify_source import find_place
from generator.errors import UserError
from generator.findings import Place
from generator.pipeline_revision import list_revision, open_revision
from generator.reading.history import MOST_COMMITS, find_commits
from generator.reading.revision import Commit, Repository
from generator.rendering.package import PackageError, read_package
from generator.rendering.printed_text import Piece, digest_of, read_pieces
from generator.rendering.seal import Seal, read_seal
from generator.rendering.xml_tree import XmlError

AUTHENTIC, STALE, EDITED, FOREIGN = "真实未改", "数据已更新", "文件已被手工修改", "不是本程序生成"
SHORT = 8  # digits of a commit
_OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .doc, and .docx with a password


class Verdict(Struct):
    """What was found of one file."""

    file: Path
    statuses: tuple[str, ...] = ()
    seal: Seal | None = None
    problem: str = ""  # why it could not be judged
    edits: list[tuple[Edit, Place | None]] = field(default_factory=list)
    inputs: list[tuple[str, str]] = field(default_factory=list)  # file, what became of it
    changes: list[ProjectDiff] = field(default_factory=list)  # of the data since
    commits: tuple[Commit, ...] = ()  # the newest first
    notes: list[str] = field(default_factory=list)


def judge(file: Path, root: Path, repository: Repository | None) -> Verdict:
    """Judge one file."""
    verdict = Verdict(file)
    try:
        members = _read(file)
        pieces = read_pieces(members)
        verdict.seal = seal = read_seal(members)
    except (PackageError, XmlError) as fault:
        verdict.problem = str(fault)
        return verdict
    if seal is None:
        verdict.statuses = (FOREIGN,)
        return verdict
    is_edited = digest_of(pieces) != seal.text
    if not (root / "templates").is_dir():
        verdict.statuses = (EDITED,) if is_edited else ()
        text = "文字与封条不同" if is_edited else "文字与封条相同"
        verdict.problem = f"{text}；{root} 里没有资料，不能核对数据，用 --root 指明"
        return verdict
    if seal.program != __version__:
        verdict.notes.append(f"由 ziping {seal.program} 生成，现在是 {__version__}")
    now, why = _render(root, seal)
    verdict.inputs = list(_changed_inputs(root, seal, now))
    if repository is not None:
        verdict.commits = find_commits(repository, seal.inputs)
    with ExitStack() as stack:
        then, then_why = now, why
        if verdict.inputs:
            then, then_why = _render_then(stack, repository, verdict)
        is_edited |= _compare(verdict, then, Printed(members, pieces, is_edited))
        if verdict.inputs and then is not None:
            verdict.changes += _compare_data(then, root, seal)
            if now is not None and digest_of(now.pieces) == digest_of(then.pieces):
                verdict.notes.append("用现在的数据重新生成，印出来的文字不变")
    if then is None:
        verdict.notes.append(then_why)
    if verdict.inputs and now is None and why != then_why:
        verdict.notes.append(f"现在的数据不能生成：{why}")
    found = ((STALE, bool(verdict.inputs)), (EDITED, is_edited))
    verdict.statuses = tuple(status for status, holds in found if holds)
    if not verdict.statuses and now is None:
        verdict.problem = f"文字与封条相同，但不能重新生成来核对：{why}"
        verdict.notes.remove(why)
    elif not verdict.statuses:
        verdict.statuses = (AUTHENTIC,)
    return verdict


def _read(file: Path) -> dict[str, bytes]:
    if file.is_dir():
        raise PackageError("是文件夹，请写文件名")
    if not file.is_file():
        raise PackageError("没有这个文件")
    try:
        with file.open("rb") as stream:
            is_old = stream.read(len(_OLD_WORD)) == _OLD_WORD
    except OSError as fault:
        raise PackageError(f"不能读（{fault.strerror}）") from None
    if is_old:
        raise PackageError("是旧的 .doc，或加了密码；先在 Word 里另存为没有密码的 .docx")
    return read_package(file)


class Printed(Struct, frozen=True):
    """The file that is looked at."""

    members: Mapping[str, bytes]
    pieces: tuple[Piece, ...]
    is_edited: bool  # by its own seal


def _render(root: Path, seal: Seal) -> tuple[Again | None, str]:
    try:
        return render_again(root, seal), ""
    except CannotRenderError as fault:
        return None, str(fault)


def _changed_inputs(root: Path, seal: Seal, now: Again | None) -> Iterator[tuple[str, str]]:
    """Yield each file that is not what it was, with what became of it."""
    for file, digest in sorted(seal.inputs.items()):
        path = root / file
        if ".." in Path(file).parts or not path.is_file():
            yield file, "已不在"
        elif hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            yield file, "有改动"
    for file in sorted(now.seal.inputs if now is not None else ()):
        if file not in seal.inputs:
            yield file, "是新的"


def _render_then(
    stack: ExitStack, repository: Repository | None, verdict: Verdict
) -> tuple[Again | None, str]:
    """Make the document from the commit that has its data; why not, where there is none."""
    seal = verdict.seal
    if repository is None or seal is None:
        return None, "没有 git 存档，找不到生成时的数据，不能逐处比较"
    if not verdict.commits:
        what = f"最近 {MOST_COMMITS} 次存档里没有找到生成时的数据"
        return None, f"{what}，不能逐处比较（也许当时没有存档）"
    commit = verdict.commits[0]
    revision = list_revision(repository, commit.name[:SHORT], commit.name)
    try:
        wanted = [file for file in seal.inputs if file.startswith("data/")]
        folder = stack.enter_context(open_revision(repository, revision, wanted=wanted))
    except UserError as fault:
        return None, str(fault)
    again, why = _render(folder, seal)
    return again, f"存档 {revision.name} 的数据不能重新生成：{why}" if why else ""


def _compare(verdict: Verdict, then: Again | None, printed: Printed) -> bool:
    """Note where the file is not what the data give; return whether somebody edited it."""
    if then is None:
        return printed.is_edited
    seal, notes = then.seal, verdict.notes
    is_own_text = verdict.seal is not None and seal.text == verdict.seal.text
    edits = compare_pieces(then.pieces, printed.pieces)
    if printed.is_edited or (edits and is_own_text):
        verdict.edits += [(edit, find_place(then, edit)) for edit in edits]
        if not is_own_text:
            notes.append("现在的程序生成的文字与当时不完全相同，列出的也许有程序的变化")
        return True
    if edits and verdict.seal is not None and verdict.seal.program == seal.program:
        verdict.edits += [(edit, find_place(then, edit)) for edit in edits]
        notes.append("文字与封条相同，与数据不同：封条也改过")
        return True
    if edits:
        notes.append("文字没有改过；现在的程序生成的文字与当时不同")
    elif _media(then.members) != _media(printed.members):
        notes.append("文字相同，图片与生成的不同，请打开看")
    elif dict(then.members) != dict(printed.members):
        notes.append("字节不同，文字相同：在别的程序里另存过，或只改了版式")
    return False


def _media(members: Mapping[str, bytes]) -> frozenset[str]:
    return frozenset(
        hashlib.sha256(blob).hexdigest() for name, blob in members.items() if "/media/" in name
    )


def _compare_data(then: Again, root: Path, seal: Seal) -> Iterator[ProjectDiff]:
    """Yield what is different in the data now, also where they have errors."""
    old = {result.file.id: result for result in then.results}
    try:
        _, results = load_results(root, seal)
    except (CannotRenderError, UserError):
        return
    for result in results:
        found = compare_results(result.file, old.get(result.file.id), result)
        if found is not None:
            yield found
