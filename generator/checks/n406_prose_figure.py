"""An amount that the prose gives by its name is the figure of that name (FIELD §3, 10).

Rule: 叫法 lists, for the figures of 资金 and 派生, the words that prose has for them; an amount
directly behind such words, in a clause that speaks of the whole year and of no part, equals one of
these figures at the places of the coarser writing.
Source: re-checkers' practice.

PASS: 全年执行数 95: 共支出95万元
FAIL: 全年执行数 95: 共支出85万元
"""

from collections.abc import Iterator, Sequence

from generator.amounts import MONEY_UNITS, plain
from generator.checks.about import About
from generator.checks.prose.known import Known, known_amount
from generator.checks.prose.quantities import BARE, MONEY
from generator.checks.prose.statements import Statement, read_statements
from generator.checks.review import Remark, Review
from generator.findings import Severity
from generator.patterns import pattern

CODE = "N406"
RULE = "prose-figure"
SEVERITY = Severity.WARNING
IS_LAW = False
PARAMETERS = {
    "叫法": "“金额的名称、另一名称：正文里的叫法、另一叫法”，名称是表式里的",
    "不算": "同一小句里有这些词的，说的是别的钱，如 招商引资",
}
ABOUT = About(
    what=(
        "正文里直接写的金额，用的是某个资金数的叫法（如“共支出”说的是全年执行数），却和那个数不等。"
        "写成引用 {{ … }} 的不会不等。分季度、其中、追加一类的金额不查；一种叫法可以指几个数，"
        "和其中一个相等就行。"
    ),
    basis="复核的惯例",
    example="「共支出」写作85万元，资金里的全年执行数是95万元，相差10万元",
    subject="金额的名称，如 `全年执行数`",
    remedy="核对后改成引用，如 {{ 资金.全年执行数 }}",
)

_CLAUSE = pattern("[，,、：:]")


def check(review: Review) -> Iterator[Remark]:
    """Yield typed amounts that contradict the figure whose name stands before them."""
    for one, word, meant in called_figures(review):
        quantity = one.quantity
        is_said = any(figure.is_said_by(quantity) for figure in meant)
        if is_said or one.is_reference or not quantity.is_exact:
            continue
        told = "、".join(f"{figure.name}是{figure.shown}" for figure in meant)
        first = meant[0]
        gap = plain(abs(quantity.value - first.value) / MONEY_UNITS[first.unit])
        yield Remark(
            place=one.place(review),
            message=f"「{word}」写作{quantity.typed}，资金里的{told}"
            + (f"，相差{gap}{first.unit}" if len(meant) == 1 else ""),
            subject=first.name,
            hint="核对后改成引用 {{ … }}；说的是别的金额，换一种叫法",
        )


def called_figures(review: Review) -> Iterator[tuple[Statement, str, tuple[Known, ...]]]:
    """Yield amounts of prose that have the name of a figure, with the name and the figures."""
    called = _called(review)
    spared = review.setting(RULE).words("不算")
    words = sorted(called, key=len, reverse=True)
    fillers = sorted(review.terms.prose.fillers, key=len, reverse=True)
    for one in read_statements(review) if called else ():
        is_amount = one.quantity.kind in (MONEY, BARE) and not one.prose.source.is_value
        if not is_amount or one.is_aside or one.is_planned:
            continue
        before = one.prose.text[one.sentence[0] : one.quantity.start].rstrip(" 　:：")
        word = _ending(before, words)
        while not word and (filler := _ending(before, fillers)):
            before = before[: -len(filler)].rstrip(" 　:：")
            word = _ending(before, words)
        clause = _CLAUSE.split(before)[-1]
        if word and not any(other in clause for other in spared):
            yield one, word, called[word]


def _ending(text: str, words: Sequence[str]) -> str:
    return next((word for word in words if text.endswith(word)), "")


def _called(review: Review) -> dict[str, tuple[Known, ...]]:
    """Return the figures that each way of naming may mean."""
    called: dict[str, tuple[Known, ...]] = {}
    for line in review.setting(RULE).words("叫法"):
        names, _, words = line.partition("：")
        meant = [known for name in names.split("、") if (known := known_amount(review, name))]
        for word in words.split("、") if meant else ():
            called[word] = (*called.get(word, ()), *meant)
    return called
