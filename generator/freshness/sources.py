"""Which files a run may read: the program's, of forms and schemas, of a year and the last one."""

import hashlib
import os
from collections.abc import Iterable, Iterator

from generator import __version__
from generator.freshness.digests import Digests

_PROGRAM = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_FORMS = ("templates", "schema")  # the folders of forms and schemas
_DEEPEST = 8  # folders; a link may lead back


def is_ignored(name: str) -> bool:
    """Say whether nobody reads a file or a folder of this name: an editor's, a system's."""
    return name.startswith((".", "~", "__pycache__")) or not is_readable(name)


def is_readable(name: str) -> bool:
    """Say whether a name is UTF-8: one that is not cannot be printed, nor stand in a document."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def list_folders(
    root: str, folder: str, *, depth: int = _DEEPEST
) -> Iterator[tuple[str, list[str]]]:
    """Yield a folder and those below, each with the names of its files, all sorted.

    What starts with . or ~ is left out.

    Args:
        root: Where the folder stands.
        folder: Its path with `/`; one that is not there is not yielded.
        depth: Folders that are looked into.
    """
    try:
        with os.scandir(os.path.join(root, folder)) as found:
            entries = sorted((one.name, one.is_dir()) for one in found if not is_ignored(one.name))
    except OSError:
        return
    yield folder, [name for name, is_folder in entries if not is_folder]
    for name, is_folder in entries:
        if is_folder and depth:
            yield from list_folders(root, f"{folder}/{name}" if folder else name, depth=depth - 1)


def list_files(root: str, folder: str, *, depth: int = _DEEPEST) -> Iterator[str]:
    """Yield the files below a folder, relative to the root; see `list_folders`."""
    for inside, names in list_folders(root, folder, depth=depth):
        yield from (f"{inside}/{name}" if inside else name for name in names)


def list_shared(root: str) -> Iterator[str]:
    """Yield the files of all forms and schemas."""
    for top in _FORMS:
        yield from list_files(root, top)


def shared_folders(root: str) -> tuple[str, ...]:
    """Return where the program, forms and schemas stand, as their files are listed."""
    return (_PROGRAM, *(os.path.join(root, name) for name in _FORMS))


def shared_key(root: str, program: str, digests: Digests, *, prints: bool = False) -> str:
    """Return a hash over the program, the forms and the schemas; of Word templates, the names.

    What the data say does not depend on what stands in a Word template: only what is printed does.
    """
    paths = (os.path.join(root, file) for file in list_shared(root))
    unread = () if prints else (".docx",)
    files = ((path, "" if path.endswith(unread) else digests.of(path)) for path in paths)
    return join_digests([(program, ""), *files])


def list_sources(root: str, year: int) -> Iterator[tuple[str, list[str]]]:
    """Yield each folder of files that a year depends on, with its full path and its names.

    They are the program, forms and schemas, the data of the year and of the year before.
    """
    for folder, names in list_folders(_PROGRAM, ""):
        yield f"{_PROGRAM}/{folder}".rstrip("/"), [name for name in names if _is_program(name)]
    for top in (*_FORMS, f"data/{year - 1}", f"data/{year}"):
        for folder, names in list_folders(root, top):
            yield os.path.join(root, folder), names


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
    return [f"{_PROGRAM}/{file}" for file in list_files(_PROGRAM, "") if _is_program(file)]


def _is_program(name: str) -> bool:
    return name.endswith(".py")


def program_id(digests: Digests) -> str:
    """Return the version with a hash over the program's source files."""
    files = ((path.removeprefix(_PROGRAM), digests.of(path)) for path in list_program())
    return f"{__version__} {join_digests(files)[:16]}"


def join_digests(files: Iterable[tuple[str, str]]) -> str:
    """Return one hash over paths and the hashes of their contents."""
    lines = "".join(f"{digest} {path}\n" for path, digest in files)
    return hashlib.sha256(lines.encode("utf-8", "surrogateescape")).hexdigest()
