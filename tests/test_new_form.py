"""A form made only of YAML goes through to a document; every name that is used exists."""

import pytest

from generator.cli import main
from generator.pipeline import open_workbench
from generator.reading.package import list_forms
from generator.rendering.compiled import compile_template
from tests.conftest import ROOT
from tests.outline import table_rows

FORM = """\
表式: harbour-project
名称: 某港项目支出绩效自评表
沿用: mof-project
依据: [{名称: 某港自评通知, 机关: 某港财政局}]
适用: {地区: 某港, 范围: 项目, 年度: {自: 2030}}
资金:
  行: [{名称: 港务资金, 计入: 合计}, {名称: 其他资金, 标签: 其他}]
派生: [{名称: 人均支出, 公式: 全年执行数 ÷ 全年预算数 × 2}]
指标表:
  - 名称: 绩效指标
    组:
      - {名称: 产出指标, 分值: 20}
      - {名称: 效益指标, 分值: 60, 二级: [{名称: 经济效益指标, 必有: 是}]}
    列: [{名称: 一级指标, 格式: 带分值}]
格式: {带分值: {类: 组名, 样式: "{名称}[{分值}]"}}
"""
RUBRIC = """\
分值规则:
  取代: [{名称: 均分, 用于: {}, 方式: 均分, 小数: 1, 余数: 末项, 依据: 某港填表说明}]
评分:
  取代:
    - 名称: 逐点
      用于: {}
      方法: 逐点扣分
      每点扣: 2%
      超额: {自: 120%, 每点扣: 1%}
      依据: 某港填表说明
    - {名称: 满意, 用于: {组: 满意度指标}, 方法: 达标, 依据: 某港填表说明}
等级: {档: {取代: [{名称: 合格, 自: 60}, {名称: 不合格, 自: 0}]}, 依据: 某港填表说明}
"""
DATA = """\
表式: harbour-project
年度: 2030
项目名称: 疏浚
主管部门: 某港
实施单位: 某港
年度总体目标: {预期目标: 疏浚, 实际完成情况: 已疏浚}
资金:
  年初预算数: 10
  全年预算数: 10
  全年执行数: 9
  港务资金: {年初预算数: 10, 全年预算数: 10, 全年执行数: 9}
绩效指标:
  产出指标:
    数量指标:
      - {名称: 甲, 目标值: 100米, 完成值: 95米, 偏差原因: 天气原因停工}
      - {名称: 乙, 目标值: 100米, 完成值: 100米}
    质量指标: [{名称: 丙, 目标值: 100%, 完成值: 100%}]
    时效指标: [{名称: 丁, 目标值: 10天, 完成值: 13天, 偏差原因: 超额完成的说明}]
    成本指标: [{名称: 戊, 目标值: ≤10万元, 完成值: 8万元}]
  效益指标:
    经济效益指标:
      - {名称: 己, 目标值: 1亿元, 完成值: 1亿元}
      - {名称: 庚, 目标值: 1亿元, 完成值: 1亿元}
      - {名称: 辛, 目标值: 1亿元, 完成值: 1亿元}
  满意度指标:
    服务对象满意度指标: [{名称: 壬, 目标值: 90%, 完成值: 91%}]
"""


def test_a_form_of_yaml_alone_gives_a_scored_table(copied_root, tmp_path, capsys):
    package = copied_root / "templates/harbour-project"
    package.mkdir()
    (package / "form.yaml").write_text(FORM, encoding="utf-8")
    (package / "rubric.yaml").write_text(RUBRIC, encoding="utf-8")
    data = copied_root / "data/2030/harbour"
    data.mkdir(parents=True)
    (data / "dredging.yaml").write_text(DATA, encoding="utf-8")
    assert main(["schema", "--root", str(copied_root)]) == 0
    out = tmp_path / "out"
    assert main(["report", "2030", "--root", str(copied_root), "--out", str(out)]) == 0, (
        capsys.readouterr().out
    )
    rows = table_rows(out / "2030/harbour/疏浚绩效自评表.docx")
    scores = {row[3]: tuple(row[6:8]) for row in rows if len(row) == 9}
    assert scores["甲"] == ("4", "3.6")  # 5 points short, 2 % each
    assert scores["丁"] == ("4", "3.6")  # 130 %: 10 points over 120 %
    assert scores["戊"] == ("4", "4")  # below an upper bound
    assert scores["壬"] == ("10", "10")
    assert sum(float(points) for points, _ in (scores[n] for n in "己庚辛")) == 60
    assert any(row[1] == "产出指标[20]" for row in rows if len(row) == 9)
    assert rows[-1][-3:-1] == ["100", "98.2"]


@pytest.mark.parametrize("form_id", list_forms(ROOT))
def test_every_name_that_the_templates_use_exists(form_id):
    package = open_workbench(ROOT).package(form_id)
    fields = {field.name for field in package.form.fields}
    tables = {table.name for table in package.form.tables}
    known = fields | tables | {"年度", "资金", "派生", "结果", "备注", "报告", "表名"}
    for document in package.form.documents:
        for use in compile_template(ROOT / document.template).uses:
            assert use.path[0] in known, f"{document.template} {use.tag.where}: {use.tag.text}"


@pytest.mark.parametrize("form_id", list_forms(ROOT))
def test_a_committed_form_has_no_finding(form_id):
    assert open_workbench(ROOT).package(form_id).findings == ()
