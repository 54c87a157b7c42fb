"""An indicator stands under the second level it belongs to (FIELD §3, 26).

Rule: 不属于 lists for a second level the words that are none of its own; they count at the end
of a name (资金支付率, not 支付率达标项目数). What the form prints itself is left alone.
Source: re-checkers' practice.

PASS: 质量指标，验收合格率
FAIL: 数量指标，验收合格率
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from generator.checks.about import About
from generator.checks.quality_rows import all_rows, is_printed, level_name
from generator.checks.review import Remark, Review
from generator.domain.results import RowScore
from generator.findings import Severity
from generator.patterns import pattern

CODE = "Q604"
RULE = "level2-wrong"
SEVERITY = Severity.WARNING
IS_LAW = False
PARAMETERS = {
    "不属于": (
        "一条写一个二级指标和不属于它的词：“数量指标：合格率、达标率 → 质量指标”；"
        "箭头后面写应放在哪里，可以不写"
    )
}
ABOUT = About(
    what=(
        "指标放错了二级指标，如合格率放在数量指标，发放时间放在质量指标。看名称的末尾："
        "“合格率达标企业数”是数量。表上印好的指标不查。"
    ),
    basis="复核的惯例",
    example="「设备验收合格率」列在「数量指标」下，「合格率」不属于数量指标",
    subject="指标，如 `设备验收合格率`",
    remedy="移到合适的二级指标",
)
_ENTRY = pattern(r"([^：:→]+)[：:]([^→]+)(?:→(.*))?")
_BRACKET = pattern(r"[（(][^（）()]*[）)]$")


def check(review: Review) -> Iterator[Remark]:
    """Yield rows whose name ends with a word of another second level."""
    strange = _read(review.setting(RULE).words("不属于"))
    if not strange:
        return
    for row in all_rows(review):
        known = strange.get(level_name(row))
        if known is None or is_printed(row):
            continue
        for measure in row.indicator.measures:
            ending = _BRACKET.sub("", measure.name.strip()).rstrip("0123456789.%％ ")
            if not ending.endswith(tuple(known)):
                continue
            word = next(word for word in known if ending.endswith(word))
            yield Remark(
                place=review.place(*measure.path),
                message=(
                    f"「{measure.name}」列在「{level_name(row)}」下，"
                    f"「{word}」不属于{level_name(row)}"
                ),
                subject=row.indicator.subject,
                hint=_hint(row, known[word]),
            )


@lru_cache(maxsize=64)
def _read(entries: tuple[str, ...]) -> Mapping[str, Mapping[str, str]]:
    """Return for each second level its strange words, each with where it belongs."""
    strange: dict[str, dict[str, str]] = {}
    for entry in entries:
        found = _ENTRY.fullmatch(entry)
        if found is None:
            continue
        words = [word.strip() for word in found[2].split("、")]
        belongs = (found[3] or "").strip()
        strange.setdefault(found[1].strip(), {}).update(dict.fromkeys(filter(None, words), belongs))
    return strange


def _hint(row: RowScore, belongs: str) -> str:
    groups = row.indicator.table.groups
    names = {group.name for group in groups} | {two.name for one in groups for two in one.level2}
    return f"移到「{belongs}」" if belongs in names else "移到合适的二级指标，或改指标名称"
