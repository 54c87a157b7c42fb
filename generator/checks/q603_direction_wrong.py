"""A target points the way its indicator is meant (FIELD §3, 25).

Rule: the last word of 越小越好 or 越大越好 in the name decides, then the one in the second level;
a name with a word of 不查 (能耗下降率) is left alone, and so are a target without a typed sign,
`=`, a range, and what the form prints itself.
Source: re-checkers' practice.

PASS: 成本指标，单位成本，目标 ≤5万元
FAIL: 成本指标，单位成本，目标 ≥5万元
"""

from collections.abc import Iterator

from generator.checks.about import About
from generator.checks.quality_rows import all_rows, any_of, is_printed, level_name
from generator.checks.review import Remark, Review
from generator.domain.results import RowScore
from generator.findings import Severity

CODE = "Q603"
RULE = "direction-wrong"
SEVERITY = Severity.WARNING
IS_LAW = False
PARAMETERS = {
    "越小越好": "名称或二级指标里有这些字的，目标应为 ≤",
    "越大越好": "名称或二级指标里有这些字的，目标应为 ≥",
    "不查": "名称里有这些字的不查，如能耗下降率",
}
ABOUT = About(
    what=(
        "目标值的方向与指标相反：成本、投诉率写 ≥，合格率、满意度写 ≤。先看名称里最后的一个词，"
        "再看二级指标。没有写方向的、写“=”的、写区间的、表上印好的不查。"
    ),
    basis="复核的惯例",
    example="「单位成本」目标值「≥5万元」方向不对：「成本」越小越好，应为 ≤",
    subject="指标，如 `单位成本`",
    remedy="改方向；或移到合适的二级指标",
)
_WAYS = {"≥": "≥", ">": "≥", "≤": "≤", "<": "≤"}
_MEANT = {"≤": "越小越好", "≥": "越大越好"}


def check(review: Review) -> Iterator[Remark]:
    """Yield rows whose typed direction is against their words."""
    setting = review.setting(RULE)
    words = [(sign, word) for sign, name in _MEANT.items() for word in setting.words(name)]
    known = any_of(tuple(word for _, word in words))
    left_alone = any_of(setting.words("不查"))
    for row in all_rows(review):
        measure = row.indicator.measures[0]
        way = _way(row)
        if not way:
            continue
        says_itself = known.search(measure.name) is not None
        said = measure.name if says_itself else level_name(row)
        if not known.search(said):
            continue
        meant, word = _meant(said, words)
        if meant == way or is_printed(row) or left_alone.search(measure.name):
            continue
        where = "" if says_itself else f"列在「{said}」下，"
        yield Remark(
            place=review.place(*measure.path, "目标值"),
            message=(
                f"「{measure.name}」目标值「{measure.target}」方向不对："
                f"{where}「{word}」{_MEANT[meant]}，应为 {meant}"
            ),
            subject=row.indicator.subject,
            hint=f"改为 {meant}；方向没有写错的，移到合适的二级指标或改名称",
        )


def _way(row: RowScore) -> str:
    """Return ≥ or ≤ where a sign or a word of direction was typed."""
    if row.target.kind != "定量" or not row.target.typed_sign:
        return ""
    return _WAYS.get(row.target.shown[0], "")


def _meant(text: str, words: list[tuple[str, str]]) -> tuple[str, str]:
    """Return the direction of the word that ends last in a text, the longer one of two."""
    ends = [
        (text.rfind(word) + len(word), len(word), sign, word)
        for sign, word in words
        if word in text
    ]
    return max(ends)[2:]
