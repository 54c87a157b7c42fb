"""What the form states between figures holds (FIELD §3, 7 and 13).

Rule: 恒等式 and the 公式 of single figures in form.yaml; one with a blank operand is skipped.
Source: 填表说明 of the form, named beside each formula.

PASS: 指标结余数 10 = 年初预算数 100 + 当年调整数 0 − 财政拨款数 90
FAIL: 指标结余数填 20，别的数相同
"""

from collections.abc import Iterator
from decimal import Decimal

from generator.amounts import is_equal, plain
from generator.checks.about import About
from generator.checks.review import Remark, Review
from generator.domain.forms import Identity
from generator.findings import Severity
from generator.scoring.figures import Computed, computed_cells
from generator.scoring.formulas import ZeroDivisorError, parse_formula

CODE = "F201"
RULE = "fund-identity"
SEVERITY = Severity.ERROR
IS_LAW = True
ABOUT = About(
    what=(
        "表式的恒等式不成立；或填了应由公式算出的数，与公式不同。用到的数有空着的，不核对。"
        "表式可以把某条恒等式定为警告。"
    ),
    basis="填表说明里的公式，写在表式的恒等式和公式里",
    example="执行不超预算不成立：「全年执行数」为 575.5，「全年预算数」为 500，差 75.5",
    subject="等式里第一个填报的数，先左后右，如 `资金.全年执行数`",
    remedy="核对公式里的各数",
    reason="原报送件填575.5，与预算数差75.5，照录",
)


def check(review: Review) -> Iterator[Remark]:
    """Yield identities that do not hold, and typed figures that differ from their formula."""
    form = review.project.form
    for identity in form.identities:
        yield from _identity(review, identity)
    for computed in computed_cells(form):
        yield from _typed(review, computed)


def _work_out(review: Review, formula: str) -> Decimal | None:
    try:
        return parse_formula(formula).evaluate(review.sheet.figures.get)
    except ZeroDivisorError:
        return None


def _identity(review: Review, identity: Identity) -> Iterator[Remark]:
    left, right = _work_out(review, identity.left), _work_out(review, identity.right)
    if left is None or right is None:
        return
    gap = left - right
    holds = {"=": abs(gap) <= identity.tolerance, "≤": gap <= 0, "≥": gap >= 0}[identity.sign]
    if holds or is_equal(left, right):
        return
    sides = [(identity.left, right), (identity.right, left)]
    figures = review.project.figures
    path, other = next(
        (
            (figures[name].path, value)
            for text, value in sides
            for name in parse_formula(text).names
            if name in figures
        ),
        (("恒等式", identity.name), right),
    )
    is_typed = path[0] != "恒等式"
    yield Remark(
        place=review.place(*path) if is_typed else review.place("资金"),
        message=(
            f"{identity.name}不成立：「{identity.left}」为 {plain(left)}，"
            f"「{identity.right}」为 {plain(right)}，差 {plain(gap)}"
        ),
        subject=".".join(str(part) for part in path),
        expected=plain(other),
        basis=f"恒等式：{identity.text}（{identity.place.file}:{identity.place.line}）",
        hint="核对公式中的各数",
        severity=identity.severity,
    )


def _typed(review: Review, computed: Computed) -> Iterator[Remark]:
    name, formula, place = computed.name, computed.formula, computed.place
    figure = review.project.figures.get(name)
    if figure is None or figure.value is None:
        return
    should = _work_out(review, formula)
    if should is None or is_equal(should, figure.value):
        return
    gap = figure.value - should
    yield Remark(
        place=review.place(*figure.path),
        message=(
            f"{name}不平：填报 {figure.text}，按公式应为 {plain(should)}，"
            f"差 {plain(gap)} {figure.unit}"
        ),
        subject=".".join(str(part) for part in figure.path),
        expected=plain(should),
        basis=f"公式：{name} = {formula}（{place.file}:{place.line}）",
        hint="更正本行，或核对公式中的各数",
    )
