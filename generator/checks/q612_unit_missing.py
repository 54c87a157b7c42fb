"""A figure has its unit (FIELD §3, 24).

Rule: a target with a unit or % beside a bare actual, or a bare target beside an actual in %; and
two bare figures under a name that ends with one of 词. A bare 0 is right; a target in 万 or 亿
is unit-mismatch. Forms that print the unit in a column of its own are left alone.
Source: re-checkers' practice.

PASS: 目标 ≥20个，完成 15个；目标 ≥95%，完成 98%
FAIL: 目标 ≥95%，完成 98
"""

from collections.abc import Iterator

from generator.checks.about import About
from generator.checks.quality_rows import all_rows, bare_name
from generator.checks.review import Remark, Review
from generator.domain.results import RowScore
from generator.findings import Severity

CODE = "Q612"
RULE = "unit-missing"
SEVERITY = Severity.WARNING
IS_LAW = False
PARAMETERS = {"词": "名称以这些字结尾的，数后面要有单位"}
ABOUT = About(
    what=(
        "目标值有单位，完成值没有；一边是百分比，一边是光一个数；或两边都没有单位，而名称"
        "（金额、面积、比率）要有单位。单位另有一栏的表不查；万、亿见 `unit-mismatch`。"
    ),
    basis="复核的惯例",
    example="「验收合格率」目标值「≥95%」有单位，完成值「98」没有",
    subject="指标，如 `验收合格率`",
    remedy="补写单位",
)
_APART = ("目标值.单位",)


def check(review: Review) -> Iterator[Remark]:
    """Yield rows in which a unit is wanting."""
    endings = review.setting(RULE).words("词")
    apart = {
        table.name
        for table in review.project.form.tables
        if any(column.takes in _APART for column in table.columns)
    }
    for row in all_rows(review):
        one, measure = row.indicator, row.indicator.measures[0]
        is_apart = measure.written_out is not None or one.table.name in apart
        if one.is_shared or is_apart or measure.exact:
            continue
        what = _wanting(row, endings)
        if not any(what):
            continue
        yield Remark(
            place=review.place(*measure.path, "完成值"),
            message=(
                f"「{one.name}」目标值「{measure.target}」{what[0]}"
                f"完成值「{measure.actual}」{what[1]}"
            ),
            subject=one.subject,
            hint="补写单位，如个、万元、%",
        )


def _wanting(row: RowScore, endings: tuple[str, ...]) -> tuple[str, str]:
    """Return what to say of the target and of the actual; blank where nothing is wanting."""
    target, actual = row.target, row.actual
    if not target.kind == actual.kind == "定量":
        return ("", "")
    due, done = target.shown[2], actual.shown[2]
    is_folded = due not in (target.unit, "%")
    if due and not done and not is_folded and actual.low != 0:
        return ("有单位，", "没有")
    if done.startswith("%") and not due and target.low != 0:
        return ("没有单位，", "是百分比")
    is_bare = not due and not done and bool(target.low or actual.low)
    if is_bare and bare_name(row.indicator.name).endswith(endings):
        return ("和", "都没有单位")
    return ("", "")
