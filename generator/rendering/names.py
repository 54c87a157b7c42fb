"""The names a template uses, with their places: what a later check compares with the context."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from generator.rendering.jinja_environment import nodes
from generator.rendering.problems import Tag

EACH = "*"  # any item of a list: 行.名称 in 每行 绩效指标 is ("绩效指标", "*", "名称")


class Role(StrEnum):
    """What a template does with a name."""

    VALUE = "value"  # printed, compared or asked for
    LIST = "list"  # looped over
    NARRATIVE = "narrative"  # written by 正文


@dataclass(frozen=True, slots=True)
class TemplateUse:
    """One use of a name path; loop variables are resolved to the list they run over."""

    path: tuple[str, ...]
    role: Role
    tag: Tag


Path = tuple[str, ...]


def find_uses(tree: nodes.Template, tags: Mapping[int, Tag]) -> tuple[TemplateUse, ...]:
    """Return the uses of a parsed part in order; `tags` by line of its source."""
    return tuple(
        TemplateUse(path, role, tags[line]) for path, role, line in _walk(tree, {}) if line in tags
    )


def _walk(node: nodes.Node, scope: Mapping[str, Path]) -> Iterator[tuple[Path, Role, int]]:
    match node:
        case nodes.For(target=nodes.Name(name=variable)):
            items = _without_own_filters(node.iter)
            path = _path(items, scope)
            yield path, Role.LIST, items.lineno
            inside = {**scope, variable: (*path, EACH)}
            for child in node.body:
                yield from _walk(child, inside)
            for child in node.else_:
                yield from _walk(child, scope)
        case nodes.Filter(name="正文", node=nodes.Expr() as narrative):
            yield _path(narrative, scope), Role.NARRATIVE, narrative.lineno
        case nodes.Getitem() | nodes.Name():
            yield _path(node, scope), Role.VALUE, node.lineno
            yield from _walk_keys(node, scope)
        case _:
            for child in node.iter_child_nodes():
                yield from _walk(child, scope)


def _walk_keys(node: nodes.Node, scope: Mapping[str, Path]) -> Iterator[tuple[Path, Role, int]]:
    """Yield the names inside the brackets: `指标[行.名称]`."""
    while isinstance(node, nodes.Getitem):
        if not isinstance(node.arg, nodes.Const):
            yield from _walk(node.arg, scope)
        node = node.node


def _without_own_filters(node: nodes.Node) -> nodes.Node:
    while isinstance(node, nodes.Filter) and node.node is not None:
        node = node.node
    return node


def _path(node: nodes.Node, scope: Mapping[str, Path]) -> Path:
    """Return the path of a name with its subscripts, as far as it is written out."""
    match node:
        case nodes.Name(name=name):
            return scope.get(name, (name,))
        case nodes.Getitem(node=inner, arg=nodes.Const(value=key)):
            return (*_path(inner, scope), key if isinstance(key, str) else EACH)
        case nodes.Getitem(node=inner):
            return (*_path(inner, scope), EACH)
        case _:
            return ()
