"""Every check is documented, has its cases, a code of its own; every command has its place."""

import re

import pytest

from generator.checks.catalogue import EVERY_CHECK
from generator.cli import _build_parser
from tests.conftest import ROOT

CASES = ROOT / "tests"  # checks/, checks_between/


@pytest.mark.parametrize("check", EVERY_CHECK, ids=lambda check: check.RULE)
def test_a_check_says_what_it_is(check):
    assert re.fullmatch(r"[SFINQB]\d{3}", check.CODE)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", check.RULE)
    name = check.__name__.rpartition(".")[2]
    assert name == f"{check.CODE.lower()}_{check.RULE.replace('-', '_')}"
    for part in ("Rule:", "Source:", "PASS:", "FAIL:"):
        assert part in check.__doc__, part


@pytest.mark.parametrize("check", EVERY_CHECK, ids=lambda check: check.RULE)
def test_a_check_has_passing_and_failing_cases(check):
    (folder,) = CASES.glob(f"checks*/{check.__name__.rpartition('.')[2]}")
    assert list(folder.glob("pass_*.yaml"))
    failing = list(folder.glob("fail_*.yaml"))
    assert failing
    assert all(path.with_suffix(".expected.txt").is_file() for path in failing)


def test_codes_and_rules_are_unique():
    assert len({check.CODE for check in EVERY_CHECK}) == len(EVERY_CHECK)
    assert len({check.RULE for check in EVERY_CHECK}) == len(EVERY_CHECK)


def test_every_check_file_is_in_the_list():
    files = {path.stem for path in (ROOT / "generator/checks").rglob("[a-z][0-9]*_*.py")}
    assert files == {check.__name__.rpartition(".")[2] for check in EVERY_CHECK}


def test_every_command_is_a_module_and_in_the_guide():
    actions = [a for a in _build_parser()._actions if a.dest == "command"]
    guides = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("*.md"))
    guides += (ROOT / "README.md").read_text(encoding="utf-8")
    for name in actions[0].choices:
        assert (ROOT / f"generator/commands/{name.replace('-', '_')}.py").is_file()
        assert name in guides, name


def test_every_make_target_says_what_it_does():
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z-]+):(.*)$", text, re.M)
    assert {"report", "check", "schema", "lint", "test", "test-pages", "bench"} <= {
        t for t, _ in targets
    }
    assert all("## " in rest for _, rest in targets)
    recipes = re.findall(r"^[a-z-]+:.*\n((?:\t.*\n)+)", text, re.M)
    assert all(recipe.count("\n") == 1 for recipe in recipes)
