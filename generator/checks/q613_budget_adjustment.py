"""A budget that was changed in the year has its reason told (FIELD §3, 21).

Rule: the first known figure of 年初 and of 全年 differ by more than 阈值 of the former, and no
text of the data holds one of 词; phrases of 不算 (产业结构调整) are taken out first.
Source: re-checkers' practice.

PASS: 年初 500，全年 470，报告写有“年中压减30万元”
FAIL: 年初 500，全年 470，没有一处写明原因
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from generator.amounts import percent, plain
from generator.checks.about import About
from generator.checks.review import Remark, Review
from generator.checks.texts import read_texts
from generator.domain.model import Path
from generator.findings import Severity

CODE = "Q613"
RULE = "budget-adjustment"
SEVERITY = Severity.WARNING
IS_LAW = False
PARAMETERS = {
    "阈值": "预算调整超过多少要报",
    "年初": "年初预算的数在资金里叫什么，依次找",
    "全年": "调整以后的预算叫什么，依次找",
    "词": "写了这些字，就是写了调整的原因",
    "不算": "含有上面的字而与预算无关的说法",
}
ABOUT = About(
    what="全年预算比年初预算增减很多，报告和表上没有一处提到调整、追加、压减。",
    basis="复核的惯例",
    example="全年预算数 470 比年初预算数 500 减少 6%，没有一处写明原因",
    subject="调整以后的数，如 `资金.全年预算数`",
    remedy="在报告里写明为什么调整、依据哪份文件",
    reason="调整依据存档备查，报告没有写",
)


def check(review: Review) -> Iterator[Remark]:
    """Yield one remark where the budget moved and nobody says why."""
    setting, figures = review.setting(RULE), review.sheet.figures
    limit, words = setting.number("阈值"), setting.words("词")
    first, last = (_known(figures, setting.words(name)) for name in ("年初", "全年"))
    if limit is None or not words or first is None or last is None:
        return
    before, after = figures[first], figures[last]
    if before is None or after is None or abs(after - before) <= abs(before) * limit:
        return
    if _is_told(review, words, setting.words("不算")):
        return
    figure = review.project.figures.get(last)
    path: Path = figure.path if figure is not None else ("资金",)
    moved = "增加" if after > before else "减少"
    share = f" {percent(abs(after - before) / abs(before), 2)}" if before else ""
    yield Remark(
        place=review.place(*path),
        message=(
            f"{last} {plain(after)} 比{first} {plain(before)} {moved}{share}，没有一处写明原因"
        ),
        subject=".".join(str(part) for part in path),
        hint="在报告里写明为什么调整、依据哪份文件",
    )


def _known(figures: Mapping[str, Decimal | None], names: tuple[str, ...]) -> str | None:
    return next((name for name in names if figures.get(name) is not None), None)


def _is_told(review: Review, words: tuple[str, ...], others: tuple[str, ...]) -> bool:
    for one in read_texts(review):
        text = one.text
        for other in others:
            text = text.replace(other, "")
        if any(word in text for word in words):
            return True
    return False
