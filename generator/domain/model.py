"""What a project is: the facts of one data file, typed, with the place of each."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Protocol, TypeAlias

from msgspec import Struct

from generator.domain.blocks import Block, Image, Picture, Table
from generator.domain.forms import Form
from generator.domain.rubrics import Rubric
from generator.domain.trees import Group, IndicatorTable, Level2
from generator.findings import Place

Path: TypeAlias = tuple[str | int, ...]
Plain: TypeAlias = "str | list[Plain] | dict[str, Plain] | None"
UNIT_FILE = "_unit.yaml"  # beside the data files: what the unit's files share


class Places(Protocol):
    """Where the value (or the key) at a path of the data stands."""

    def __call__(self, path: Path, *, key: bool = False) -> Place:
        """Return the place, or the place of the nearest thing above it."""


class Amount(Struct, frozen=True):
    """A number with the text that was typed: its digits are what is printed."""

    value: Decimal
    text: str


class Figure(Struct, frozen=True):
    """A named figure of the data: `value` is None when it was left blank."""

    name: str  # as formulas write it: 全年执行数, 当年财政拨款.年初预算数
    value: Decimal | None
    text: str
    path: Path
    unit: str = ""


class Measure(Struct, frozen=True):
    """One printed line of an indicator: a target and what was reached."""

    name: str
    target: str
    actual: str
    path: Path
    initial_target: str = ""  # 年初, when the target was adjusted during the year
    written_out: Mapping[str, str] | None = None  # {方向, 值, …} where the text is ambiguous
    reason: str = ""
    is_detail: bool = False  # a 其中 line: printed, never scored
    exact: str = ""  # the figure that feeds 完成值, unrounded, with its unit
    given: Decimal | None = None  # the coefficient where the rate that feeds it has no denominator


class Goal(Struct, frozen=True):
    """One goal of a table with 目标组; `number` counts from 1."""

    number: int
    text: str
    points: Amount | None
    path: Path

    @property
    def name(self) -> str:
        """Name it in paths: `目标2`."""
        return f"目标{self.number}"


class Indicator(Struct, frozen=True):
    """One scored row; over several measures when they share 分值 and 得分 (分项)."""

    name: str
    table: IndicatorTable
    group: Group | None
    level2: Level2 | None
    measures: tuple[Measure, ...]
    details: tuple[Measure, ...]
    path: Path
    points: Amount | None
    score: Amount | None
    level: str
    coefficient: Amount | None
    override_reason: str
    reason: str
    is_core: bool
    is_scored: bool
    extra: Mapping[str, str]
    goal: Goal | None = None

    @property
    def is_shared(self) -> bool:
        """Say whether several measures share one score."""
        return len(self.measures) > 1

    @property
    def tree_path(self) -> tuple[str, ...]:
        """Return 指标表, goal, group, level 2 and name, as far as the table has them."""
        levels = (self.goal, self.group, self.level2)
        return (self.table.name, *(level.name for level in levels if level), self.name)

    @property
    def subject(self) -> str:
        """Name it in messages, 豁免 and 已报送: `产出指标/数量指标/培训人次`."""
        return "/".join(self.tree_path[1:])

    def answers_to(self, text: str) -> bool:
        """Say whether a path written by a clerk (any end of the full path) means this row."""
        wanted = "/".join(part.strip() for part in text.split("/"))  # a name may hold a stroke
        ends = [self.name, *(measure.name for measure in self.measures)]
        likely = [end for end in ends if end.endswith(wanted) or wanted.endswith(end)]
        paths = ["/".join((*self.tree_path[:-1], end)) for end in likely]
        return any(path == wanted or path.endswith(f"/{wanted}") for path in paths)


class Passage(Struct, frozen=True):
    """A heading of 报告 with its text as written (references not yet filled)."""

    heading: str
    text: str  # of all its text blocks; tables and captions are not in it
    path: Path
    below: tuple["Passage", ...] = ()
    blocks: tuple[Block, ...] = ()  # where it was written as a list; blank items stay in place

    @property
    def is_blank(self) -> bool:
        """Say whether nothing stands directly under the heading."""
        return not self.text.strip() and all(isinstance(block, str) for block in self.blocks)


class Waiver(Struct, frozen=True):
    """豁免: a finding that stands, with the reason."""

    rule: str
    subject: str
    reason: str
    path: Path


class Filed(Struct, frozen=True):
    """已报送: figures that are printed as they were filed."""

    total: Amount | None = None
    grade: str | None = None  # "" when it was filed blank
    rate: str = ""
    rate_score: Amount | None = None
    subtotals: Mapping[str, Amount] | None = None
    scores: Mapping[str, Amount] | None = None


class Project(Struct, frozen=True, eq=False):
    """One data file, read."""

    id: str  # 2020/unit/project
    file: str
    year: int
    name: str
    form: Form
    rubric: Rubric | None
    values: Mapping[str, Plain]  # 字段 by name, the unit's shared facts filled in
    figures: Mapping[str, Figure]
    fund_texts: Mapping[str, str]  # text cells of 资金
    indicators: tuple[Indicator, ...]
    goals: Mapping[str, tuple[Goal, ...]]  # by table, where the table has goals
    listed_levels: Mapping[tuple[str, ...], Path]  # every table, goal, group, level 2 in the data
    group_points: Mapping[str, Amount]
    report: tuple[Passage, ...] | None
    attachments: tuple[Block, ...]  # 附件 of the report
    waivers: tuple[Waiver, ...]
    filed: Filed
    place_of: Places

    def blocks(self) -> Iterator[Table | Picture]:
        """Yield the tables and pictures of the report, in the order of the data."""
        waiting = list(self.report or ())
        while waiting:
            passage = waiting.pop(0)
            yield from (block for block in passage.blocks if not isinstance(block, str))
            waiting = [*passage.below, *waiting]
        yield from (block for block in self.attachments if not isinstance(block, str))

    def images(self) -> Iterator[Image]:
        """Yield the picture files of the report, each once."""
        pictures = (block for block in self.blocks() if isinstance(block, Picture))
        yield from dict.fromkeys(one.image for one in pictures if one.image is not None)
