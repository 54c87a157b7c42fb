"""The names known of a form are those that its projects have: no more, no fewer."""

import pytest

from generator.domain.narrative import Report
from generator.pipeline import Workbench, load_project, open_workbench
from generator.reading.discovery import DataFile, find_year, list_years
from generator.reading.package import list_forms
from generator.rendering.context import build_context
from generator.rendering.form_names import Kind, Known, known_names
from generator.rendering.template_check import Templates
from generator.scoring.scope import build_scope
from tests.conftest import ROOT

FILES = [file for year in list_years(ROOT) for file in find_year(ROOT, year)]


@pytest.fixture(scope="module")
def bench() -> Workbench:
    return open_workbench(ROOT)


def differences(known: Known, value: object, path: tuple[str, ...] = ()) -> list[str]:
    """Return every name that only one of the two has."""
    found: list[str] = []
    match known.kind:
        case Kind.GROUP:
            assert isinstance(value, dict), path
            missing = set(known.names) - set(value)
            found += [f"context: {'.'.join((*path, name))}" for name in missing]
            found += [f"tree: {'.'.join((*path, name))}" for name in set(value) - set(known.names)]
            for name in set(value) & set(known.names):
                found += differences(known.names[name], value[name], (*path, name))
        case Kind.LIST:
            assert isinstance(value, tuple | list), path
            assert known.row is not None
            for name in known.names:
                found += differences(known.names[name], value[name], (*path, name))
            for row in value[:]:
                found += differences(known.row, row, (*path, "*"))
        case Kind.REPORT:
            assert isinstance(value, Report), path
            for heading in known.headings:
                assert value[heading.name] is not None
        case _:
            assert isinstance(value, str), path
    return found


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.id)
def test_the_context_has_exactly_the_known_names(bench: Workbench, file: DataFile) -> None:
    result = load_project(bench, file)
    project, sheet = result.project, result.sheet
    assert project is not None, result.findings
    assert sheet is not None
    context = build_context(project, sheet, build_scope(project, sheet))
    assert differences(known_names(project.form, project.rubric), context) == []


@pytest.mark.parametrize("form_id", list_forms(ROOT))
def test_the_committed_templates_use_no_other_name(bench: Workbench, form_id: str) -> None:
    package = bench.package(form_id)
    assert package.form is not None
    assert Templates(ROOT).check(package.form, package.rubric) == ()
