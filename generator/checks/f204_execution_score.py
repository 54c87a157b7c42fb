"""The filed 执行率得分 is points × rate (FIELD §3, 4).

Rule: 执行率 in rubric.yaml: points, method, rounding.
Source: 自评表表样, 得分（执行率×分值）.

PASS: 10 × 84.67% = 8.47，报送 8.47
FAIL: 10 × 84.67%，报送 846.6
"""

from collections.abc import Iterator

from generator.amounts import is_equal, plain
from generator.checks.about import About
from generator.checks.review import Remark, Review
from generator.findings import Severity

CODE = "F204"
RULE = "execution-score"
SEVERITY = Severity.ERROR
IS_LAW = True
_FAR = 50  # times: a decimal point that slipped, not a rounding
ABOUT = About(
    what="已报送的执行率得分与算出的不同。相差 50 倍以上的，提示可能是小数点错位。",
    basis="表样：得分 = 执行率 × 分值",
    example="执行率得分报送 846.6，应为 8.47，差 838.13 分，疑为小数点错位",
    subject="`已报送.执行率得分`",
    remedy="更正",
    reason="原报送件印作846.6，应为8.47",
)


def check(review: Review) -> Iterator[Remark]:
    """Yield a filed score of the rate that is not the computed one."""
    filed, rate = review.project.filed.rate_score, review.sheet.rate
    if filed is None or rate is None or rate.score is None or is_equal(filed.value, rate.score):
        return
    is_shifted = bool(rate.score) and abs(filed.value / rate.score) >= _FAR
    why = "，疑为小数点错位" if is_shifted else ""
    rubric = review.project.rubric
    source = rubric.execution.basis if rubric and rubric.execution else ""
    yield Remark(
        place=review.place("已报送", "执行率得分"),
        message=(
            f"执行率得分报送 {filed.text}，应为 {plain(rate.score)}，"
            f"差 {plain(filed.value - rate.score)} 分{why}"
        ),
        subject="已报送.执行率得分",
        basis=f"{'；'.join(rate.steps)}（{source}）",
        hint=f"更正为 {plain(rate.score)}，或删去这一项，由程序计算",
        expected=plain(rate.score),
    )
