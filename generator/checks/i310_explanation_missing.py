"""What the form wants explained is explained (FIELD §3, 19 to 22).

Rule: 说明 in rubric.yaml: when, where the answer may stand, how long, how bad; words that say
nothing (空话, such as 无) count as no answer.
Source: 填表说明; 偏差原因 on any line of a shared row counts for all of it.

PASS: 分值 10，得分 8，偏差原因 提高了每个项目的补助额度
FAIL: 分值 10，得分 8，没有偏差原因
"""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache

from generator.amounts import percent, plain
from generator.checks.about import About
from generator.checks.review import Remark, Review
from generator.domain.model import Passage, Path
from generator.domain.results import RowScore
from generator.domain.rubrics import ExplanationRule, ScoringRule
from generator.findings import Severity

CODE = "I310"
RULE = "explanation-missing"
SEVERITY = Severity.ERROR
IS_LAW = False
_SHOWN = 20  # characters of an answer that does not do
ABOUT = About(
    what=(
        "该写说明而没有写，或只写了“无”一类的空话，或字数不够。什么情形要写、写在哪里、级别，"
        "都由表式的“说明”定：失分、大幅超额、执行率偏低、预算调整等。"
    ),
    basis="填表说明，写在表式的说明里",
    example="「补助项目数」得分 15，低于分值 20，「偏差原因」没有说明",
    subject="指标，如 `补助项目数`；整份看一次的，写那条说明的名称，如 `执行率偏低`",
    remedy="写明原因",
)


def check(review: Review) -> Iterator[Remark]:
    """Yield rows and documents in which a due explanation is missing."""
    rubric = review.project.rubric
    rules = rubric.explanations if rubric else ()
    rows = (*review.sheet.rows, *review.sheet.listed)
    for rule in rules:
        whole = _whole_reason(review, rule)
        if whole:
            yield from _answer(review, rule, whole, None)
        for row in rows if rule.when in _DUE else ():
            if _DUE[rule.when](row, rule.threshold):
                yield from _answer(review, rule, _row_reason(row, rule), row)
    asks_over = not any(rule.when == _OVER for rule in rules)
    for row in review.sheet.rows:
        for own in _own_rules(row.rule, asks_over=asks_over) if row.rule is not None else ():
            if _DUE[own.when](row, own.threshold):
                yield from _answer(review, own, _row_reason(row, own), row)


@lru_cache(maxsize=256)
def _own_rules(rule: ScoringRule, *, asks_over: bool) -> tuple[ExplanationRule, ...]:
    """Return what a scoring rule itself asks for: 须说明: 失分, and 超额 with 处理: 只说明."""
    own: list[ExplanationRule] = []
    if rule.must_explain_loss:
        own.append(_own_rule(rule, _LOST, None, Severity.ERROR))
    if asks_over and rule.over is not None and rule.over.per_point is None:
        own.append(_own_rule(rule, _OVER, rule.over.start, Severity.WARNING))
    return tuple(own)


def _own_rule(
    rule: ScoringRule, when: str, threshold: Decimal | None, severity: Severity
) -> ExplanationRule:
    return ExplanationRule(
        name=rule.name,
        when=when,
        threshold=threshold,
        answers=("偏差原因",),
        compared=(),
        least_length=0,
        most_length=None,
        severity=severity,
        place=rule.place,
    )


def _has_lost(row: RowScore, _limit: Decimal | None) -> bool:
    return row.score is not None and row.points is not None and row.score < row.points


def _is_over(row: RowScore, limit: Decimal | None) -> bool:
    return row.completion is not None and limit is not None and row.completion > limit


def _is_adjusted(row: RowScore, _limit: Decimal | None) -> bool:
    measure = row.indicator.measures[0]
    return bool(measure.initial_target) and measure.initial_target != measure.target


_LOST, _OVER = "得分低于分值", "完成率高于"
_DUE: Mapping[str, Callable[[RowScore, Decimal | None], bool]] = {
    _LOST: _has_lost,
    _OVER: _is_over,
    "未达目标": lambda row, _: row.is_met is False,
    "完成值不是数": lambda row, _: row.target.kind == "定量" and row.actual.kind != "定量",
    "目标有调整": _is_adjusted,
}
_SAID = {
    "未达目标": "没有达到目标值",
    "完成值不是数": "的完成值读不出数",
    "目标有调整": "的目标值有调整",
}


def _row_reason(row: RowScore, rule: ExplanationRule) -> str:
    """Return why a row needs an explanation under a rule by which one is due."""
    name, score, points = row.indicator.name, row.score, row.points
    if rule.when == _LOST and score is not None and points is not None:
        return f"「{name}」得分 {plain(score)}，低于分值 {plain(points)}"
    if rule.when == _OVER and row.completion is not None and rule.threshold is not None:
        over = _rate_text(row.completion, rule.threshold)
        return f"「{name}」完成率 {over}，高于 {percent(rule.threshold, 2)}"
    return f"「{name}」{_SAID[rule.when]}"


def _rate_text(rate: Decimal, limit: Decimal) -> str:
    """Write a rate with as many places as it takes to tell it from the limit."""
    return next(
        (
            text
            for text in (percent(rate, places) for places in range(2, 12))
            if text != percent(limit, 11)
        ),
        percent(rate, 2),
    )


def _whole_reason(review: Review, rule: ExplanationRule) -> str:
    """Return why the whole document needs an explanation under this rule."""
    rate = review.sheet.rate.rate if review.sheet.rate else None
    limit = rule.threshold
    if rate is not None and limit is not None:
        if rule.when == "执行率低于" and rate < limit:
            return f"执行率 {_rate_text(rate, limit)}，低于 {percent(limit, 2)}"
        if rule.when == "执行率高于" and rate > limit:
            return f"执行率 {_rate_text(rate, limit)}，高于 {percent(limit, 2)}"
    if rule.when == "预算有调整" and len(rule.compared) == 2:  # noqa: PLR2004 - before and after
        before, after = (review.sheet.figures.get(name) for name in rule.compared)
        if before is not None and after is not None and before != after:
            names = rule.compared
            return f"{names[0]} {plain(before)} 与{names[1]} {plain(after)} 不同"
    return ""


def _answer(
    review: Review, rule: ExplanationRule, reason: str, row: RowScore | None
) -> Iterator[Remark]:
    """Yield a remark when none of the places that may hold the answer holds one."""
    answers = [a for a in rule.answers if not a.startswith("报告.") or review.project.report]
    answers = answers or list(rule.answers)
    fill = review.scope.fill
    texts = [fill(text) for answer in answers for text in _texts(review, answer, row)]
    talk = review.setting("placeholder-text").words("空话")
    told = [text.strip() for text in texts if text.strip() and text.strip() not in talk]
    if any(_is_long_enough(text, rule) for text in told):
        return
    places = "、".join(answer.removeprefix("报告.") for answer in answers)
    said = next((text.strip() for text in texts if text.strip()), "")
    why = f"只写了「{_cut(said)}」" if said else "没有说明"
    least = f"（至少 {rule.least_length} 字）" if rule.least_length else ""
    if told and rule.most_length is not None and len(told[0]) > rule.most_length:
        why, least = f"写了 {len(told[0])} 字", f"（至多 {rule.most_length} 字）"
    path: Path = row.indicator.path if row else ("资金",)
    yield Remark(
        place=review.place(*path),
        message=f"{reason}，「{places}」{why}",
        subject=row.indicator.subject if row else rule.name,
        basis=_basis(rule, row),
        hint=f"在「{places}」写明原因{least}",
        severity=rule.severity,
    )


def _is_long_enough(text: str, rule: ExplanationRule) -> bool:
    return rule.least_length <= len(text) <= (rule.most_length or len(text))


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _basis(rule: ExplanationRule, row: RowScore | None) -> str:
    asked = f"{rule.name}：{rule.when}须说明（{rule.place.file}:{rule.place.line}）"
    return f"{'；'.join(row.steps)}　{asked}" if row and row.steps else asked


def _texts(review: Review, answer: str, row: RowScore | None) -> Iterator[str]:
    if answer.startswith("报告."):
        wanted = answer.removeprefix("报告.")
        yield from _passage_texts(review, review.project.report or (), wanted, inside=False)
    elif answer == "偏差原因":
        rows = [row] if row else [*review.sheet.rows, *review.sheet.listed]
        for one in rows:
            yield one.indicator.reason
            yield from (measure.reason for measure in one.indicator.measures)
    elif row is not None and answer in row.indicator.extra:
        yield row.indicator.extra[answer]
    else:
        head, *names = answer.split(".")
        value = review.project.values.get(head)
        for name in names:
            value = value.get(name) if isinstance(value, dict) else None
        cell = review.project.fund_texts.get(answer.removeprefix("资金."), "")
        yield value if isinstance(value, str) else cell


def _passage_texts(
    review: Review, passages: tuple[Passage, ...], wanted: str, *, inside: bool
) -> Iterator[str]:
    """Yield the texts under a heading, found anywhere by its name or one of its aliases."""
    names = _names_of(review, wanted)
    for passage in passages:
        found = inside or passage.heading in names
        if found:
            yield passage.text
        yield from _passage_texts(review, passage.below, wanted, inside=found)


def _names_of(review: Review, wanted: str) -> tuple[str, ...]:
    outline = review.project.form.outline
    stack = list(outline.headings) if outline else []
    while stack:
        heading = stack.pop()
        if heading.name == wanted:
            return (heading.name, *heading.aliases)
        stack += heading.below
    return (wanted,)
