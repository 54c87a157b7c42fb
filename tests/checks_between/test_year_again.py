"""A year that is compared again says what a year says that nobody has compared before.

Files are changed at random, a few at a time: paragraphs of sentences that several files have, so
that what is shared is often near what is told, names, places, waivers, whole files.
"""

import random
import shutil
from pathlib import Path

import pytest

from generator.checks.between import b704_text_copied, unit_sums
from generator.freshness.digests import Digests
from generator.freshness.sources import shared_key
from generator.pipeline import open_workbench
from generator.pipeline_between import KEPT, check_between
from generator.pipeline_known import KnownProjects
from generator.pipeline_units import Notes
from generator.reading.discovery import find_year
from tests.conftest import replace_once, write_years

LETTERS = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜"
OFFICES = ("某某市甲局（甲办）", "某某市甲局(甲办)", "某某市甲局", "某某市乙局", "某市甲局")
WAIVER = "豁免: [{规则: text-copied, 理由: 两个项目执行同一个办法}]\n"
YEAR, STEPS = 2030, 14
ROWS = """\
表式: mof-project
年度: {year}
实施单位: 某某市丙中心
年度总体目标: {{预期目标: 某, 实际完成情况: 某}}
资金: {{年初预算数: 100, 全年预算数: 100, 全年执行数: 95}}
绩效指标:
  产出指标:
    数量指标: [{{名称: 培训人次, 目标值: {value}人次, 完成值: {value}人次, 分值: 20}}]
    质量指标: [{{名称: 培训合格率, 目标值: ≥90%, 完成值: 95%, 分值: 10}}]
    时效指标: [{{名称: 培训按时率, 目标值: ≥90%, 完成值: 95%, 分值: 10}}]
    成本指标: [{{名称: 培训成本, 目标值: ≤90元, 完成值: 85元, 分值: 10}}]
  效益指标:
    社会效益指标: [{{名称: 学员就业率, 目标值: ≥90%, 完成值: 95%, 分值: 30}}]
  满意度指标:
    服务对象满意度指标: [{{名称: 学员满意度, 目标值: ≥90%, 完成值: 95%, 分值: 10}}]
"""


class Year:
    """Files of a year that chance changes."""

    def __init__(self, root, seed):
        """Begin with nine files; of every other seed, with paragraphs that share little."""
        self.root, self.chance, self.most = root, random.Random(seed), 2 + seed % 2 * 3
        self.sentences = [self.sentence() for _ in range(24)]
        self.files = {}
        for unit in "abc":
            for name in "xyz":
                self.files[f"{unit}/{name}"] = self.project()
        self.before = {"a/x": 100, "b/y": 90}
        self.save()

    def sentence(self):
        return "".join(self.chance.choices(LETTERS, k=24)) + "。"

    def text(self):
        return "".join(self.sentence() for _ in range(3))

    def paragraph(self):
        own = [self.chance.choice(self.sentences) for _ in range(self.chance.randrange(1, 4))]
        return "".join([*own, *(self.sentence() for _ in range(self.chance.randrange(self.most)))])

    def project(self):
        return {
            "above": 0,
            "title": f"甲类项目{self.chance.randrange(99)}",
            "office": self.chance.choice(OFFICES),
            "waiver": "",
            "broken": "",
            "said": self.chance.choice(("", "上年培训人次99人次。", "甲局本局（某某市乙局）。")),
            "paragraphs": [self.paragraph() for _ in range(4)],
        }

    def save(self):
        data = self.root / "data"
        shutil.rmtree(data, ignore_errors=True)
        for name, one in self.files.items():
            file = data / str(YEAR) / f"{name}.yaml"
            file.parent.mkdir(parents=True, exist_ok=True)
            lines = [*one["paragraphs"], one["said"] or "无。"]
            text = "".join(f"      {line}\n" for line in lines)
            file.write_text(
                "# 说明\n" * one["above"] + f"项目名称: {one['title']}\n主管部门: {one['office']}\n"
                f"{one['waiver']}{one['broken']}{ROWS.format(year=YEAR, value=9)}"
                f"报告:\n  基本情况:\n    项目概况: |\n{text}",
                encoding="utf-8",
            )
        for name, value in self.before.items():
            file = data / str(YEAR - 1) / f"{name}.yaml"
            file.parent.mkdir(parents=True, exist_ok=True)
            rows = ROWS.format(year=YEAR - 1, value=value)
            file.write_text(f"项目名称: 甲类项目\n主管部门: {OFFICES[0]}\n{rows}", encoding="utf-8")

    def change(self):  # noqa: PLR0912 - one branch for each change
        """Change a file, or which files there are; small changes of the text are most frequent."""
        chance = self.chance
        one = self.files[chance.choice(sorted(self.files))]
        other = self.files[chance.choice(sorted(self.files))]
        own = one["paragraphs"]
        at = chance.randrange(len(own)) if own else 0
        what = chance.randrange(24)
        if what < 4 and own:
            own[at] = own[at].replace(chance.choice(own[at]), chance.choice(LETTERS), 1)
        elif what < 6 and own:
            own[at] += self.sentence()
        elif what < 8 and own:
            own[at] = own[at].rpartition("。")[0].rpartition("。")[0] + "。"
        elif what == 8:
            own.append(self.paragraph())
        elif what == 9 and own:
            del own[at]
        elif what in (10, 11) and other["paragraphs"]:
            own.insert(at, chance.choice(other["paragraphs"]))
        elif what == 12 and len(own) > 1:
            own[:2] = ["".join(own[:2])]
        elif what == 13 and own:
            cut = own[at].index("。") + 1
            own[at : at + 1] = [own[at][:cut] + self.sentence(), own[at][cut:] + self.sentence()]
        elif what == 14:
            one["above"] = chance.randrange(3)
        elif what == 15:
            one["title"] = f"甲类项目{chance.randrange(99)}"
        elif what == 16:
            one["office"] = chance.choice(OFFICES)
        elif what == 17:
            one["waiver"] = "" if one["waiver"] else WAIVER
        elif what == 18:
            one["broken"] = "" if one["broken"] else "没有的: 键\n"
        elif what == 19:
            one["said"] = self.project()["said"]
        elif what == 20:
            self.files[f"{chance.choice('abcd')}/{chance.choice('vwxyz')}"] = self.project()
        elif what == 21 and len(self.files) > 4:
            del self.files[chance.choice(sorted(self.files))]
        elif what == 22:
            self.before[chance.choice(("a/x", "c/z"))] = chance.randrange(98, 101)
        else:
            chance.shuffle(own)
        self.save()


@pytest.fixture(scope="module")
def forms(tmp_path_factory):
    root = tmp_path_factory.mktemp("forms")
    write_years(root, {})
    return root


@pytest.fixture
def compare(forms, tmp_path):
    """Compare a year: with what is kept of the last time, or as if it were the first."""
    root = tmp_path / "root"
    shutil.copytree(forms, root)
    bench = open_workbench(root, key=shared_key(str(root), "program", Digests()))

    def run(*, folder):
        files = find_year(root, YEAR)
        known = KnownProjects(bench, Digests())
        return list(check_between(Notes(known, {}), root, files, folder=folder))

    run.root = root
    return run


@pytest.mark.parametrize("at_once", [64, 1 << 20])
@pytest.mark.parametrize("seed", range(8))
def test_a_year_compared_again_says_what_one_compared_at_once_says(
    compare, monkeypatch, seed, at_once
):
    monkeypatch.setattr(unit_sums, "_AT_ONCE", at_once)
    year = Year(compare.root, seed)
    said = []
    for _ in range(STEPS):
        again, anew = compare(folder=KEPT), compare(folder="")
        assert again == anew
        said.append(anew)
        for _ in range(year.chance.choice((0, 1, 1, 1, 2))):
            year.change()
    assert seed % 2 or len(set(map(str, said))) > 3


def kept_files(root):
    return [path for path in sorted((root / KEPT).rglob("*")) if path.is_file()]


@pytest.fixture
def asked(monkeypatch):
    """Count how often the copies of a year are looked for."""
    calls, real = [], b704_text_copied.compare_year

    def count(parts):
        calls.append(parts)
        return real(parts)

    monkeypatch.setattr(b704_text_copied, "compare_year", count)
    return calls


def alone(compare, seed):
    """Return a year in which nobody has anything of another file."""
    year = Year(compare.root, seed)
    for one in year.files.values():
        one["paragraphs"] = [year.text() for _ in range(3)]
        one["said"], one["office"] = "", OFFICES[0]
    year.save()
    return year


def test_a_text_that_is_nobody_else_s_is_not_looked_for_in_the_year(compare, asked):
    year = alone(compare, 1)
    compare(folder=KEPT)
    for name in ("a/x", "b/y", "c/z", "a/y"):
        year.files[name]["paragraphs"][1] += year.sentence()
        year.files[name]["above"] += 1
        year.save()
        assert compare(folder=KEPT) == compare(folder="")
    assert len(asked) == 1 + 4  # once with what is kept


def test_only_the_unit_of_a_changed_file_is_looked_up(compare, monkeypatch):
    year = alone(compare, 10)
    compare(folder=KEPT)
    files, real = [], KnownProjects.look_up

    def look_up(self, file):
        files.append(file.id)
        return real(self, file)

    monkeypatch.setattr(KnownProjects, "look_up", look_up)
    compare(folder=KEPT)
    assert files == []
    year.files["b/y"]["paragraphs"][0] += year.sentence()
    year.save()
    compare(folder=KEPT)
    assert files == ["2030/b/x", "2030/b/y", "2030/b/z"]


def test_a_copy_is_told_at_once(compare, asked):
    year = alone(compare, 2)
    assert compare(folder=KEPT) == []
    own = year.files["c/z"]["paragraphs"]
    year.files["a/x"]["paragraphs"].append(own[1])
    year.save()
    found = compare(folder=KEPT)
    assert [identifier for identifier, _ in found] == ["2030/a/x", "2030/c/z"]
    assert len(asked) == 2
    year.files["c/z"]["above"] = 2
    year.save()
    assert "第 22 行" in found[0][1].message
    assert "第 24 行" in compare(folder=KEPT)[0][1].message


def test_what_becomes_common_is_told_no_more(compare):
    year = alone(compare, 3)
    text = year.text()
    for number, name in enumerate(("a/x", "a/y", "b/x", "b/y", "c/x")):
        year.files[name]["paragraphs"].append(text)
        year.save()
        found = compare(folder=KEPT)
        assert found == compare(folder="")
        assert len(found) == (0, 2, 6, 0, 0)[number]


def test_a_shorter_paragraph_may_be_a_copy_that_the_longer_one_was_not(compare):
    year = alone(compare, 4)
    text = "".join(year.sentence() for _ in range(4))
    rest = "".join(year.sentence() for _ in range(4))
    year.files["a/x"]["paragraphs"].append(text + rest)
    year.files["b/x"]["paragraphs"].append(text + "".join(year.sentence() for _ in range(4)))
    year.save()
    assert compare(folder=KEPT) == []
    year.files["a/x"]["paragraphs"][-1] = text
    year.save()
    assert [identifier for identifier, _ in compare(folder=KEPT)] == ["2030/a/x"]


def test_other_settings_count(compare):
    year = alone(compare, 5)
    text = year.text()
    for name in ("a/x", "b/x"):
        year.files[name]["paragraphs"].append(text)
    year.save()
    assert len(compare(folder=KEPT)) == 2
    settings = compare.root / "templates/检查.yaml"
    replace_once(settings, "text-copied:\n", "text-copied:\n  级别: 关闭\n")
    bench = open_workbench(compare.root, key=shared_key(str(compare.root), "program", Digests()))
    known, files = KnownProjects(bench, Digests()), find_year(compare.root, YEAR)
    assert list(check_between(Notes(known, {}), compare.root, files)) == []


@pytest.mark.parametrize("blob", [b"", b"broken\n", None])
def test_what_is_kept_is_never_needed(compare, blob):
    Year(compare.root, 6)
    said = compare(folder=KEPT)
    for path in kept_files(compare.root):
        if blob is None:
            path.unlink()
        else:
            path.write_bytes(path.read_bytes().partition(b"\n")[0] + b"\n" + blob)
        assert compare(folder=KEPT) == said


def test_a_folder_that_cannot_be_written_to_keeps_nothing(compare):
    Year(compare.root, 7)
    said = compare(folder="")
    Path(compare.root / KEPT).parent.mkdir(parents=True, exist_ok=True)
    Path(compare.root / KEPT).write_text("", "utf-8")
    assert compare(folder=KEPT) == said
    assert compare(folder=KEPT) == said


def test_a_project_with_an_error_is_compared_like_any_other(compare, asked):
    year = alone(compare, 8)
    year.files["a/y"]["broken"] = "没有的: 键\n"
    year.save()
    for _ in range(3):
        year.files["b/x"]["paragraphs"][0] += year.sentence()
        year.save()
        assert compare(folder=KEPT) == compare(folder="")
    assert len(asked) == 1 + 3


def test_a_broken_comparison_is_said_and_not_kept(compare, monkeypatch):
    Year(compare.root, 9)
    said = compare(folder="")

    def broken(*_):
        raise ZeroDivisionError

    for name in ("share", "compare_year"):
        with monkeypatch.context() as patch:
            patch.setattr(b704_text_copied, name, broken)
            shutil.rmtree(compare.root / KEPT, ignore_errors=True)
            found = [finding.message for _, finding in compare(folder=KEPT)]
        assert found.count("检查 text-copied 没有做完：ZeroDivisionError") == 1
        assert compare(folder=KEPT) == said
