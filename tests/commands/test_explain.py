"""`ziping explain`: every number with its lines, its rule and its steps; golden texts to read."""

import json
import os
from pathlib import Path

import pytest

from generator.checks.catalogue import EVERY_CHECK
from generator.checks.code_texts import FAMILIES
from generator.cli import main
from generator.commands.explain_catalogue import write_catalogue
from generator.commands.explain_subject import Named, explain_subject, named_things
from generator.commands.explain_total import explain_project
from generator.commands.explain_tree import as_json, as_text
from generator.commands.explain_view import View
from generator.pipeline import load_project, open_workbench
from generator.reading.discovery import find_year
from tests.conftest import ROOT
from tests.test_forms import FORMS, load_case

HERE = Path(__file__).parent / "explain"
OVERRIDDEN = {
    "替换": [
        {
            "原": "完成值: 9公里, 分值: 40",
            "改为": "完成值: 9公里, 分值: 40, 得分: 38, 改分理由: 雨季停工",
        }
    ]
}
GOLDENS = [  # name of the text, form, what is changed, what is asked
    ("总览", "rate-rounded", {}, ""),
    ("总览-各种方法", "methods", {}, ""),
    ("逐点扣分", "methods", {}, "进一"),
    ("超额", "methods", {}, "超五成"),
    ("分段", "methods", {}, "段八十一"),
    ("期限", "methods", {}, "期限外"),
    ("公式计分", "methods", {}, "按公式"),
    ("区间目标", "methods", {}, "区间"),
    ("等次区间", "graded", {}, "影响"),
    ("等次系数", "graded", {}, "管理"),
    ("得分系数", "coefficient", {}, "实施"),
    ("几行合用", "shared-score", {}, "修桥座数"),
    ("只印的行", "shared-score", {}, "绿化面积"),
    ("取数", "fed", {}, "资金落实/预算执行率"),
    ("均分", "share-remainder", {}, "填乙"),
    ("人工改分", "goals-own", OVERRIDDEN, "修路里程"),
    ("不计分", "not-scored", {}, "补助户数"),
    ("目标", "goals-own", {}, "目标2"),
    ("等级", "grade-rate", {}, "等级"),
    ("总分", "grade-rate", {}, "总分"),
    ("执行率", "rate-rounded", {}, "执行率"),
    ("派生取整", "rate-exact", {}, "派生.预算执行率"),
    ("除数为零", "rate-exact", {}, "零除"),
    ("派生套派生", "lists", {}, "平均金额"),
    ("列表求和", "money-folded", {}, "清单合计"),
    ("恒等式", "formulas", {}, "约等于"),
    ("资金合计", "funds-all", {}, "预算数"),
    ("资金算出", "funds-all", {}, "资金.市级.执行率"),
    ("填报又算出", "money-folded", {}, "总投入"),
]
CODES = ("F203", "placeholder-text", "score-bounds", "Y104", "S201")


def explain(capsys, *words, root=ROOT, code=0):
    assert main(["explain", *words, "--root", str(root)]) == code
    shown = capsys.readouterr()
    return shown.err if code else shown.out


def is_golden(name, shown):
    expected = HERE / f"{name}.txt"
    if os.environ.get("ZIPING_ACCEPT"):
        HERE.mkdir(exist_ok=True)
        expected.write_text(shown, encoding="utf-8")
    return shown == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("golden", GOLDENS, ids=[golden[0] for golden in GOLDENS])
def test_what_is_shown(golden, tmp_path, capsys):
    name, form, case, asked = golden
    load_case(form, case, tmp_path)
    words = ["data", asked] if asked else ["data"]
    assert is_golden(name, explain(capsys, *words, root=tmp_path))


@pytest.mark.parametrize("word", CODES)
def test_what_is_shown_of_a_code(word, small_root, capsys):
    assert is_golden(word, explain(capsys, word, root=small_root))


def test_every_text_has_its_case():
    names = {*CODES, *(golden[0] for golden in GOLDENS)}
    assert {path.stem for path in HERE.glob("*.txt")} == names


def view_of(result):
    return View(result.project, result.sheet, result.findings)


def check_everything(view):
    shown = [explain_project(view)]
    for one in named_things(view):
        assert isinstance(one, Named)
        assert one.answers(one.full), one.full
        shown.append(one.build())
    for tree in shown:
        assert as_text(tree).endswith("\n")
        assert json.loads(as_json(tree))["name"]


@pytest.mark.parametrize("form", [form for form in FORMS if form != "too-deep"])
def test_everything_of_a_form_can_be_explained(form, tmp_path):
    result, _ = load_case(form, {}, tmp_path)
    check_everything(view_of(result))


@pytest.fixture(scope="module")
def views():
    bench = open_workbench(ROOT)
    return {file.id: view_of(load_project(bench, file)) for file in find_year(ROOT, 2020)}


def test_everything_of_the_filed_documents_can_be_explained(views):
    for view in views.values():
        check_everything(view)


def test_every_score_of_a_rule_shows_its_last_product(views):
    for view in views.values():
        for row in view.sheet.rows:
            if row.computed is not None:
                assert any("×" in step for step in row.steps), row.indicator.subject


def test_a_row_can_be_named_by_any_end_of_its_path(views):
    view = views["2020/suzhou/manufacturing-base"]
    title = explain_subject(view, "专款专用率").name
    assert explain_subject(view, "投入目标/专款专用率").name == title
    slashed = explain_subject(view, "化解玻璃产能重量箱/年")  # a name may hold a slash
    assert slashed.name == "指标「化解玻璃产能重量箱/年」"


@pytest.mark.parametrize(
    "word",
    [
        "2020/zhuzhou/warm-enterprises",
        "zhuzhou/warm-enterprises",
        "warm-enterprises",
        "data/2020/zhuzhou/warm-enterprises.yaml",
        str(ROOT / "data/2020/zhuzhou/warm-enterprises.yaml"),
    ],
)
def test_a_project_can_be_named_in_several_ways(word, capsys):
    assert explain(capsys, word).startswith("2020/zhuzhou/warm-enterprises：总分 95.99 分，优\n")


@pytest.mark.parametrize("check", EVERY_CHECK, ids=lambda check: check.RULE)
def test_every_check_can_be_explained_by_code_and_by_rule(check, capsys, tmp_path):
    by_code = explain(capsys, check.CODE, root=tmp_path)
    assert by_code == explain(capsys, check.RULE, root=tmp_path)
    assert by_code.startswith(f"{check.CODE} {check.RULE}：")


def test_every_other_code_can_be_explained(capsys, tmp_path):
    for code in (code for family in FAMILIES for code in family.codes):
        assert explain(capsys, code.code, root=tmp_path).startswith(f"{code.code} {code.rule}：")


def test_the_waiver_that_is_shown_can_be_copied(copied_root, capsys):
    shown = explain(capsys, "grade-label", root=copied_root)
    line = next(line.strip() for line in shown.splitlines() if "- {规则" in line)
    file = copied_root / "data/2020/zhuzhou/warm-enterprises.yaml"
    text = file.read_text(encoding="utf-8")
    start, end = text.index("豁免:"), text.index("已报送:")
    file.write_text(f"{text[:start]}豁免:\n  {line}\n\n{text[end:]}", encoding="utf-8")
    assert main(["check", str(file), "--root", str(copied_root), "--only", "I307"]) == 0


def test_all_prints_the_catalogue(capsys):
    assert explain(capsys, "--all") == write_catalogue()


def test_json_is_the_same_tree(capsys):
    shown = json.loads(explain(capsys, "warm-enterprises", "执行率", "--format", "json"))
    ratio = next(item for item in shown["items"] if item["name"].startswith("比率"))
    executed = next(item for item in ratio["items"] if item["name"] == "全年执行数")
    assert shown["name"] == "执行率"
    assert executed["value"] == "215.2万元"
    assert executed["file"] == "data/2020/zhuzhou/warm-enterprises.yaml"
    assert executed["line"] > 0


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], "没有写要说明什么"),
        (["F999"], "「F999」：没有这个项目，也没有这条检查"),
        (["exec-rate"], "是不是「execution-rate」？"),
        (["warm-enterprise"], "是不是「warm-enterprises」？"),
        (
            ["manufacturing-base", "预算执行率"],
            "写全其中一个：投入目标/预算执行率、派生.预算执行率",
        ),
        (
            ["innovation", "管理制度健全性"],
            "过程/业务管理/管理制度健全性、过程/财务管理/管理制度健全性",
        ),
        (["innovation", "社会效益率"], "是不是「社会效益」？"),
        (["manufacturing-base", "等级"], "表式 suzhou-project 没有等级"),
        (["warm-enterprises", "没有这样的东西"], "里没有「没有这样的东西」"),
        (["warm-enterprises", "--format", "xml"], "没有格式「xml」"),
        (["a", "b", "c"], "不认识的参数"),
    ],
)
def test_what_cannot_be_explained_is_one_clear_line(words, expected, capsys):
    shown = explain(capsys, *words, code=2)
    assert expected in shown
    assert len(shown.splitlines()) <= 2


def test_two_projects_of_one_name_are_listed(copied_root, capsys):
    source = copied_root / "data/2020/zhuzhou/warm-enterprises.yaml"
    (copied_root / "data/2020/suzhou/warm-enterprises.yaml").write_bytes(source.read_bytes())
    shown = explain(capsys, "warm-enterprises", root=copied_root, code=2)
    assert "有 2 个项目叫「warm-enterprises」" in shown
    assert "2020/suzhou/warm-enterprises、2020/zhuzhou/warm-enterprises" in shown


def test_data_that_cannot_be_read_say_so(copied_root, capsys):
    (copied_root / "data/2020/zhuzhou/warm-enterprises.yaml").write_text("表式：x", "utf-8")
    shown = explain(capsys, "warm-enterprises", root=copied_root, code=2)
    assert "data/2020/zhuzhou/warm-enterprises.yaml 读不通，先改正" in shown
