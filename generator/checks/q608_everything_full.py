"""Full points for everything are looked at again (FIELD §3, 30).

Rule: every scored row and 执行率, where it is scored, have all of their points, and there are at
least 最少行 rows.
Source: re-checkers' practice.

PASS: 一行失分
FAIL: 13 行和执行率全部满分
"""

from collections.abc import Iterator

from generator.amounts import ZERO
from generator.checks.about import About
from generator.checks.quality_rows import is_full
from generator.checks.review import Remark, Review
from generator.findings import Severity

CODE = "Q608"
RULE = "everything-full"
SEVERITY = Severity.WARNING
IS_LAW = False
PARAMETERS = {"最少行": "计分的行至少有这么多才查"}
ABOUT = About(
    what="计分的各行和执行率全部得满分，复核时会逐行细看。一个项目只提示一次。",
    basis="复核的惯例",
    example="13 行指标全部得满分，执行率也得满分",
    subject="`总分`",
    remedy="逐行核对；目标定得过低的，说明理由",
    reason="各行依据已经逐行核对，存档备查",
)


def check(review: Review) -> Iterator[Remark]:
    """Yield one remark where nothing lost a point."""
    least, sheet = review.setting(RULE).number("最少行"), review.sheet
    rows = [row for row in sheet.rows if row.points != ZERO]
    if least is None or not rows or len(rows) < least or not all(is_full(row) for row in rows):
        return
    has_rate = sheet.rate is not None and sheet.rate.points > ZERO
    if sheet.rate is not None and has_rate:
        score = sheet.rate.score
        if score is None or score < sheet.rate.points:
            return
    yield Remark(
        place=review.key_place(rows[0].indicator.table.name),
        message=f"{len(rows)} 行指标全部得满分" + ("，执行率也得满分" if has_rate else ""),
        subject="总分",
        hint="逐行核对得分的依据；目标定得过低的，说明理由",
    )
