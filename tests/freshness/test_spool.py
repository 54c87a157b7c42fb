"""What was put away is gone through in order, however much there is; of damage nothing is read."""

import pytest

from generator.freshness import spool as module
from generator.freshness.folder_lines import FolderLines, line_of, write_lines
from generator.freshness.spool import Spool

SEEN = {'甲/"单位"': {"一.yaml": [1, 2, 3, 4, 5, "ab"], "_unit.yaml": []}, "乙": {"二.yaml": [0]}}


@pytest.mark.parametrize("near", [1, 1_000_000])
def test_values_come_in_order_as_often_as_wanted(monkeypatch, near):
    monkeypatch.setattr(module, "_MOST_NEAR", near)
    spool = Spool()
    assert list(spool) == []
    for number in range(100):
        spool.put(f"第 {number} 个")
    assert list(spool) == [f"第 {number} 个" for number in range(100)]
    assert next(iter(spool)) == "第 0 个"
    spool.put("最后")
    assert len(list(spool)) == 101


def write(path):
    assert write_lines(str(path), {"documents": 2}, (line_of(*page) for page in SEEN.items()))
    return FolderLines(str(path))


def test_each_folder_is_read_by_itself(tmp_path):
    lines = write(tmp_path / "run")
    assert lines.head == {"documents": 2}
    assert lines.folders == list(SEEN)
    assert {folder: lines.read(folder) for folder in lines.folders} == SEEN
    assert lines.read("丙") == {}
    assert FolderLines(str(tmp_path / "none")).folders == []


def test_of_damaged_lines_nothing_is_known(tmp_path):
    blob = (tmp_path / "run").read_bytes() if write(tmp_path / "run") else b""
    for end in range(len(blob)):
        (tmp_path / "cut").write_bytes(blob[:end])
        cut = FolderLines(str(tmp_path / "cut"))
        assert all(cut.read(folder) in ({}, SEEN[folder]) for folder in cut.folders)


def test_lines_that_were_written_anew_meanwhile_are_not_taken_for_others(tmp_path):
    lines = write(tmp_path / "run")
    write_lines(str(tmp_path / "run"), {}, (line_of(*page) for page in reversed(SEEN.items())))
    assert all(lines.read(folder) in ({}, SEEN[folder]) for folder in lines.folders)
