"""The same pipeline over a revision of git: what it needs is laid into a folder that goes again.

The hand-written schemas are those of now: they belong to the program that reads. The schemas of
forms are derived anew from the forms of then, where they are not those of now.
"""

import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory

from msgspec import Struct

from generator.errors import UserError
from generator.pipeline_bench import open_workbench
from generator.pipeline_packages import derive_schema_files
from generator.reading.package import SETTINGS_FILE, TERMS_FILE
from generator.reading.revision import WORKING_TREE, Repository

FOLDERS = ("data", "templates", "schema")
_PICTURES = (".png", ".jpg", ".jpeg", ".PNG", ".JPG", ".JPEG")


class Revision(Struct, frozen=True):
    """One state of the data: a commit, or the files on disk."""

    name: str  # as a person says it
    commit: str
    files: frozenset[str]  # below FOLDERS, relative to the root


@contextmanager
def open_revision(
    repository: Repository, revision: Revision, *, wanted: Iterable[str]
) -> Iterator[Path]:
    """Give a root with the forms of a revision and the wanted data files; it is deleted at the end.

    Args:
        repository: Holds the revision.
        revision: The working tree is given as it is.
        wanted: Data files, relative to the root.

    Raises:
        UserError: when the revision has no forms.
    """
    if revision.commit == WORKING_TREE:
        yield repository.root
        return
    blobs = repository.list_files(revision.commit, FOLDERS)
    chosen = set(wanted)
    files = {p: b for p, b in blobs.items() if p.startswith("templates/") or p in chosen}
    if not any(path.endswith("/form.yaml") for path in files):
        hint = "换一个较晚的版本：git log --oneline -- templates"
        raise UserError(f"版本「{revision.name}」里没有表式（templates/），不能比较", hint=hint)
    with TemporaryDirectory(prefix="ziping-") as name:
        folder = Path(name)
        repository.write_files(files, folder)
        repository.write_files(_find_pictures(folder, blobs), folder)
        shutil.copytree(repository.root / "schema", folder / "schema")
        for file in (TERMS_FILE, SETTINGS_FILE):
            if not (folder / file).exists() and (repository.root / file).is_file():
                shutil.copy(repository.root / file, folder / file)
        rules = repository.list_changed(revision.commit, WORKING_TREE, ("templates", "schema"))
        if any(path.endswith((".yaml", ".json")) for path in rules):
            _derive(folder)
        yield folder


def list_revision(repository: Repository, name: str, commit: str) -> Revision:
    """Return a revision with its files."""
    if commit != WORKING_TREE:
        return Revision(name, commit, frozenset(repository.list_files(commit, FOLDERS)))
    root = repository.root
    found = (path for folder in FOLDERS for path in (root / folder).rglob("*"))
    files = (path.relative_to(root).as_posix() for path in found if path.is_file())
    return Revision(name, commit, frozenset(files))


def find_unit_file(file: str) -> str:
    """Return the path of what the unit's files share."""
    return f"{file.rpartition('/')[0]}/_unit.yaml"


def _find_pictures(folder: Path, blobs: Mapping[str, str]) -> dict[str, str]:
    """Return the pictures whose names stand in the data that were laid there."""
    texts = [path.read_bytes() for path in folder.glob("data/*/*/*.yaml")]
    found = (path for path in blobs if path.startswith("data/") and path.endswith(_PICTURES))
    named = (path for path in found if any(PurePath(path).name.encode() in text for text in texts))
    return {path: blobs[path] for path in named}


def _derive(folder: Path) -> None:
    for path, text in derive_schema_files(open_workbench(folder)):
        path.write_text(text, encoding="utf-8")
