"""A rate of satisfaction says where it comes from (FIELD §3, 29).

Rule: a row with one of 指标 in its name or second level and a figure in 完成值; one of 要求 stands
in the row, in 报告 or in a text of the header.
Source: re-checkers' practice.

PASS: 满意度 96%，报告写有“发放问卷200份”
FAIL: 满意度 96%，没有一处提到怎样得来
"""

from collections.abc import Iterator

from generator.checks.about import About
from generator.checks.quality_rows import all_lines, any_of, has_digit, level_name
from generator.checks.review import Remark, Review
from generator.checks.texts import read_texts
from generator.domain.model import Indicator, Measure
from generator.findings import Severity

CODE = "Q607"
RULE = "satisfaction-evidence"
SEVERITY = Severity.WARNING
IS_LAW = False
PARAMETERS = {"指标": "有这些字的是满意度指标", "要求": "满意度的依据应提到的词，有一个就行"}
ABOUT = About(
    what="满意度填了数，报告、偏差原因和表上别处都没有提到调查、问卷、回访一类的依据。",
    basis="复核的惯例",
    example="「学员满意度」完成值「96%」，没有一处写明怎样得来",
    subject="指标，如 `学员满意度`",
    remedy="在报告里写明调查的办法、对象和份数",
    reason="原报送件没有写，问卷存档备查",
)


def check(review: Review) -> Iterator[Remark]:
    """Yield rates of satisfaction without evidence."""
    setting = review.setting(RULE)
    rates, wanted = any_of(setting.words("指标")), setting.words("要求")
    evidence = any_of(wanted)
    tables = {table.name for table in review.project.form.tables}
    told = not wanted or any(
        evidence.search(one.text) for one in read_texts(review) if one.path[0] not in tables
    )
    for row, measure in () if told else all_lines(review):
        if not rates.search(measure.name) and not rates.search(level_name(row)):
            continue
        own = _own_texts(row.indicator, measure)
        if not has_digit(measure.actual) or any(map(evidence.search, own)):
            continue
        yield Remark(
            place=review.place(*measure.path, "完成值"),
            message=f"「{measure.name}」完成值「{measure.actual}」，没有一处写明怎样得来",
            subject=row.indicator.subject,
            hint=f"写明依据，如{'、'.join(wanted[:3])}的对象、份数",
        )


def _own_texts(row: Indicator, measure: Measure) -> tuple[str, ...]:
    own = (measure.name, measure.target, measure.actual, measure.reason)
    return (*own, row.reason, row.override_reason, *row.extra.values())
