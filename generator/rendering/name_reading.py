"""Finds the names that a parsed part uses, whatever stands around them."""

from collections.abc import Iterator, Mapping

from generator.rendering.jinja_environment import nodes
from generator.rendering.names import EACH, Path, Role, TemplateUse
from generator.rendering.problems import Tag

_Found = tuple[Path, Role, int, tuple[tuple[str, Path], ...]]
_FILTERED = {  # what a filter does with the name before it; the others print or compare it
    "正文": Role.NARRATIVE,
    "勾选": Role.ASKED,
    "编号": Role.LIST,
    "至少": Role.LIST,
}


def find_uses(tree: nodes.Template, tags: Mapping[int, Tag]) -> tuple[TemplateUse, ...]:
    """Return the uses of a parsed part in order; `tags` by line of its source."""
    return tuple(
        TemplateUse(path, role, tags[line], rows)
        for path, role, line, rows in _walk(tree, {}, Role.VALUE)
        if path and line in tags
    )


def _walk(node: nodes.Node, scope: Mapping[str, Path], role: Role) -> Iterator[_Found]:
    match node:
        case nodes.For(target=nodes.Name(name=variable)):
            yield from _walk(node.iter, scope, Role.LIST)
            path = _path(_without_own_filters(node.iter), scope)
            inside = {**scope, variable: (*path, EACH) if path else ()}
            for child in node.body:
                yield from _walk(child, inside, Role.VALUE)
            for child in node.else_:
                yield from _walk(child, scope, Role.VALUE)
        case nodes.Filter(name="附件"):
            return  # stands beside 正文, which names the report
        case nodes.Getitem() | nodes.Name():
            yield _path(node, scope), role, node.lineno, tuple(scope.items())
            yield from _walk_keys(node, scope)
        case nodes.If() | nodes.Compare() | nodes.Filter():
            for child in node.iter_child_nodes():
                yield from _walk(child, scope, _role_inside(node, child))
        case _:
            inner = Role.ASKED if isinstance(node, nodes.Not | nodes.Test) else role
            for child in node.iter_child_nodes():
                yield from _walk(child, scope, inner)


def _role_inside(node: nodes.If | nodes.Compare | nodes.Filter, child: nodes.Node) -> Role:
    match node:
        case nodes.If():
            return Role.ASKED if child is node.test else Role.VALUE
        case nodes.Compare():
            is_whole = isinstance(child, nodes.Operand) and child.op in ("in", "notin")
            return Role.ASKED if is_whole else Role.VALUE
        case nodes.Filter():
            return _FILTERED.get(node.name, Role.VALUE)


def _walk_keys(node: nodes.Node, scope: Mapping[str, Path]) -> Iterator[_Found]:
    """Yield the names inside the brackets: `指标[行.名称]`."""
    while isinstance(node, nodes.Getitem):
        if not isinstance(node.arg, nodes.Const):
            yield from _walk(node.arg, scope, Role.VALUE)
        node = node.node


def _without_own_filters(node: nodes.Node) -> nodes.Node:
    while isinstance(node, nodes.Filter) and node.node is not None:
        node = node.node
    return node


def _path(node: nodes.Node, scope: Mapping[str, Path]) -> Path:
    """Return the path of a name with its subscripts; none for what is no name of the data."""
    match node:
        case nodes.Name(name=name):
            return scope.get(name, (name,))
        case nodes.Getitem(node=inner, arg=key):
            above = _path(inner, scope)
            name = key.value if isinstance(key, nodes.Const) else EACH
            return (*above, name if isinstance(name, str) else EACH) if above else ()
        case _:
            return ()
