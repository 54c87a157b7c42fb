"""A derived schema is flat and closed, and holds every kind of field, tree and outline."""

import json

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from generator.reading.schema_check import SchemaChecker, refuse_unknown_keywords
from generator.reading.schema_derive import (
    derive_schema,
    derive_unit_schema,
    dump_schema,
    unit_properties,
)
from generator.reading.yaml_source import parse_yaml
from tests.conftest import ROOT, misspelt

COMMON = json.loads((ROOT / "schema/common.schema.json").read_text(encoding="utf-8"))
FORM = parse_yaml(
    """
表式: sample
名称: 样表
字段:
  - {名称: 项目名称, 类型: 文本, 必填: 是, 说明: 照立项文件}
  - {名称: 主管部门, 类型: 文本, 必填: 是, 来源: 单位}
  - {名称: 属性, 类型: 选项, 选项: [经常性项目, "1"], 必填: 是}
  - {名称: 总体目标, 类型: 组, 项: [{名称: 预期, 类型: 长文本, 必填: 是}]}
  - {名称: 人员, 类型: 组, 必填: 是, 项: [{名称: 在职, 类型: 整数, 必填: 是}]}
  - 名称: 子项目
    类型: 列表
    项: [{名称: 名称, 类型: 文本, 必填: 是}, {名称: 金额, 标签: 金额（万元）, 类型: 金额, 单位: 元}]
  - 名称: 经费对比
    类型: 表格
    行: [{名称: 会议费}, {名称: 培训费}]
    项: [{名称: 上年数, 类型: 金额}, {名称: 比率, 类型: 百分比}]
  - {名称: 人均, 类型: 数}
  - {名称: 填报日期, 类型: 日期}
  - {名称: 实施期, 类型: 起止}
资金:
  单位: 万元
  栏:
    - {名称: 预算数, 标签: 预算数（A）}
    - {名称: 执行数}
    - {名称: 执行率, 公式: 执行数 ÷ 预算数}
    - {名称: 备注, 类型: 长文本, 必填: 否}
  行: [{名称: 合计, 标签: 总额, 顶层: 是, 必填: 是}, {名称: 财政拨款, 计入: 合计}]
  项:
    - {名称: 结余数, 公式: 预算数 − 执行数, 必填: 是}
    - {名称: 支出, 分列: [{名称: 市级, 必填: 是}, {名称: 其他, 空视为: "0", 必填: 是}]}
指标表:
  - 名称: 绩效目标
    层级: [一级, 二级, 三级]
    计分: 否
    指标字段: [{名称: 完成进度, 类型: 文本}]
    组: [{名称: 产出, 二级: [{名称: 数量}, {名称: 质量}]}]
  - 名称: 评分表
    层级: [一级, 二级, 三级]
    组:
      - 名称: 投入
        分值: "20"
        自拟: 否
        二级: [{名称: 管理, 固定指标: [{名称: 健全性}, {名称: 合规性}]}]
      - {名称: 效果, 分值: {缺省: "30", 可改: 是}, 二级: [{名称: 管理, 固定指标: [{名称: 效益}]}]}
  - {名称: 两级表, 层级: [类别, 指标], 组: [{名称: 甲类}, {名称: 乙类}]}
  - {名称: 一级表, 层级: [指标]}
  - 名称: 多目标
    层级: [一级, 指标]
    目标组: {最少: "1", 最多: "3"}
    组: [{名称: 丙类}]
提纲:
  方式: 固定
  标题:
    - {名称: 概况, 提示: 写背景}
    - {名称: 情况, 下级: [{名称: 组织, 别名: [组织情况]}, {名称: 实施, 自拟下级: 是}]}
""".encode(),
    file="form.yaml",
).value
DATA = """
表式: sample
年度: 2020
项目名称: 甲
属性: 1
人员: {在职: 12}
子项目: [{名称: 乙, 金额: 50660.00}]
经费对比: {会议费: {上年数: 1.50, 比率: 95%}}
人均: -3.2
填报日期: 2021-07-02
实施期: {起: 2019, 止: 2020-12}
资金:
  预算数: 600.00
  执行数: 590
  财政拨款: {预算数: 600.00}
  支出: {市级: 5}
绩效目标:
  产出:
    数量:
      - {名称: 培训, 目标值: 20, 完成值: 21, 完成进度: 100%, 其中: [{名称: 其一, 完成进度: 1}]}
    质量:
评分表:
  投入:
    管理: [{名称: 健全性, 得分: 9.50}]
  效果:
    管理: [{名称: 自己拟的, 分值: 10}, {名称: 效益, 目标值: {年初: 1, 调整后: 2}}]
两级表: {甲类: [{名称: 丁, 分值: 5}]}
一级表: [{名称: 戊, 分值: 5}]
多目标: [{目标: 其一, 分值: 10, 指标: {丙类: [{名称: 己}]}}]
组分值: {效果: 30}
报告:
  概况:
    - 文字
    - 表: {题: 表1, 列: [甲, 2020], 行: [[1, ""]]}
    - 图: {题: 图1, 文件: 图/甲.png, 宽: 12.5}
  情况: {组织情况: 文字, 实施: {自己的标题: 文字}}
  附件: [其一, {表: {题: 其二, 列: [甲], 行: [[1]]}}]
豁免: [{规则: points-total, 处: 投入, 理由: 已收件存档}]
已报送:
  {总分: 98, 执行率: 98.3%, 小计: {投入: 17.75, 投入/管理: 17.75, 目标1: 10}, 得分: {健全性: 9}}
"""
SCHEMA = derive_schema(FORM, COMMON)
REQUIRED = ["表式", "年度", "项目名称", "属性", "人员", "资金"]


def errors(text):
    source = parse_yaml(text.encode(), file="甲.yaml")
    return [(f.rule, f.subject) for f in SchemaChecker(SCHEMA).check(source)]


def with_line(line, *, under=""):
    """Return the data with one more line at the top level, or at the head of a mapping."""
    if not under:
        return f"{DATA}{line}\n"
    assert DATA.count(f"\n{under}:\n") == 1
    return DATA.replace(f"\n{under}:\n", f"\n{under}:\n  {line}\n")


def test_it_is_valid_flat_closed_and_keeps_used_definitions_only():
    Draft202012Validator.check_schema(SCHEMA)
    refuse_unknown_keywords(SCHEMA, name="样表")
    text = dump_schema(SCHEMA)
    for name in SCHEMA["$defs"]:
        assert f'"#/$defs/{name}"' in text
    assert list(SCHEMA["$defs"]) == [*(n for n in COMMON["$defs"] if n in SCHEMA["$defs"])] + [
        n for n in SCHEMA["$defs"] if n not in COMMON["$defs"]
    ]


def test_deriving_changes_nothing_it_was_given():
    before = json.dumps([FORM, COMMON], ensure_ascii=False)
    derive_schema(FORM, COMMON)
    assert json.dumps([FORM, COMMON], ensure_ascii=False) == before
    assert dump_schema(derive_schema(FORM, COMMON)) == dump_schema(SCHEMA)
    assert dump_schema(SCHEMA).endswith("}\n")


def test_text_and_the_typed_values_of_an_editor_are_both_accepted():
    assert errors(DATA) == []
    typed = json.loads(json.dumps(YAML(typ="safe", pure=True).load(DATA), default=str))
    assert [e.message for e in Draft202012Validator(SCHEMA).iter_errors(typed)] == []


def test_every_misspelt_key_is_refused_except_where_any_is_admitted():
    value = parse_yaml(DATA.encode(), file="甲.yaml").value
    validator = Draft202012Validator(SCHEMA)
    accepted = {where for where, spoilt in misspelt(value) if validator.is_valid(spoilt)}
    assert accepted == {("报告", "情况", "实施", "自己的标题"), ("已报送", "得分", "健全性")}


def test_a_heading_of_the_form_named_as_the_list_of_attachments_is_a_heading():
    outline = {"方式": "固定", "标题": [{"名称": "附件"}]}
    schema = derive_schema(FORM | {"提纲": outline}, COMMON)
    assert schema["properties"]["报告"]["properties"]["附件"]["$ref"] == "#/$defs/正文"
    assert SCHEMA["properties"]["报告"]["properties"]["附件"]["$ref"] == "#/$defs/附件"


def test_what_is_required_may_stand_nowhere_else():
    assert SCHEMA["required"] == REQUIRED
    funds = SCHEMA["properties"]["资金"]
    assert funds["required"] == ["预算数", "执行数", "支出"]
    assert funds["properties"]["支出"]["required"] == ["市级"]
    assert "required" not in SCHEMA["properties"]["总体目标"]  # an optional group
    assert SCHEMA["properties"]["人员"]["required"] == ["在职"]


def test_titles_come_from_labels_and_descriptions_from_notes():
    fields = SCHEMA["properties"]
    assert fields["项目名称"]["description"] == "照立项文件"
    column = fields["子项目"]["items"]["properties"]["金额"]
    assert (column["title"], column["description"]) == ("金额（万元）", "单位：元")
    assert fields["资金"]["title"] == "资金（万元）"
    assert fields["资金"]["properties"]["预算数"]["title"] == "预算数（A）"
    assert fields["报告"]["properties"]["概况"]["description"] == "写背景"
    organized = fields["报告"]["properties"]["情况"]["properties"]
    assert organized["组织情况"]["title"] == "组织情况（即组织）"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (with_line("执行率: 98%", under="资金"), ("schema-unknown-key", "资金.执行率")),
        (with_line("自拟标题: 文字", under="报告"), ("schema-unknown-key", "报告.自拟标题")),
        (with_line("总体目标: 无"), ("schema-type", "总体目标")),
        (
            DATA.replace("名称: 健全性,", "名称: 自己拟的,"),
            ("schema-value", "评分表.投入.管理.自己拟的.名称"),
        ),
        (
            DATA.replace("完成进度: 100%", "得分: 5"),
            ("schema-unknown-key", "绩效目标.产出.数量.培训.得分"),
        ),
        (
            DATA.replace("组分值: {效果: 30}", "组分值: {投入: 30}"),
            ("schema-unknown-key", "组分值.投入"),
        ),
        (DATA.replace("属性: 1", "属性: 2"), ("schema-value", "属性")),
        (DATA.replace("比率: 95%", "比率: 0.95"), ("schema-pattern", "经费对比.会议费.比率")),
        (DATA.replace("在职: 12", "在职: 12.5"), ("schema-pattern", "人员.在职")),
        (DATA.replace("2021-07-02", "2021-13-02"), ("schema-pattern", "填报日期")),
        (DATA.replace("止: 2020-12", "终: 2020-12"), ("schema-unknown-key", "实施期.终")),
        (DATA.replace("年度: 2020", "年度: 202"), ("schema-pattern", "年度")),
        (DATA.replace("表式: sample", "表式: simple"), ("schema-value", "表式")),
        (
            DATA.replace("投入/管理: 17.75", "管理: 17.75"),
            ("schema-unknown-key", "已报送.小计.管理"),
        ),
        (
            DATA.replace("[{目标: 其一", "[{目标: 其一}, {}, {}, {目标: 其四"),
            ("schema-limit", "多目标"),
        ),
    ],
)
def test_what_the_form_does_not_have_is_refused(text, found):
    assert text != DATA
    assert found in errors(text)


def test_fixed_names_are_enumerated_or_only_suggested():
    groups = SCHEMA["properties"]["评分表"]["properties"]
    closed, suggested = (
        groups[name]["properties"]["管理"]["items"]["allOf"][1]["properties"]["名称"]
        for name in ("投入", "效果")
    )
    assert closed["enum"] == ["健全性", "合规性"]
    assert suggested["anyOf"] == [{"enum": ["效益"]}, {"type": ["string", "number"]}]


def test_a_reference_outline_admits_text_and_own_headings_anywhere():
    outline = FORM["提纲"] | {"方式": "参考"}
    schema = derive_schema(FORM | {"提纲": outline}, COMMON)
    data = parse_yaml(DATA.encode(), file="甲.yaml").value
    for report in (
        {"情况": "文字"},
        {"自己的": {"下级": "文字"}},
        {"情况": {"自己的": "文字"}},
        None,
    ):
        assert Draft202012Validator(schema).is_valid(data | {"报告": report})


def test_a_form_of_an_outline_alone_has_a_schema():
    form = {"表式": "bare", "名称": "只有提纲", "提纲": {"方式": "自由"}}
    schema = derive_schema(form, COMMON)
    Draft202012Validator.check_schema(schema)
    assert list(schema["properties"]) == ["表式", "年度", "报告", "豁免", "已报送"]
    assert "小计" not in schema["properties"]["已报送"]["properties"]


def test_a_unit_file_holds_the_fields_of_its_forms():
    other = {"字段": [{"名称": "主管部门", "类型": "长文本", "来源": "单位", "标签": "部门"}]}
    assert list(unit_properties(FORM)) == ["主管部门"]
    schema = derive_unit_schema([FORM, other], COMMON)
    Draft202012Validator.check_schema(schema)
    assert len(schema["properties"]["主管部门"]["anyOf"]) == 2
    assert Draft202012Validator(schema).is_valid({"主管部门": "某局"})
    assert not Draft202012Validator(schema).is_valid({"项目名称": "甲"})
