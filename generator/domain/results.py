"""What scoring gives: every number that a document prints or a check compares, with its steps."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TypeAlias

from msgspec import Struct

from generator.domain.model import Indicator, Path
from generator.domain.rubrics import ScoringRule
from generator.findings import Place

Step: TypeAlias = str | Callable[[], str]  # written out only where somebody asks for it


def write_out(told: tuple[Step, ...]) -> tuple[str, ...]:
    """Return steps as they are read; few of the many that scoring notes ever are."""
    return tuple(step if isinstance(step, str) else step() for step in told)


class Reading(Struct, frozen=True):
    """A target or an actual as the grammar of 用语 reads it."""

    kind: str  # 定量 定性 日期
    sign: str = ""  # ≥ > = ≤ < 区间, of a 定量 reading
    low: Decimal | None = None  # 万, 亿 and % are folded in
    high: Decimal | None = None
    unit: str = ""
    day: str = ""  # ISO date of a 日期 reading
    typed_sign: str = ""  # the sign or word as it was typed
    shown: tuple[str, str, str] = ("", "", "")  # direction, value and unit for columns of their own


class RowScore(Struct, frozen=True):
    """One scored row: what the rule gives, what was typed, what counts."""

    indicator: Indicator
    points: Decimal | None
    rule: ScoringRule | None
    target: Reading
    actual: Reading
    completion: Decimal | None  # 完成率; None where there is nothing to divide
    computed: Decimal | None  # by the rule alone; None when a person must judge
    score: Decimal | None  # what counts: the typed score, else the computed one
    told: tuple[Step, ...]
    is_met: bool | None = None
    alone: Decimal | None = None  # by the rule without a typed 等次
    rules_found: int = 1  # 0 or 2 and more: the rubric has no rule, or two equally specific ones

    @property
    def steps(self) -> tuple[str, ...]:
        """Return how the score came about."""
        return write_out(self.told)


class RateScore(Struct, frozen=True):
    """执行率 with its score, where the form gives it one."""

    rate: Decimal | None
    points: Decimal
    score: Decimal | None
    told: tuple[Step, ...]

    @property
    def steps(self) -> tuple[str, ...]:
        """Return how the score came about."""
        return write_out(self.told)


class LevelSum(Struct, frozen=True):
    """Points and score of a table, goal, group or level 2, against what is stated of it."""

    name: str
    path: tuple[str, ...]
    data_path: Path  # where the data state it, or the nearest thing above
    stated: Decimal | None
    points: Decimal
    score: Decimal


class FormulaProblem(Struct, frozen=True):
    """A formula that could not be worked out: 除数为零, or only some of its figures are there."""

    name: str
    formula: str
    place: Place  # of the formula
    divisor: str = ""  # the figure that is zero; blank where it is an expression
    missing: tuple[str, ...] = ()  # figures left blank beside others that are filled in


class ScoreSheet(Struct, frozen=True):
    """The scored form: everything computed once, read by checks and by the documents."""

    figures: Mapping[str, Decimal | None]  # typed, computed and 派生
    rows: tuple[RowScore, ...]
    rate: RateScore | None
    sums: tuple[LevelSum, ...]
    total_points: Decimal | None
    total: Decimal | None
    full: Decimal | None
    grade: str
    problems: tuple[FormulaProblem, ...]
    readings: Mapping[Path, tuple[Reading, Reading]]  # of every line, where a column needs them
    listed: tuple[RowScore, ...] = ()  # rows of tables without points, read but not scored

    @property
    def has_open_scores(self) -> bool:
        """Say whether a score is still missing, so that the total is only a part."""
        return any(row.score is None and row.points != 0 for row in self.rows)
