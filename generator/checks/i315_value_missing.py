"""A scored row has a target and an actual value (FIELD §3, 39).

Rule: 目标值 and 完成值 of every line of a scored row, where the printed table has the column.
Source: 自评表表样.

PASS: `完成值: 15个`
FAIL: `完成值:` 空着
"""

from collections.abc import Iterator

from generator.checks.about import About
from generator.checks.review import Remark, Review
from generator.domain.trees import IndicatorTable
from generator.findings import Severity

CODE = "I315"
RULE = "value-missing"
SEVERITY = Severity.ERROR
IS_LAW = False
ABOUT = About(
    what="计分的一行没有填目标值或完成值。",
    basis="表样",
    example="「培训人次」没有填完成值",
    subject="指标，如 `补助项目数`",
    remedy="补填；没有做的写明“未开展”，并写偏差原因",
)


def check(review: Review) -> Iterator[Remark]:
    """Yield lines of scored rows without target or actual."""
    for row in review.sheet.rows:
        if row.points == 0:
            continue
        for measure in row.indicator.measures:
            if measure.target.strip() and measure.actual.strip():
                continue
            for name, text in (("目标值", measure.target), ("完成值", measure.actual)):
                if name == "完成值" and measure.given is not None:
                    continue
                if not text.strip() and _is_asked(row.indicator.table, name):
                    yield Remark(
                        place=review.place(*measure.path, name),
                        message=f"「{measure.name}」没有填{name}",
                        subject=row.indicator.subject,
                        hint="补填；没有做的写明「未开展」，并写偏差原因"
                        if name == "完成值"
                        else "照绩效目标申报表补填",
                    )


def _is_asked(table: IndicatorTable, name: str) -> bool:
    """Say whether the printed table has a column for it; a score sheet may have none."""
    takes = [column.takes.partition(".")[0] for column in table.columns]
    return not takes or name in takes
