"""No check's work grows faster than the indicators of its project."""

import pytest

from bench.data import copy_forms, write_year
from generator.checks import ALL_CHECKS
from generator.checks.prose.statements import read_statements
from generator.checks.review import Review
from generator.pipeline import load_project, open_workbench
from generator.reading.discovery import find_year
from generator.reading.yaml_source import read_yaml
from tests.conftest import ROOT
from tests.steps import count_steps

FEW, MANY = 36, 144


def review_of(root, indicators):
    """Return an invented project with so many indicators, ready for its checks."""
    copy_forms(ROOT, root)
    write_year(root, projects=1, indicators=indicators)
    bench, (file,) = open_workbench(root), find_year(root, 2030)
    found = load_project(bench, file)
    assert len(found.project.indicators) == indicators
    place_in = read_yaml(file.path, file=file.file).place_in
    return Review(found.project, found.sheet, found.scope, place_in, bench.settings, bench.terms)


@pytest.fixture(scope="module")
def reviews(tmp_path_factory):
    return [review_of(tmp_path_factory.mktemp(str(rows)), rows) for rows in (FEW, MANY)]


def test_reading_the_figures_of_prose_is_linear(tmp_path_factory):
    steps = [
        count_steps(lambda one=one: read_statements(one))[0]
        for one in (review_of(tmp_path_factory.mktemp(str(rows)), rows) for rows in (FEW, MANY))
    ]
    assert steps[1] < steps[0] * MANY // FEW * 3 // 2


@pytest.mark.parametrize("check", ALL_CHECKS, ids=lambda check: check.RULE)
def test_a_check_is_linear(check, reviews):
    for review in reviews:
        list(check.check(review))  # what several checks read is read now
    few, many = (count_steps(lambda one=one: list(check.check(one)))[0] for one in reviews)
    assert many < few * MANY // FEW * 3 // 2
