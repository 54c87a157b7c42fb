"""`ziping form-template`: what is written, what is left alone, what is refused."""

import re
import shutil
import zipfile

import pytest

from generator.cli import main
from generator.pipeline import open_workbench
from generator.rendering.template_check import Templates
from generator.rendering.xml_tree import parse_xml, w
from tests.conftest import replace_once
from tests.outline import outline


def run(root, *arguments):
    return main(["form-template", *arguments, "--root", str(root)])


def test_a_skeleton_that_was_changed_gets_templates_of_its_own(copied_root, capsys):
    assert main(["new-form", "shili-form", "--root", str(copied_root), "--quiet"]) == 0
    folder = copied_root / "templates/shili-form"
    replace_once(folder / "form.yaml", "主管部门", "牵头单位")
    for template in folder.glob("*.docx"):
        template.unlink()
    assert main(["schema", "--root", str(copied_root), "--quiet"]) == 0  # templates may wait
    capsys.readouterr()
    assert run(copied_root, "shili-form") == 0
    assert "已写 templates/shili-form/" in capsys.readouterr().out
    package = open_workbench(copied_root).package("shili-form")
    assert package.findings == ()
    assert Templates(copied_root).check(package.form, package.rubric) == ()


def test_a_template_that_stands_is_left_alone(copied_root, capsys):
    table = copied_root / "templates/mof-project/table.docx"
    (copied_root / "templates/mof-project/report.docx").unlink()
    before = table.read_bytes()
    assert run(copied_root, "mof-project") == 0
    shown = capsys.readouterr().out
    assert "已写 templates/mof-project/report.docx" in shown
    assert "已经存在，没有动 templates/mof-project/table.docx" in shown
    assert table.read_bytes() == before


@pytest.mark.parametrize("form_id", ["zhuzhou-project", "jinzhong-department", "mof-transfer"])
def test_templates_print_all_that_a_form_declares(copied_root, form_id):
    for template in (copied_root / "templates" / form_id).glob("*.docx"):
        template.unlink()
    assert run(copied_root, form_id, "--quiet") == 0
    package = open_workbench(copied_root).package(form_id)
    assert Templates(copied_root).check(package.form, package.rubric) == ()


def test_an_unknown_form_is_one_line(copied_root, capsys):
    assert run(copied_root, "mof-projct") == 2
    assert (
        capsys.readouterr().err
        == "ziping：没有表式「mof-projct」\n   建议：是不是「mof-project」？\n"
    )


def test_a_broken_form_writes_nothing(copied_root, capsys):
    folder = copied_root / "templates/mof-transfer"
    shutil.rmtree(copied_root / "data")
    for template in folder.glob("*.docx"):
        template.unlink()
    replace_once(folder / "form.yaml", "表式: mof-transfer", "表式: mof-transfers")
    assert run(copied_root, "mof-transfer") == 2
    assert "表式 mof-transfer 不能用" in capsys.readouterr().err
    assert not list(folder.glob("*.docx"))


def test_a_fresh_one_is_written_beside_once(copied_root, capsys):
    folder = copied_root / "templates/mof-project"
    before = (folder / "table.docx").read_bytes()
    (folder / "report.docx").unlink()
    assert run(copied_root, "mof-project", "--again", "table.docx") == 0
    assert "已写 templates/mof-project/table.new.docx" in capsys.readouterr().out
    assert (folder / "table.docx").read_bytes() == before
    assert not (folder / "report.docx").exists()
    assert run(copied_root, "mof-project", "--again", "table.docx") == 2
    assert "table.new.docx 已经存在，没有改动" in capsys.readouterr().err


def test_a_fresh_one_of_no_document_is_one_line(copied_root, capsys):
    assert run(copied_root, "mof-project", "--again", "tabel.docx") == 2
    message = capsys.readouterr().err
    assert "没有模板「tabel.docx」" in message
    assert "是不是「table.docx」？" in message


def test_a_template_of_the_base_that_is_no_longer_used_is_named(copied_root, capsys):
    assert run(copied_root, "mof-project-cost") == 0
    line = "已写 templates/mof-project-cost/table.docx，从此不再用 templates/mof-project/table.docx"
    assert line in capsys.readouterr().out.splitlines()


def test_no_name_is_one_line(copied_root, capsys):
    assert run(copied_root) == 2
    assert "没有写表式的名称" in capsys.readouterr().err


FORM = """\
表式: quay
名称: 某港泊位自评表
适用: {地区: 某港, 范围: 项目, 年度: {自: 2030}}
依据: [{名称: 某港通知, 机关: 某港财政局}]
字段:
  - {名称: 项目名称, 类型: 文本, 必填: 是}
  - {名称: 船数, 类型: 整数, 必填: 是}
资金: {单位: 元, 项: [{名称: 预算, 必填: 是}, {名称: 支出, 必填: 是}]}
派生:
  - {名称: 支付率, 公式: 支出 ÷ 预算, 显示: 率}
  - {名称: 单船支出, 标签: 单船支出（元）, 公式: 支出 ÷ 船数}
  - {名称: 结余, 公式: 预算 − 支出}
  - {名称: 结余率, 公式: 结余 ÷ 预算, 显示: 率}
指标表:
  - 名称: 绩效指标
    层级: [一级指标, 三级指标]
    分值: 90
    目标组: {最少: 1, 最多: 3, 标题样式: "目标{序号}：{目标}（{分值}分）"}
    组: [{名称: 泊位}]
    小计行: 组前
    列:
      - {名称: 指标, 取: 名称}
      - {名称: 目标数, 标签: 目标（数）, 取: 目标值}
      - {名称: 完成值}
      - {名称: 完成率}
      - {名称: 分值}
      - {名称: 得分}
      - {名称: 复核, 取: 空, 空值: ＿＿}
      - {名称: 留空, 取: 空}
提纲: {方式: 固定, 标题: [{名称: 做法, 必填: 是}]}
格式: {率: {类: 百分比, 小数: 1}}
文档:
  - {名称: 表, 模板: table.docx, 文件名: "{项目名称}.docx"}
  - {名称: 汇编, 模板: book.docx, 文件名: "{年度}汇编.docx", 合订: 单位}
"""
RUBRIC = """\
总分: {满分: 100, 组成: [执行率, 绩效指标], 依据: 某港通知}
执行率: {比率: 支付率, 位置: 资金表, 分值: 10, 方法: 比例, 分母为零: 评定, 依据: 某港通知}
分值规则: [{名称: 自定, 用于: {}, 方式: 自定, 依据: 某港通知}]
评分: [{名称: 评定, 用于: {}, 方法: 评定, 依据: 某港通知}]
"""
PROJECT = """\
表式: quay
年度: 2030
项目名称: NAME
船数: 4
资金: {预算: 100, 支出: 90}
绩效指标:
  - 目标: 修好泊位
    分值: 90
    指标: {泊位: [{名称: 泊位数, 目标值: ≥10个, 完成值: 10个, 分值: 90, 得分: 90}]}
报告: {做法: 先修后验。}
"""


@pytest.fixture
def quay(copied_root):
    """A root with the sources of a form, its templates made of them, and two projects."""
    shutil.rmtree(copied_root / "data")
    folder = copied_root / "templates/quay"
    folder.mkdir()
    (folder / "form.yaml").write_text(FORM, encoding="utf-8")
    (folder / "rubric.yaml").write_text(RUBRIC, encoding="utf-8")
    data = copied_root / "data/2030/harbour"
    data.mkdir(parents=True)
    for name in ("east", "west"):
        (data / f"{name}.yaml").write_text(PROJECT.replace("NAME", name), encoding="utf-8")
    assert main(["schema", "--root", str(copied_root), "--quiet"]) == 0
    assert run(copied_root, "quay", "--quiet") == 0
    return copied_root


def test_what_was_made_prints_what_the_form_says(quay, tmp_path, capsys):
    package = open_workbench(quay).package("quay")
    assert Templates(quay).check(package.form, package.rubric) == ()
    out = tmp_path / "out"
    code = main(["report", "2030", "--root", str(quay), "--out", str(out)])
    assert code == 0, capsys.readouterr().out
    table = outline(out / "2030/harbour/east.docx")
    for text in ("支付率", "90.0%", "支付率分值", "单船支出（元）", "22.5", "目标（数）", "结余率"):
        assert text in table, text
    assert "目标1：修好泊位（90分）" in table
    assert table.count("修好泊位") == 1  # the title has it already
    assert table.count("＿＿") == 1
    assert "总分" in table
    assert "目标数" not in table
    assert not re.search("结余(?!率)", table)  # only a step on the way to 结余率
    book = outline(out / "2030/harbour/2030汇编.docx").partition("各项目汇总表")[2]
    for name in ("项目名称", "总分", "east", "west"):
        assert name in book, name


def test_pages_are_not_cut_at_bad_places(quay):
    with zipfile.ZipFile(quay / "templates/quay/table.docx") as package:
        rows = list(parse_xml(package.read("word/document.xml")).iter(w("tr")))
    texts = ["".join(row.itertext()) for row in rows]

    def row(part):
        return rows[next(at for at, text in enumerate(texts) if part in text)]

    def keeps(one):
        return all(next(p.iter(w("keepNext")), None) is not None for p in one.iter(w("p")))

    assert keeps(row("行若 行.新目标"))
    assert keeps(row("行若 行.小计"))
    assert not keeps(row("行若 非 行.小计"))
    height = next(row("正文 报告").iter(w("trHeight")))
    assert height.get(w("hRule")) == "atLeast"
    assert int(height.get(w("val"))) >= 3 * 15 * 20  # three lines
    heads = row("目标（数）")
    rate = next(cell for cell in heads.iter(w("tc")) if "完成率" in "".join(cell.itertext()))
    assert int(next(rate.iter(w("tcW"))).get(w("w"))) * 25.4 / 1440 >= 16
