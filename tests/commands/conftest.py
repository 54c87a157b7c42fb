"""A year of several units."""

import pytest

from bench.data import copy_forms, write_year
from generator.cli import main
from tests.conftest import ROOT

UNITS = 5


@pytest.fixture
def year(tmp_path):
    """Five units of two projects each; two of the units had projects the year before."""
    copy_forms(ROOT, tmp_path)
    for number, units in ((2029, 2), (2030, UNITS)):
        write_year(tmp_path, projects=2 * units, indicators=9, year=number)
        for index, file in enumerate(sorted(tmp_path.glob(f"data/{number}/*/*.yaml"))):
            folder = tmp_path / f"data/{number}/局{index // 2}"
            folder.mkdir(exist_ok=True)
            file.rename(folder / file.name)
        (tmp_path / f"data/{number}/unit000").rmdir()
    return tmp_path


@pytest.fixture
def report(year, capsys):
    """Return a function that makes the documents: exit code, and what was said."""

    def run(*options):
        code = main(["report", "2030", "--root", str(year), "--out", str(year / "out"), *options])
        return code, capsys.readouterr().out

    return run
