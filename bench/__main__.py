"""`make bench`: a year's run, whole and per stage, as medians and as ratios to a bare Python.

    python -m bench [--runs N] [--projects N] [--many N] [--indicators N]

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

from bench.data import copy_forms, write_year
from generator.checks.between.ledger import keep
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
from generator.scoring.feeds import feed_indicators
from generator.scoring.figures import evaluate_figures
from generator.scoring.scope import build_scope
from generator.scoring.sheet import score_project

ROOT = Path(__file__).parents[1]
YEAR = 2030
SAMPLE = 5  # projects of which the stages are measured


def median_ms(action: Callable[[], object], runs: int) -> float:
    """Return the median wall time of an action in milliseconds."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def process(root: Path, *command: str) -> Callable[[], object]:
    """Return an action that runs a whole process."""
    return lambda: subprocess.run(
        [sys.executable, *command], cwd=root, capture_output=True, check=False
    )


def measure_processes(root: Path, runs: int) -> None:
    """Print whole processes as ratios to a bare interpreter start, interleaved in one run."""
    filed, one = str(ROOT), sorted(root.glob("data/*/*/*.yaml"))[0]
    with tempfile.TemporaryDirectory() as out:
        run = ("-m", "generator")
        commands = {
            "python -c pass": process(ROOT, "-c", "pass"),
            "ziping --help": process(ROOT, *run, "--help"),
            "check FILE": process(ROOT, *run, "check", str(one), "--root", str(root)),
            "check, the filed year": process(ROOT, *run, "check", "2020", "--root", filed),
            "report, the filed year": process(ROOT, *run, "report", "2020", "--out", out),
            "check, all invented": process(ROOT, *run, "check", str(YEAR), "--root", str(root)),
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


def measure_again(root: Path, runs: int) -> None:
    """Print second runs as ratios to a bare interpreter start: nothing to do, one project changed.

    The console script is run, as a clerk does; the first run of all is the last line.
    """
    script = str(Path(sys.executable).with_name("ziping"))
    changed = sorted(root.glob("data/*/*/*.yaml"))[-1]
    text = changed.read_text(encoding="utf-8")
    report = (script, "report", str(YEAR), "--root", str(root))
    status = (script, "status", str(YEAR), "--root", str(root))
    numbers = iter(range(1_000_000))

    def start(*command: str) -> None:
        subprocess.run(command, capture_output=True, check=False)

    def correct() -> None:
        corrected = text.replace("承担", f"承担（{next(numbers)}）")
        changed.write_text(corrected, encoding="utf-8")

    first = median_ms(lambda: start(*report), 1)
    start(*report)
    times: dict[str, list[float]] = {}
    for _ in range(runs):
        bare = median_ms(lambda: start(sys.executable, "-c", "pass"), 1)
        times.setdefault("python -c pass", []).append(bare)
        times.setdefault("report, nothing to do", []).append(median_ms(lambda: start(*report), 1))
        times.setdefault("status", []).append(median_ms(lambda: start(*status), 1))
        correct()
        times.setdefault("report, one changed", []).append(median_ms(lambda: start(*report), 1))
    base = statistics.median(times["python -c pass"])
    count = len(list(root.glob("data/*/*/*.yaml")))
    print(f"\n{'again, of ' + str(count) + ' projects':<28}{'ms':>9}{'ratio':>9}")
    for name, measured in (*times.items(), ("report, the first time", [first])):
        middle = statistics.median(measured)
        print(f"{name:<28}{middle:>9.1f}{middle / base:>9.1f}")


def measure_stages(root: Path, runs: int) -> None:
    """Print the stages of single projects, in one warm process."""
    files = find_year(root, YEAR)[:SAMPLE]
    bench = open_workbench(root)
    results = [load_project(bench, file) for file in files]
    sources = [read_yaml(file.path, file=file.file) for file in files]
    projects = [result.project for result in results]
    sheets, scopes = [r.sheet for r in results], [r.scope for r in results]
    whole = list(zip(projects, sheets, scopes, sources, strict=True))
    names = {document.template for project in projects for document in project.form.documents}
    templates = {name: compile_template(root / name) for name in sorted(names)}
    contexts = [build_context(p, s, scope) for p, s, scope, _ in whole]
    blobs = [t.render(context) for context in contexts for t in templates.values()]

    def build() -> None:
        for project, file, source in zip(projects, files, sources, strict=True):
            build_project(ProjectFiles(file.id, root, source, None), project.form, project.rubric)

    def score() -> None:
        for project in projects:
            figures = evaluate_figures(project)
            fed = feed_indicators(project, figures)
            build_scope(fed, score_project(fed, bench.terms, figures))

    def check() -> None:
        for project, sheet, scope, source in whole:
            run_checks(Review(project, sheet, scope, source.place_in, bench.settings, bench.terms))

    def note() -> None:
        for project, sheet, scope, source in whole:
            review = Review(project, sheet, scope, source.place_in, bench.settings, bench.terms)
            keep(review, project.id, project.file)

    def write() -> None:
        with tempfile.TemporaryDirectory() as folder:
            for index, blob in enumerate(blobs):
                write_whole(Path(folder) / f"{index}.docx", blob)

    stages: dict[str, Callable[[], object]] = {
        "read": lambda: [read_yaml(file.path, file=file.file) for file in files],
        "validate": lambda: [list(bench.checker(p.form.id).check(s)) for p, _, _, s in whole],
        "build": build,
        "score": score,
        "check": check,
        "note (between)": note,
        "context": lambda: [build_context(p, s, scope) for p, s, scope, _ in whole],
        "render": lambda: [t.render(c) for c in contexts for t in templates.values()],
        "validity": lambda: [find_problems(blob) for blob in blobs],
        "write": write,
        "(compile templates, once)": lambda: [compile_template(root / name) for name in templates],
        "(open forms, once)": lambda: open_workbench(root).package(projects[0].form.id),
    }
    rows = len(projects[0].indicators)
    print(f"\n{'stage, a project':<28}{'ms':>9}{'share':>9}   {rows} indicators")
    medians = {name: median_ms(action, runs) for name, action in stages.items()}
    total = sum(value for name, value in medians.items() if not name.startswith("("))
    for name, value in medians.items():
        is_once = name.startswith("(")
        shown = value if is_once else value / len(files)
        share = "" if is_once else f"{value / total:>9.0%}"
        print(f"{name:<28}{shown:>9.2f}{share}")


def main() -> None:
    """Measure whole processes, then stages, over invented data."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--projects", type=int, default=50)
    parser.add_argument("--many", type=int, default=500, help="projects of the second runs")
    parser.add_argument("--indicators", type=int, default=90)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        copy_forms(ROOT, root)
        write_year(root, projects=wanted.projects, indicators=wanted.indicators)
        measure_processes(root, wanted.runs)
        measure_stages(root, wanted.runs)
        write_year(root, projects=wanted.many, indicators=wanted.indicators)
        measure_again(root, wanted.runs)


if __name__ == "__main__":
    main()
