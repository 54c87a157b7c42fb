"""A form with one of everything, made without YAML."""

from decimal import Decimal

from generator.domain.fields import Field, GridRow
from generator.domain.forms import (
    Derived,
    Document,
    Form,
    FundColumn,
    FundItem,
    FundRow,
    Funds,
    Heading,
    Outline,
)
from generator.domain.rubrics import Rollup, Rubric, Total
from generator.domain.trees import Column, GoalRules, Group, IndicatorTable, Level2
from generator.findings import Place

PLACE = Place("templates/shili/form.yaml", 1)


def own_field(name: str, kind: str = "文本", *items: str, **more: object) -> Field:
    inner = tuple(Field(item, item, "文本", PLACE) for item in items)
    return Field(name, name, kind, PLACE, items=inner, **more)


def heading(name: str, *below: Heading, is_required: bool = False) -> Heading:
    return Heading(name, PLACE, is_required=is_required, aliases=(f"{name}情况",), below=below)


def indicators(name: str, goals: GoalRules | None = None) -> IndicatorTable:
    level2 = (Level2("数量", "数量", PLACE), Level2("质量", "质量", PLACE))
    groups = (Group("产出", "产出", PLACE, level2=level2), Group("效益", "效益", PLACE))
    columns = (
        Column("指标名称", "名称", PLACE),
        Column("方向", "目标值.方向", PLACE),
        Column("权重", "分值", PLACE),
        Column("复核", "空", PLACE),
    )
    return IndicatorTable(
        name=name,
        label=name,
        place=PLACE,
        levels=("一级指标", "二级指标", "三级指标"),
        is_scored=True,
        points=None,
        groups=groups,
        extra_fields=(own_field("完成进度"),),
        columns=columns,
        goals=goals,
    )


FUNDS = Funds(
    unit="万元",
    places=None,
    columns=(FundColumn("预算数", "预算数", PLACE), FundColumn("执行数", "执行数", PLACE)),
    rows=(FundRow("合计", "合计", PLACE, is_top=True), FundRow("财政拨款", "财政拨款", PLACE)),
    items=(FundItem("结余.结转数", "结转数", PLACE),),
    scored_row="合计",
)
HEADINGS = (
    heading("概况", heading("背景"), heading("其他"), is_required=True),
    heading("绩效", heading("产出情况分析", is_required=True), heading("其他")),
    Heading("问题、原因", PLACE, aliases=("问题情况",)),
    heading("建议"),
)


def make_form(
    *tables: IndicatorTable, mode: str = "固定", headings: tuple[Heading, ...] = HEADINGS
) -> Form:
    return Form(
        id="shili",
        title="示例表",
        place=PLACE,
        scope="项目",
        first_year=2020,
        last_year=None,
        fields=(
            own_field("项目名称", is_required=True),
            own_field("目标", "组", "预期目标", "完成情况"),
            own_field(
                "子项目", "列表", "名称", "金额", sentence="{名称}{金额}万元", is_required=True
            ),
            own_field("附件", "列表", "名称"),
            own_field(
                "经费", "表格", "上年数", "本年数", rows=(GridRow("会议费", "会议费", PLACE),)
            ),
        ),
        funds=FUNDS,
        derived=(Derived("执行进度", PLACE, "执行数 ÷ 预算数"),),
        identities=(),
        tables=tables or (indicators("绩效指标"),),
        outline=Outline(mode, headings),
        formats={},
        notes=(),
        documents=(Document("表", "templates/shili/t.docx", "{项目名称}.docx", "", PLACE),),
    )


def make_rubric(*parts: str) -> Rubric:
    total = Total("总分", Decimal(100), parts, None, "", PLACE)
    return Rubric(total, None, (), (), None, (), rollup=Rollup("平均", "", PLACE))


RUBRIC = make_rubric("绩效指标")
