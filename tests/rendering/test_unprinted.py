"""What a form asks for and no template prints is said once."""

import pytest
from msgspec.structs import replace

from generator.domain.forms import Form
from generator.rendering.unprinted import find_unprinted
from tests.rendering.conftest import Workshop, paragraphs
from tests.rendering.sample_form import RUBRIC, make_form


def small_form(mode: str = "固定") -> Form:
    """The sample form with one field and no 资金, so that its templates can be short."""
    form = make_form(mode=mode)
    fields = tuple(field for field in form.fields if field.name == "子项目")
    return replace(form, fields=fields, funds=None)


def unprinted(workshop: Workshop, *texts: str, form: Form | None = None) -> list[str]:
    printed = (
        "{{ 子项目.列举 }}",
        "{% 每段 行 于 绩效指标 %}{{ 行.名称 }}{{ 行.方向 }}{{ 行.分值 }}",
    )
    uses = workshop.compile(paragraphs(*printed, *texts)).uses
    return [found.what for found in find_unprinted(form or small_form(), None, uses)]


def test_a_column_is_printed_by_its_name_or_by_what_it_takes(workshop: Workshop) -> None:
    assert unprinted(workshop, "{% 正文 报告 %}") == []
    uses = workshop.compile(
        paragraphs("{% 每段 行 于 绩效指标 %}{{ 行.目标值 }}{{ 行.权重 }}")
    ).uses
    assert [found.what for found in find_unprinted(small_form(), None, uses)] == [
        "必填字段「子项目」",
        "绩效指标的列「指标名称」",
        "报告的正文",
    ]


def test_what_a_bound_document_prints_of_each_project_is_printed(workshop: Workshop) -> None:
    texts = (
        "{% 每 一项 于 各项目 %}",
        "{{ 一项.子项目.列举 }}",
        "{% 每段 行 于 一项.绩效指标 %}{{ 行.指标名称 }}{{ 行.目标值 }}{{ 行.权重 }}",
        "{% 正文 一项.报告 %}",
        "{% 完 %}",
    )
    uses = workshop.compile(paragraphs(*texts)).uses
    assert [found.what for found in find_unprinted(small_form(), None, uses)] == []


@pytest.mark.parametrize(
    ("boxes", "missing"),
    [
        (("概况", "绩效"), []),
        (("概况", "产出情况分析"), []),
        (("背景", "概况.其他", "产出情况分析"), []),
        (("背景", "产出情况分析"), ["报告的必填标题「概况」"]),
        (("概况", "建议"), ["报告的必填标题「产出情况分析」"]),
    ],
)
def test_required_headings_have_a_box_each(
    workshop: Workshop, boxes: tuple[str, ...], missing: list[str]
) -> None:
    assert unprinted(workshop, *(f"{{% 正文 报告.{box} %}}" for box in boxes)) == missing


def test_boxes_do_not_print_headings_that_a_unit_makes_up(workshop: Workshop) -> None:
    texts = ("{% 正文 报告.概况 %}", "{% 正文 报告.绩效 %}")
    assert unprinted(workshop, *texts, form=small_form(mode="参考")) == [
        "报告里自拟的标题（提纲是「参考」，逐个标题印不出它们）"
    ]


def test_grids_rows_of_funds_and_the_total_are_asked_for(workshop: Workshop) -> None:
    uses = workshop.compile(paragraphs("{{ 项目名称 }}{{ 资金.执行数 }}")).uses
    found = [one.what for one in find_unprinted(make_form(), RUBRIC, uses)]
    assert "总分（结果.总分）" in found
    assert "资金的行「财政拨款」" in found
    assert "资金的行「合计」" not in found
    assert "列表「附件」" in found


def test_a_form_without_documents_prints_nothing() -> None:
    form = make_form()
    assert list(find_unprinted(replace(form, documents=()), None, ())) == []
