"""The nine methods and the grammar of targets, by cases that officials can read."""

from pathlib import Path

import pytest

from generator.amounts import parse_decimal, plain
from generator.domain.model import Amount, Indicator, Measure
from generator.domain.trees import Group, IndicatorTable
from generator.findings import Place
from generator.reading.plain_values import amount
from generator.reading.rubric_builder import build_rubric, build_terms
from generator.reading.traced import trace
from generator.reading.yaml_source import parse_yaml, read_yaml
from generator.scoring.methods import METHODS
from generator.scoring.rows import RowScorer
from generator.scoring.targets import make_reader
from tests.conftest import ROOT

HERE = Path(__file__).parent / "cases"
TERMS_FILE = ROOT / "templates" / "用语.yaml"
SCALES = """
标度:
  - 名称: 好坏
    方式: 固定
    等次: [{名称: 好, 系数: 100%}, {名称: 较好, 系数: 80%}]
  - 名称: 区间
    方式: 区间
    等次: [{名称: 全部, 区间: "[80%, 100%]"}, {名称: 部分, 区间: "[0%, 80%)"}]
"""


def cases(name):
    text = "例:\n" + (HERE / name).read_text(encoding="utf-8").replace("\n- ", "\n  - ")
    source = parse_yaml(text.replace("#", "\n#", 1).encode(), file=name)
    assert source.findings == ()
    return trace(source).get("例").value


METHOD_CASES = cases("methods.yaml")
TARGET_CASES = cases("targets.yaml")


def terms():
    return build_terms(trace(read_yaml(TERMS_FILE, file="templates/用语.yaml")))


def score(case):
    """Score one indicator under one rule, built as a rubric package builds it."""
    rule = case.get("规则")
    lines = "".join(f"    {key}: {dump(item)}\n" for key, item in rule.entries.items())
    text = f"{SCALES}评分:\n  - 名称: 例\n    用于: {{}}\n{lines}"
    rubric = build_rubric(trace(parse_yaml(text.encode(), file="rubric.yaml")))
    group = Group("组", "组", Place("x"), default_direction=case.text("缺省方向", default="≥"))
    table = IndicatorTable("表", "表", Place("x"), ("组", "项"), True, None, (group,), (), ())
    measure = Measure(
        "例", case.text("目标值"), case.text("完成值"), (), reason=case.text("偏差原因")
    )
    points = parse_decimal(case.text("分值"))
    indicator = Indicator(
        "例",
        table,
        group,
        None,
        (measure,),
        (),
        (),
        Amount(points, case.text("分值")),
        None,
        case.text("等次"),
        amount(case.text("得分系数")),
        "",
        "",
        False,
        True,
        {},
    )
    scorer = RowScorer(rubric.scoring_rules, make_reader(terms(), year=2020), {})
    return scorer.score(indicator, points)


def dump(item):
    """Write a traced value as flow YAML."""
    if item.entries:
        return "{" + ", ".join(f"{key}: {dump(inner)}" for key, inner in item.entries.items()) + "}"
    if isinstance(item.value, tuple):
        return "[" + ", ".join(dump(inner) for inner in item.value) + "]"
    return f"'{item.string}'"


@pytest.mark.parametrize("case", METHOD_CASES, ids=lambda case: case.text("说明"))
def test_method_case(case):
    result = score(case)
    given = case.text("得分")
    assert (plain(result.score) if result.score is not None else "") == given
    if case.text("步骤"):
        assert "；".join(result.steps) == case.text("步骤")
    assert result.steps, "every score says how it came about"


def test_every_method_has_a_case():
    assert {case.text("规则", "方法") for case in METHOD_CASES} == set(METHODS)


@pytest.mark.parametrize("case", TARGET_CASES, ids=lambda case: case.text("文") or "空")
def test_target_case(case):
    reading = make_reader(terms(), year=2021).read(
        case.text("文"), default=case.text("缺省", default="≥")
    )
    shown = {"类": reading.kind}
    for key, value in (("向", reading.sign), ("单位", reading.unit), ("日", reading.day)):
        shown |= {key: value} if value else {}
    for key, value in (("数", reading.low), ("上", reading.high)):
        shown |= {key: plain(value)} if value is not None else {}
    expected = {key: item.string for key, item in case.entries.items() if key not in ("文", "缺省")}
    assert shown == expected


def test_every_word_has_a_case():
    known = terms()
    texts = [case.text("文") for case in TARGET_CASES]
    words = [word for d in known.directions for word in (*d.before, *d.behind)]
    words += [*known.ranges, *known.multiples]
    words += [*known.on_day, *known.at_month_end, *known.before_month]
    normal = [text.replace("＞＝", ">=").replace("％", "%") for text in texts]
    assert [word for word in words if not any(word in text for text in normal)] == []
