"""What is remembered of the last run of a year: never needed, never part of the output.

It stands in build/ of the root. Without it everything is hashed and checked again, and the
documents are the same.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from types import MappingProxyType
from typing import NamedTuple

from generator.freshness.digests import Digests, Seen, Stamp
from generator.freshness.quiet import write_quietly
from generator.freshness.sources import list_data, list_program, list_shared

_FOLDER = "build/ziping/runs"
_SEEN = "build/ziping/seen.json"
_AT_ONCE = 1000  # files that are written at once
_MOST_FOLDERS = 8  # of output folders that were written to; the oldest is forgotten
DRAFTS = "草稿"  # the folder of drafts


class RunRecord(NamedTuple):
    """The last run over a whole year into one folder."""

    folder: str  # where what is remembered stands
    digests: Digests
    files: Mapping[str, str]  # every file of that run with its hash; blank: it was not there
    summary: Mapping[str, object]  # what it said in the end; empty when anything was wrong

    def is_unchanged(self, root: str, year: int) -> bool:
        """Say whether every file is as it was, and none has come."""
        if not self.summary:
            return False
        listed = [*list_shared(root), *list_data(root, year)]
        wanted = [*(os.path.join(root, file) for file in listed), *list_program()]
        if any(path not in self.files for path in wanted):
            return False
        return all(self.digests.now(path) == digest for path, digest in self.files.items())


def output_folder(out: str, year: int, *, is_draft: bool) -> str:
    """Return where the documents of a year go: drafts have a folder of their own."""
    return "/".join([out, str(year), *([DRAFTS] if is_draft else [])])


def open_record(root: str, folder: str) -> RunRecord:
    """Return what is remembered of the runs into a folder; nothing of a damaged record."""
    name = hashlib.sha256(os.path.abspath(folder).encode()).hexdigest()[:16]
    own = os.path.join(root, _FOLDER, name)
    path = f"{own}/run.json"
    try:
        with open(path, encoding="utf-8") as file:
            read = json.load(file)
        digests = Digests(read["seen"], saved=os.stat(path).st_mtime_ns)
        files = {path: str(seen[-1]) if seen else "" for path, seen in read["seen"].items()}
        return RunRecord(own, digests, files, dict(read["summary"]))
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError):
        return RunRecord(own, Digests(), {}, {})


def save_record(
    record: RunRecord,
    outputs: Iterable[str],
    summary: Mapping[str, object],
    *,
    written: Mapping[str, tuple[str, Stamp]] = MappingProxyType({}),
) -> None:
    """Remember a run; a folder that cannot be written to remembers nothing.

    Args:
        record: As it was opened; its digests know the sources of this run.
        outputs: The documents and the manifest.
        summary: What the run said; empty when the next one has to look at everything again.
        written: Hashes and stamps of those that this run has written.
    """
    is_as_written = True
    for path in outputs:
        if path in written:
            made, stamp = written[path]
            is_as_written &= record.digests.learn(path, made, stamp) == made or not made
        elif path not in record.digests.seen:  # of what was looked at before, that look counts
            record.digests.now(path)
    if write_quietly(
        f"{record.folder}/run.json", _dump(record.digests.seen, summary if is_as_written else {})
    ):
        _forget_oldest(os.path.dirname(record.folder), record.folder)


def _dump(seen: Mapping[str, Seen], summary: Mapping[str, object]) -> Iterator[bytes]:
    """Yield a record as JSON, a part of the files at a time."""
    yield f'{{"summary": {json.dumps(dict(summary))}, "seen": {{'.encode()
    paths, between = iter(seen), ""
    while part := {path: seen[path] for path in islice(paths, _AT_ONCE)}:
        yield f"{between}{json.dumps(part, ensure_ascii=False)[1:-1]}".encode()
        between = ",\n"
    yield b"}}"


def open_seen(root: str) -> Digests:
    """Return what is remembered of files by runs that make no documents."""
    path = os.path.join(root, _SEEN)
    try:
        with open(path, encoding="utf-8") as file:
            return Digests(json.load(file), saved=os.stat(path).st_mtime_ns)
    except (OSError, ValueError, TypeError):
        return Digests()


def save_seen(root: str, digests: Digests) -> None:
    """Remember files, when any had to be read; a folder that cannot be written to does not."""
    if digests.read:
        text = json.dumps(digests.known, ensure_ascii=False)
        write_quietly(os.path.join(root, _SEEN), (text.encode(),))


def _forget_oldest(folder: str, own: str) -> None:
    try:
        with os.scandir(folder) as found:
            others = sorted((one.stat().st_mtime_ns, one.path) for one in found if one.path != own)
        for _, path in others[: max(0, len(others) + 1 - _MOST_FOLDERS)]:
            for base, folders, names in os.walk(path, topdown=False):
                for name in names:
                    os.unlink(os.path.join(base, name))
                for name in folders:
                    os.rmdir(os.path.join(base, name))
            os.rmdir(path)
    except OSError:
        return
