"""A validated data file to the domain's Project; the Chinese keys of the data are read here."""

import pathlib
from collections.abc import Iterator, Mapping

from msgspec import Struct

from generator.domain.forms import Form
from generator.domain.model import Filed, Plain, Project, Waiver
from generator.domain.rubrics import Rubric
from generator.reading.figure_builder import build_figures, build_fund_texts
from generator.reading.indicator_builder import build_goals, build_indicators, list_levels
from generator.reading.narrative_builder import NarrativeBuilder
from generator.reading.plain_values import amount, amounts, items, mapping, text
from generator.reading.yaml_source import Source


class ProjectFiles(Struct, frozen=True):
    """One data file with what its unit shares, both read and validated."""

    id: str
    root: pathlib.Path
    source: Source
    unit: Source | None


def build_project(files: ProjectFiles, form: Form, rubric: Rubric | None) -> Project:
    """Build a project from data that satisfy the form's schema."""
    data = mapping(files.source.value)
    shared = mapping(files.unit.value) if files.unit else {}
    values = {
        field.name: data[field.name] if data.get(field.name) is not None else shared.get(field.name)
        for field in form.fields
        if field.name in data or field.name in shared
    }
    funds = mapping(data.get("资金"))
    narrative = NarrativeBuilder(files.root, files.source.file, form)
    return Project(
        id=files.id,
        file=files.source.file,
        year=int(text(data.get("年度")) or 0),
        name=text(values.get("项目名称")) or files.id.rsplit("/", 1)[-1],
        form=form,
        rubric=rubric,
        values=values,
        figures={figure.name: figure for figure in build_figures(form, funds, values)},
        fund_texts=dict(build_fund_texts(form, funds)),
        indicators=tuple(build_indicators(form, data)),
        goals=build_goals(form, data),
        listed_levels=list_levels(form, data),
        group_points=amounts(data.get("组分值")),
        report=narrative.passages(data.get("报告")),
        attachments=narrative.attachments(data.get("报告")),
        waivers=tuple(_waivers(data.get("豁免"))),
        filed=_filed(mapping(data.get("已报送"))),
        place_of=files.source.place,
    )


def _waivers(value: Plain) -> Iterator[Waiver]:
    for index, item in enumerate(items(value)):
        row = mapping(item)
        rule, subject, reason = (text(row.get(key)) for key in ("规则", "处", "理由"))
        yield Waiver(rule, subject, reason, ("豁免", index))


def _filed(tree: Mapping[str, Plain]) -> Filed:
    return Filed(
        total=amount(tree.get("总分")),
        grade=text(tree["等级"]) if "等级" in tree else None,
        rate=text(tree.get("执行率")),
        rate_score=amount(tree.get("执行率得分")),
        subtotals=amounts(tree.get("小计")),
        scores=amounts(tree.get("得分")),
    )
