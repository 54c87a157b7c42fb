"""Formulas: arithmetic over named figures, exact, and nothing else."""

from decimal import Decimal

import pytest

from generator.amounts import plain, round_half_up
from generator.scoring.formulas import FormulaError, ZeroDivisorError, parse_formula

FIGURES = {"甲": Decimal("1"), "乙": Decimal("3"), "组.丙": Decimal("0.5"), "零": Decimal(0)}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("甲 + 乙 × 2", "7"),
        ("（甲＋乙）×２", "8"),
        ("(甲 + 乙) × 2", "8"),
        ("甲 − 乙 − 1", "-3"),
        ("乙 ÷ 组.丙 ÷ 2", "3"),
        ("-甲 + 乙", "2"),
        ("甲 ÷ 乙 × 1.5", "0.5"),
        ("甲/乙*3", "1"),
        ("12.50", "12.5"),
    ],
)
def test_a_formula_is_worked_out_exactly(text, value):
    assert plain(parse_formula(text).evaluate(FIGURES.get)) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "甲 +",
        "(甲 + 乙",
        "甲 + 乙)",
        "甲 乙",
        "甲 ** 乙",
        "甲 > 乙",
        "max(甲, 乙)",
        "__import__('os')",
        "甲.__class__()",
        "甲[0]",
        "甲 if 乙 else 1",
        "1e9 × 甲",
        "甲%",
        "甲 + " * 200,
    ],
)
def test_anything_else_is_refused(text):
    with pytest.raises(FormulaError):
        parse_formula(text)


def test_deep_brackets_are_refused_or_worked_out_but_never_crash():
    text = "(" * 240 + "甲" + ")" * 240
    assert parse_formula(text).evaluate(FIGURES.get) == 1


def test_a_blank_operand_gives_a_blank_result():
    assert parse_formula("甲 + 丁").evaluate(FIGURES.get) is None


def test_a_zero_divisor_names_the_figure():
    with pytest.raises(ZeroDivisorError) as fault:
        parse_formula("甲 ÷ 零").evaluate(FIGURES.get)
    assert fault.value.name == "零"
    with pytest.raises(ZeroDivisorError) as fault:
        parse_formula("甲 ÷ (零 × 2)").evaluate(FIGURES.get)
    assert fault.value.name == ""


def test_digits_beyond_thirty_places_do_not_tip_a_rounding():
    third = parse_formula("1 ÷ 3 × 1.5").evaluate(FIGURES.get)
    assert round_half_up(third, 0) == 1
    assert round_half_up(Decimal("2.675"), 2) == Decimal("2.68")
    assert round_half_up(Decimal("-2.675"), 2) == Decimal("-2.68")
