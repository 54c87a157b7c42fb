"""`make bench`: a year's run, whole and per stage, as medians and as ratios to a bare Python.

    python -m bench [--runs N]

Ratios of one run can be compared between machines; milliseconds cannot.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from generator.checks.review import Review
from generator.checks.running import run_checks
from generator.pipeline import load_project, open_workbench
from generator.reading.builder import ProjectFiles, build_project
from generator.reading.discovery import find_year
from generator.reading.yaml_source import read_yaml
from generator.rendering.compiled import compile_template
from generator.rendering.context import build_context
from generator.rendering.output import write_whole
from generator.rendering.validity import find_problems
from generator.scoring.scope import build_scope
from generator.scoring.sheet import score_project

ROOT = Path(__file__).parents[1]
YEAR = 2020


def median_ms(action: Callable[[], object], runs: int) -> float:
    """Return the median wall time of an action in milliseconds."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def process(*command: str) -> Callable[[], object]:
    """Return an action that runs a whole process."""
    return lambda: subprocess.run(
        [sys.executable, *command], cwd=ROOT, capture_output=True, check=False
    )


def measure_processes(runs: int) -> None:
    """Print whole processes as ratios to a bare interpreter start, interleaved in one run."""
    with tempfile.TemporaryDirectory() as out:
        commands = {
            "python -c pass": process("-c", "pass"),
            "ziping --help": process("-m", "generator", "--help"),
            "ziping check 2020": process("-m", "generator", "check", str(YEAR)),
            "ziping report 2020": process("-m", "generator", "report", str(YEAR), "--out", out),
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(runs):
            for name, action in commands.items():
                times[name].append(median_ms(action, 1))
    base = statistics.median(times["python -c pass"])
    print(f"{'whole process':<28}{'ms':>9}{'ratio':>9}")
    for name, measured in times.items():
        middle = statistics.median(measured)
        print(f"{name:<28}{middle:>9.1f}{middle / base:>9.1f}")


def measure_stages(runs: int) -> None:
    """Print the stages over all projects of the year, in one warm process."""
    files = find_year(ROOT, YEAR)
    bench = open_workbench(ROOT)
    results = [load_project(bench, file) for file in files]
    sources = [read_yaml(file.path, file=file.file) for file in files]
    projects = [result.project for result in results]
    sheets = [score_project(project, bench.terms) for project in projects]
    scopes = [build_scope(p, s) for p, s in zip(projects, sheets, strict=True)]
    whole = list(zip(projects, sheets, scopes, sources, strict=True))
    names = {document.template for project in projects for document in project.form.documents}
    templates = {name: compile_template(ROOT / name) for name in sorted(names)}
    contexts = [build_context(p, s, scope) for p, s, scope, _ in whole]
    blobs = [t.render(context) for context in contexts for t in templates.values()]

    def build() -> None:
        for project, file, source in zip(projects, files, sources, strict=True):
            build_project(ProjectFiles(file.id, source, None), project.form, project.rubric)

    def write() -> None:
        with tempfile.TemporaryDirectory() as folder:
            for index, blob in enumerate(blobs):
                write_whole(Path(folder) / f"{index}.docx", blob)

    stages: dict[str, Callable[[], object]] = {
        "read": lambda: [read_yaml(file.path, file=file.file) for file in files],
        "validate": lambda: [list(bench.checker(p.form.id).check(s)) for p, _, _, s in whole],
        "build": build,
        "score": lambda: [score_project(project, bench.terms) for project in projects],
        "check": lambda: [
            run_checks(Review(p, s, scope, source.place_in)) for p, s, scope, source in whole
        ],
        "context": lambda: [build_context(p, s, scope) for p, s, scope, _ in whole],
        "render": lambda: [t.render(c) for c in contexts for t in templates.values()],
        "validity": lambda: [find_problems(blob) for blob in blobs],
        "write": write,
        "(compile templates, once)": lambda: [compile_template(ROOT / name) for name in templates],
        "(open forms, once)": lambda: open_workbench(ROOT).package(projects[0].form.id),
    }
    print(f"\n{'stage':<28}{'ms':>9}{'share':>9}   {len(files)} projects, {len(blobs)} documents")
    medians = {name: median_ms(action, runs) for name, action in stages.items()}
    total = sum(value for name, value in medians.items() if not name.startswith("("))
    for name, value in medians.items():
        share = "" if name.startswith("(") else f"{value / total:>9.0%}"
        print(f"{name:<28}{value:>9.2f}{share}")


def main() -> None:
    """Measure whole processes, then stages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    measure_processes(runs)
    measure_stages(runs)


if __name__ == "__main__":
    main()
