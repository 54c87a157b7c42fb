"""Which files a run may read: the program's, of forms and schemas, of a year and the last one."""

import hashlib
import os
from collections.abc import Iterable, Iterator

from generator import __version__
from generator.freshness.digests import Digests

_PROGRAM = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_DEEPEST = 8  # folders; a link may lead back


def is_ignored(name: str) -> bool:
    """Say whether nobody reads a file or a folder of this name: an editor's, a system's."""
    return name.startswith((".", "~", "__pycache__"))


def list_files(root: str, folder: str, *, depth: int = _DEEPEST) -> Iterator[str]:
    """Yield the files below a folder, sorted, relative to the root; what starts with . or ~ is not.

    Args:
        root: Where the folder stands.
        folder: Its path with `/`; one that is not there has no files.
        depth: Folders that are looked into.
    """
    try:
        with os.scandir(os.path.join(root, folder)) as found:
            entries = sorted((one.name, one.is_dir()) for one in found)
    except OSError:
        return
    for name, is_folder in entries:
        if is_ignored(name):
            continue
        path = f"{folder}/{name}" if folder else name
        if not is_folder:
            yield path
        elif depth:
            yield from list_files(root, path, depth=depth - 1)


def list_shared(root: str) -> Iterator[str]:
    """Yield the files of all forms and schemas."""
    yield from list_files(root, "templates")
    yield from list_files(root, "schema")


def shared_key(root: str, program: str, digests: Digests, *, prints: bool = False) -> str:
    """Return a hash over the program, the forms and the schemas; of Word templates, the names.

    What the data say does not depend on what stands in a Word template: only what is printed does.
    """
    paths = (os.path.join(root, file) for file in list_shared(root))
    unread = () if prints else (".docx",)
    files = ((path, "" if path.endswith(unread) else digests.of(path)) for path in paths)
    return join_digests([(program, ""), *files])


def list_data(root: str, year: int) -> Iterator[str]:
    """Yield the files of a year's data and of the year before, with which it is compared."""
    yield from list_files(root, f"data/{year}")
    yield from list_files(root, f"data/{year - 1}")


def is_project_name(name: str) -> bool:
    """Say whether a file of this name in the folder of a unit is a project's."""
    return name.endswith(".yaml") and not name.startswith("_") and not is_ignored(name)


def list_projects(root: str, year: int) -> Iterator[str]:
    """Yield the project files of a year."""
    for file in list_files(root, f"data/{year}", depth=1):
        unit, _, name = file.removeprefix(f"data/{year}/").partition("/")
        if unit and is_project_name(name):
            yield file


def list_program() -> list[str]:
    """Return the source files of the program, with their full paths."""
    found = list_files(_PROGRAM, "")
    return [f"{_PROGRAM}/{file}" for file in found if file.endswith(".py")]


def program_id(digests: Digests) -> str:
    """Return the version with a hash over the program's source files."""
    files = ((path.removeprefix(_PROGRAM), digests.of(path)) for path in list_program())
    return f"{__version__} {join_digests(files)[:16]}"


def join_digests(files: Iterable[tuple[str, str]]) -> str:
    """Return one hash over paths and the hashes of their contents."""
    lines = "".join(f"{digest} {path}\n" for path, digest in files)
    return hashlib.sha256(lines.encode("utf-8", "surrogateescape")).hexdigest()
