"""The stages of a project's way to its documents, in one warm process.

Each round takes projects that no round has seen: what is kept of a text that was met before must
not flatter a stage.
"""

import statistics
import tempfile
import time
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TypeVar

from bench.data import FORM
from bench.grounds import YEAR, Grounds
from bench.processes import run
from bench.tables import print_row, print_title, times
from bench.waiting import BARE_PYTHON
from generator.checks.between.ledger import keep
from generator.checks.review import Review
from generator.checks.running import run_checks
from generator.domain.model import Project
from generator.domain.results import ScoreSheet
from generator.domain.rubrics import Terms
from generator.pipeline import Workbench, open_workbench
from generator.reading.builder import ProjectFiles, build_project
from generator.reading.discovery import DataFile, find_year
from generator.reading.yaml_source import read_yaml
from generator.rendering.compiled import CompiledTemplate, compile_template
from generator.rendering.context import build_context
from generator.rendering.finish import finish
from generator.rendering.output import write_whole
from generator.rendering.seal import Seal
from generator.scoring.feeds import feed_indicators
from generator.scoring.figures import evaluate_figures
from generator.scoring.scope import Scope, build_scope
from generator.scoring.sheet import score_project

_EACH = 8  # projects of a round
_Made = TypeVar("_Made")


class Stopwatch:
    """The CPU seconds of each stage, a number for each round."""

    def __init__(self) -> None:
        """Begin with no stage."""
        self.laps: dict[str, list[float]] = {}

    def lap(self, stage: str, steps: Iterable[_Made]) -> list[_Made]:
        """Take all steps of a stage; return what they made."""
        start = time.process_time()
        made = list(steps)
        self.laps.setdefault(stage, []).append(time.process_time() - start)
        return made


def measure(grounds: Grounds, *, indicators: int, rounds: int) -> None:
    """Print each stage as a ratio to a Python that does nothing, and its share of all."""
    root = grounds.make(_EACH * (rounds + 1), indicators).root
    files, bench, watch = find_year(root, YEAR), open_workbench(root), Stopwatch()
    _walk(bench, files[:_EACH], Stopwatch())  # forms, schemas and templates are read once
    for number in range(1, rounds + 1):
        _walk(bench, files[number * _EACH : (number + 1) * _EACH], watch)
    bare = statistics.median(run(BARE_PYTHON).cpu for _ in range(rounds))
    costs = {stage: statistics.median(laps) / _EACH for stage, laps in watch.laps.items()}
    whole = sum(costs.values())
    print_title(f"一个项目的各步：{indicators} 条指标，{rounds} 轮", "CPU", "占")
    for stage, cost in costs.items():
        print_row(stage, times(cost / bare), f"{cost / whole:.0%}")
    print_row("合计", times(whole / bare), "100%")
    print(f"CPU 以 {BARE_PYTHON.name} 为 1", flush=True)


def _walk(bench: Workbench, files: tuple[DataFile, ...], watch: Stopwatch) -> None:
    """Take projects through all stages, as `load_project` and the renderer do."""
    package, checker, lap = bench.package(FORM), bench.checker(FORM), watch.lap
    form, rubric = package.form, package.rubric
    if form is None:
        raise ValueError(f"{FORM} cannot be read")
    templates = [_compile(bench.root / document.template) for document in form.documents]

    sources = lap("读数据", (read_yaml(file.path, file=file.file) for file in files))
    lap("核对键和值（schema）", (list(checker.check(source)) for source in sources))
    parts = [
        ProjectFiles(file.id, bench.root, source, None)
        for file, source in zip(files, sources, strict=True)
    ]
    built = lap("建模型", (build_project(one, form, rubric) for one in parts))
    scored = lap("计分", (_score(project, bench.terms) for project in built))
    reviews = [
        Review(project, sheet, scope, source.place_in, bench.settings, bench.terms)
        for (project, sheet, scope), source in zip(scored, sources, strict=True)
    ]
    lap("检查", (list(run_checks(review)) for review in reviews))
    lap("记下文档之间要比的", (keep(one, one.project.id, one.project.file) for one in reviews))
    contexts = lap("备好模板要的名字", (build_context(*project) for project in scored))
    filled = lap("填模板", (one.render_parts(names) for names in contexts for one in templates))
    seal = Seal("2030/unit/project", "document", FORM, str(YEAR), {})
    made = lap("封记、压缩、核对文档合格", (finish(members, seal) for members in filled))
    blobs = [blob for blob, _ in made]
    with tempfile.TemporaryDirectory() as folder:
        lap("写到磁盘", _write(blobs, Path(folder)))


def _score(project: Project, terms: Terms) -> tuple[Project, ScoreSheet, Scope]:
    figures = evaluate_figures(project)
    fed = feed_indicators(project, figures)
    sheet = score_project(fed, terms, figures)
    return fed, sheet, build_scope(fed, sheet)


def _write(blobs: list[bytes], folder: Path) -> Iterator[Path]:
    for number, blob in enumerate(blobs):
        path = folder / f"{number}.docx"
        write_whole(path, blob, is_settled=False)
        yield path


@cache
def _compile(path: Path) -> CompiledTemplate:
    return compile_template(path)
