"""The only door to git: which files two revisions have, and their bytes; nothing is checked out."""

import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from generator.errors import UserError

WORKING_TREE = ""  # as a commit: the files on disk
_REGULAR = ("100644", "100755")
_SETTINGS = ("-c", "core.quotepath=off", "-c", "core.fsmonitor=false", "--literal-pathspecs")
_TRUST = "dubious ownership"


class Commit(Struct, frozen=True):
    """One commit as a person recognises it."""

    name: str
    day: str  # ISO date
    subject: str


class Repository(Struct, frozen=True):
    """The git repository that holds a root; paths are relative to that root."""

    root: Path

    def find_commit(self, name: str) -> str:
        """Return the commit that a revision names.

        Raises:
            UserError: when there is none.
        """
        asked = ("--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
        found = self._try("rev-parse", *asked)
        if found is None:
            if name == "HEAD":
                raise UserError("仓库里还没有存档（提交）", hint="先 git add、git commit 一次")
            hint = "git log --oneline 看有哪些版本；浅克隆先 git fetch --unshallow"
            raise UserError(f"没有版本「{name}」", hint=hint)
        return found.decode().strip()

    def find_author(self, commit: str) -> tuple[str, str]:
        """Return who wrote a commit and when, by the clock on the wall there, as Word says it."""
        date = "--date=format:%Y-%m-%dT%H:%M:%SZ"  # Word means local time by this Z
        asked = ("--no-show-signature", "--no-patch", "--format=%an%x00%ad", date, commit)
        name, _, when = self._run("show", *asked).decode(errors="replace").partition("\0")
        return "".join(one for one in name if one.isprintable()).strip(), when.strip()

    def find_common(self, left: str, right: str) -> str:
        """Return the commit where two revisions parted.

        Raises:
            UserError: when they have none in common.
        """
        commits = (self.find_commit(left), self.find_commit(right))
        found = self._try("merge-base", *commits)
        if found is None:
            hint = "只取了一部分历史的，先运行 git fetch --unshallow"
            raise UserError(f"「{left}」和「{right}」没有共同的版本", hint=hint)
        return found.decode().strip()

    def list_changed(self, old: str, new: str, folders: Sequence[str]) -> frozenset[str]:
        """Return every path that is not the same at both; `new` may be the working tree."""
        both = [old] if new == WORKING_TREE else [old, new]
        options = ("--no-ext-diff", "--name-only", "--relative", "--no-renames", "-z")
        found = _split(self._run("diff", *options, *both, "--", *folders))
        if new == WORKING_TREE:
            others = ("ls-files", "--others", "--exclude-standard", "-z", "--", *folders)
            found |= _split(self._run(*others))
        return found

    def list_files(self, commit: str, folders: Sequence[str]) -> dict[str, str]:
        """Return the regular files of a commit with the names of their contents."""
        files: dict[str, str] = {}
        for entry in self._run("ls-tree", "-r", "-z", commit, "--", *folders).split(b"\0"):
            if entry:
                facts, _, path = entry.partition(b"\t")
                mode, _, blob = facts.decode().split(" ")
                if mode in _REGULAR:
                    files[os.fsdecode(path)] = blob
        return files

    def list_commits(self, paths: Sequence[str], most: int) -> tuple[Commit, ...]:
        """Return the newest commits of any branch that touched paths, the newest first."""
        if self._try("rev-parse", "--verify", "--quiet", "HEAD") is None:
            return ()
        options = ("--full-history", "--branches", "--tags", "--remotes", "-z")
        asked = (*options, f"--max-count={most}", "--format=%H%x1f%cs%x1f%s", "HEAD", "--", *paths)
        lines = self._run("log", *asked).decode(errors="replace").split("\0")
        return tuple(Commit(*line.split("\x1f", 2)) for line in lines if line)

    def find_blobs(
        self, commits: Sequence[str], paths: Sequence[str]
    ) -> Iterator[tuple[str | None, ...]]:
        """Yield for each commit the names of the contents at paths, None where there is no file."""
        prefix = os.fsdecode(self._run("rev-parse", "--show-prefix")).strip("\n")
        asked = "".join(f"{commit}:{prefix}{path}\n" for commit in commits for path in paths)
        options = ("--batch-check=%(objectname) %(objecttype)",)
        answer = self._run("cat-file", *options, given=os.fsencode(asked)).splitlines()
        names = [
            line.split(b" ")[0].decode() if line.endswith(b" blob") else None for line in answer
        ]
        for at in range(0, len(names), len(paths)):
            yield tuple(names[at : at + len(paths)])

    def read_blobs(self, blobs: Iterable[str]) -> dict[str, bytes]:
        """Return contents by name, all of them from one call."""
        wanted = list(dict.fromkeys(blobs))
        if not wanted:
            return {}
        answer = self._run("cat-file", "--batch", given="".join(f"{b}\n" for b in wanted).encode())
        found: dict[str, bytes] = {}
        at = 0
        for blob in wanted:
            end = answer.index(b"\n", at)
            size = int(answer[at:end].rsplit(b" ", 1)[1])
            found[blob] = answer[end + 1 : end + 1 + size]
            at = end + size + 2
        return found

    def write_files(self, files: Mapping[str, str], folder: Path) -> None:
        """Write contents below a folder, each at its path."""
        contents = self.read_blobs(files.values())
        for path, blob in files.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(contents[blob])

    def _run(self, *arguments: str, given: bytes = b"") -> bytes:
        done = _git(self.root, *arguments, given=given)
        if done.returncode:
            said = done.stderr.decode(errors="replace").strip().splitlines()
            raise UserError(f"git {arguments[0]} 没有成功", hint=said[-1] if said else "")
        return done.stdout

    def _try(self, *arguments: str) -> bytes | None:
        done = _git(self.root, *arguments)
        return None if done.returncode else done.stdout


def open_repository(root: Path) -> Repository:
    """Find the repository that holds a root.

    Raises:
        UserError: when git is missing, or the root is in no repository that git trusts.
    """
    if not root.is_dir():
        raise UserError(f"没有文件夹 {root}", hint="用 --root 指明资料所在的文件夹")
    done = _git(root, "rev-parse", "--is-inside-work-tree")
    if done.returncode == 0 and done.stdout.strip() == b"true":
        return Repository(root)
    if _TRUST in done.stderr.decode(errors="replace"):
        hint = f"确认可信以后运行：git config --global --add safe.directory '{root.resolve()}'"
        raise UserError(f"git 不信任 {root.resolve()}：它属于另一个用户", hint=hint)
    hint = "比对要有存档：在资料的文件夹里 git init，再 git add、git commit"
    raise UserError(f"{root.resolve()} 不在 git 仓库里", hint=hint)


def _git(root: Path, *arguments: str, given: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    environment = {**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
    command = ["git", "-C", str(root), *_SETTINGS, *arguments]
    try:
        return subprocess.run(
            command, input=given, capture_output=True, env=environment, check=False
        )
    except FileNotFoundError:
        raise UserError("没有找到 git 程序", hint="请先安装 git（apt install git）") from None
    except OSError as error:
        raise UserError("git 不能运行", hint=error.strerror or "") from None


def _split(answer: bytes) -> frozenset[str]:
    return frozenset(os.fsdecode(path) for path in answer.split(b"\0") if path)
