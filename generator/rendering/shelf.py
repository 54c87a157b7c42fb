"""Where the documents of a year stand: whose each path is, and whether it is as it was made."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from generator.freshness.digests import Digests
from generator.rendering.manifest import Entry, Manifest, inputs_of


class Shelf:
    """One folder of documents, with what the manifest says of them and who takes which path."""

    def __init__(self, root: Path, manifest: Manifest, digests: Digests, program: str) -> None:
        """Begin with every path free.

        Args:
            root: What the inputs of documents are relative to.
            manifest: What was written before, and where.
            digests: The hashes of the files of this run.
            program: Who makes documents.
        """
        self.manifest, self._digests, self._program = manifest, digests, program
        self._root, self._folder = os.fspath(root), manifest.folder.as_posix()
        self._taken: dict[str, dict[str, str]] = {}  # unit → name → owner
        self._same: set[tuple[str, str]] = set()  # files that have the hash they are asked for

    def claim(self, path: str, owner_id: str) -> str:
        """Take a path for an owner unless somebody has it; return whose it is.

        Names that differ by case only are one: another system stores one of them.
        """
        unit, _, name = path.rpartition("/")
        return self._taken.setdefault(unit, {}).setdefault(name.casefold(), owner_id)

    def release(self, unit: str) -> None:
        """Forget who takes the paths of a unit: all of its documents are made."""
        self._taken.pop(unit, None)
        self._same.clear()

    def keeps(self, path: str, owner_id: str) -> bool:
        """Say whether a document may stay as it is, going by the manifest alone.

        It does not see a file that has come: for whoever knows that none has.
        """
        entry = self.manifest.entry(path)
        is_own = self.claim(path, owner_id) == owner_id == entry.get("project")
        is_same = is_own and self._program == entry.get("program") and entry.get("path") == path
        return is_same and self.are_same(inputs_of(entry)) and self.stands(path, entry)

    def is_current(self, wanted: Entry) -> bool:
        """Say whether a document is as it was written, from what it would be made from now.

        Args:
            wanted: Its entry as far as it is known before it is made.
        """
        path, owner_id = str(wanted["path"]), str(wanted["project"])
        entry = self.manifest.entry(path)
        is_same = all(entry.get(key) == wanted[key] for key in wanted if key != "sha256")
        return self.claim(path, owner_id) == owner_id and is_same and self.stands(path, entry)

    def hashes(self, files: Iterable[str]) -> dict[str, str]:
        """Return files with their hashes; blank: it is not there."""
        return {file: self.hash(file) for file in files}

    def hash(self, file: str) -> str:
        """Return the hash of a file below the root."""
        return self._digests.of(os.path.join(self._root, file))  # noqa: PTH118 - as it is listed

    def file(self, path: str) -> Path:
        """Return where a document stands."""
        return self.manifest.folder / path

    def are_same(self, files: Mapping[str, str]) -> bool:
        """Say whether files have their hashes; most are asked for by every project."""
        new = files.items() - self._same
        if any(self.hash(file) != was for file, was in new):
            return False
        self._same |= new
        return True

    def stands(self, path: str, entry: Mapping[str, object]) -> bool:
        """Say whether a document is on disk as it was written."""
        found = self._digests.now(f"{self._folder}/{path}")
        return bool(found) and entry.get("sha256") == found
