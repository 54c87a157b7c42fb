"""Which other data files the files of a run are compared with: their units', last year's."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from generator.checks.between.names import fold
from generator.reading.discovery import DataFile, project_files

_TITLE = re.compile(r"^项目名称\s*:\s*[\"']?(.+?)[\"']?\s*(?:#.*)?$", re.MULTILINE)


def find_beside(root: Path, files: Iterable[DataFile]) -> Iterator[DataFile]:
    """Yield the other files of the units of some files."""
    for year, own in _years(files).items():
        known, units = {file.id for file in own}, {file.unit_file for file in own}
        for other in project_files(root, year):
            if other.unit_file in units and other.id not in known:
                yield other


def whole_years(root: Path, files: Iterable[DataFile]) -> frozenset[int]:
    """Return the years of which every file is there."""
    years = _years(files).items()
    return frozenset(year for year, own in years if len(project_files(root, year)) == len(own))


def find_last_year(
    root: Path, files: Iterable[DataFile], titles: Mapping[str, str]
) -> Iterator[DataFile]:
    """Yield last year's files of some projects: of the same name, else of the same 项目名称.

    Args:
        root: Where data/ stands.
        files: This year's.
        titles: 项目名称 by id of those that last year's file is wanted of.
    """
    for year, own in _years(file for file in files if file.id in titles).items():
        units: dict[str, dict[str, DataFile]] = {}
        for last in project_files(root, year - 1):
            units.setdefault(last.unit, {})[last.path.name] = last
        by_title: dict[str, dict[str, DataFile]] = {}
        for file in own:
            beside = units.get(file.unit, {})
            if file.path.name not in beside and file.unit not in by_title:
                by_title[file.unit] = _titles(beside.values())
            found = beside.get(file.path.name) or by_title[file.unit].get(fold(titles[file.id]))
            if found is not None:
                yield found


def _years(files: Iterable[DataFile]) -> dict[int, list[DataFile]]:
    """Return the files by year; those that stand elsewhere have no neighbours."""
    years: dict[int, list[DataFile]] = {}
    for file in files:
        if file.is_filed:
            years.setdefault(int(file.id.split("/")[0]), []).append(file)
    return years


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
