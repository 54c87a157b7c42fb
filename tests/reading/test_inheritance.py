"""沿用: every merge rule, by cases that a form maker can read (merge_cases.yaml)."""

from pathlib import Path

import pytest

from generator.reading.inheritance import Merger, expand_names
from generator.reading.traced import trace
from generator.reading.yaml_source import parse_yaml, read_yaml

CASES = Path(__file__).parent / "merge_cases.yaml"
ALL = read_yaml(CASES, file=CASES.name).value["例"]


@pytest.mark.parametrize("case", ALL, ids=[case["说明"] for case in ALL])
def test_merge_case(case):
    tree = trace(read_yaml(CASES, file=CASES.name))
    mine = next(one for one in tree.each("例") if one.text("说明") == case["说明"])
    findings = []
    merged = Merger(findings.append).merge(mine.entries["原"], mine.entries["改"])
    messages = [finding.message for finding in findings]
    if "报" in case:
        assert messages == [case["报"]]
    else:
        assert messages == []
        assert merged.plain() == case["得"]
        if isinstance(case["得"], dict):
            assert list(merged.plain()) == list(case["得"]), "the order is part of the result"


def test_a_merged_value_remembers_where_it_came_from():
    base = trace(parse_yaml("甲:\n  乙: 1\n  丙: 2\n".encode(), file="base.yaml"))
    over = trace(parse_yaml("甲:\n  丙: 3\n".encode(), file="over.yaml"))
    merged = Merger(lambda _finding: None).merge(base, over)
    assert str(merged.get("甲", "乙").place) == "base.yaml:2:6"
    assert str(merged.get("甲", "丙").place) == "over.yaml:2:6"


def test_short_names_are_written_out_in_columns_and_rows():
    tree = trace(parse_yaml("栏: [年初预算数, {名称: 甲}]\n备注: [一]\n".encode(), file="x.yaml"))
    assert expand_names(tree).plain() == {
        "栏": [{"名称": "年初预算数"}, {"名称": "甲"}],
        "备注": ["一"],
    }
