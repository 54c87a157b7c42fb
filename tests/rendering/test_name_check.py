"""A name that a form does not have is told from the form alone, with its place in the template."""

import pytest

from generator.domain.forms import Form
from generator.domain.trees import GoalRules
from generator.rendering.form_names import bound_names, known_names
from generator.rendering.name_check import find_unknown_names
from tests.rendering.conftest import Build, Workshop, paragraphs, table
from tests.rendering.sample_form import RUBRIC, indicators, make_form, make_rubric


def faults(workshop: Workshop, build: Build, form: Form | None = None) -> list[tuple[str, str]]:
    known = known_names(form or make_form(), RUBRIC)
    problems = find_unknown_names(workshop.compile(build).uses, known)
    return [(problem.where, problem.message) for problem in problems]


@pytest.mark.parametrize(
    ("tag", "message"),
    [
        ("{{ 项目名 }}", "没有「项目名」，是不是「项目名称」？"),
        ("{{ 资金.执行 }}", "「资金」里没有「执行」，是不是「执行数」？"),
        ("{{ 资金.财政拔款.执行数 }}", "「资金」里没有「财政拔款」，是不是「财政拨款」？"),
        ("{{ 资金.结余.结存数 }}", "「资金.结余」里没有「结存数」，是不是「结转数」？"),
        ("{{ 目标.预期 }}", "「目标」里没有「预期」，是不是「预期目标」？"),
        ("{{ 经费.会议费.今年数 }}", "「经费.会议费」里没有「今年数」，是不是「上年数」？"),
        ("{{ 派生.进度 }}", "「派生」里没有「进度」，是不是「执行进度」？"),
        ("{{ 结果.得分 }}", "「结果」里没有「得分」，是不是「总分」？"),
        ("{{ 小计.投入.得分 }}", "「小计」里没有「投入」，可以写：产出、数量、质量、效益"),
        ("{{ 年度.末 }}", "「年度」已是一个值，下面没有「末」"),
        ("{{ 行.名称 }}", "没有「行」，它只在「每行」里面能用"),
        ("{{ 段 }}", "没有「段」，它只在「每段」里面能用"),
        (
            "{{ 子项目 }}",
            "「子项目」是清单，不能直接填写，请用「每行」「每段」或「每」",
        ),
        ("{{ 备注|空作（“无”） }}", "「备注」是清单，不能直接填写，请用「每行」「每段」或「每」"),
        (
            "{{ 子项目.金额 }}",
            "「子项目」是清单，「金额」要逐行印：{% 每行 行 于 子项目 %}{{ 行.金额 }}",
        ),
        ("{{ 子项目.例举 }}", "「子项目」是清单，没有「例举」，是不是「列举」？"),
        (
            "{{ 附件[“检测费”].名称 }}",
            "「附件」是清单，不能指名其中一行，请用「每行」或「每」",
        ),
        (
            "{{ 资金 }}",
            "「资金」是一组值，不能直接填写，请再写下一级：合计、财政拨款、预算数、执行数、结余",
        ),
        (
            "{% 若 目标 = “甲” %}",
            "「目标」是一组值，不能直接填写，请再写下一级：预期目标、完成情况",
        ),
        ("{% 每 项 于 年度 %}", "「年度」不是清单，不能逐行印"),
        ("{% 每 项 于 报告 %}", "「报告」不是清单，请写「{% 正文 报告 %}」"),
        (
            "{% 若 无此名 且 年度 %}",
            "没有「无此名」，可以写：年度、项目名称、目标、子项目、附件、经费 等 15 项",
        ),
        (
            "{% 正文 目标 %}",
            "「目标」不是正文，「正文」后面写「报告」或它的一个标题，如「报告.标题」",
        ),
        ("{% 正文 报告.概貌 %}", "「报告」的提纲里没有标题「概貌」，是不是「概况」？"),
        ("{% 正文 报告.概况情况 %}", "提纲里这个标题叫「概况」，请写「报告.概况」"),
        (
            "{% 正文 报告.其他 %}",
            "标题「其他」不止一处，请写全：报告.概况.其他、报告.绩效.其他",
        ),
        ("{% 正文 报告.问题情况 %}", "提纲里这个标题叫「问题、原因」，请写「报告[“问题、原因”]」"),
        ("{{ 报告.概况 }}", "「报告.概况」是正文，请独占一段写「{% 正文 报告.概况 %}」"),
    ],
)
def test_a_wrong_name_is_said(workshop: Workshop, tag: str, message: str) -> None:
    end = "{% 完 %}" if tag.startswith(("{% 若", "{% 每")) else ""
    found = faults(workshop, paragraphs("前", *((tag, "文", end) if end else (tag,))))
    assert found == [("段落 2", f"{tag}：{message}")]


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("{{ 行.名秤 }}", "「绩效指标」的行里没有「名秤」，是不是「名称」？"),
        ("{{ 行.名称.文字 }}", "「绩效指标.名称」已是一个值，下面没有「文字」"),
        (
            "{{ 行.名称 }}{% 合并 %}",
            "「名称」这一列不能合并，能合并的是：整表、目标、目标标题、一级指标、二级指标、分值、"
            "得分、权重",
        ),
    ],
)
def test_a_wrong_name_in_a_row_is_said(workshop: Workshop, cell: str, message: str) -> None:
    build = table(("表头", ""), ("{% 每行 绩效指标 %}", cell))
    tag = cell[cell.rindex("{") :] if "合并" in cell else cell
    assert faults(workshop, build) == [("表 1 行 2 列 2", f"{tag}：{message}")]


def test_a_list_that_is_none_is_said_once(workshop: Workshop) -> None:
    build = table(("a", ""), ("{% 每行 绩效指针 %}{{ 行.一级指标 }}{% 合并 %}", "{{ 行.名称 }}"))
    assert faults(workshop, build) == [
        ("表 1 行 2 列 1", "{% 每行 绩效指针 %}：没有「绩效指针」，是不是「绩效指标」？")
    ]


def test_every_name_of_the_form_may_be_used(workshop: Workshop) -> None:
    texts = (
        "{{ 年度 }}{{ 表名 }}{{ 单位 }}{{ 项目名称|空作(“无”) }}{{ 目标.预期目标 }}",
        "{{ 资金.执行数|小数(2) }}{{ 资金.财政拨款.预算数 }}{{ 资金.结余.结转数 }}",
        "{{ 派生.执行进度 }}",
        "{{ 结果.总分 }}{{ 结果.等级 }}{{ 小计.产出.分值 }}{{ 小计.数量.得分 }}",
        "{{ 子项目.列举 }}{{ 经费.会议费.本年数 }}{{ 备注|勾选(“甲”) }}{{ 资金[年度] }}",
        "{% 若 子项目 且 非 报告.建议 或 “甲” 属于 备注 或 年度 > 2019 %}有{% 完 %}",
        "{% 每段 备注｜编号 %}{{ 段 }}",
        "{% 每段 项 于 子项目 %}{{ 项.名称 }}{{ 项.金额 }}",
        "{% 正文 报告 %}",
        "{% 正文 报告.绩效.其他 %}",
    )

    def build(document: object) -> None:
        paragraphs(*texts)(document)
        cell = "{{ 行.权重 }}{% 合并 %}{{ 行.方向 }}{{ 行.完成进度 }}{{ 行.序号 }}"
        cell += "{% 若 行.小计 %}计{% 完 %}"
        rows = ("{% 每行 绩效指标 至少 3 %}{{ 行.一级指标 }}{% 合并 %}", cell, "总{% 合并 整表 %}")
        table(("a", "b", "c"), rows)(document)

    assert faults(workshop, build) == []


def test_headings_that_a_unit_makes_up_cannot_be_named(workshop: Workshop) -> None:
    build = paragraphs("{% 正文 报告.自己的 %}", "{% 正文 报告 %}")
    form = make_form(mode="自由", headings=())
    assert faults(workshop, build, form) == [
        (
            "段落 1",
            "{% 正文 报告.自己的 %}：「报告」下面提纲没有列出标题，只能整个印：{% 正文 报告 %}",
        )
    ]


def test_without_a_rubric_there_are_no_results(workshop: Workshop) -> None:
    uses = workshop.compile(paragraphs("{{ 结果.总分 }}", "{{ 小计.产出.分值 }}")).uses
    problems = find_unknown_names(uses, known_names(make_form(), None))
    assert [problem.message for problem in problems] == [
        "{{ 结果.总分 }}：「结果」里没有「总分」",
        "{{ 小计.产出.分值 }}：「小计」里没有「产出」",
    ]


def test_subtotals_are_named_by_their_shortest_path() -> None:
    form = make_form(indicators("甲表"), indicators("乙表"))
    known = known_names(form, make_rubric("甲表", "乙表"))
    assert list(known.names["小计"].names)[:3] == ["甲表/产出", "甲表/产出/数量", "甲表/产出/质量"]
    known = known_names(form, make_rubric("甲表"))
    assert list(known.names["小计"].names) == ["产出", "数量", "质量", "效益"]


def test_subtotals_of_goals_are_the_data_s(workshop: Workshop) -> None:
    goals = GoalRules(1, None, has_subtotal=True, title="")
    build = paragraphs(
        "{{ 小计.目标2.分值 }}", "{{ 小计[“目标1/产出”].分值 }}", "{{ 小计.产出.分值 }}"
    )
    found = faults(workshop, build, make_form(indicators("绩效指标", goals)))
    assert found == [("段落 3", "{{ 小计.产出.分值 }}：「小计」里没有「产出」")]


def test_a_bound_document_sees_projects_and_the_rollup(workshop: Workshop) -> None:
    texts = (
        "{{ 单位 }}{{ 年度 }}{{ 汇总.总分 }}{{ 汇总.项目数 }}{{ 项目名称 }}",
        "{% 每 一项 于 各项目 %}",
        "{{ 一项.项目名称 }}{{ 一项.资金.执行数 }}{{ 一项.负责人 }}",
        "{% 正文 一项.报告.概况 %}",
        "{% 每段 行 于 一项.绩效指标 %}{{ 行.名称 }}{{ 行.名字 }}",
        "{% 完 %}",
    )
    uses = workshop.compile(paragraphs(*texts)).uses
    problems = list(find_unknown_names(uses, bound_names(make_form(), RUBRIC)))
    assert [(problem.where, problem.message) for problem in problems] == [
        (
            "段落 1",
            "{{ 项目名称 }}：没有「项目名称」，可以写：年度、单位、表名、备注、各项目、汇总",
        ),
        (
            "段落 3",
            "{{ 一项.负责人 }}：「各项目」的行里没有「负责人」，"
            "可以写：年度、项目名称、目标、子项目、附件、经费 等 15 项",
        ),
        ("段落 5", "{{ 行.名字 }}：「各项目.绩效指标」的行里没有「名字」，是不是「名称」？"),
    ]
