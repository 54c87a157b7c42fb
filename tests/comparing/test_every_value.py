"""Every value of the filed data: when it alone is changed, it alone is told, in its place."""

from copy import deepcopy

import pytest

from generator.comparing.trees import Kind, compare_trees
from generator.reading.yaml_source import read_yaml
from tests.conftest import ROOT

FILES = sorted(ROOT.glob("data/2020/*/*.yaml"))
NAMES = ("名称", "姓名", "规则", "处")  # what items of lists are called by
MARK = "改过的值"


def leaves(tree, path=()):
    """Yield the path of every scalar."""
    if isinstance(tree, dict | list):
        pairs = tree.items() if isinstance(tree, dict) else enumerate(tree)
        for key, value in pairs:
            yield from leaves(value, (*path, key))
    else:
        yield path


def changed(tree, path):
    """Return a copy in which one scalar is another."""
    copy = deepcopy(tree)
    inner = copy
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = f"{inner[path[-1]] or ''}{MARK}"
    return copy


@pytest.mark.parametrize("path", FILES, ids=lambda path: "/".join(path.parts[-2:]))
def test_a_single_change_is_told_alone(path):
    tree = read_yaml(path, file="x").value
    for where in leaves(tree):
        found = compare_trees(tree, changed(tree, where))
        values = [one for one in found if one.kind is Kind.CHANGED]
        others = {one.kind for one in found} - {Kind.CHANGED}
        assert [one.way.new for one in values] == [where]
        assert str(values[0].after).endswith(MARK)
        assert others <= ({Kind.RENAMED} if where[-1] in NAMES else set()), where
