"""Which other data files the files of a run are compared with: their units', last year's."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from generator.checks.between.names import fold
from generator.patterns import pattern
from generator.reading.discovery import DataFile, project_files

_TITLE = pattern(r"^项目名称\s*:\s*[\"']?(.+?)[\"']?\s*(?:#.*)?$", re.MULTILINE)


class UnitFiles(Struct, frozen=True):
    """The files of a unit, and those that they may be compared with."""

    name: str  # its folder
    files: tuple[DataFile, ...]
    own: tuple[DataFile, ...]  # those of the run
    last: tuple[DataFile, ...]  # in a folder of the same name of the year before
    has_last: bool  # those are files of the run, too: all of them count

    def find_last(self, titles: Mapping[str, str]) -> tuple[DataFile, ...]:
        """Return last year's files of some projects: of the same name, else 项目名称.

        Args:
            titles: 项目名称 by id of those that last year's file is wanted of.
        """
        if self.has_last or not self.last:
            return self.last
        beside = {last.path.name: last for last in self.last}
        wanted = [file for file in self.own if file.id in titles]
        is_named = all(file.path.name in beside for file in wanted)
        by_title = {} if is_named else _titles(self.last)
        found = (
            beside.get(file.path.name) or by_title.get(fold(titles[file.id])) for file in wanted
        )
        return tuple(dict.fromkeys(file for file in found if file is not None))


class YearFiles(Struct, frozen=True):
    """The files of a year that a run is about, unit by unit in order."""

    year: int
    units: tuple[UnitFiles, ...]
    is_whole: bool  # every file of the year is one of the run


def find_years(root: Path, files: Iterable[DataFile]) -> Iterator[YearFiles]:
    """Yield the years of some files; those that stand elsewhere have no neighbours."""
    own: dict[int, list[DataFile]] = {}
    for file in files:
        if file.is_filed:
            own.setdefault(int(file.id.split("/")[0]), []).append(file)
    for year, mine in own.items():
        yield _find_year(root, year, mine, own.get(year - 1, ()))


def _find_year(
    root: Path, year: int, mine: Sequence[DataFile], before: Sequence[DataFile]
) -> YearFiles:
    """Return the files of a year with those beside them.

    Args:
        root: Where data/ stands.
        year: The year.
        mine: Its files that are files of the run.
        before: Those of the year before.
    """
    beside, last = _by_unit(project_files(root, year)), _by_unit(project_files(root, year - 1))
    by_unit, own_last = _by_unit(mine), _by_unit(before)
    units = tuple(
        UnitFiles(
            name,
            _join(beside.get(name, ()), group),
            tuple(group),
            _join(last.get(name, ()), own_last.get(name, ())),
            name in own_last,
        )
        for name, group in sorted(by_unit.items())
    )
    return YearFiles(year, units, sum(map(len, beside.values())) == len(mine))


def _by_unit(files: Sequence[DataFile]) -> dict[str, list[DataFile]]:
    units: dict[str, list[DataFile]] = {}
    for file in files:
        units.setdefault(file.unit, []).append(file)
    return units


def _join(listed: Iterable[DataFile], own: Iterable[DataFile]) -> tuple[DataFile, ...]:
    """Return the files of a folder, those of the run as the run names them."""
    return tuple({file.id: file for file in (*listed, *own)}.values())


def _titles(files: Iterable[DataFile]) -> dict[str, DataFile]:
    """Return files by 项目名称, which is looked up without reading the whole file."""
    titles: dict[str, DataFile] = {}
    for file in files:
        try:
            found = _TITLE.search(file.path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError):
            continue  # it cannot be read as data either
        if found:
            titles.setdefault(fold(found[1]), file)
    return titles
