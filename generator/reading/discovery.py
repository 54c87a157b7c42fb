"""Which data files there are: data/<year>/<unit>/<project>.yaml and the unit's _unit.yaml."""

import os
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

from msgspec import Struct

from generator.domain.model import UNIT_FILE
from generator.errors import UserError
from generator.findings import Finding, Place, Severity
from generator.freshness.sources import is_ignored, is_project_name, is_readable
from generator.patterns import pattern

_YEAR_DIGITS = 4
_ID = pattern(r"\d{4}/[^/]+/[^/]+")
_DEPTH = 2  # unit and file below the year
_UNIT = 1  # how deep the folder of a unit stands


class DataFile(Struct, frozen=True):
    """One project file; `id` is `2020/unit/project`."""

    id: str
    root: Path
    file: str  # relative to the root

    @property
    def path(self) -> Path:
        """Return where it stands."""
        return self.root / self.file

    @property
    def is_filed(self) -> bool:
        """Say whether it stands where the files of a year do."""
        return bool(_ID.fullmatch(self.id))

    @property
    def unit(self) -> str:
        """Return the folder of its unit, of one that is filed."""
        return self.id.split("/")[1]

    @property
    def unit_path(self) -> Path:
        """Return where the facts shared by the unit's files would stand."""
        return self.path.with_name(UNIT_FILE)

    @property
    def unit_file(self) -> str:
        """Return the same, relative to the root."""
        return self.file.rpartition("/")[0] + f"/{UNIT_FILE}"


def list_years(root: Path) -> tuple[int, ...]:
    """Return the years that have a folder."""
    names = (path.name for path in (root / "data").glob("*") if path.is_dir())
    return tuple(sorted(int(n) for n in names if n.isdigit() and len(n) == _YEAR_DIGITS))


def find_year(root: Path, year: int, *, glob: str = "") -> tuple[DataFile, ...]:
    """Return the project files of a year, sorted; `glob` filters by unit/project or project.

    Raises:
        UserError: when the year has no data, or no project fits the filter.
    """
    found = project_files(root, year)
    if not found:
        years = "、".join(str(known) for known in list_years(root)) or "没有任何年度"
        raise UserError(f"没有 {year} 年度的数据：data/{year}/", hint=f"现有年度：{years}")
    wanted = tuple(file for file in found if not glob or is_wanted(file, glob))
    if not wanted:
        names = "、".join(file.id.partition("/")[2] for file in found[:12])
        raise UserError(f"{year} 年度没有项目「{glob}」", hint=f"现有项目：{names}")
    return wanted


def find_strays(root: Path, year: int) -> Iterator[Finding]:
    """Yield files of a year that look like data and stand where nobody reads them."""
    folder = os.path.join(root, "data", str(year))  # noqa: PTH118 - a Path for each costs more
    for path in sorted(_stray_paths(folder), key=lambda path: path.split("/")):
        if os.path.isfile(f"{folder}/{path}"):  # noqa: PTH113
            file = f"data/{year}/{os.fsencode(path).decode(errors='replace')}"
            message = f"{file} 没有读：数据文件应是 data/{year}/单位/项目.yaml"
            hint = "移到单位的文件夹下，文件名以 .yaml 结尾"
            if not is_readable(path):
                message = f"{file} 没有读：文件名或文件夹名不是 UTF-8 编码"
                hint = "改名；从 Windows 的压缩包解出来的，换一个解压程序"
            yield Finding("Y116", "file-stray", Severity.WARNING, Place(file), message, hint=hint)


def _stray_paths(folder: str) -> Iterator[str]:
    """Yield what is named like data below a folder and is not read, relative to it."""
    for above, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not _is_editors(name)]
        inside = os.path.relpath(above, folder).replace(os.sep, "/")
        depth = 0 if inside == "." else inside.count("/") + 1
        for name in names:
            path = f"{inside}/{name}" if depth else name
            is_data = (".yaml" in name or ".yml" in name) and not _is_editors(name)
            if is_data and not (depth == _UNIT and name.endswith(".yaml") and is_readable(path)):
                yield path


def _is_editors(name: str) -> bool:
    """Say whether nobody misses a file or a folder that is not read."""
    return is_ignored(name) and is_readable(name)


def find_file(root: Path, path: Path) -> DataFile:
    """Return one file by its path.

    Raises:
        UserError: when it is not below data/<year>/<unit>/.
    """
    try:
        file = path.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        raise UserError(f"{path} 不在 {root} 下", hint="用 --root 指明资料所在的文件夹") from None
    if not path.is_file():
        raise UserError(f"没有文件 {path}")
    parts = file.removesuffix(".yaml").split("/")
    identifier = "/".join(parts[1:]) if parts[0] == "data" else "/".join(parts)
    return DataFile(identifier, root, file)


def project_files(root: Path, year: int) -> tuple[DataFile, ...]:
    """Return the project files of a year, sorted; none of a year without data."""
    return tuple(_project_files(root, year))


def name_file(root: Path, file: str) -> DataFile | None:
    """Return a project file by its path below the root; None when the path is no project's."""
    folder, year, *inside = [*file.split("/"), ""][:2] + file.split("/")[2:]
    is_year = year.isdigit() and len(year) == _YEAR_DIGITS
    if folder != "data" or not is_year or len(inside) != _DEPTH:
        return None
    unit, name = inside
    return _data_file(root, file) if is_project_name(name) and not is_ignored(unit) else None


def _data_file(root: Path, file: str) -> DataFile:
    return DataFile(file.removeprefix("data/").removesuffix(".yaml"), root, file)


def _project_files(root: Path, year: int) -> Iterator[DataFile]:
    folder = root / "data" / str(year)
    found: list[tuple[str, str]] = []
    for unit in (name for name in _names(folder) if not is_ignored(name)):
        found += ((unit, name) for name in _names(f"{folder}/{unit}") if is_project_name(name))
    yield from (_data_file(root, f"data/{year}/{unit}/{name}") for unit, name in sorted(found))


def _names(folder: str | Path) -> list[str]:
    """Return the names in a folder; none where it is no folder that can be read."""
    try:
        return os.listdir(folder)  # noqa: PTH208 - a Path for each costs more than the listing
    except OSError:
        return []


def is_wanted(file: DataFile, glob: str) -> bool:
    """Say whether a filter means a project: by unit/project, project, or with the year."""
    unit_and_name = file.id.partition("/")[2]
    names = (file.id, unit_and_name, unit_and_name.rpartition("/")[2])
    return any(fnmatchcase(name, glob) for name in names)
