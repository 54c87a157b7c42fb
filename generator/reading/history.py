"""Which commits hold files with given hashes: where the data of a document stand in the history."""

import hashlib
from collections.abc import Mapping

from generator.reading.revision import Commit, Repository

MOST_COMMITS = 1000  # the newest that touched one of the files


def find_commits(repository: Repository, hashes: Mapping[str, str]) -> tuple[Commit, ...]:
    """Return the commits at which every file has its SHA-256, the newest first.

    Args:
        repository: Searched back over `MOST_COMMITS` commits that touched one of the files.
        hashes: By file, relative to the root.
    """
    paths = sorted(path for path in hashes if "\n" not in path)
    commits = repository.list_commits(paths, MOST_COMMITS) if paths else ()
    if not commits or len(paths) != len(hashes):
        return ()
    blobs = list(repository.find_blobs([commit.name for commit in commits], paths))
    full = [(commit, names) for commit, names in zip(commits, blobs, strict=True) if all(names)]
    wanted = {name for _, names in full for name in names if name is not None}
    contents = repository.read_blobs(sorted(wanted))
    known = {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}
    sought = [hashes[path] for path in paths]
    return tuple(
        commit for commit, names in full if [known.get(name or "") for name in names] == sought
    )
