"""From the tree that Jinja reads out of a part to our own, which is printed without Jinja."""

from collections.abc import Iterable

from generator.rendering.jinja_environment import CONTINUED, nodes
from generator.rendering.tag_tree import (
    Choice,
    Comparison,
    Constant,
    Expression,
    Filtered,
    IsContinued,
    Item,
    Joined,
    Loop,
    Name,
    Negated,
    Output,
    Several,
    Tree,
    Wrapped,
)


def read_tree(template: nodes.Template) -> Tree:
    """Return what a parsed part prints; `check_expression` has let nothing through but this."""
    return _read_body(template.body)


def _read_body(body: Iterable[nodes.Node]) -> Tree:
    return tuple(_read_statement(one) for one in body)


def _read_statement(node: nodes.Node) -> Output | Loop | Choice | Wrapped:
    match node:
        case nodes.Output(nodes=pieces):
            return Output(tuple(_read_piece(one) for one in pieces))
        case nodes.For(target=nodes.Name(name=variable), test=None, recursive=False):
            items, body = _read(node.iter), _read_body(node.body)
            return Loop(variable, items, body, _read_body(node.else_))
        case nodes.If():
            cases = ((_read(one.test), _read_body(one.body)) for one in (node, *node.elif_))
            return Choice(tuple(cases), _read_body(node.else_))
        case nodes.FilterBlock(filter=nodes.Filter(node=None, name=name)):
            return Wrapped(name, _read_all(node.filter.args), _read_body(node.body))
    raise TypeError(node)


def _read_piece(node: nodes.Node) -> str | Expression:
    return node.data if isinstance(node, nodes.TemplateData) else _read(node)


def _read(node: nodes.Node) -> Expression:
    read: Expression
    match node:
        case nodes.Name(name=name):
            read = Name(name)
        case nodes.Const(value=value):
            read = Constant(value)
        case nodes.Getitem():
            read = Item(_read(node.node), _read(node.arg))
        case nodes.Filter(node=nodes.Expr() as inner, name=name):
            read = Filtered(_read(inner), name, _read_all(node.args))
        case nodes.Compare():
            others = ((operand.op, _read(operand.expr)) for operand in node.ops)
            read = Comparison(_read(node.expr), tuple(others))
        case nodes.And() | nodes.Or():
            read = Joined(node.operator, _read(node.left), _read(node.right))
        case nodes.Not():
            read = Negated(_read(node.node))
        case nodes.Tuple() | nodes.List():
            read = Several(_read_all(node.items), isinstance(node, nodes.List))
        case nodes.Test(name=name) if name == CONTINUED:
            read = IsContinued(_read(node.node))
        case _:
            raise TypeError(node)
    return read


def _read_all(found: Iterable[nodes.Node]) -> tuple[Expression, ...]:
    return tuple(_read(node) for node in found)
