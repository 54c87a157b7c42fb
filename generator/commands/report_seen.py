"""What a run has seen, folder by folder: noted as units are done, so that none stays in memory."""

import os
from collections.abc import Iterable

from generator.commands.report_outcome import Outcome
from generator.commands.report_pdf import PDF, pdf_of
from generator.domain.model import UNIT_FILE
from generator.freshness.digests import Digests
from generator.freshness.folder_lines import line_of
from generator.freshness.sources import is_project_name, list_folders, shared_folders
from generator.freshness.spool import Spool
from generator.rendering.manifest import MANIFEST

_UNIT_DEPTH = 2  # data/2020/unit


class SeenFolders:
    """The folders that a run has done with, a line each; what is seen there later is not noted."""

    def __init__(self, root: str, output: str, digests: Digests) -> None:
        """Begin with no folder.

        Args:
            root: Where the data stand.
            output: The folder of the year's documents.
            digests: What the run knows of files.
        """
        self._root, self._output, self._digests = root, output, digests
        self._done: set[str] = set()
        self.lines: Spool[bytes] = Spool()
        self.is_as_written = True  # nobody has written over a document meanwhile

    def look_at(self, outcomes: Iterable[Outcome]) -> None:
        """Look at the documents of a unit; the hash of one that was just written is known."""
        for document in (one for outcome in outcomes for one in outcome.documents):
            path = f"{self._output}/{document.path}"
            if document.is_changed:
                sha = str(document.entry["sha256"])
                self.is_as_written &= self._digests.learn(path, sha, document.stamp) == sha
            else:
                self._look(path)
            if PDF in document.entry:
                self._digests.now(pdf_of(path))

    def look_at_files(self, paths: Iterable[str]) -> None:
        """Look at files of the folder of documents."""
        for path in paths:
            self._look(f"{self._output}/{path}")

    def close_unit(self, name: str) -> None:
        """Note the documents of a unit."""
        self._close(f"{self._output}/{name}")

    def close_data(self, unit_id: str) -> None:
        """Note the data of a unit, with files that nobody reads: one that changes may be read.

        A file of a project that nobody has looked at has come meanwhile: it is left to the next
        run.
        """
        for folder, names in list_folders(self._root, f"data/{unit_id}"):
            self._look_around(folder, names, leaves_projects=True)
        self._close(os.path.join(self._root, f"data/{unit_id}"))  # noqa: PTH118 - as it is listed

    def close_shared(self) -> None:
        """Note the program and the forms as they were in the beginning."""
        for top in shared_folders(self._root):
            self._close(top)

    def close_year(self, year: int) -> None:
        """Note all the rest."""
        for number in (year - 1, year):
            for folder, names in list_folders(self._root, f"data/{number}"):
                self._look_around(folder, names, leaves_projects=number == year)
        self._digests.now(f"{self._output}/{MANIFEST}")
        self._close("")

    def _look_around(self, folder: str, names: Iterable[str], *, leaves_projects: bool) -> None:
        place = os.path.join(self._root, folder)  # noqa: PTH118 - as it is listed
        if place in self._done:
            return
        is_unit = folder.count("/") == _UNIT_DEPTH
        for name in names:
            is_left = leaves_projects and is_unit and (name == UNIT_FILE or is_project_name(name))
            if not is_left and not self._digests.has_seen(f"{place}/{name}"):
                self._digests.glance(f"{place}/{name}")

    def _look(self, path: str) -> None:
        if not self._digests.has_seen(path):  # else that look counts
            self._digests.now(path)

    def _close(self, top: str) -> None:
        for folder, seen in self._digests.release(top):
            if folder not in self._done and seen:
                self.lines.put(line_of(folder, seen))
                self._done.add(folder)
