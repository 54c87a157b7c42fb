"""Wrong lines in good files, as their reader sees them: data, unit files, forms and rubrics."""

import os
from pathlib import Path

import pytest

from generator.pipeline import load_project, open_workbench
from generator.reading.discovery import find_file
from generator.reading.yaml_source import read_yaml
from generator.reporters import TextReporter
from tests.conftest import replace_once

HERE = Path(__file__).parent
CASES = sorted([*HERE.glob("wrong_schema/*.yaml"), *HERE.glob("wrong_forms/*.yaml")])
DATA = "data/2020/zhuzhou/warm-enterprises.yaml"


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_a_wrong_file_gives_its_messages(case, small_root):
    wrong = read_yaml(case, file=case.name).value
    path = small_root / wrong["文件"]
    for change in wrong["替换"]:
        replace_once(path, change["原"], change["改为"])
    data = path if wrong["文件"].startswith("data/") and path.name[0] != "_" else small_root / DATA
    bench = open_workbench(small_root)
    findings = [*load_project(bench, find_file(small_root, data)).findings]
    if path.name in ("form.yaml", "rubric.yaml"):
        findings = [*bench.package(path.parent.name).findings, *findings]
    unique = dict.fromkeys(findings)
    blocking = [f for f in unique if f.is_blocking and f.rule != "schema-stale"]
    shown = TextReporter(small_root).report(blocking)
    expected = case.with_suffix(".expected.txt")
    if os.environ.get("ZIPING_ACCEPT"):
        expected.write_text(shown, encoding="utf-8")
    assert shown == expected.read_text(encoding="utf-8")
    assert "0 处错误" not in shown.splitlines()[-1]
