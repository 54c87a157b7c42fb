"""No residue of the form or of typing is left in the data (FIELD §3, 35).

Rule: 残留 of placeholder-text in 检查 of rubric.yaml, anywhere in the data; 》 and 《 count only
where they open a value (in prose they are book-title marks).
Source: re-checkers' practice.

PASS: `目标值: ≥10`
FAIL: `目标值: 》10`
"""

from collections.abc import Iterator

from generator.checks.about import About
from generator.checks.review import Remark, Review
from generator.checks.texts import Text, read_texts, read_whole
from generator.findings import Severity

CODE = "N405"
RULE = "placeholder-text"
SEVERITY = Severity.ERROR
IS_LAW = False
PARAMETERS = {"残留": "哪里出现都报的字", "空话": "要说明的地方只写了这些，就当没有写"}
_BRACKETS = {"》": "≥", "《": "≤"}
ABOUT = About(
    what=(
        "留着没有清理的字，如 XX、……、“指标1:”。哪些字由表式定。行首的 》 是 ≥ 的误写，"
        "《 是 ≤ 的误写；正文里的书名号不算。"
    ),
    basis="复核的惯例",
    example="「》10」里有「》」，应为「≥」",
    subject=(
        "文字所在：`报告.基本情况.项目概况`；指标写清单里的第几项，从 0 数："
        "`数量指标.0.目标值` 是数量指标第一行的目标值"
    ),
    remedy="改写或删去",
)


def check(review: Review) -> Iterator[Remark]:
    """Yield texts that hold a residue, the first one in each; 》 for ≥ opens a value."""
    residues, whole = review.setting(RULE).words("残留"), read_whole(review)
    known = tuple(word for word in (*residues, *_BRACKETS) if word in whole)
    for one in read_texts(review) if known else ():
        if not any(word in one.text for word in known):
            continue
        words = (*residues, *(sign for sign in _BRACKETS if one.is_value))
        found = next((word for word in words if _holds(one, word)), "")
        if not found:
            continue
        meant = _BRACKETS.get(found)
        at = one.text.find(found)
        yield Remark(
            place=review.place_in(one.path, at),
            message=f"「{_excerpt(one.text, at)}」里有「{found}」，"
            + (f"应为「{meant}」" if meant else "是没有清理的内容"),
            subject=".".join(str(part) for part in one.path),
            hint=f"改写为「{meant}」" if meant else "删去或补全",
            severity=None if found in residues else Severity.WARNING,
        )


def _holds(one: Text, word: str) -> bool:
    if word in _BRACKETS:
        return one.is_value and one.text.lstrip().startswith(word)
    return word in one.text


def _excerpt(text: str, at: int) -> str:
    return text[max(0, at - 6) : at + 12].strip().splitlines()[0]
