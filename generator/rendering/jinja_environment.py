"""The only door to Jinja: a sandbox that knows names, filters and comparisons, and no more."""

from collections.abc import Callable, Iterator, Mapping

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, Undefined, UndefinedError, nodes
from jinja2.parser import Parser
from jinja2.sandbox import ImmutableSandboxedEnvironment

from generator.rendering.expressions import ExpressionError
from generator.rendering.filters import AUTHOR_FILTERS, FILTERS, TEXT_FILTERS, Filters, is_continued
from generator.rendering.printed_rows import join_printed
from generator.rendering.printed_values import finalize
from generator.rendering.problems import TagFailedError, UnusableValueError

__all__ = ["ExactPart", "check_expression", "make_environment", "nodes", "parse_source"]

CONTINUED = "续"  # the test that asks whether a merge flag continues the cell above
MOST_EXPRESSION, MOST_BRACKETS = 500, 20  # the parser is recursive
MOST_PLACES = 10
_ALLOWED = (
    nodes.Name,
    nodes.Const,
    nodes.Getitem,
    nodes.Filter,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Tuple,
    nodes.List,
)
_ORDERINGS = frozenset(("gt", "gteq", "lt", "lteq"))
_EQUALITIES = frozenset(("eq", "ne"))


class TemplateEnvironment(ImmutableSandboxedEnvironment):
    """Subscripts look for keys and never for attributes; attributes do not exist."""

    def getitem(self, obj: object, argument: object) -> object:
        """Return `obj[argument]`, undefined when there is no such key."""
        try:
            return obj[argument]  # type: ignore[index]
        except (TypeError, LookupError):
            return self.undefined(obj=obj, name=str(argument))

    def getattr(self, obj: object, attribute: str) -> Undefined:
        """Refuse: data have keys, not attributes."""
        return self.undefined(obj=obj, name=attribute)


class ExactPart:
    """One part by Jinja's own code, which knows what is missing and in which line."""

    def __init__(self, source: str, filters: Filters, name: str) -> None:
        """Compile the source of a part."""
        self._name = name
        environment = make_environment(filters)
        code = environment.compile(parse_source(environment, source), name, name)
        self._template = Template.from_code(environment, code, {})

    def render(self, context: Mapping[str, object]) -> bytes:
        """Return the part.

        Raises:
            TagFailedError: A value is missing, or cannot be printed or compared.
        """
        try:
            return join_printed(self._template.generate(context))
        except UndefinedError as error:
            line = self._line_of(error)
            raise TagFailedError("数据中没有这一项", line=line, is_missing=True) from None
        except UnusableValueError as error:
            line = self._line_of(error)
            raise TagFailedError(str(error), line=line, is_missing=False) from None

    def _line_of(self, error: Exception) -> int:
        """Return the line of the source: Jinja rewrites the traceback to say it."""
        line, trace = 0, error.__traceback__
        while trace is not None:
            if trace.tb_frame.f_code.co_filename == self._name:
                line = trace.tb_lineno
            trace = trace.tb_next
        return line


def make_environment(filters: Filters) -> TemplateEnvironment:
    """Return an environment with our filters and those of one template."""
    environment = TemplateEnvironment(
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        auto_reload=False,
        keep_trailing_newline=True,
    )
    known = {**FILTERS, **filters}
    environment.filters = {name: _strict(function) for name, function in known.items()}
    environment.tests = {CONTINUED: is_continued}
    environment.globals = {}
    return environment


def _finalize(value: object) -> object:
    return value if isinstance(value, Undefined) else finalize(value)


def _strict(function: Callable[..., object]) -> Callable[..., object]:
    """Let no filter see a missing value: it is missing, whatever the filter does with it."""

    def apply(value: object, *arguments: object) -> object:
        if isinstance(value, Undefined):
            str(value)  # StrictUndefined raises
        return function(value, *arguments)

    return apply


def parse_source(environment: TemplateEnvironment, source: str) -> nodes.Template:
    """Parse a prepared part; comparisons beside numbers become comparisons of numbers."""
    tree = environment.parse(source)
    for comparison in tree.find_all(nodes.Compare):
        _compare_numbers(comparison)
    return tree


def check_expression(expression: str) -> None:
    """Let through names, constants, subscripts, our filters, comparisons, and/or/not, in.

    Raises:
        ExpressionError: It is no expression, or holds anything else.
    """
    if len(expression) > MOST_EXPRESSION or sum(map(expression.count, "([")) > MOST_BRACKETS:
        raise ExpressionError("标签过长或括号过多")
    environment = make_environment({})
    try:
        parser = Parser(environment, expression, state="variable")
        tree = parser.parse_expression()
    except TemplateSyntaxError:
        raise ExpressionError("写法不对") from None
    if not parser.stream.eos:
        raise ExpressionError("写法不对：后面有多余的内容，名称中间不能有空格")
    for node in _every_node(tree):
        _check_node(node)


def _every_node(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    for child in node.iter_child_nodes():
        yield from _every_node(child)


def _check_node(node: nodes.Node) -> None:
    match node:
        case nodes.BinExpr() if not isinstance(node, nodes.And | nodes.Or):
            raise ExpressionError("标签里不能计算，请在数据或表式中算好")
        case nodes.Neg() | nodes.Pos() | nodes.Concat():
            raise ExpressionError("标签里不能计算，请在数据或表式中算好")
        case nodes.Call():
            raise ExpressionError("标签里不能调用函数")
        case nodes.Test():
            raise ExpressionError("标签里不能用 is 判断")
        case nodes.CondExpr():
            raise ExpressionError("条件请写作「{% 若 … %}…{% 否则 %}…{% 完 %}」")
        case nodes.Name(name=name) if name.startswith("_"):
            raise ExpressionError(f"名称「{name}」不能以下划线开头")
        case nodes.Name(name="loop"):
            raise ExpressionError("没有 loop：序号请由数据给出")
        case nodes.Getitem(arg=nodes.Const(value=str(key))) if key.startswith("_"):
            raise ExpressionError(f"名称「{key}」不能以下划线开头")
        case nodes.Filter(name=name) if name not in AUTHOR_FILTERS:
            known = "、".join(AUTHOR_FILTERS)
            raise ExpressionError(f"没有「{name}」这种格式，可用的是：{known}")
        case nodes.Filter():
            _check_arguments(node)
        case nodes.Getattr() | nodes.Slice() | nodes.Dict():
            raise ExpressionError("写法不对")
        case _ if not isinstance(node, _ALLOWED):
            raise ExpressionError("写法不对")


def _check_arguments(node: nodes.Filter) -> None:
    """Try the filter on a text, so that a wrong argument is found before any data are there."""
    if node.kwargs or node.dyn_args or node.dyn_kwargs:
        raise ExpressionError(f"「{node.name}」的括号里写法不对")
    if not all(isinstance(argument, nodes.Const) for argument in node.args):
        raise ExpressionError(f"「{node.name}」的括号里应为数字或带引号的文字")
    values = [argument.value for argument in node.args if isinstance(argument, nodes.Const)]
    is_text = node.name in TEXT_FILTERS
    if len(values) > 1 or (node.name in ("空作", "勾选") and not values):
        raise ExpressionError(f"「{node.name}」的括号里应有一项")
    if is_text and not all(isinstance(value, str) for value in values):
        raise ExpressionError(f"「{node.name}」的括号里应为带引号的文字")
    if not is_text and not all(type(value) is int and value <= MOST_PLACES for value in values):
        raise ExpressionError(f"「{node.name}」的括号里应为小数位数，不超过 {MOST_PLACES}")


def _compare_numbers(comparison: nodes.Compare) -> None:
    """Values are typed text, and `"1000" < "600"` is true of text: compare their numbers."""
    for operand in comparison.ops:
        sides = (comparison.expr, operand.expr)
        if operand.op in _ORDERINGS:
            name = "数"
        elif operand.op in _EQUALITIES and any(_is_number(side) for side in sides):
            name = "数或文"
        else:
            continue
        comparison.expr = _filtered(comparison.expr, name)
        operand.expr = _filtered(operand.expr, name)


def _is_number(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Const) and not isinstance(node.value, str | bool)


def _filtered(node: nodes.Expr, name: str) -> nodes.Filter:
    return nodes.Filter(
        node, name, [], [], None, None, lineno=node.lineno, environment=node.environment
    )
