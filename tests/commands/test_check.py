"""`ziping check`: on the filed data it finds what an expert found, and is silent elsewhere."""

import json

import pytest

from generator.cli import main
from tests.conftest import ROOT

FILED = {  # what stands in the documents as filed; each is waived with its reason
    "it-integration": {
        ("execution-rate", "84.66%", "84.67%"),
        ("execution-score", "846.6", "8.47"),
        ("points-total", "产出指标", "合计 40，应为 50"),
        ("points-total", "各组分值", "合计 110，应为 100"),
        ("score-total", "报送 98", "合计 97.47"),
        ("level2-missing", "时效指标", "漏填"),
        ("required-field", "部门名称", "没有填"),
        ("grade-label", "等级", "没有填"),
    },
    "smart-manufacturing": {
        ("points-total", "效益指标", "合计 20，应为 30"),
        ("points-total", "分值合计 90", "应为 100"),
        ("score-total", "报送 98", "合计 88"),
        ("grade-band", "报送「优」", "应为「良」"),
        ("level2-missing", "生态效益指标", "没有一行指标"),
        ("required-field", "部门名称", "没有填"),
    },
    "warm-enterprises": {("grade-label", "「优秀」", "优、良、中、差")},
}
ARITHMETIC = {"F201", "F202", "F203", "F204", "I301", "I303", "I305", "I306", "I308", "I309"}


def findings(capsys, *arguments):
    main(["check", "2020", "--root", str(ROOT), "--format", "json", *arguments])
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("name", FILED)
def test_every_error_of_the_filed_data_is_found_and_waived(capsys, name):
    shown = findings(capsys, "--project", name)["findings"]
    errors = [finding for finding in shown if finding["severity"] == "error"]
    for rule, *words in FILED[name]:
        found = [f for f in errors if f["rule"] == rule and all(w in f["message"] for w in words)]
        assert len(found) == 1, (rule, words)
        assert found[0]["waived"]
    assert len(errors) == len(FILED[name])


def test_clean_arithmetic_stays_silent(capsys):
    shown = findings(capsys, "--project", "warm-enterprises")["findings"]
    assert not [finding for finding in shown if finding["code"] in ARITHMETIC]


def test_json_has_the_promised_shape(capsys):
    shown = findings(capsys)
    assert set(shown) == {"findings", "summary"}
    assert set(shown["summary"]) == {"errors", "warnings", "waived"}
    keys = {
        "code",
        "rule",
        "severity",
        "file",
        "line",
        "column",
        "message",
        "hint",
        "project",
        "waived",
    }
    assert all(set(finding) == keys for finding in shown["findings"])
    assert all((ROOT / finding["file"]).is_file() for finding in shown["findings"])
    assert all(finding["line"] > 0 and finding["column"] > 0 for finding in shown["findings"])


def test_only_shows_one_check(capsys):
    shown = findings(capsys, "--only", "score-total")["findings"]
    assert {finding["code"] for finding in shown} == {"I306"}
    assert findings(capsys, "--only", "I306")["findings"] == shown


def test_waived_findings_show_when_asked_for(capsys):
    main(["check", "2020", "--root", str(ROOT)])
    quiet = capsys.readouterr().out
    main(["check", "2020", "--root", str(ROOT), "--verbose"])
    full = capsys.readouterr().out
    assert "已豁免 F204" not in quiet
    assert "已豁免 F204" in full
    assert "理由：原报送件印作846.6" in full


def test_one_file_can_be_checked(capsys):
    file = ROOT / "data/2020/zhuzhou/smart-manufacturing.yaml"
    assert main(["check", str(file), "--root", str(ROOT)]) == 0
    assert "\n1 个项目：" in f"\n{capsys.readouterr().out}"


def test_a_caret_stands_under_the_value(capsys, small_root):
    file = small_root / "data/2020/zhuzhou/warm-enterprises.yaml"
    text = file.read_text(encoding="utf-8").replace("处: 已报送.等级", "处: 已报送.总分")
    file.write_text(text, encoding="utf-8")
    assert main(["check", str(file), "--root", str(small_root), "--only", "I307"]) == 1
    lines = capsys.readouterr().out.splitlines()
    quoted = next(n for n, line in enumerate(lines) if "优秀, 执行率" in line)
    before = lines[quoted][: lines[quoted].index("优秀")]
    columns = sum(2 if ord(c) > 0x2E7F else 1 for c in before)
    assert lines[quoted + 1].index("^") == columns
