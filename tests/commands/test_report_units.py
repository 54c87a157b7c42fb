"""A year passes unit by unit: what is done is let go, what is as it was is not opened."""

import gc
import json
import shutil

import pytest

from generator.commands import report_close, report_kept
from generator.commands.report_outcome import Outcome
from generator.freshness.digests import Digests
from generator.rendering.documents import Written
from tests.commands.conftest import UNITS
from tests.commands.test_report_remembered import replace_in_template
from tests.conftest import replace_once


def entries(year):
    return json.loads((year / "out/2030/manifest.json").read_text("utf-8"))["documents"]


@pytest.mark.parametrize("options", [(), ("--force",)])
def test_nothing_of_a_unit_stays(report, monkeypatch, options):
    report()
    held, close = [], report_close.Closing.close

    def count(self, unit, **more):
        close(self, unit, **more)
        unit.projects.clear()
        unit.whole.clear()
        digests = self._workshop.renderer.digests
        data = [one for one in digests.folders if "/data/" in one or "/out/" in one]
        alive = [one for one in gc.get_objects() if isinstance(one, (Outcome, Written))]
        held.append((len(alive), len(data)))

    monkeypatch.setattr(report_close.Closing, "close", count)
    report(*options, "--force")
    assert len(held) == UNITS
    assert max(held[1:]) <= held[0]


def test_units_that_are_as_they_were_are_not_opened(year, report, monkeypatch):
    report()
    opened, real = [], report_kept.unpack
    monkeypatch.setattr(report_kept, "unpack", lambda packed: opened.append(1) or real(packed))
    file = next(year.glob("data/2030/局3/*.yaml"))
    replace_once(file, "支出{{ 资金.全年执行数 }}万元。", "支出{{ 资金.全年执行数 }}万元整。")
    code, said = report()
    assert (code, len(opened)) == (0, 1)
    assert "其余 9 个项目没有变化" in said
    assert "20 份文档（2 份有变化）" in said


def test_what_was_said_of_a_template_is_not_said_again(year, report):
    replace_in_template(year / "templates/mof-project/table.docx", "{{ 行.偏差原因 }}", "")
    assert "警告 T303" in report()[1]
    file = next(year.glob("data/2030/局3/*.yaml"))
    replace_once(file, "支出{{ 资金.全年执行数 }}万元。", "支出{{ 资金.全年执行数 }}万元整。")
    said = report()[1]
    assert said.count("警告 T303") == 1  # of the project that was made
    assert "警告，0 处" in said.splitlines()[-1]
    file.rename(file.with_name("_old"))
    assert "警告 T303" not in report()[1]


def test_a_file_that_nobody_reads_is_no_change(year, report):
    (year / "data/2030/局1/说明.txt").write_text("明年再写", "utf-8")
    (year / "data/2030/局1/往年").mkdir()
    (year / "data/2030/局1/往年/一.txt").write_text("留着", "utf-8")
    shutil.copytree(year / "data/2029/局1", year / "data/2029/局9")  # a unit that is no more
    assert report()[0] == 0
    assert "自上次生成以来没有变化" in report()[1]
    (year / "data/2030/局1/往年/一.txt").write_text("改了", "utf-8")
    assert "20 份文档（0 份有变化）" in report()[1]
    assert "自上次生成以来没有变化" in report()[1]


def test_a_unit_that_is_gone_leaves_its_documents_and_nothing_else(year, report):
    report()
    shutil.rmtree(year / "data/2030/局2")
    code, said = report()
    assert code == 0
    assert said.count("警告 O605") == 4
    assert "16 份文档" in said
    assert len(entries(year)) == 20
    runs = year / "build/ziping/runs"
    assert not [*runs.glob("*/units/局2"), *runs.glob("*/texts/局2")]
    assert len([*runs.glob("*/units/*")]) == UNITS - 1
    shutil.rmtree(year / "out/2030/局2")
    report()
    assert [one["path"][:2] for one in entries(year)] == [f"局{n}" for n in "0134" for _ in "1234"]
    assert "自上次生成以来没有变化" in report()[1]


def test_of_a_damaged_manifest_the_other_units_count(year, report):
    report()
    path = year / "out/2030/manifest.json"
    before = path.read_bytes()
    lines = before.split(b"\n")
    broken = next(index for index, line in enumerate(lines) if "局2/".encode() in line)
    lines[broken] = lines[broken].replace(b'"form": ', b'"form": {')
    path.write_bytes(b"\n".join(lines))
    code, said = report()
    assert (code, "20 份文档（0 份有变化）" in said) == (0, True)
    assert path.read_bytes() == before


def test_a_part_of_a_year_leaves_the_other_units_as_they_are(year, report):
    report()
    before = entries(year)
    file = next(year.glob("data/2030/局3/*.yaml"))
    replace_once(file, "支出{{ 资金.全年执行数 }}万元。", "支出{{ 资金.全年执行数 }}万元整。")
    assert report("--project", "局3/*")[0] == 0
    changed = [new["path"] for old, new in zip(before, entries(year), strict=True) if old != new]
    assert len(changed) == 2
    assert {path[:2] for path in changed} == {"局3"}
    assert "20 份文档（0 份有变化）" in report()[1]


def test_what_was_let_go_is_looked_at_again(tmp_path):
    folders = {f"{tmp_path}/{name}" for name in "甲乙"}
    for folder in folders:
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "一.yaml").write_text("一", "utf-8")
    digests = Digests()
    first = {folder: digests.of(f"{folder}/一.yaml") for folder in folders}
    assert dict(digests.release(f"{tmp_path}/甲")).keys() == {f"{tmp_path}/甲"}
    (tmp_path / "甲/一.yaml").write_text("二", "utf-8")
    (tmp_path / "乙/一.yaml").write_text("二", "utf-8")
    assert digests.of(f"{tmp_path}/甲/一.yaml") != first[f"{tmp_path}/甲"]
    assert digests.of(f"{tmp_path}/乙/一.yaml") == first[f"{tmp_path}/乙"]
