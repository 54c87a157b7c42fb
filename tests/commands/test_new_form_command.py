"""`ziping new-form`: a package that is valid and prints everything, or nothing at all."""

import re
import shutil

import pytest

from generator.cli import main
from generator.pipeline import open_workbench
from generator.reading.package import list_forms
from generator.rendering.template_check import Templates
from generator.rendering.validity import find_problems
from tests.conftest import ROOT, replace_once
from tests.outline import outline

# Every shape that a form may declare; it has no Word templates of its own.
WIDE = """\
表式: harbour-wide
名称: 某港自评表
依据: [{名称: 某港通知, 机关: 某港财政局}]
适用: {地区: 某港, 范围: 项目, 年度: {自: 2030}}
字段:
  - {名称: 项目名称, 类型: 文本, 必填: 是}
  - {名称: 性质, 类型: 选项, 选项: [经常性, 一次性（新增）, “十四五”续建], 必填: 是}
  - {名称: 起止时间, 类型: 起止}
  - {名称: 背景, 类型: 长文本, 必填: 是}
  - 名称: 联系
    类型: 组
    项: [{名称: 联系人, 类型: 文本}, {名称: 职责, 类型: 长文本}, {名称: 电话, 类型: 文本}]
  - {名称: 子项目, 类型: 列表, 项: [{名称: 名称, 类型: 文本}, {名称: 金额, 类型: 金额}]}
  - 名称: 经费
    类型: 表格
    行: [“三公”经费]
    项: [{名称: 上年, 类型: 金额}, {名称: 说明, 类型: 长文本}]
  - {名称: 填表人, 类型: 文本, 必填: 是, 位置: 落款}
  - {名称: 评价人员, 类型: 列表, 位置: 落款, 项: [{名称: 姓名, 类型: 文本}]}
资金:
  单位: 元
  栏: [预算, {名称: 支出, 标签: 支出（B）}, {名称: 去向, 类型: 长文本}]
  行: [{名称: 合计, 顶层: 是, 必填: 是}, {名称: 拨款, 计入: 合计}]
  计分行: 合计
  不计分记: {分值: /, 得分: 同计分行}
  项: [{名称: 来源, 标签: 资金来源, 分列: [{名称: 本级}, {名称: 上级}]}, {名称: 结余}]
派生: [{名称: 支出率, 公式: 支出 ÷ 预算, 显示: 率}]
指标表:
  - 名称: 目标表
    层级: [一级指标, 三级指标]
    分值: 90
    目标组: {最少: 1, 标题样式: "目标{序号}（{分值}分）", 小计: 是}
    组: [{名称: 甲组, 最少行: 2}, {名称: 乙组}]
    指标字段: [{名称: 进度, 类型: 文本}, {名称: 分析, 类型: 长文本}]
    小计行: 组后
    列:
      - {名称: 一级指标, 格式: 带分}
      - {名称: 三级指标, 取: 名称}
      - {名称: 方向, 取: 目标值.方向}
      - {名称: 数值, 取: 目标值.值}
      - {名称: 单位, 取: 目标值.单位}
      - {名称: 年初目标, 取: 目标值.年初}
      - {名称: 调整后目标, 取: 目标值.调整后}
      - {名称: 完成值}
      - {名称: 完成率, 格式: 率}
      - {名称: 进度}
      - {名称: 权重（分值）, 取: 分值}
      - {名称: 得分}
      - {名称: 分析}
      - {名称: 偏差原因}
      - {名称: 复核得分, 取: 空}
  - {名称: 任务, 层级: [任务], 计分: 否}
提纲:
  方式: 固定
  标题: [{名称: 概况、背景, 必填: 是, 下级: [{名称: 做法}]}, {名称: 问题}]
格式: {率: {类: 百分比, 小数: 1}, 带分: {类: 组名, 样式: "{名称}（{分值}分）"}}
备注: [备注甲, 备注乙]
文档:
  - {名称: 自评表, 模板: table.docx, 文件名: "{项目名称}自评表.docx"}
  - {名称: 汇编, 模板: book.docx, 文件名: "{年度}年汇编.docx", 合订: 单位}
"""
RUBRIC = """\
总分: {名称: 总分, 满分: 100, 组成: [执行率, 目标表], 依据: 某港通知}
执行率: {比率: 支出率, 位置: 资金表, 分值: 10, 方法: 比例, 分母为零: 评定, 依据: 某港通知}
分值规则: [{名称: 自定, 用于: {}, 方式: 自定, 依据: 某港通知}]
评分: [{名称: 评定, 用于: {}, 方法: 评定, 依据: 某港通知}]
等级: {名称: 等次, 档: [{名称: 优, 自: 90}, {名称: 差, 自: 0}], 依据: 某港通知}
"""
PROJECT = """\
表式: trial
年度: 2030
项目名称: 疏浚
性质: 一次性（新增）
起止时间: {起: 2030-01, 止: 2030-12}
背景: 航道淤积。
联系: {联系人: 甲, 职责: 组织实施, 电话: 2639118}
子项目: [{名称: 测量, 金额: 5}, {名称: 挖泥, 金额: 95}]
经费: {“三公”经费: {上年: 3, 说明: 会期一天}}
填表人: 乙
评价人员: [{姓名: 丙}]
资金:
  预算: 100
  支出: 90
  去向: 挖泥船租用
  拨款: {预算: 100, 支出: 90, 去向: 租船}
  来源: {本级: 60, 上级: 40}
  结余: 10
目标表:
  - 目标: 航道畅通
    分值: 50
    指标:
      甲组: [{名称: 挖泥量, 目标值: ≥100立方米, 完成值: 100立方米, 分值: 30, 得分: 30, 进度: 完}]
      乙组: [{名称: 通航率, 目标值: 95%, 完成值: 96%, 分值: 20, 得分: 20}]
  - 目标: 港区安全
    分值: 40
    指标:
      甲组: [{名称: 巡查, 目标值: 50次, 完成值: 50次, 分值: 20, 得分: 20, 分析: 巡查到位}]
      乙组: [{名称: 事故数, 目标值: ≤1起, 完成值: 0起, 分值: 20, 得分: 20}]
任务: [{名称: 测量任务, 目标值: 1次, 完成值: 1次}]
报告:
  概况、背景: {做法: 先测量，后施工。}
  问题: 无重大问题。
"""


@pytest.fixture
def wide_root(copied_root):
    """A root with a form of every shape, which has no Word templates."""
    shutil.rmtree(copied_root / "data")
    package = copied_root / "templates/harbour-wide"
    package.mkdir()
    (package / "form.yaml").write_text(WIDE, encoding="utf-8")
    (package / "rubric.yaml").write_text(RUBRIC, encoding="utf-8")
    return copied_root


def make(root, *arguments, form_id="trial"):
    """Make a form and return its package and folder."""
    assert main(["new-form", form_id, *arguments, "--root", str(root), "--quiet"]) == 0
    return open_workbench(root).package(form_id), root / "templates" / form_id


def refused(capsys, root, *arguments):
    """Run something that cannot run; return its message, and see that nothing was written."""
    before = sorted(path for path in root.rglob("*"))
    assert main(["new-form", *arguments, "--root", str(root)]) == 2
    assert sorted(path for path in root.rglob("*")) == before
    shown = capsys.readouterr()
    assert shown.out == ""
    return shown.err


def check_templates(root, package):
    """Return what is wrong with the templates, and what they do not print."""
    return Templates(root).check(package.form, package.rubric)


@pytest.mark.parametrize("base", list_forms(ROOT))
def test_a_form_on_each_base_is_valid_and_prints_everything(base, copied_root):
    package, folder = make(copied_root, "--extends", base)
    assert package.findings == ()
    assert check_templates(copied_root, package) == ()
    for document in package.form.documents:
        assert document.template.startswith("templates/trial/")
        template = (copied_root / document.template).read_bytes()
        assert [one for one in find_problems(template) if "留有标签" not in one] == []
    assert folder.joinpath("form.yaml").read_text(encoding="utf-8").startswith("# yaml-language")
    assert [path.name for path in copied_root.glob("templates/.*")] == []


@pytest.mark.parametrize("base", list_forms(ROOT))
def test_each_uncommented_block_leaves_a_valid_form(base, copied_root):
    _, folder = make(copied_root, "--extends", base)
    bench = open_workbench(copied_root)
    blocks = [(path, at) for path in folder.glob("*.yaml") for at in range(count_blocks(path))]
    assert len(blocks) >= 4
    for path, at in blocks:
        before = path.read_text(encoding="utf-8")
        path.write_text(uncommented(before, at), encoding="utf-8")
        assert bench.packages.read("trial").findings == (), f"{path.name} {at}"
        path.write_text(before, encoding="utf-8")
    for path in folder.glob("*.yaml"):
        every = range(count_blocks(path))
        path.write_text(uncommented(path.read_text(encoding="utf-8"), *every), encoding="utf-8")
    assert bench.packages.read("trial").findings == ()


def count_blocks(path):
    return path.read_text(encoding="utf-8").count("\n## ")


def uncommented(text, *wanted):
    """Take `# ` from each line of a block, as an editor does."""
    head, *blocks = text.split("\n\n## ")
    blocks = [f"## {block}" for block in blocks]
    for at in wanted:
        blocks[at] = re.sub(r"(?m)^# ?", "", blocks[at])
    return "\n\n".join([head, *blocks])


def test_a_form_of_every_shape_prints_its_data(wide_root, tmp_path, capsys):
    package, _ = make(wide_root, "--extends", "harbour-wide", "--name", "某港新表")
    assert check_templates(wide_root, package) == ()
    (wide_root / "data/2030/harbour").mkdir(parents=True)
    (wide_root / "data/2030/harbour/dredging.yaml").write_text(PROJECT, encoding="utf-8")
    out = tmp_path / "out"
    code = main(["report", "2030", "--root", str(wide_root), "--out", str(out)])
    assert code == 0, capsys.readouterr().out
    shown = outline(out / "2030/harbour/疏浚自评表.docx")
    for text in (
        "某港新表",
        "（2030年度）",
        "□经常性　☑一次性（新增）",
        "2030-01至2030-12",
        "航道淤积。",
        "组织实施",
        "测量",
        "会期一天",
        "挖泥船租用",
        "目标1（50分）　航道畅通",
        "甲组小计",
        "巡查到位",
        "1.做法",
        "先测量，后施工。",
        "备注：1. 备注甲",
        "填表人：乙",
        "等次〔×",
    ):
        assert text in shown, text
    assert "{" not in shown


def test_a_form_on_its_own_is_valid_and_prints_data(copied_root, tmp_path, capsys):
    shutil.rmtree(copied_root / "data")
    package, _ = make(copied_root, "--name", "某港自评表")
    assert package.findings == ()
    assert check_templates(copied_root, package) == ()
    (copied_root / "data/2030/harbour").mkdir(parents=True)
    (copied_root / "data/2030/harbour/dredging.yaml").write_text(OWN, encoding="utf-8")
    out = tmp_path / "out"
    code = main(["report", "2030", "--root", str(copied_root), "--out", str(out)])
    assert code == 0, capsys.readouterr().out
    shown = outline(out / "2030/harbour/疏浚绩效自评表.docx")
    for text in ("某港自评表", "挖泥量", "95%", "等级：优"):
        assert text in shown, text
    assert "一、基本情况" in outline(out / "2030/harbour/疏浚绩效自评报告.docx")


OWN = """\
表式: trial
年度: 2030
项目名称: 疏浚
主管部门: 某局
实施单位: 某港
年度目标: {预期目标: 疏浚, 完成情况: 已疏浚}
资金:
  年初预算数: 100
  全年预算数: 100
  全年执行数: 95
  财政拨款: {年初预算数: 100, 全年预算数: 100, 全年执行数: 95}
绩效指标:
  第一组:
    第一类: [{名称: 挖泥量, 目标值: 100立方米, 完成值: 100立方米, 分值: 60, 得分: 60}]
  第二组:
    第三类: [{名称: 满载率, 目标值: 90%, 完成值: 91%, 分值: 30, 得分: 30}]
报告: {基本情况: 航道淤积。, 绩效分析: 航道畅通。, 存在的问题和改进措施: 无重大问题。}
"""


def test_the_same_base_gives_the_same_bytes(copied_root):
    base = list_forms(ROOT)[0]
    _, first = make(copied_root, "--extends", base)
    kept = {path.name: path.read_bytes() for path in first.iterdir()}
    shutil.rmtree(first)
    (copied_root / "schema/trial.schema.json").unlink()
    _, second = make(copied_root, "--extends", base)
    assert {path.name: path.read_bytes() for path in second.iterdir()} == kept


def test_it_says_what_was_written_and_what_comes_next(copied_root, capsys):
    base = list_forms(ROOT)[0]
    assert main(["new-form", "trial", "--extends", base, "--root", str(copied_root)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "已写 templates/trial/form.yaml" in lines
    assert "已写 schema/trial.schema.json" in lines
    assert [line[:4] for line in lines[-4:]] == ["  1.", "  2.", "  3.", "    "]
    assert "ziping form-template trial" in lines[-2]


@pytest.mark.parametrize(
    "form_id", ["Trial", "1trial", "试行", "../trial", "tri al", "trial/x", "a" * 300]
)
def test_a_name_that_cannot_be_one_is_refused(form_id, copied_root, capsys):
    assert f"表式的名称「{form_id}」不能用" in refused(capsys, copied_root, form_id)


def test_no_name_is_refused(copied_root, capsys):
    assert "没有写新表式的名称" in refused(capsys, copied_root)


@pytest.mark.parametrize("form_id", ["common", "unit", "rubric-package"])
def test_a_name_of_a_schema_is_refused(form_id, copied_root, capsys):
    message = refused(capsys, copied_root, form_id)
    assert f"schema/{form_id}.schema.json 已经存在，没有改动" in message


@pytest.mark.parametrize("form_id", list_forms(ROOT))
def test_a_form_that_exists_is_never_overwritten(form_id, copied_root, capsys):
    message = refused(capsys, copied_root, form_id)
    assert f"templates/{form_id} 已经存在，没有改动" in message


def test_an_unknown_base_is_refused_with_the_one_meant(copied_root, capsys):
    base = list_forms(ROOT)[0]
    message = refused(capsys, copied_root, "trial", "--extends", f"{base}x")
    assert message == f"ziping：没有表式「{base}x」，不能以它为底\n   建议：是不是「{base}」？\n"


def test_a_broken_base_writes_nothing(wide_root, capsys):
    form = wide_root / "templates/harbour-wide/form.yaml"
    replace_once(form, "公式: 支出 ÷ 预算", "公式: 支出 ÷ 概算")
    message = refused(capsys, wide_root, "trial", "--extends", "harbour-wide")
    assert "表式 harbour-wide 不能用：templates/harbour-wide/form.yaml 第 " in message
    assert "没有写任何文件" in message


def test_a_template_that_is_no_file_name_is_refused(wide_root, capsys):
    form = wide_root / "templates/harbour-wide/form.yaml"
    replace_once(form, "模板: table.docx", "模板: ../table.docx")
    message = refused(capsys, wide_root, "trial", "--extends", "harbour-wide")
    assert "文档「自评表」的模板「../table.docx」不是文件名" in message


def test_a_folder_that_cannot_be_written_is_one_line(copied_root, capsys, monkeypatch):
    def refuse(**_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("generator.commands.new_form.tempfile.TemporaryDirectory", refuse)
    message = refused(capsys, copied_root, "trial")
    assert f"不能写 {copied_root / 'templates'}：可能没有权限" in message


def test_a_fourth_layer_is_refused(wide_root, capsys):
    make(wide_root, "--extends", "harbour-wide", form_id="second")
    make(wide_root, "--extends", "second", form_id="third")
    message = refused(capsys, wide_root, "fourth", "--extends", "third")
    assert "沿用超过 3 层" in message


def test_a_base_without_word_templates_is_enough(wide_root):
    """The templates of a new form are made from what its base declares, not copied."""
    _, folder = make(wide_root, "--extends", "harbour-wide")
    assert sorted(path.name for path in folder.glob("*.docx")) == ["book.docx", "table.docx"]
    assert list(wide_root.glob("templates/harbour-wide/*.docx")) == []


def test_it_has_chinese_help(capsys):
    with pytest.raises(SystemExit) as stop:
        main(["new-form", "--help"])
    assert stop.value.code == 0
    assert capsys.readouterr().out.startswith("用法：ziping new-form")
