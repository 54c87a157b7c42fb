"""The folders that are measured in: years of invented projects, each written once."""

from pathlib import Path

from bench.data import copy_forms, write_year
from bench.processes import ROOT, ZIPING

YEAR = 2030


class Ground:
    """A root with one year of projects, and the folder that its documents go to."""

    def __init__(self, root: Path) -> None:
        """Take a folder that has been written."""
        self.root, self.out = root, root / "output"
        self.files = tuple(sorted(root.glob("data/*/*/*.yaml")))

    def ziping(self, command: str, *options: str) -> tuple[str, ...]:
        """Return a command over the whole year, as a clerk gives it."""
        year = (str(YEAR), "--root", str(self.root), "--quiet")
        out = ("--out", str(self.out)) if command in ("report", "status") else ()
        return ZIPING, command, *year, *out, *options

    def forget(self) -> None:
        """Put aside the documents and what is remembered of them: the next run is a first one."""
        self.put_aside(self.out)
        self.put_aside(self.root / "build")

    def put_aside(self, folder: Path) -> None:
        """Move a folder away until all is measured.

        To remove it would cost whoever writes next: ext4 goes a long way round the places of files
        that have just been removed.
        """
        if folder.is_dir():
            aside = self.root / "aside"
            aside.mkdir(exist_ok=True)
            folder.rename(aside / str(len(list(aside.iterdir()))))


class Grounds:
    """Makes grounds below a temporary folder."""

    def __init__(self, folder: Path) -> None:
        """Begin with none."""
        self.folder = folder

    def make(self, projects: int, indicators: int) -> Ground:
        """Return the ground with so many projects of so many indicators each."""
        root = self.folder / f"{projects}x{indicators}"
        if not root.is_dir():
            root.mkdir()
            copy_forms(ROOT, root)
            write_year(root, projects=projects, indicators=indicators, year=YEAR)
        return Ground(root)
