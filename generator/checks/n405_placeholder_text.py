"""No residue of the form or of typing is left in the data (FIELD §3, 35).

Rule: 残留 of placeholder-text in 检查 of rubric.yaml, anywhere in the data; 》 and 《 count only
where they open a value (in prose they are book-title marks).
Source: re-checkers' practice.

PASS: `目标值: ≥10`
FAIL: `目标值: 》10`
"""

from collections.abc import Iterator

from generator.checks.n401_reference_unknown import texts
from generator.checks.review import Remark, Review
from generator.domain.model import Path
from generator.findings import Severity

CODE = "N405"
RULE = "placeholder-text"
SEVERITY = Severity.ERROR
IS_LAW = False
_BRACKETS = {"》": "≥", "《": "≤"}


def check(review: Review) -> Iterator[Remark]:
    """Yield values that hold a residue, the first one in each value."""
    residues = review.setting(RULE).residues
    for path, text, is_value in _all_texts(review):
        found = next((word for word in residues if _holds(text, word, is_value=is_value)), "")
        if not found:
            continue
        meant = _BRACKETS.get(found)
        at = text.find(found)
        yield Remark(
            place=review.place_in(path, at),
            message=f"「{_excerpt(text, at)}」里有「{found}」，"
            + (f"应为「{meant}」" if meant else "是没有清理的内容"),
            subject=".".join(str(part) for part in path),
            hint=f"改写为「{meant}」" if meant else "删去或补全",
        )


def _holds(text: str, word: str, *, is_value: bool) -> bool:
    if word in _BRACKETS:
        return is_value and text.lstrip().startswith(word)
    return word in text


def _excerpt(text: str, at: int) -> str:
    return text[max(0, at - 6) : at + 12].strip().splitlines()[0]


def _all_texts(review: Review) -> Iterator[tuple[Path, str, bool]]:
    for field in review.project.form.fields:
        value = review.project.values.get(field.name)
        if isinstance(value, str) and field.kind == "文本":
            yield (field.name,), value, True
    yield from ((path, text, False) for path, text in texts(review))
    for row in review.project.indicators:
        for measure in (*row.measures, *row.details):
            yield (*measure.path, "名称"), measure.name, True
            yield (*measure.path, "目标值"), measure.target, True
            yield (*measure.path, "完成值"), measure.actual, True
