"""Whoever changes something while a run is at work: nothing is lost, the next run sees it."""

import json
import os
from pathlib import Path

import pytest

from generator.commands import report_close, report_year
from tests.conftest import replace_once

QUIET = "自上次生成以来没有变化"
OLD, NEW = "支出{{ 资金.全年执行数 }}万元。", "支出{{ 资金.全年执行数 }}万元整。"


@pytest.fixture
def meanwhile(monkeypatch):
    """Return a function that has something done when a unit of the next run is closed."""

    def at(name, act):
        real, done = report_close.Closing.close, []

        def close(self, unit, **more):
            if unit.name == name and not done:
                done.append(act())
            return real(self, unit, **more)

        monkeypatch.setattr(report_close.Closing, "close", close)

    return at


def first(folder):
    return sorted(folder.glob("project*.yaml"))[0]


def paths(year):
    entries = json.loads((year / "out/2030/manifest.json").read_text("utf-8"))["documents"]
    return [one["path"] for one in entries]


@pytest.mark.parametrize("options", [(), ("--project", "局1/*")])
def test_another_manifest_in_the_middle_is_read_anew(year, report, meanwhile, options):
    report()
    replace_once(first(year / "data/2030/局1"), OLD, NEW)

    def other_run():
        new = year / "data/2030/乙局/新.yaml"
        new.parent.mkdir()
        text = first(year / "data/2030/局0").read_text("utf-8")
        new.write_text(text.replace("项目名称: 甲类项目", "项目名称: 乙类项目"), "utf-8")
        assert report("--project", "乙局/*")[0] == 0

    meanwhile("局1", other_run)
    assert report(*options)[0] == 0
    assert len({path for path in paths(year) if path.startswith("局")}) == 20
    for file in sorted(year.glob("data/2030/局*/*.yaml")):
        file.write_text(file.read_text("utf-8").replace(OLD, NEW), "utf-8")
    code, said = report()
    assert (code, "22 份文档" in said) == (0, True)
    assert len(set(paths(year))) == len(paths(year)) == 22


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("unit", ["局1", "乙局"])
def test_a_project_that_comes_is_made_by_the_next_run(year, report, meanwhile, unit, jobs):
    def come():
        new = year / f"data/2030/{unit}/新.yaml"
        new.parent.mkdir(exist_ok=True)
        text = first(year / "data/2030/局0").read_text("utf-8")
        new.write_text(text.replace("项目名称: 甲类项目", "项目名称: 乙类项目"), "utf-8")

    meanwhile("局1", come)
    assert "20 份文档" in report("--jobs", jobs)[1]
    assert "22 份文档（2 份有变化）" in report()[1]


@pytest.mark.parametrize("file", ["templates/检查.yaml", "data/2030/局1/_unit.yaml"])
def test_a_file_that_comes_counts_in_the_next_run(year, report, meanwhile, file):
    path = year / file
    text = path.read_text("utf-8") if path.is_file() else "主管部门: 某市乙局\n"
    path.unlink(missing_ok=True)
    meanwhile("局1", lambda: path.write_text(text, "utf-8"))
    assert QUIET not in report()[1]
    assert QUIET not in report()[1]


def test_what_was_read_is_what_counts_in_whichever_process(year, report, monkeypatch):
    """A file is changed after the parent looked at it, before a worker reads it; or after that."""
    assert report("--jobs", "2")[0] == 0
    file = first(year / "data/2030/局3")
    real = report_close.Closing.close

    def close(self, unit, **more):
        if unit.name == "局3" and NEW not in file.read_text("utf-8"):
            replace_once(file, OLD, NEW)
        return real(self, unit, **more)

    monkeypatch.setattr(report_close.Closing, "close", close)
    assert report("--jobs", "2", "--force")[0] == 0
    monkeypatch.undo()
    assert "20 份文档（2 份有变化）" in report()[1]
    assert QUIET in report()[1]


def test_what_was_compared_in_the_middle_is_not_kept(year, report, monkeypatch):
    """A text of another project stands in a file only while the year is compared."""
    counted = report()[1].rpartition("；")[2].strip()
    file, other = first(year / "data/2030/局1"), first(year / "data/2030/局2")
    text = file.read_text("utf-8")
    copied = other.read_text("utf-8").replace("局2", "局1")
    real = report_close.Closing.finish

    def finish(self):
        real(self)
        file.write_text(copied, "utf-8")

    monkeypatch.setattr(report_close.Closing, "finish", finish)
    assert "警告 B704" in report("--force")[1]
    monkeypatch.undo()
    file.write_text(text, "utf-8")
    assert "B704" not in report("--verbose")[1]
    assert counted in report()[1]


def test_names_that_are_no_utf_8_are_told_and_stop_nothing(year, report):
    folder = os.fsencode(year / "data/2030/局1") + b"/"
    for name in ("说明.txt", "项目.yaml"):
        Path(os.fsdecode(folder + name.encode("gbk"))).write_bytes(b"\n")
    code, said = report()
    assert (code, "20 份文档（20 份有变化）" in said) == (0, True)
    assert "文件名或文件夹名不是 UTF-8 编码" in said
    assert QUIET in report()[1]


def test_only_some_units_are_planned_ahead(year, report, monkeypatch):
    report()
    ahead, planned = [], []
    plan, close = report_year.YearRun._plan, report_close.Closing.close
    monkeypatch.setattr(report_year, "_MOST_AHEAD", 1)
    monkeypatch.setattr(report_year, "count_processors", lambda: 4)

    def note(self, unit_id, files):
        planned.append(unit_id)
        return plan(self, unit_id, files)

    def count(self, unit, **more):
        ahead.append(len(planned) - len(ahead))
        return close(self, unit, **more)

    monkeypatch.setattr(report_year.YearRun, "_plan", note)
    monkeypatch.setattr(report_close.Closing, "close", count)
    replace_once(first(year / "data/2030/局3"), OLD, NEW)
    assert report()[0] == 0
    assert ahead == [1, 1, 1, 2, 1]
