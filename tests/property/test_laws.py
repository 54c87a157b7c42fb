"""Laws of scoring: they hold for any data."""

from decimal import Decimal
from fractions import Fraction
from operator import add, mul, sub, truediv

from hypothesis import given
from hypothesis import strategies as st

from generator.amounts import ONE, ZERO, plain, round_half_up
from generator.domain.results import Reading
from generator.domain.rubrics import ScoringRule, Selector
from generator.findings import Place
from generator.scoring.apportion import share_equally
from generator.scoring.formulas import parse_formula
from generator.scoring.methods import METHODS, Case, complete

NUMBERS = st.decimals(min_value=0, max_value=10**9, places=3, allow_nan=False)
POINTS = st.decimals(min_value=Decimal("0.1"), max_value=100, places=2, allow_nan=False)
RULE = ScoringRule("例", Selector(), "比例", "", Place("x"))


@given(total=POINTS, count=st.integers(1, 80), places=st.integers(1, 3))
def test_shares_add_up_and_only_one_differs(total, count, places):
    shares = share_equally(total, count, places=places, remainder="末项")
    assert sum(shares) == total
    assert len(set(shares[:-1])) <= 1
    first = share_equally(total, count, places=places, remainder="首项")
    assert first == [shares[-1], *shares[:-1]]


@given(value=st.decimals(min_value=-(10**6), max_value=10**6, places=6), places=st.integers(0, 4))
def test_rounding_is_never_further_than_half_a_unit(value, places):
    rounded = round_half_up(value, places)
    assert abs(rounded - value) <= Decimal(5).scaleb(-places - 1)
    assert round_half_up(rounded, places) == rounded
    assert round_half_up(-value, places) == -rounded


@given(value=st.decimals(min_value=-(10**12), max_value=10**12, places=8))
def test_a_printed_number_reads_back(value):
    text = plain(value)
    assert Decimal(text) == value
    assert "E" not in text


def score(target, actual, *, sign, method):
    """Return the bounded coefficient of a quantitative row."""
    wanted = Reading("定量", sign, target, None, "")
    done = Reading("定量", "≥", actual, None, "")
    rate = complete(RULE, wanted, done)
    case = Case(RULE, ONE, wanted, done, "", "", "", None, completion=rate.coefficient)
    verdict = METHODS[method](case).coefficient
    return None if verdict is None else min(max(verdict, ZERO), ONE)


@given(
    target=NUMBERS.filter(bool),
    low=NUMBERS,
    more=NUMBERS,
    method=st.sampled_from(["比例", "逐点扣分", "达标"]),
)
def test_doing_more_never_scores_less(target, low, more, method):
    worse = score(target, low, sign="≥", method=method)
    better = score(target, low + more, sign="≥", method=method)
    assert ZERO <= worse <= better <= ONE


@given(
    target=NUMBERS.filter(bool), low=NUMBERS, more=NUMBERS, method=st.sampled_from(["比例", "达标"])
)
def test_costing_more_never_scores_more(target, low, more, method):
    cheaper = score(target, low, sign="≤", method=method)
    dearer = score(target, low + more, sign="≤", method=method)
    assert ZERO <= dearer <= cheaper <= ONE


FIGURES = {"甲": Decimal("1.25"), "乙": Decimal(3), "丙": Decimal("-0.4")}
OPERATIONS = {"+": add, "−": sub, "×": mul, "÷": truediv}
LEAVES = st.sampled_from([*FIGURES, "2", "0.25", "7.5"]).map(
    lambda text: (text, Fraction(FIGURES.get(text, text)))
)


def join(pair):
    """Join two formulas with their exact values by a sign; a zero divisor becomes a sum."""
    (left, a), sign, (right, b) = pair
    sign = "+" if sign == "÷" and b == 0 else sign
    return f"({left} {sign} {right})", OPERATIONS[sign](a, b)


FORMULAS = st.recursive(
    LEAVES,
    lambda inner: st.tuples(inner, st.sampled_from(sorted(OPERATIONS)), inner).map(join),
    max_leaves=12,
)


@given(pair=FORMULAS)
def test_formulas_agree_with_exact_fractions(pair):
    text, exact = pair
    found = parse_formula(text).evaluate(FIGURES.get)
    assert abs(Fraction(found) - exact) <= abs(exact) / 10**30 + Fraction(1, 10**30)
