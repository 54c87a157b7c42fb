"""The whole way of a correction: as filed, corrected, checked, compared, redlined, made, proved."""

import json

import pytest

from generator.cli import main
from tests.commands.diff_repository import PROJECT, begin, commit, replace
from tests.rendering.test_redline import told

NAME = "zhuzhou/两化融合专项绩效自评"


@pytest.fixture
def ziping(small_root, capsys):
    root = begin(small_root)

    def run(*command, code=0):
        assert main([*command, "--root", str(root)]) == code
        return capsys.readouterr().out

    run.root = root
    return run


def correct(root):
    """Correct what the 2020 document of 两化融合 has wrong, and drop the waivers of it."""
    text = (root / PROJECT).read_text(encoding="utf-8")
    head, _, waivers = text.partition("豁免:")
    waivers, _, _ = waivers.partition("\n已报送:")
    item = "\n  - "
    kept = item.join(one for one in waivers.split(item) if "已报送" not in one)
    filed = "已报送: {总分: 97.47, 等级: 优, 执行率: 84.67%, 执行率得分: 8.47}\n"
    (root / PROJECT).write_text(f"{head}豁免:{kept}\n\n{filed}", encoding="utf-8")
    replace(root, PROJECT, ("下拨项目资金为408万元", "下拨项目资金为{{ 资金.全年执行数 }}万元"))


def test_from_846_to_847(ziping):
    root = ziping.root
    ziping("report", "2020")
    report, table = (root / f"output/2020/{NAME}{kind}.docx" for kind in ("报告", "表"))
    assert "真实未改" in ziping("verify", str(report), str(table))
    filed = ziping("check", "2020", "--verbose")
    for wrong in ("84.66%，按公式应为 84.67%", "报送 846.6，应为 8.47", "总分报送 98", "408万元"):
        assert wrong in filed

    correct(root)
    checked = ziping("check", str(root / PROJECT), "--verbose")
    assert "0 处错误" in checked
    for rule in ("F203", "F204", "I306", "I307", "N406", "W503"):
        assert rule not in checked, checked

    compared = ziping("diff")
    for change in ("98 → 97.47", "846.6 → 8.47", "84.66% → 84.67%", "408"):
        assert change in compared, compared
    ziping("redline")
    marked = (root / f"output/2020/修订/{NAME}报告（修订）.docx").read_bytes()
    assert any("[-408][+508]" in line for line in told(marked))
    assert "数据已更新" in ziping("verify", str(table), code=1)
    assert "过期" in ziping("status", "2020", code=1)

    others = {
        path: path.read_bytes()
        for path in (root / "output/2020").rglob("*.docx")
        if not path.name.startswith("两化融合")
    }
    commit(root, "更正两化融合：得分、执行率、总分、正文金额")
    ziping("report", "2020")
    assert all(path.read_bytes() == blob for path, blob in others.items())
    shown = json.loads(ziping("verify", str(report), str(table), "--format", "json"))
    assert [one["edits"] for one in shown["files"]] == [[], []]
    assert all(one["statuses"] == ["authentic"] and one["revisions"] for one in shown["files"])
    assert "508" in ziping("text", str(report))
    assert "过期" not in ziping("status", "2020")
    assert ziping("diff").startswith("HEAD → 现在的文件：没有变化")
