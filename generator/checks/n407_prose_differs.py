"""What is said of one thing says one figure (FIELD §3, 12).

Rule: figures of one name, planned ones among themselves and done ones among themselves, are equal
at the places of the coarser writing; a target or an actual bears the name of its indicator.
Figures of another year, of a part, of each one (另说 of 用语.yaml) and rough ones are left out.
Source: re-checkers' practice.

PASS: 建成示范园区2家 … 示范园区共2家
FAIL: 要建成示范园区2家 … 示范园区目标3家
"""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from generator.checks.about import About
from generator.checks.prose.naming import indicator_labels
from generator.checks.prose.statements import Statement, read_statements
from generator.checks.review import Remark, Review
from generator.domain.model import Path
from generator.findings import Severity

CODE = "N407"
RULE = "prose-differs"
SEVERITY = Severity.WARNING
IS_LAW = False
PARAMETERS: dict[str, str] = {}
ABOUT = About(
    what=(
        "同一件事在几处写了不同的数：正文各处之间，正文和指标的目标值、完成值之间。计划数和计划数比，"
        "完成数和完成数比；上年、其中、平均一类的数和“约”“余”的数不比（词在用语.yaml 的“正文”里）。"
    ),
    basis="复核的惯例",
    example="「示范园区」的目标数有几个：2家（第30行）、3家（第52行）",
    subject="说的是什么，如 `示范园区`",
    remedy="核对批复和台账，改成一样的；正文里最好引用指标的目标值、完成值",
)
_SHOWN = 6
_LIKE = 4  # letters at the end of two names of one indicator that make them one


def check(review: Review) -> Iterator[Remark]:
    """Yield names with more than one figure, each once, where the figure first changes."""
    told: set[Path] = set()
    groups: dict[tuple[str, bool, str], list[Statement]] = {}
    for one in _named(review):
        year = one.year or str(review.project.year)
        groups.setdefault((one.label, one.is_planned, year), []).append(one)
    for (label, is_planned, _), found in groups.items():
        differing = _differing(_without_namesakes(found)) if len(found) > 1 else ()
        if len(differing) > 1:
            told |= {one.prose.path for one in differing}
            yield _remark(review, label, differing, is_planned=is_planned)
    yield from _within_rows(review, told)


def _named(review: Review) -> Iterator[Statement]:
    """Yield what can be compared, a cell without words of its own by its indicator's name."""
    labels = indicator_labels(review)
    for one in read_statements(review):
        is_plain = one.quantity.is_plain and (one.is_planned or not one.quantity.sign)
        if not is_plain or one.is_aside:
            continue
        if one.label:
            yield one
        elif one.prose.path[-1] in ("目标值", "完成值"):
            label = labels.of_name(labels.names.get(one.prose.path[:-1], ""))
            if label:
                yield replace(one, label=label, is_worded=False)


def _without_namesakes(found: Sequence[Statement]) -> Sequence[Statement]:
    """Return what is to agree, where several indicators of one name have figures of their own.

    Prose that gives one of these figures may mean that indicator.
    """
    cells = [one for one in found if one.prose.source.is_value and not one.is_worded]
    if all(one.quantity.agrees_with(cells[0].quantity) for one in cells[1:]):
        return found
    others = [one for one in found if all(one is not cell for cell in cells)]
    others = [
        one for one in others if not any(one.quantity.agrees_with(cell.quantity) for cell in cells)
    ]
    return [cells[0], *others] if others else []


def _differing(found: Sequence[Statement]) -> list[Statement]:
    """Return the first statement of each figure; figures of one sentence list different things."""
    kept: list[Statement] = []
    for one in found:
        is_alike = all(other.quantity.compares_with(one.quantity) for other in kept)
        is_beside = any(
            other.prose is one.prose and other.sentence == one.sentence for other in kept
        )
        is_new = not any(other.quantity.agrees_with(one.quantity) for other in kept)
        if is_alike and is_new and not is_beside and len(kept) < _SHOWN:
            kept.append(one)
    return kept


def _remark(review: Review, label: str, found: Sequence[Statement], *, is_planned: bool) -> Remark:
    shown = next((one for one in (*found[1:], found[0]) if not one.prose.source.is_value), found[1])
    listed = "、".join(f"{one.quantity.typed}（第{one.place(review).line}行）" for one in found)
    kind = "目标数" if is_planned else "数"
    return Remark(
        place=shown.place(review),
        message=f"「{label}」的{kind}有几个：{listed}",
        subject=label,
        hint="核对后改成一样的；说的不是一件事的，名称写清楚",
    )


def _within_rows(review: Review, told: set[Path]) -> Iterator[Remark]:
    """Yield indicators whose name and target give like things unlike figures."""
    by_path: dict[Path, list[Statement]] = {}
    for one in read_statements(review):
        if one.label:
            by_path.setdefault(one.prose.path, []).append(one)
    is_named = any(path[-1] == "名称" for path in by_path)
    for row in review.project.indicators if is_named else ():
        for measure in row.measures:
            for one in by_path.get((*measure.path, "名称"), ()):
                like = [
                    other
                    for other in by_path.get((*measure.path, "目标值"), ())
                    if one.label[-_LIKE:] == other.label[-_LIKE:]
                    and other.quantity.compares_with(one.quantity)
                ]
                if len(like) != 1 or {one.prose.path, like[0].prose.path} <= told:
                    continue
                if not like[0].quantity.agrees_with(one.quantity):
                    yield Remark(
                        place=one.place(review),
                        message=f"指标名称写「{one.label}」{one.quantity.typed}，"
                        f"目标值写「{like[0].label}」{like[0].quantity.typed}",
                        subject=row.subject,
                        hint="名称里不写数，数写在目标值；两处核对成一样的",
                    )
