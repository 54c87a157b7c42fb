"""Which files are compared in a run, waivers, broken checks, the order of what is said, costs."""

import json
import pickle
from itertools import pairwise

import pytest

from bench.data import write_year
from generator.checks.between import BETWEEN_CHECKS, YEAR_CHECKS, b701_name_variants
from generator.checks.between.entries import Entry
from generator.cli import main
from generator.pipeline import load_project, open_workbench
from generator.reading.discovery import find_year
from tests.conftest import replace_once, write_years
from tests.steps import count_steps

RIGHT = "项目名称: {}\n实施单位: 某某市甲局乙中心\n主管部门: 某某市甲局（甲办）\n"
WRONG = "项目名称: 丁类展览\n实施单位: 某市甲局乙中心\n主管部门: 某某市甲局（甲办）\n"
WAIVER = "豁免: [{规则: name-variants, 处: 实施单位, 理由: 批复文件就是这样写的}]\n"
YEAR = {
    "2020/jia/four": WRONG,
    "2020/jia/one": RIGHT.format("甲类试点"),
    "2020/jia/two": RIGHT.format("乙类培训"),
    "2020/yi/one": "项目名称: 戊类评比\n实施单位: 某某市戊中心\n主管部门: 某某市甲局(甲办)\n",
}
_SHORT = 24_000  # bytes, with thirty paragraphs


@pytest.fixture
def check(tmp_path, capsys):
    """Run `check` over invented years and return what it prints."""

    def run(files, *words, only="B701,W502,W503"):
        write_years(tmp_path, files)
        names = [str(tmp_path / word) if word.endswith(".yaml") else word for word in words]
        code = main(["check", "--root", str(tmp_path), "--only", only, *names])
        shown = capsys.readouterr()
        assert code == 0, shown.out + shown.err
        return shown.out

    return run


def test_a_run_over_one_file_reads_the_files_of_its_unit(check):
    shown = check(YEAR, "data/2020/jia/four.yaml")
    assert "本单位另有 2 份文件写「某某市甲局乙中心」" in shown
    assert "1 个项目：0 处错误，1 处警告" in shown


def test_what_is_said_of_the_files_beside_is_not_shown(check):
    assert "1 个项目：0 处错误，0 处警告" in check(YEAR, "data/2020/jia/one.yaml")


def test_other_units_are_compared_in_a_whole_year_only(check):
    assert "某某市甲局(甲办)" not in check(YEAR, "data/2020/yi/one.yaml")


def test_a_whole_year_compares_the_units(check):
    shown = check(YEAR, "2020")
    assert "data/2020/yi/one.yaml:3:7: 警告 B701 主管部门「某某市甲局(甲办)」" in shown
    assert "4 个项目：0 处错误，2 处警告" in shown


def test_last_year_is_read_for_a_run_over_one_file(tmp_path, monkeypatch, capsys):
    target = "绩效指标: {产出指标: {数量指标: [{名称: 培训人次, 目标值: 9人, 完成值: 9人}]}}\n"
    said = "报告: {基本情况: {项目概况: 上年培训人次8人。}}\n"
    files = {
        "2019/jia/one": f"项目名称: 甲类试点\n{target}",
        "2020/jia/one": f"项目名称: 甲类试点\n{said}",
    }
    write_years(tmp_path, files)
    monkeypatch.chdir(tmp_path / "data/2020/jia")
    assert main(["check", "one.yaml", "--root", str(tmp_path), "--only", "B703"]) == 0
    assert "上年的「培训人次」写作 8人，去年的文件是 9人" in capsys.readouterr().out


def test_a_file_that_stands_elsewhere_is_compared_with_nothing(tmp_path):
    write_years(tmp_path, {"2020/jia/one": RIGHT.format("甲类试点")})
    (tmp_path / "one.yaml").write_text(
        (tmp_path / "data/2020/jia/one.yaml").read_text("utf-8"), "utf-8"
    )
    assert main(["check", "--root", str(tmp_path), str(tmp_path / "one.yaml")]) in (0, 1)


@pytest.mark.parametrize("word", ["2020", "data/2020/jia/four.yaml"])
def test_a_waiver_holds_in_any_run(check, word):
    shown = check(YEAR | {"2020/jia/four": WRONG + WAIVER}, word)
    assert "「某市甲局乙中心」" not in shown
    assert "1 处已豁免" in shown
    assert "W503" not in shown


def test_a_waiver_is_unused_when_the_whole_year_was_read(check):
    files = YEAR | {"2020/jia/one": RIGHT.format("甲类试点") + WAIVER}
    assert "data/2020/jia/one.yaml:4:6: 警告 W503" in check(files, "2020")


def test_a_waiver_is_not_unused_when_a_part_was_read(check):
    files = YEAR | {"2020/jia/one": RIGHT.format("甲类试点") + WAIVER}
    assert "W503" not in check(files, "data/2020/jia/one.yaml")


def test_a_waiver_without_a_reason_does_not_hold(tmp_path, capsys):
    write_years(
        tmp_path, YEAR | {"2020/jia/four": WRONG + WAIVER.replace("批复文件就是这样写的", "略")}
    )
    assert main(["check", "--root", str(tmp_path)]) == 1
    assert "理由" in capsys.readouterr().out


@pytest.mark.parametrize("part", ["note", "compare"])
def test_a_broken_check_is_a_finding(check, monkeypatch, part):
    def broken(*_):
        raise ZeroDivisionError

    monkeypatch.setattr(b701_name_variants, part, broken)
    shown = check(YEAR, "data/2020/jia/one.yaml")
    assert (
        "data/2020/jia/one.yaml: 警告 B701 检查 name-variants 没有做完：ZeroDivisionError" in shown
    )
    assert "1 个项目：0 处错误，1 处警告" in shown


@pytest.mark.parametrize(("level", "warnings"), [("关闭", 0), ("错误", 2)])
def test_no_level_stops_a_document(tmp_path, capsys, level, warnings):
    write_years(tmp_path, YEAR)
    settings = tmp_path / "templates/检查.yaml"
    replace_once(settings, "name-variants:\n", f"name-variants:\n  级别: {level}\n")
    assert main(["check", "--root", str(tmp_path), "--only", "B701", "2020"]) == 0
    assert f"0 处错误，{warnings} 处警告" in capsys.readouterr().out


def test_findings_come_in_the_order_of_the_data(check):
    text = WRONG + "报告: {基本情况: {项目概况: 2019年度绩效自评情况如下。}}\n"
    shown = check(YEAR | {"2020/jia/four": text}, "2020", only="B701,B705,S211,N404")
    places = [line.split(":")[:2] for line in shown.splitlines() if line.startswith("data/")]
    assert [file for file, _ in places] == sorted(file for file, _ in places)
    mine = [int(line) for file, line in places if file == "data/2020/jia/four.yaml"]
    assert len(mine) > 2
    assert all(a <= b for a, b in pairwise(mine))


def test_report_shows_them_and_makes_every_document(copied_root, capsys):
    assert main(["report", "2020", "--root", str(copied_root), "--out", str(copied_root)]) == 0
    shown = capsys.readouterr().out
    assert "B701 「优势企业转型信息化平台」在项目文件里是「优势企业转型项目信息化平台」" in shown
    assert "11 份文档" in shown
    assert "没有生成" not in shown


def test_report_says_once_what_stands_in_the_unit_s_file(tmp_path, capsys):
    unit = "主管部门: 某某市甲局(甲办)\n"
    names = {f"2020/jia/{n}": f"项目名称: 甲类项目{n}号\n" for n in "ab"}
    other = {f"2020/yi/{n}": RIGHT.format(f"乙类项目{n}号") for n in "abc"}
    write_years(tmp_path, {"2020/jia/_unit": unit, **names, **other})
    main(["report", "2020", "--root", str(tmp_path), "--out", str(tmp_path / "out")])
    assert capsys.readouterr().out.count("data/2020/jia/_unit.yaml: 警告 B701") == 1


def read_year(root):
    """Return what is kept of all projects of 2030."""
    bench = open_workbench(root)
    return [load_project(bench, file).kept for file in find_year(root, 2030)]


def invented(root, projects):
    """Return what is kept of one unit of many projects, with a department that names them all."""
    write_years(root, {})
    write_year(root, projects=projects, indicators=9)
    data = root / "data/2030/unit000"
    for file in sorted((root / "data/2030").glob("unit*/*.yaml")):
        file.rename(data / file.name)
    names = "。".join(f"甲类项目{n}，实际支出{n}万元" for n in range(projects))
    task = "年度主要任务: [{任务名称: 甲类项目0, 主要内容: 某, 全年预算数: 5, 全年执行数: 5}]"
    report = f"报告: {{综合评价情况及评价结论: 项目共{projects}项。{names}。}}"
    head = "表式: mof-department\n年度: 2030\n部门名称: 某市甲局\n"
    funds = "资金: {年初预算数: 100, 全年预算数: 100, 全年执行数: 95}"
    (data / "whole.yaml").write_text(f"{head}{task}\n{report}\n{funds}\n", encoding="utf-8")
    found = read_year(root)
    assert len(found) == projects + 1
    return found


def compare_steps(check, kept):
    """Return how many byte code instructions a comparison takes."""
    entries = [Entry(one.id, one.name, one.file, one.notes[check.RULE]) for one in kept]

    def compare():
        found = list(check.compare(entries, []))
        if check in YEAR_CHECKS:
            found += check.compare_year([check.share(entries)]).remarks

    return count_steps(compare)


@pytest.fixture(scope="module")
def years(tmp_path_factory):
    return [invented(tmp_path_factory.mktemp("many"), projects) for projects in (15, 60)]


@pytest.mark.parametrize("check", BETWEEN_CHECKS, ids=lambda check: check.RULE)
def test_the_work_grows_with_the_number_of_projects_only(check, years):
    (few, _), (many, _) = (compare_steps(check, year) for year in years)
    assert many < few * 4 * 1.5


def test_what_is_kept_of_a_project_is_short(tmp_path):
    write_years(tmp_path, {})
    write_year(tmp_path, projects=1, indicators=90)
    (kept,) = read_year(tmp_path)
    assert len(pickle.dumps(kept)) < _SHORT


def test_json_has_them_like_any_other(tmp_path, capsys):
    write_years(tmp_path, YEAR)
    main(["check", "--root", str(tmp_path), "2020", "--format", "json", "--only", "B701"])
    found = json.loads(capsys.readouterr().out)["findings"]
    assert [(one["code"], one["project"]) for one in found] == [
        ("B701", "2020/jia/four"),
        ("B701", "2020/yi/one"),
    ]
