"""`ziping diff` in real repositories: what a section head reads about a correction."""

import json
import os
import shutil
import tempfile
from pathlib import Path

import pytest

from generator.cli import main
from tests.commands.diff_repository import OTHER, PROJECT, begin, commit, diff, git, replace
from tests.conftest import ROOT
from tests.pictures import png

CASES = Path(__file__).parent / "diff"
SUZHOU = "data/2020/suzhou/manufacturing-base.yaml"


@pytest.fixture
def repository(small_root):
    return begin(small_root)


@pytest.fixture
def whole_repository(copied_root):
    return begin(copied_root)


def expect(name, text):
    """Compare with a golden text; it is read before it is committed."""
    path = CASES / name
    if os.environ.get("ZIPING_ACCEPT"):
        CASES.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def correct(root):
    """Correct figures, a score, a target, a name, prose, a place, what was filed."""
    replace(
        root,
        PROJECT,
        ("全年执行数: 508", "全年执行数: 408"),
        ("得分: 9", "得分: 8"),
        ("完成7800家", "完成8000家"),
        ("名称: 年底发放", "名称: 年底前发放"),
        ("4家、3家、4家。下拨项目资金为408万元。", "5家、3家、4家。已下拨项目资金508万元。"),
        ("执行率得分: 846.6", "执行率得分: 84.66"),
    )
    a, b = "      - 名称: 平均补助资金27万/个", "  效益指标:\n"
    text = (root / PROJECT).read_text(encoding="utf-8")
    start, end = text.index(a), text.index(b)
    moved, text = text[start:end], text[:start] + text[end:]
    text = text.replace("    质量指标:\n", f"    质量指标:\n{moved}", 1)
    (root / PROJECT).write_text(text, encoding="utf-8")


def test_a_correction_reads_well(repository, capsys):
    correct(repository)
    expect("更正.txt", diff(repository, capsys))


def test_a_correction_reads_well_in_a_merge_request(repository, capsys):
    correct(repository)
    expect("更正.md", diff(repository, capsys, "--format", "markdown"))


def test_json_says_everything(repository, capsys):
    correct(repository)
    expect("更正.json", diff(repository, capsys, "--format", "json"))


def test_the_same_revision_twice_is_no_difference(repository, capsys):
    assert diff(repository, capsys, "HEAD", "HEAD") == "HEAD → HEAD：没有变化\n"
    assert diff(repository, capsys, "HEAD", "HEAD", "--quiet") == ""
    shown = json.loads(diff(repository, capsys, "HEAD", "HEAD", "--format", "json"))
    assert shown["projects"] == shown["shared"] == []


def test_two_commits_are_compared_and_the_files_on_disk_are_not_touched(repository, capsys):
    replace(repository, PROJECT, ("全年执行数: 508", "全年执行数: 500"))
    commit(repository)
    replace(repository, PROJECT, ("全年执行数: 500", "全年执行数: 499"))
    before = git(repository, "status", "--porcelain")
    for said in (("HEAD~1", "HEAD"), ("HEAD~1..HEAD",), ("HEAD~1...HEAD",)):
        shown = diff(repository, capsys, *said)
        assert "全年执行数：508 → 500（减少 8）" in shown
        assert "499" not in shown
    assert git(repository, "status", "--porcelain") == before


def test_nothing_stays_in_the_temporary_folder(repository, capsys, tmp_path_factory, monkeypatch):
    folder = tmp_path_factory.mktemp("temporary")
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    replace(repository, PROJECT, ("全年执行数: 508", "全年执行数: 500"))
    diff(repository, capsys)
    (repository / PROJECT).write_text("坏: [", encoding="utf-8")
    diff(repository, capsys, code=1)
    assert list(folder.iterdir()) == []


def test_a_data_folder_inside_a_larger_repository(tmp_path, capsys):
    root = tmp_path / "局" / "资料"
    shutil.copytree(ROOT / "data/2020/zhuzhou", root / "data/2020/zhuzhou")
    for name in ("schema", "templates"):
        shutil.copytree(ROOT / name, root / name)
    begin(tmp_path)
    replace(root, PROJECT, ("全年执行数: 508", "全年执行数: 500"))
    assert "全年执行数：508 → 500" in diff(root, capsys)
    assert f"── 两化融合专项　{PROJECT}\n" in diff(root, capsys)


def test_a_year_and_a_filter_choose_the_projects(repository, capsys):
    for file in (PROJECT, OTHER):
        replace(repository, file, ("年度: 2020", "年度: 2019"))
    assert diff(repository, capsys, "2020").startswith("HEAD → 现在的文件：2 个项目有变化")
    shown = diff(repository, capsys, "HEAD", "--project", "warm*")
    assert "温暖企业行动" in shown
    assert "两化融合" not in shown


def test_projects_that_came_went_and_got_another_file_name(repository, capsys):
    folder = (repository / PROJECT).parent
    (repository / OTHER).rename(folder / "wennuan.yaml")
    replace(repository, "data/2020/zhuzhou/wennuan.yaml", ("完成值: 30", "完成值: 31"))
    text = (repository / PROJECT).read_text(encoding="utf-8")
    new = text.replace("项目名称: 两化融合专项", "项目名称: 甲类专项")
    (folder / "jia.yaml").write_text(new, encoding="utf-8")
    (folder / "smart-manufacturing.yaml").unlink()
    expect("来去.txt", diff(repository, capsys))


def test_an_unreadable_side_is_one_line_and_the_others_are_compared(repository, capsys):
    text = (repository / PROJECT).read_text(encoding="utf-8")
    (repository / PROJECT).write_text(text.replace("年度: 2020", "年度：2020", 1), encoding="utf-8")
    replace(repository, OTHER, ("完成值: 30", "完成值: 31"))
    shown = diff(repository, capsys, code=1)
    assert "现在的文件读不通，没有比较：data/2020/zhuzhou/it-integration.yaml:3" in shown
    assert "完成值：30 → 31（增加 1）" in shown
    commit(repository)
    (repository / PROJECT).write_text(text, encoding="utf-8")
    shown = diff(repository, capsys)
    assert "原来的文件读不通，没有比较：data/2020/zhuzhou/it-integration.yaml:3" in shown


def test_data_of_another_schema_is_one_line(repository, capsys):
    replace(repository, PROJECT, ("专项名称:", "专项名字:"))
    commit(repository)
    replace(repository, PROJECT, ("专项名字:", "专项名称:"))
    shown = diff(repository, capsys)
    assert "原来的文件读不通，没有比较" in shown
    assert "专项名字" in shown


def test_a_rubric_shows_what_it_does_to_every_project(whole_repository, capsys):
    rubric = "templates/suzhou-project/rubric.yaml"
    text = (whole_repository / rubric).read_text(encoding="utf-8")
    assert "每点扣: 5%" in text
    replace(whole_repository, rubric, ("每点扣: 5%", "每点扣: 10%"))
    expect("评分办法.txt", diff(whole_repository, capsys))


def test_a_template_is_compared_by_its_text(repository, capsys):
    table = repository / "templates/zhuzhou-project/table.docx"
    shutil.copy(ROOT / "templates/mof-project/table.docx", table)
    shown = diff(repository, capsys)
    assert "── templates/zhuzhou-project/table.docx\n" in shown
    assert "〔" in shown


def test_what_a_unit_shares_is_said_once_with_what_follows(repository, capsys):
    unit = "data/2020/zhuzhou/_unit.yaml"
    before = "市经济信息产业发展专项资金"
    replace(repository, unit, (f"专项资金名称: {before}", "专项资金名称: 甲类资金"))
    shown = diff(repository, capsys)
    assert shown.count(f"── {unit}（本单位各项目共用）\n") == 1
    assert f"专项资金名称：{before} → 甲类资金" in shown


def test_a_comment_is_no_change_of_the_data(repository, capsys):
    replace(repository, PROJECT, ("# 原件空白", "# 原件就是空白的"))
    assert diff(repository, capsys) == "HEAD → 现在的文件：没有变化（只改了注释、写法或排列）\n"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (("没有这个",), "没有版本「没有这个」"),
        (("--option",), "不认识的参数"),
        (("HEAD", "nosuch"), "没有版本「nosuch」"),
        (("HEAD..nosuch",), "没有版本「nosuch」"),
        (("HEAD", "HEAD", "HEAD"), "最多写两个版本"),
        (("2031",), "没有 2031 年度的数据"),
        (("--project", "没有"), "没有项目「没有」"),
        (("--format", "pdf"), "没有格式「pdf」"),
    ],
)
def test_what_cannot_run_is_one_line(repository, capsys, said, words):
    assert main(["diff", "--root", str(repository), *said]) == 2
    assert words in capsys.readouterr().err


def test_no_repository_no_commit_no_git(small_root, capsys, monkeypatch):
    command = ["diff", "--root", str(small_root)]
    assert main(command) == 2
    assert "不在 git 仓库里" in capsys.readouterr().err
    git(small_root, "init", "--quiet")
    assert main(command) == 2
    assert "仓库里还没有存档" in capsys.readouterr().err
    commit(small_root)
    monkeypatch.setenv("PATH", "")
    assert main(command) == 2
    assert "没有找到 git 程序" in capsys.readouterr().err


def test_a_revision_without_forms_is_refused(tmp_path, small_root, capsys):
    shutil.move(small_root / "templates", tmp_path / "aside")
    begin(small_root)
    shutil.move(tmp_path / "aside", small_root / "templates")
    assert main(["diff", "--root", str(small_root)]) == 2
    assert "版本「HEAD」里没有表式" in capsys.readouterr().err


def test_the_example_of_the_guide_is_what_is_printed(repository, capsys):
    replace(
        repository,
        PROJECT,
        ("全年执行数: 508", "全年执行数: 408"),
        ("得分: 9", "得分: 8"),
        ("名称: 年底发放", "名称: 年底前发放"),
        ("4家、3家、4家。下拨项目资金为408万元。", "5家、3家、4家。下拨项目资金为508万元。"),
    )
    guide = (ROOT / "docs/更正与复核.md").read_text(encoding="utf-8")
    assert f"```text\n$ make diff\n{diff(repository, capsys)}```" in guide


def test_a_revision_of_an_older_program_is_read_by_this_one(repository, capsys):
    """Its derived schemas are not those that this program derives: they are made anew."""
    schema = repository / "schema/zhuzhou-project.schema.json"
    now = schema.read_text(encoding="utf-8")
    schema.write_text(now.replace('"title"', '"标题"'), encoding="utf-8")
    replace(repository, PROJECT, ("全年执行数: 508", "全年执行数: 500"))
    commit(repository)
    schema.write_text(now, encoding="utf-8")
    replace(repository, PROJECT, ("全年执行数: 500", "全年执行数: 499"))
    assert "全年执行数：500 → 499（减少 1）" in diff(repository, capsys)


def test_an_unreadable_form_of_then_is_one_line(repository, capsys):
    form = repository / "templates/zhuzhou-project/form.yaml"
    good = form.read_text(encoding="utf-8")
    form.write_text("表式: [", encoding="utf-8")
    commit(repository)
    form.write_text(good, encoding="utf-8")
    shown = diff(repository, capsys)
    assert "原来的文件读不通，没有比较：templates/zhuzhou-project/form.yaml:1" in shown


def test_a_report_with_tables_and_pictures(repository, capsys):
    picture = repository / "data/2020/zhuzhou/图/甲.png"
    picture.parent.mkdir()
    picture.write_bytes(png(40, 30))
    old = "    无\n\n豁免:"
    assert old in (repository / PROJECT).read_text(encoding="utf-8")
    blocks = (
        "  其他需要说明的问题:\n"
        "    - 说明如下。\n"
        "    - 表: {题: 拨付, 列: [批次, 金额], 行: [[第一批, 200], [第二批, 208]]}\n"
        "    - 图: {题: 现场, 文件: 图/甲.png}\n"
    )
    replace(repository, PROJECT, (f"  其他需要说明的问题: |\n{old}", f"{blocks}\n豁免:"))
    commit(repository)
    picture.write_bytes(png(50, 30))
    shown = diff(repository, capsys)
    assert "  · data/2020/zhuzhou/图/甲.png：原来的图 → 另一幅图\n" in shown
    assert "没有图片" not in shown
    replace(repository, PROJECT, ("[第二批, 208]", "[第二批, 308]"), ("说明如下。", "说明如下："))
    shown = diff(repository, capsys)
    assert "其他需要说明的问题／第1段：说明如下。 → 说明如下：" in shown
    assert "第二批、208 → 第二批、308（另 1 项不变）" in shown


def test_two_commits_are_read_with_the_forms_of_then(repository, capsys):
    replace(repository, PROJECT, ("全年执行数: 508", "全年执行数: 500"))
    commit(repository)
    form = "templates/zhuzhou-project/form.yaml"
    replace(repository, form, ("不写破折号", "不要写破折号"))
    assert main(["schema", "--root", str(repository)]) == 0
    capsys.readouterr()
    shown = diff(repository, capsys, "HEAD~1", "HEAD")
    assert "全年执行数：508 → 500（减少 8）" in shown
    assert "读不通" not in shown


def test_a_file_that_nobody_touched_and_nobody_can_read_is_no_news(repository, capsys):
    (repository / OTHER).write_text("坏: [", encoding="utf-8")
    commit(repository)
    replace(repository, "templates/zhuzhou-project/rubric.yaml", ("依据: 备注第2条", "依据: 备注"))
    assert OTHER not in diff(repository, capsys)
