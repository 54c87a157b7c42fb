"""How a form is scored: everything that 填表说明 says about it (rubric.yaml, resolved)."""

from collections.abc import Mapping
from decimal import Decimal

from msgspec import Struct, field

from generator.amounts import ONE, ZERO, parse_decimal, parse_percent
from generator.findings import Place, Severity


class Total(Struct, frozen=True):
    """总分: what adds up to it, and its full mark."""

    name: str
    full: Decimal
    parts: tuple[str, ...]  # 执行率 and names of indicator tables
    places: int | None
    basis: str
    place: Place


class Selector(Struct, frozen=True):
    """用于: which indicators a rule is for; an empty tuple means any."""

    indicators: tuple[str, ...] = ()
    level2: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()  # 定量 定性 日期

    @property
    def specificity(self) -> tuple[bool, bool, bool, bool]:
        """Order rules: 指标 before 二级 before 组 before 类型."""
        return bool(self.indicators), bool(self.level2), bool(self.groups), bool(self.kinds)


class Band(Struct, frozen=True):
    """A step of 分段 or a band of 等级: from `start` upwards (closed unless `is_open`)."""

    name: str
    start: Decimal
    is_open: bool = False
    gives: Decimal = ZERO


class Interval(Struct, frozen=True):
    """`[60%, 80%)` with ends as written."""

    low: Decimal
    high: Decimal
    has_low: bool
    has_high: bool
    text: str

    def holds(self, value: Decimal) -> bool:
        """Say whether a coefficient is inside."""
        above = value > self.low or (self.has_low and value == self.low)
        return above and (value < self.high or (self.has_high and value == self.high))


class ScaleLevel(Struct, frozen=True):
    """An 等次: a fixed coefficient, or an interval in which a person scores."""

    name: str
    coefficient: Decimal | None = None
    interval: Interval | None = None


class Scale(Struct, frozen=True):
    """标度: the levels of a qualitative indicator."""

    name: str
    levels: tuple[ScaleLevel, ...]


class Over(Struct, frozen=True):
    """超额: what happens above `start`; without `per_point` it only asks for a reason."""

    start: Decimal
    per_point: Decimal | None = None


class ScoringRule(Struct, frozen=True, eq=False):
    """One rule of 评分 with every parameter filled in; coefficients and rates are 1 for 100 %."""

    name: str
    selector: Selector
    method: str
    basis: str
    place: Place
    per_point: Decimal = Decimal("0.05")
    point_rounding: str = ""  # 进一 舍去
    bands: tuple[Band, ...] = ()
    unmet: Decimal = ZERO
    scale: Scale | None = None
    same_as_target_is_full: bool = False
    grace_days: int = 0
    late_days: int = 0
    late_deduction: Decimal = ZERO
    formula: str = ""
    forward: str = "完成 ÷ 目标"
    reverse: str = "目标 ÷ 完成"
    over: Over | None = None
    zero_target: str = "评定"
    missing: Decimal | None = ZERO  # None: left to a person
    reason_lifts_missing: bool = False
    signed_actual_counts: bool = True
    target_choice: str = "调整后"
    override: str = "须说明"
    floor: Decimal = ZERO
    cap: Decimal = ONE
    places: int = 2
    must_explain_loss: bool = False  # 须说明: 失分, of 评定


class Feed(Struct, frozen=True):
    """取数: indicators whose 完成值 is a figure (执行率.位置 feeds one too)."""

    name: str
    selector: Selector
    figure: str
    target: str  # fills a blank 目标值
    place: Place


class Execution(Struct, frozen=True):
    """执行率: its ratio (a 派生), where it stands and how it scores."""

    ratio: str
    position: str  # 资金表 指标 仅列示
    points: Decimal
    rule: ScoringRule | None
    zero_denominator: str  # 满分 0 评定
    basis: str
    place: Place


class PointsRule(Struct, frozen=True, eq=False):
    """分值规则: where an indicator's 分值 comes from."""

    name: str
    selector: Selector
    mode: str  # 固定 自定 均分
    default: str  # 参考分值
    scope: str  # 组 二级
    places: int
    remainder: str  # 末项 首项 按填报
    basis: str
    place: Place


class Grades(Struct, frozen=True):
    """等级: bands from the top, by 总分 or by 得分率 (percent of the full mark)."""

    name: str
    by: str
    bands: tuple[Band, ...]
    basis: str
    place: Place


class ExplanationRule(Struct, frozen=True):
    """说明: when an explanation is due, and where it may stand."""

    name: str
    when: str
    threshold: Decimal | None
    answers: tuple[str, ...]
    compared: tuple[str, ...]  # the two figures of 预算有调整
    least_length: int
    most_length: int | None
    severity: Severity
    place: Place


class CheckSetting(Struct, frozen=True, eq=False):
    """检查: what a form, or 检查.yaml for all forms, says about one check of the catalogue."""

    severity: Severity | None = None
    is_off: bool = False
    parameters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def words(self, name: str) -> tuple[str, ...]:
        """Return a list of words; none where it is not stated."""
        return self.parameters.get(name, ())

    def number(self, name: str) -> Decimal | None:
        """Return a number, or a percentage as a fraction; None where it is not stated."""
        text = next(iter(self.words(name)), "")
        return parse_percent(text) if text.endswith(("%", "％")) else parse_decimal(text)

    def over(self, base: "CheckSetting") -> "CheckSetting":
        """Return this setting laid over the one for all forms."""
        severity = self.severity or base.severity
        is_off = self.is_off or (base.is_off and self.severity is None)
        return CheckSetting(severity, is_off, {**base.parameters, **self.parameters})


class Rollup(Struct, frozen=True):
    """汇总: the score of a unit over its projects, 平均 or 加权 by a figure."""

    mode: str
    weight: str
    place: Place


class Rubric(Struct, frozen=True, eq=False):
    """The scoring of one form, after 沿用."""

    total: Total | None
    execution: Execution | None
    points_rules: tuple[PointsRule, ...]
    scoring_rules: tuple[ScoringRule, ...]
    grades: Grades | None
    explanations: tuple[ExplanationRule, ...]
    checks: Mapping[str, CheckSetting] = field(default_factory=dict)
    feeds: tuple[Feed, ...] = ()
    rollup: Rollup | None = None


class Direction(Struct, frozen=True):
    """A direction and the words that say it before or behind a number."""

    sign: str
    before: tuple[str, ...]
    behind: tuple[str, ...]


class ProseWords(Struct, frozen=True):
    """正文: the words by which figures in prose are read."""

    counters: tuple[str, ...] = ()  # 量词: 家, 个, 人次
    targets: tuple[str, ...] = ()  # 目标: what is planned, not done
    results: tuple[str, ...] = ()  # 完成: what is done, also where 目标 stands beside it
    verbs: tuple[str, ...] = ()  # 动词: the name of a figure begins behind it
    gains: tuple[str, ...] = ()  # 增量: the name begins with it: 新增园区 is not 园区
    openings: tuple[str, ...] = ()  # 起头: taken off the beginning of a name
    predicates: tuple[str, ...] = ()  # 谓语: a name behind its figure ends before it
    fillers: tuple[str, ...] = ()  # 虚词: between a name and its figure
    generic: tuple[str, ...] = ()  # 泛称: what the end of a name may have more or less
    other: tuple[str, ...] = ()  # 另说: the figure is of another time, of a part or of each one
    spans: tuple[str, ...] = ()  # 跨年: the paragraph behind it speaks of several years
    ahead: tuple[str, ...] = ()  # 往后: the text behind it speaks of what is to come
    empty: tuple[str, ...] = ()  # 空名: alone they name nothing
    about: tuple[str, ...] = ()  # 约数: near the figure, or on one side of it


class Terms(Struct, frozen=True, eq=False):
    """用语: the words by which targets are read; data, shared by all forms."""

    directions: tuple[Direction, ...]
    ranges: tuple[str, ...]
    multiples: Mapping[str, Decimal]
    on_day: tuple[str, ...]  # 当日
    at_month_end: tuple[str, ...]  # 月末
    before_month: tuple[str, ...]  # 月前
    prose: ProseWords = ProseWords()
