"""A figure that the data hold is a reference in prose, not typed again (DESIGN: facts once).

Rule: an amount with the name of a figure of 资金 (叫法 of prose-figure) and equal to it, and a
count with the name of an indicator and equal to its target or actual, typed in a text that takes
references. One note for each text.
Source: a fact stands in one place.

PASS: 共支出{{ 资金.全年执行数 }}万元
FAIL: 共支出95万元
"""

from collections.abc import Iterator

from generator.checks.about import About
from generator.checks.n406_prose_figure import called_figures
from generator.checks.prose.naming import indicator_labels
from generator.checks.prose.quantities import MONEY
from generator.checks.prose.statements import Statement, read_statements
from generator.checks.review import Remark, Review
from generator.findings import Severity
from generator.scoring.references import ReferenceFault

CODE = "N412"
RULE = "prose-literal"
SEVERITY = Severity.NOTE
IS_LAW = False
PARAMETERS: dict[str, str] = {}
ABOUT = About(
    what=(
        "正文里又打了一遍数据里已有的数：资金数，或与某个指标同名同数的目标值、完成值。现在是对的，"
        "数据一更正就会不一致；写成引用就总是一致。一段话提示一次。"
    ),
    basis="一个数只写一处",
    example="这段里「95万元」与资金里的全年执行数相同，可以写成引用：{{ 资金.全年执行数 }}万元",
    subject="文字所在，如 `报告.基本情况.项目概况`",
    remedy="改成引用；`ziping explain 项目` 列出可以引用的名称",
    reason="照录原报送件，不改成引用",
)


def check(review: Review) -> Iterator[Remark]:
    """Yield texts that type figures again, with the reference for the first."""
    found: dict[int, list[tuple[Statement, str]]] = {}
    for one, reference in (*_amounts(review), *_counts(review)):
        found.setdefault(id(one.prose), []).append((one, reference))
    for pairs in found.values():
        pairs.sort(key=lambda pair: pair[0].quantity.start)
        first, reference = pairs[0]
        more = f"等 {len(pairs)} 个数" if len(pairs) > 1 else ""
        yield Remark(
            place=first.place(review),
            message=f"这段里「{first.quantity.typed}」{more}数据里已有，可以写成引用：{reference}",
            subject=first.prose.subject,
            hint="写成引用，数据更正时正文跟着改",
        )


def _amounts(review: Review) -> Iterator[tuple[Statement, str]]:
    for one, _, meant in called_figures(review):
        if not _is_typed(one) or one.quantity.kind != MONEY:
            continue
        for figure in meant:
            for names in (("资金", figure.name), ("派生", figure.name)):
                digits = _resolve(review, names)
                if digits and one.quantity.typed == f"{digits}{figure.unit}":
                    yield one, f"{{{{ {'.'.join(names)} }}}}{figure.unit}"
                    break
            else:
                continue
            break


def _counts(review: Review) -> Iterator[tuple[Statement, str]]:
    typed = [one for one in read_statements(review) if one.label and _is_typed(one)]
    known, labels = dict[str, list[str]](), indicator_labels(review)
    if not labels.may_be_any(one.label for one in typed):
        return
    for measure in (line for row in review.project.indicators for line in row.measures):
        known.setdefault(labels.of_name(measure.name), []).append(measure.name)
    for one in typed:
        names = known.get(one.label, [])
        if len(names) != 1:
            continue
        column = "目标值" if one.is_planned else "完成值"
        for path, unit in (
            (("指标", names[0], column), ""),
            (("指标", names[0], column, "值"), "+"),
        ):
            text = _resolve(review, path)
            rest = one.quantity.typed.removeprefix(text) if unit else ""
            if text and one.quantity.typed == f"{text}{rest}" and not rest[:1].isdigit():
                yield one, f'{{{{ 指标["{names[0]}"].{".".join(path[2:])} }}}}{rest}'
                break


def _is_typed(one: Statement) -> bool:
    source = one.prose.source
    is_prose = source.takes_references and not source.is_value
    return is_prose and not one.is_reference and not one.is_aside and one.quantity.is_exact


def _resolve(review: Review, names: tuple[str, ...]) -> str:
    try:
        return review.scope.resolve(names)
    except ReferenceFault:
        return ""
