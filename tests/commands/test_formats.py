"""`check` for programs: annotations of a pull request, SARIF; filters; very many findings."""

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from generator.cli import main
from generator.findings import Finding, Place, Severity
from generator.reporter_github import GithubReporter
from generator.reporter_sarif import SarifReporter
from generator.reporters import TextReporter
from tests.conftest import ROOT

# The schema of the OASIS standard SARIF 2.1.0; where it comes from: sarif-2.1.0.LICENSE.txt.
SCHEMA = json.loads((Path(__file__).parent / "sarif-2.1.0.json").read_text("utf-8"))
TRICKY = Finding(
    "F203",
    "execution-rate",
    Severity.ERROR,
    Place("data/2020/甲 局/项目.yaml", 3, 5, 6),
    "执行率报送 84.66%，按公式应为 84.67%\n差 0.01",
    hint="更正：84.67%，或删去",
    subject="已报送.执行率",
    project="2020/甲 局/项目",
)


def checked(capsys, *arguments):
    code = main(["check", "2020", "--root", str(ROOT), *arguments])
    return code, capsys.readouterr().out


def many(number, project="2020/unit/case", rule="placeholder-text"):
    place = Place("data/2020/unit/case.yaml", 1)
    return [
        Finding("N405", rule, Severity.WARNING, place, f"第 {n} 处", project=project)
        for n in range(number)
    ]


def test_the_filed_year_is_valid_sarif(capsys):
    code, shown = checked(capsys, "--format", "sarif")
    log = json.loads(shown)
    assert code == 0
    assert list(Draft202012Validator(SCHEMA).iter_errors(log)) == []
    results = log["runs"][0]["results"]
    waived = [result for result in results if "suppressions" in result]
    assert len(waived) > 10
    assert all(result["suppressions"][0]["justification"] for result in waived)


def test_the_schema_refuses_a_log_that_is_none():
    broken = json.loads(SarifReporter().report([TRICKY]))
    broken["runs"][0]["results"][0]["level"] = "terrible"
    assert list(Draft202012Validator(SCHEMA).iter_errors(broken)) != []


def test_sarif_names_place_rule_and_what_stays_when_lines_move():
    run = json.loads(SarifReporter().report([TRICKY]))["runs"][0]
    (result,) = run["results"]
    location = result["locations"][0]["physicalLocation"]
    assert (
        location["artifactLocation"]["uri"]
        == "data/2020/%E7%94%B2%20%E5%B1%80/%E9%A1%B9%E7%9B%AE.yaml"
    )
    assert location["region"] == {"startLine": 3, "startColumn": 5, "endColumn": 11}
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "F203"
    moved = Finding(**{**_parts(TRICKY), "place": Place("data/2020/甲 局/项目.yaml", 9, 5, 6)})
    (other,) = json.loads(SarifReporter().report([moved]))["runs"][0]["results"]
    assert other["partialFingerprints"] == result["partialFingerprints"]


def _parts(finding):
    return {name: getattr(finding, name) for name in finding.__slots__}


def test_an_annotation_is_one_line_with_its_signs_escaped():
    command, summary = GithubReporter().report([TRICKY]).splitlines()
    assert command == (
        "::error file=data/2020/甲 局/项目.yaml,line=3,col=5,endColumn=11,title=F203 execution-rate"
        "::执行率报送 84.66%25，按公式应为 84.67%25%0A差 0.01%0A建议：更正：84.67%25，或删去"
    )
    assert summary == "::notice title=ziping::1 处错误，0 处警告，0 处已豁免"


def test_waived_findings_are_annotations_only_when_asked_for(capsys):
    _, plain = checked(capsys, "--format", "github")
    _, verbose = checked(capsys, "--format", "github", "--verbose")
    assert "已豁免：" not in plain
    assert len(re.findall(r"^::notice file=", verbose, re.M)) > 10


@pytest.mark.parametrize(("level", "kept"), [("错误", "error"), ("warning", "warning")])
def test_severity_filters_what_is_shown(capsys, level, kept):
    _, shown = checked(capsys, "--format", "json", "--severity", level)
    assert {finding["severity"] for finding in json.loads(shown)["findings"]} == {kept}


def test_severity_does_not_change_the_exit_code(small_root, capsys):
    file = small_root / "data/2020/zhuzhou/warm-enterprises.yaml"
    text = file.read_text(encoding="utf-8").replace("全年执行数: ", "全年执行数: 9", 1)
    file.write_text(text, encoding="utf-8")
    arguments = ["check", "2020", "--root", str(small_root), "--severity", "警告"]
    assert main(arguments) == 1
    assert "错误 F" not in capsys.readouterr().out


def test_an_unknown_severity_is_refused(capsys):
    assert main(["check", "2020", "--severity", "小错"]) == 2
    assert "没有级别「小错」" in capsys.readouterr().err


def test_very_many_findings_stay_readable():
    findings = [*many(400), *many(3, rule="unit-mismatch")]
    short = TextReporter(ROOT, shows_all=False).report(findings)
    assert short.count("第 ") == 8
    assert "… 另有 395 处 placeholder-text（--only placeholder-text 看全部）" in short
    assert "规则                     错误    警告    提示  已豁免" in short
    assert "N405 placeholder-text       0     400       0" in short
    assert short.splitlines()[-1] == "0 处错误，403 处警告，0 处已豁免"
    assert TextReporter(ROOT).report(findings).count("第 ") == 403


def test_a_run_of_very_many_shows_every_project_and_each_rule_a_few_times():
    rules = ("placeholder-text", "unit-mismatch", "text-cut", "unit-missing")
    findings = [
        finding
        for project in range(60)
        for rule in rules
        for finding in many(2, project=f"2020/unit/{project}", rule=rule)
    ]
    short = TextReporter(ROOT, shows_all=False).report(findings)
    assert short.count("第 ") == 20 * len(rules)
    assert all(f"── 2020/unit/{project}\n" in short for project in range(60))
    left = "placeholder-text 2、text-cut 2、unit-mismatch 2、unit-missing 2"
    assert f"   … 另有 8 处：{left}（--only 名称 看一种，--verbose 看全部）" in short
    assert short == TextReporter(ROOT, shows_all=False).report(findings)


def test_the_file_of_many_findings_is_read_once(tmp_path, monkeypatch):
    file = tmp_path / "case.yaml"
    file.write_text("- 名称: " + "很长的一行" * 400 + "\n", encoding="utf-8")
    blob, read = file.read_bytes(), []
    monkeypatch.setattr(Path, "read_bytes", lambda path: read.append(path) or blob)
    place = Place("case.yaml", 1, 900, 500)
    findings = [
        Finding("N405", "placeholder-text", Severity.WARNING, place, f"第 {n} 处", project="p")
        for n in range(5000)
    ]
    shown = TextReporter(tmp_path).report(findings)
    assert read == [file]
    assert max(len(line) for line in shown.splitlines()) < 130


def test_an_excerpt_has_no_control_characters(tmp_path):
    (tmp_path / "case.yaml").write_text("名称: a\x1b[31m\x0cb\n第二行\n", encoding="utf-8")
    place = Place("case.yaml", 2, 1, 3)
    shown = TextReporter(tmp_path).report(
        [
            Finding("Y111", "yaml-syntax", Severity.ERROR, Place("case.yaml", 1, 6, 1), "甲"),
            Finding("Y111", "yaml-syntax", Severity.ERROR, place, "乙"),
        ]
    )
    assert "    1 | 名称: a?[31m?b\n      |        ^  [" in shown
    assert "    2 | 第二行\n      | ^^^^^^  [" in shown


def test_what_fingerprints_two_findings_of_one_subject_apart():
    results = json.loads(SarifReporter().report([TRICKY, TRICKY]))["runs"][0]["results"]
    assert len({result["partialFingerprints"]["finding/v1"] for result in results}) == 2


def test_every_rule_of_sarif_says_what_it_is():
    (rule,) = json.loads(SarifReporter().report([TRICKY]))["runs"][0]["tool"]["driver"]["rules"]
    assert rule["shortDescription"]["text"].startswith("F203 execution-rate：")
    assert "依据：" in rule["fullDescription"]["text"]
    assert rule["defaultConfiguration"] == {"level": "error"}
    assert "docs/检查目录.md" in rule["help"]["text"]


def test_the_summary_counts_what_a_filter_hides(capsys):
    _, shown = checked(capsys, "--format", "json", "--severity", "错误")
    _, everything = checked(capsys, "--format", "json")
    assert json.loads(shown)["summary"] == json.loads(everything)["summary"]
    _, text = checked(capsys, "--severity", "错误")
    assert text.splitlines()[-1].endswith("；只列出错误")
    _, annotations = checked(capsys, "--format", "github")
    waived = json.loads(everything)["summary"]["waived"]
    assert f"，{waived} 处已豁免" in annotations.splitlines()[-1]


@pytest.mark.parametrize("said", [("F204", "I306"), ("f204,score-total",), ("I306、F204 ", "")])
def test_several_checks_are_asked_for_by_code_or_name(capsys, said):
    only = [word for one in said for word in ("--only", one)]
    _, shown = checked(capsys, "--format", "json", *only)
    assert {finding["code"] for finding in json.loads(shown)["findings"]} == {"F204", "I306"}


@pytest.mark.parametrize(
    ("said", "hint"),
    [
        ("plcaeholder-text", "是不是「placeholder-text」？"),
        ("I36", "是不是「I3"),
        ("O603", "「O603」只在生成文档时查"),
        ("预算执行率太低了吧", "ziping explain --all 列出全部检查"),
    ],
)
def test_an_unknown_check_is_refused_with_a_suggestion(capsys, said, hint):
    assert main(["check", "2020", "--root", str(ROOT), "--only", said]) == 2
    assert hint in capsys.readouterr().err


def test_what_could_not_be_checked_is_never_left_out(small_root, capsys):
    file = small_root / "data/2020/zhuzhou/warm-enterprises.yaml"
    file.write_text("表式：x\n", encoding="utf-8")
    assert main(["check", str(file), "--root", str(small_root), "--only", "F203"]) == 1
    assert "错误 Y104" in capsys.readouterr().out


def test_a_page_of_findings_is_shown_whole():
    shown = TextReporter(ROOT, shows_all=False).report(many(50))
    assert shown.count("第 ") == 50
    assert "另有" not in shown
