"""No fact is scored twice (FIELD §3, 27).

Rule: in the scored tables two rows of one goal that stand under different second levels and have
the same name; or the same target and the same other actual with names of which half is the same.
Same name, target and actual are reported under one second level too. Percentages, and targets
reached to the figure, are too often equal by chance to count without the name.
Source: re-checkers' practice.

PASS: 数量指标，培训人次 ≥100 完成 120；质量指标，培训合格率
FAIL: 成本指标，清偿欠款 ≥500万 完成 3000万；经济效益指标，企业欠款 ≥500万 完成 3000万
"""

from collections.abc import Iterator

from generator.checks.about import About
from generator.checks.quality_rows import bare_name, is_printed, normal
from generator.checks.review import Remark, Review
from generator.domain.model import Measure
from generator.domain.results import RowScore
from generator.findings import Severity

CODE = "Q605"
RULE = "indicator-twice"
SEVERITY = Severity.WARNING
IS_LAW = False
ABOUT = About(
    what=(
        "同一件事计了两次分：不同的二级指标下名称相同；或目标值、完成值都相同而名称相近"
        "（百分比、正好完成的不算）。表上印好的、不同目标下的不算。"
    ),
    basis="复核的惯例",
    example="「企业欠款」与「成本指标」的「清偿欠款」像是同一件事：目标值、完成值相同，名称相近",
    subject="后一个指标，如 `企业欠款`",
    remedy="留一处，另一处换成别的指标；不是一件事的，名称写清楚",
)
_Line = tuple[RowScore, Measure]


def check(review: Review) -> Iterator[Remark]:
    """Yield rows that repeat an earlier one."""
    names: dict[tuple[str, ...], _Line] = {}
    alike: dict[tuple[str, ...], _Alike] = {}  # by goal, target and actual
    for row in review.sheet.rows:
        if is_printed(row):
            continue
        for measure in row.indicator.measures:
            goal = row.indicator.goal.name if row.indicator.goal else ""
            name = bare_name(measure.name)
            if not any(map(str.isalpha, name)):
                continue
            line = (row, measure)
            first = names.setdefault((goal, name), line)
            if first is not line:
                why = _same_name(first, line)
                if why:
                    yield _twice(review, first, line, why)
                continue
            if not _is_telling(row, measure):
                continue
            key = (goal, *_values(measure))
            if key not in alike:
                alike[key] = _Alike(line, name)
                continue
            like = alike[key].find(line, name)
            if like is not None:
                yield _twice(review, like, line, "目标值、完成值相同，名称相近")


class _Alike:
    """Lines with the same figures, to find those whose names are near each other.

    Most lines stay alone, so the name of the first is taken apart only when there is a second.
    """

    __slots__ = ("_first", "_pairs")

    def __init__(self, line: _Line, name: str) -> None:
        """Hold one line."""
        self._first = line, name
        self._pairs: dict[str, _Line] = {}  # the first line by two letters of its name

    def find(self, line: _Line, name: str) -> _Line | None:
        """Return the earlier line elsewhere whose name is near, and hold this one."""
        if not self._pairs:
            self._hold(*self._first)
        found = self._near(line, name)
        self._hold(line, name)
        return found

    def _hold(self, line: _Line, name: str) -> None:
        for at in range(len(name) - 1):
            self._pairs.setdefault(name[at : at + 2], line)

    def _near(self, line: _Line, name: str) -> _Line | None:
        """Return the earlier line elsewhere of whose name, or of this one, half is shared."""
        for start in range(len(name) - 1):
            found = self._pairs.get(name[start : start + 2])
            if found is None or _place(found[0]) == _place(line[0]):
                continue
            other, shared = bare_name(found[1].name), 2
            while start + shared < len(name) and name[start : start + shared + 1] in other:
                shared += 1
            if shared * 2 >= min(len(name), len(other)):
                return found
        return None


def _values(measure: Measure) -> tuple[str, str]:
    return normal(measure.target), normal(measure.actual)


def _place(row: RowScore) -> tuple[str, ...]:
    return row.indicator.tree_path[:-1]


def _same_name(first: _Line, line: _Line) -> str:
    """Return why two lines of one name are one fact; blank where they may be two."""
    is_same = any(_values(line[1])) and _values(first[1]) == _values(line[1])
    if _place(first[0]) == _place(line[0]):
        return "名称、目标值、完成值都相同" if is_same else ""
    return "名称、目标值、完成值都相同" if is_same else "名称相同"


def _is_telling(row: RowScore, measure: Measure) -> bool:
    """Say whether equal figures of two rows can hardly be chance."""
    target, actual = row.target, row.actual
    is_read = measure is row.indicator.measures[0] and "定量" == target.kind == actual.kind
    return is_read and target.unit != "%" and target.low != actual.low


def _twice(review: Review, first: _Line, line: _Line, why: str) -> Remark:
    above = first[0].indicator.tree_path[1:-1]
    where = f"「{above[-1]}」的" if above and _place(first[0]) != _place(line[0]) else "前面的"
    return Remark(
        place=review.place(*line[1].path),
        message=f"「{line[1].name}」与{where}「{first[1].name}」像是同一件事：{why}",
        subject=line[0].indicator.subject,
        hint="留一处，另一处换成别的指标；不是一件事的，名称写清楚",
    )
