"""The floors of DESIGN §7: imports go down only, each third-party package has its one door."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

GENERATOR = Path(__file__).parents[1] / "generator"
MODULES = sorted(path.relative_to(GENERATOR).as_posix() for path in GENERATOR.rglob("*.py"))

# From the top; a module may import from its own floor and from any floor below it.
FLOORS = (
    ("__main__.py", "cli"),
    ("commands/",),
    ("pipeline", "reporter"),
    ("reading/", "rendering/"),
    ("checks/", "comparing/"),
    ("scoring/",),
    ("domain/",),
    ("freshness/",),
    (
        "options.py",
        "findings.py",
        "amounts.py",
        "errors.py",
        "patterns.py",
        "suggestions.py",
        "__init__.py",
    ),
)
APART = ("reading/", "rendering/")  # neighbours that never import each other
DOORS = {
    "diff_match_patch": {"comparing/wording.py"},
    "distributed": {"commands/report_cluster.py"},
    "ruamel": {"reading/yaml_source.py"},
    "_ruamel_yaml": {"reading/yaml_source.py"},
    "jsonschema": {"reading/schema_check.py"},
    "jsonschema_rs": {"reading/schema_verdict.py"},
    "referencing": {"reading/schema_check.py"},
    "docxtpl": {"rendering/engine.py"},
    "docx": {
        "rendering/base_template.py",
        "rendering/base_styles.py",
        "rendering/template_comments.py",
        "rendering/draft_marks.py",
    },
    "jinja2": {"rendering/jinja_environment.py"},
    "markupsafe": {"rendering/markup.py"},
    "lxml": {"rendering/xml_tree.py"},
    "isal": {"rendering/package.py"},
    "msgspec": {"rendering/manifest.py"},  # its JSON
}
VALUES = {"msgspec", "msgspec.structs"}  # what value classes are made of, on every floor


def floor(module):
    """Return how deep a module stands, the door being 0."""
    for depth, names in enumerate(FLOORS):
        if module.startswith(tuple(names)):
            return depth
    raise AssertionError(f"{module} stands on no floor")


def imports(module):
    """Return everything a module imports, as dotted names."""
    tree = ast.parse((GENERATOR / module).read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports relatively"
            yield node.module
            if node.module.startswith("generator"):
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


def own_modules(module):
    """Return the modules of the package that a module imports."""
    for name in imports(module):
        if name.split(".")[0] == "generator":
            path = "/".join(name.split(".")[1:])
            yield from (one for one in (f"{path}.py", f"{path}/__init__.py") if one in MODULES)


@pytest.mark.parametrize("module", MODULES)
def test_imports_go_down_only(module):
    for other in own_modules(module):
        if other == "__init__.py":
            continue
        assert floor(other) >= floor(module), f"{module} imports {other} from above"
        sides = {side for side in APART if module.startswith(side) or other.startswith(side)}
        assert len(sides) < len(APART), f"{module} imports {other} across"


@pytest.mark.parametrize("module", MODULES)
def test_third_party_packages_have_one_door(module):
    for name in imports(module):
        package = name.split(".")[0]
        assert package != "dataclasses", f"{module}: Struct is made in a twentieth of the time"
        if package != "generator" and name not in VALUES and package not in sys.stdlib_module_names:
            assert module in DOORS.get(package, ()), f"{module} imports {name}"


@pytest.mark.parametrize("module", MODULES)
def test_files_end_before_line_300(module):
    lines = (GENERATOR / module).read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 300, f"{module} has {len(lines)} lines"


@pytest.mark.parametrize("module", MODULES)
def test_numbers_are_never_binary(module):
    tree = ast.parse((GENERATOR / module).read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        assert not (isinstance(node, ast.Name) and node.id == "float"), f"{module}:{node.lineno}"
        assert not (isinstance(node, ast.Constant) and isinstance(node.value, float)), (
            f"{module}:{node.lineno}"
        )


@pytest.mark.parametrize("module", MODULES)
def test_nothing_below_the_commands_prints_or_exits(module):
    if floor(module) <= 1:
        return
    tree = ast.parse((GENERATOR / module).read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in ("print", "exit", "quit", "input"), f"{module}:{node.lineno}"


def test_no_form_is_named_in_python():
    names = {path.name for path in (GENERATOR.parent / "templates").iterdir() if path.is_dir()}
    cities = ("株洲", "苏州", "晋中", "zhuzhou", "suzhou", "jinzhong")
    for module in MODULES:
        text = (GENERATOR / module).read_text(encoding="utf-8")
        for word in (*names, *cities):
            assert word not in text, f"{module} names {word}"


def test_checking_never_imports_word_libraries():
    """`check` must not pay for docxtpl or python-docx, nor, of good data, for jsonschema."""
    code = (
        "import sys; from generator.cli import main; main(['check', '2020', '--quiet']); "
        "print(sorted({'docx', 'docxtpl', 'lxml', 'jinja2', 'jsonschema'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=GENERATOR.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "[]"
