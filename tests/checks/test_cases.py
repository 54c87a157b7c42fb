"""Every check by cases: changes of one clean file, and the whole text of what is said.

A case is `{说明, 替换: [{原, 改为}], 表式: [{文件, 原, 改为}]}`; 表式 changes copied packages.
"""

import os
from pathlib import Path

import pytest

from generator.amounts import plain
from generator.checks import ALL_CHECKS
from generator.cli import main
from generator.pipeline import load_project, open_workbench
from generator.reading.discovery import find_file
from generator.reading.yaml_source import read_yaml
from generator.reporters import TextReporter
from tests.conftest import replace_once

HERE = Path(__file__).parent
BASE = HERE / "base.yaml"
RULES = {f"{check.CODE.lower()}_{check.RULE.replace('-', '_')}": check.RULE for check in ALL_CHECKS}
PASSING = sorted(HERE.glob("*/pass_*.yaml"))
FAILING = sorted(HERE.glob("*/fail_*.yaml"))


def name_of(path):
    return f"{path.parent.name}-{path.stem}"


def findings_of(case, root):
    """Write the base with the case's changes into a root and return what is found there."""
    wanted = read_yaml(case, file=case.name).value
    data = root / "data/2020/unit/case.yaml"
    data.parent.mkdir(parents=True, exist_ok=True)
    data.write_text(BASE.read_text(encoding="utf-8"), encoding="utf-8")
    for change in wanted.get("替换") or []:
        replace_once(data, change["原"], change["改为"] or "")
    for change in wanted.get("表式") or []:
        replace_once(root / "templates/mof-project" / change["文件"], change["原"], change["改为"])
    if wanted.get("表式"):
        assert main(["schema", "--root", str(root), "--quiet"]) == 0
    return load_project(open_workbench(root), find_file(root, data)).findings


@pytest.mark.parametrize("case", PASSING, ids=name_of)
def test_the_check_is_silent(case, small_root):
    findings = findings_of(case, small_root)
    assert [f for f in findings if f.rule == RULES[case.parent.name]] == []
    unread = [f for f in findings if f.code[0] in "YR" or f.code.startswith("S20")]
    assert unread == [], "the case itself cannot be read"


@pytest.mark.parametrize("case", FAILING, ids=name_of)
def test_the_check_says_what_is_wrong(case, small_root):
    rule = RULES.get(case.parent.name)
    findings = findings_of(case, small_root)
    mine = [f for f in findings if f.rule == rule or (rule is None and f.is_blocking)]
    mine += [f for f in findings if f.code[0] == "W" and not f.is_blocking]
    shown = TextReporter(small_root).report(mine)
    expected = case.with_suffix(".expected.txt")
    if os.environ.get("ZIPING_ACCEPT"):
        expected.write_text(shown, encoding="utf-8")
    assert mine
    assert shown == expected.read_text(encoding="utf-8")


def test_the_base_is_clean(small_root):
    data = small_root / "data/2020/unit/case.yaml"
    data.parent.mkdir(parents=True)
    data.write_text(BASE.read_text(encoding="utf-8"), encoding="utf-8")
    result = load_project(open_workbench(small_root), find_file(small_root, data))
    assert result.findings == ()
    assert plain(result.sheet.total) == "96"


def test_every_folder_is_a_check_or_the_waivers():
    folders = {path.name for path in HERE.iterdir() if path.is_dir() and path.name[0] != "_"}
    assert folders == {*RULES, "waivers"}


def test_a_waiver_that_names_the_right_value_holds(small_root):
    data = small_root / "data/2020/unit/case.yaml"
    data.parent.mkdir(parents=True)
    text = BASE.read_text(encoding="utf-8").replace("总分: 96", "总分: 97")
    waiver = "豁免: [{规则: score-total, 处: 已报送.总分, 理由: 原报送件印作97，应为96}]\n"
    data.write_text(text.replace("已报送:", f"{waiver}已报送:"), encoding="utf-8")
    findings = load_project(open_workbench(small_root), find_file(small_root, data)).findings
    assert [(f.code, f.waived) for f in findings] == [("I306", "原报送件印作97，应为96")]
