"""Formulas of form packages: arithmetic over named figures, decimals exact, nothing else."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import TypeAlias

from msgspec import Struct

from generator.amounts import EXACT
from generator.patterns import pattern

NAME = r"[^\W\d]\w*(?:\.[^\W\d]\w*)*"
_TOKEN = pattern(
    rf"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<name>{NAME})|(?P<sign>[-+−＋－×*÷/()（）]))"
)
_SAME = {"−": "-", "－": "-", "＋": "+", "*": "×", "/": "÷", "（": "(", "）": ")"}
_LONGEST = 500  # characters; a formula is one line on a form

_OPERATIONS: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": EXACT.add,
    "-": EXACT.subtract,
    "×": EXACT.multiply,
    "÷": EXACT.divide,
}

Lookup: TypeAlias = Callable[[str], Decimal | None]


class FormulaError(ValueError):
    """The formula itself is wrong; the message says what, in Chinese."""


class ZeroDivisorError(ArithmeticError):
    """A divisor was zero; `name` is the figure, blank where the divisor is an expression."""

    def __init__(self, name: str) -> None:
        """Keep which figure was zero."""
        super().__init__(name)
        self.name = name


class Formula(Struct, frozen=True):
    """A parsed formula: `names` in order of use, `evaluate` on exact decimals."""

    text: str
    tree: "Node"
    names: tuple[str, ...]

    def evaluate(self, lookup: Lookup) -> Decimal | None:
        """Return the exact value; a blank operand (None) gives a blank result, never 0.

        Raises:
            ZeroDivisorError: when a divisor is zero.
        """
        return _value(self.tree, lookup)


Node: TypeAlias = Decimal | str | tuple[str, "Node", "Node"]


@lru_cache(maxsize=1024)
def parse_formula(text: str) -> Formula:
    """Parse `全年执行数 ÷ 全年预算数`; half and full width alike.

    Raises:
        FormulaError: when it holds anything but names, decimals, + − × ÷ and brackets.
    """
    if len(text) > _LONGEST:
        raise FormulaError(f"公式超过 {_LONGEST} 字")
    tokens = _split(text)
    tree = _sum(tokens, depth=0)
    if tokens:
        raise FormulaError(f"公式在「{tokens[0]}」处多出内容")
    return Formula(text, tree, tuple(dict.fromkeys(_names(tree))))


def _split(text: str) -> list[Decimal | str]:
    tokens: list[Decimal | str] = []
    at, end = 0, len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None:
            raise FormulaError(f"公式第 {at + 1} 字「{text[at : at + 5].strip()}」不能识别")
        if match["number"]:
            tokens.append(Decimal(match["number"]))
        else:
            tokens.append(match["name"] or _SAME.get(match["sign"], match["sign"]))
        at = match.end()
    return tokens


def _sum(tokens: list[Decimal | str], *, depth: int) -> Node:
    left = _product(tokens, depth=depth)
    while tokens and tokens[0] in ("+", "-"):
        sign = str(tokens.pop(0))
        left = (sign, left, _product(tokens, depth=depth))
    return left


def _product(tokens: list[Decimal | str], *, depth: int) -> Node:
    left = _factor(tokens, depth=depth)
    while tokens and tokens[0] in ("×", "÷"):
        sign = str(tokens.pop(0))
        left = (sign, left, _factor(tokens, depth=depth))
    return left


def _factor(tokens: list[Decimal | str], *, depth: int) -> Node:
    if not tokens:
        raise FormulaError("公式不完整")
    token = tokens.pop(0)
    if isinstance(token, Decimal):
        return token
    if token == "(":
        inner = _sum(tokens, depth=depth + 1)
        if not tokens or tokens.pop(0) != ")":
            raise FormulaError("公式的括号不配对")
        return inner
    if token == "-":
        return ("-", Decimal(0), _factor(tokens, depth=depth + 1))
    if token in ("+", "×", "÷", ")"):
        raise FormulaError(f"公式在「{token}」处少了一个数")
    return token


def _names(node: Node) -> list[str]:
    if isinstance(node, str):
        return [node]
    return [] if isinstance(node, Decimal) else [*_names(node[1]), *_names(node[2])]


def find_added_units(formula: Formula, units: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the pairs of different units that a formula adds or subtracts."""
    found: list[tuple[str, str]] = []
    _unit(formula.tree, units, found)
    return found


def _unit(node: Node, units: Mapping[str, str], found: list[tuple[str, str]]) -> str:
    """Return the unit of a part of a formula; blank where it has none or it is not known."""
    if isinstance(node, Decimal):
        return ""
    if isinstance(node, str):
        return units.get(node, "")
    left, right = _unit(node[1], units, found), _unit(node[2], units, found)
    if node[0] in "×÷":
        return ""
    if left and right and left != right:
        found.append((left, right))
    return left or right


def _value(node: Node, lookup: Lookup) -> Decimal | None:
    if isinstance(node, str):
        return lookup(node)
    if isinstance(node, Decimal):
        return node
    sign, left, right = node[0], _value(node[1], lookup), _value(node[2], lookup)
    if left is None or right is None:
        return None
    if sign == "÷" and right == 0:
        raise ZeroDivisorError(node[2] if isinstance(node[2], str) else "")
    return _OPERATIONS[sign](left, right)
