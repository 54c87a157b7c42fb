"""An expression that nobody asks is not compiled; one that is asked answers like any other."""

import ast
import re

from generator.patterns import pattern
from tests.conftest import ROOT


def test_an_expression_is_compiled_when_it_is_asked(monkeypatch):
    compiled = []
    real = re.compile
    monkeypatch.setattr(re, "compile", lambda *written: compiled.append(written) or real(*written))
    letters = pattern("[a-z]+", re.IGNORECASE)
    assert compiled == []
    assert [letters.sub("x", text) for text in ("A1", "b2")] == ["x1", "x2"]
    assert compiled == [("[a-z]+", re.IGNORECASE)]


def test_no_module_compiles_an_expression_when_it_is_imported():
    for path in (ROOT / "generator").rglob("*.py"):
        for statement in ast.parse(path.read_text("utf-8")).body:
            inside = isinstance(statement, ast.FunctionDef | ast.ClassDef)
            assert inside or "re.compile" not in ast.unparse(statement), path


def test_it_is_like_what_is_compiled_at_once():
    written = r"(?P<year>\d{4})年"
    late, early = pattern(written), re.compile(written)
    assert late.pattern == early.pattern
    assert late.groupindex == early.groupindex
    assert late.search("于2020年")["year"] == early.search("于2020年")["year"]
