"""What keeps runs fast, by what is done and not by the clock: nothing is read or compiled twice."""

import itertools
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from bench.data import copy_forms, write_year
from generator import pipeline, pipeline_bench, pipeline_packages
from generator.cli import main
from generator.reading import form_package
from generator.rendering import jinja_environment, template_check
from tests.conftest import ROOT

YEAR = 2030
WORD = {"docx", "docxtpl", "jinja2", "lxml"}
PREPARES = (  # what asks for a template's own file, or only for the names in it
    "engine",
    "form_names",
    "jinja_environment",
    "name_check",
    "prepare",
    "template_findings",
    "template_lint",
    "template_notes",
    "unprinted",
)
SLOW = {"jsonschema", "multiprocessing.process", "distributed", "concurrent.futures.process"}


@pytest.fixture
def root(tmp_path):
    copy_forms(ROOT, tmp_path)
    write_year(tmp_path, projects=5, indicators=9, year=YEAR)
    return tmp_path


@pytest.fixture
def done(monkeypatch):
    """Count what a run reads, loads and compiles, by path."""
    counts = {"yaml": Counter(), "schema": Counter(), "template": Counter(), "part": Counter()}

    def count(module, name, kind, key):
        real = getattr(module, name)

        def counted(*given, **more):
            counts[kind][key(*given, **more)] += 1
            return real(*given, **more)

        monkeypatch.setattr(module, name, counted)

    for module in (pipeline, pipeline_bench, form_package):
        count(module, "read_yaml", "yaml", lambda path, **_: Path(path))
    for module in (pipeline_bench, pipeline_packages):
        count(module, "load_schema", "schema", lambda path, **of: (path, of.get("definition", "")))
    count(template_check, "read_template", "template", lambda path, _: path)
    calls = itertools.count()  # parts may be equal: each compilation counts by itself
    for name in ("compile", "_parse"):
        count(jinja_environment.TemplateEnvironment, name, "part", lambda *_, **__: next(calls))
    return counts


@pytest.mark.parametrize("command", ["report", "check"])
def test_everything_is_read_and_compiled_once(root, done, command):
    assert main([command, str(YEAR), "--root", str(root), "--quiet"]) == 0
    for kind, counts in done.items():
        assert set(counts.values()) <= {1}, kind
    assert len([path for path in done["yaml"] if "data" in path.parts]) == 5
    assert len(done["template"]) == (2 if command == "report" else 0)


def test_work_of_forms_does_not_grow_with_projects(root, done):
    assert main(["report", str(YEAR), "--root", str(root), "--quiet"]) == 0
    few = {kind: len(counts) for kind, counts in done.items() if kind != "yaml"}
    write_year(root, projects=11, indicators=9, year=YEAR)
    shutil.rmtree(root / "build")
    for counts in done.values():
        counts.clear()
    assert main(["report", str(YEAR), "--root", str(root), "--quiet", "--force"]) == 0
    assert {kind: len(counts) for kind, counts in done.items() if kind != "yaml"} == few


def imported(*arguments, of=WORD | SLOW):
    """Return which of the heavy modules a command takes that goes well."""
    took = f"repr(sorted({of!r} & set(sys.modules)))"
    code = (
        "import sys, atexit; from generator.cli import main; "
        f"atexit.register(lambda: sys.stderr.write({took})); "
        "sys.exit(main(sys.argv[1:]))"
    )
    command = [sys.executable, "-c", code, *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stderr


def test_fast_paths_import_nothing_heavy(root):
    one = next(root.glob("data/*/*/*.yaml"))
    report = ("report", YEAR, "--root", root)
    assert imported("--help") == "[]"
    assert imported(*report) == "['docx', 'docxtpl', 'jinja2', 'lxml']"
    assert imported(*report) == "[]"
    assert imported("status", YEAR, "--root", root) == "[]"
    assert imported("check", one, "--root", root) == "[]"
    one.write_text(one.read_text("utf-8").replace("中心承担", "中心负责"), "utf-8")
    assert imported("check", one, "--root", root) == "[]"


def test_a_corrected_project_is_printed_with_what_is_kept_of_its_form(root):
    one = next(root.glob("data/*/*/*.yaml"))
    report = ("report", YEAR, "--root", root, "--jobs", 1)
    rendering = "generator.rendering."
    prepares = {f"{rendering}{name}" for name in PREPARES}
    assert imported(*report, of=prepares) == repr(sorted(prepares))
    for before, after in (("中心承担", "中心负责"), ("中心负责", "中心办理")):
        one.write_text(one.read_text("utf-8").replace(before, after), "utf-8")
        assert imported(*report, of=WORD | SLOW | prepares | {"zipfile"}) == "[]"
