"""Every check between documents by cases: the files of a year or two, and all that is said.

A case is `{说明, 文件: {2020/单位/项目: 内容}}`; `write_years` adds what every file needs.
"""

import os
from pathlib import Path

import pytest

from generator.checks.between import BETWEEN_CHECKS
from generator.cli import main
from generator.reading.yaml_source import read_yaml
from tests.conftest import write_years

HERE = Path(__file__).parent
CODES = {check.__name__.rpartition(".")[2]: check.CODE for check in BETWEEN_CHECKS}
PASSING = sorted(HERE.glob("*/pass_*.yaml"))
FAILING = sorted(HERE.glob("*/fail_*.yaml"))


def name_of(path):
    return f"{path.parent.name}-{path.stem}"


def said(case, root, capsys):
    """Return what `check` prints of all years."""
    write_years(root, read_yaml(case, file=case.name).value["文件"])
    code = main(["check", "--root", str(root), "--only", CODES[case.parent.name]])
    shown = capsys.readouterr().out
    assert code == 0, shown
    return shown


@pytest.mark.parametrize("case", PASSING, ids=name_of)
def test_the_check_is_silent(case, tmp_path, capsys):
    shown = said(case, tmp_path, capsys)
    assert " B7" not in shown, shown


@pytest.mark.parametrize("case", FAILING, ids=name_of)
def test_the_check_says_what_is_wrong(case, tmp_path, capsys):
    shown = said(case, tmp_path, capsys)
    expected = case.with_suffix(".expected.txt")
    if os.environ.get("ZIPING_ACCEPT"):
        expected.write_text(shown, encoding="utf-8")
    assert CODES[case.parent.name] in shown
    assert shown == expected.read_text(encoding="utf-8")


def test_every_folder_is_a_check():
    folders = {path.name for path in HERE.iterdir() if path.is_dir() and path.name[0] != "_"}
    assert folders == set(CODES)
