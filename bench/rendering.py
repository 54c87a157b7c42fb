"""The two documents of one project, by our compiled templates and by docxtpl, round by round."""

import tempfile
import time
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path

from bench.grounds import YEAR, Grounds
from bench.printed import read_lines
from bench.processes import PYTHON, Command, run
from bench.renderers import OURS, Blobs, make_renderers
from bench.tables import print_ratios
from bench.usage import NoResultError, Usage, interleave

Printed = dict[str, tuple[str, ...]]  # template → lines
_SIZES = (20, 90, 1000)  # indicators
_LONG_ENOUGH = 0.1  # seconds; shorter actions are repeated, the clock of a process is coarse
_TIMES = 3  # renderings in the process whose memory is measured


def measure(grounds: Grounds, *, rounds: int) -> None:
    """Print what rendering alone costs: no reading, no checks, no seal, nothing written."""
    for indicators in _SIZES:
        root = grounds.make(1, indicators).root
        with tempfile.TemporaryDirectory() as folder:
            actions = make_renderers(root, YEAR, Path(folder))
            wanted = _printed(actions[OURS]())
            peaks = {name: _peak(root, name) for name in actions}
            uses = {
                name: partial(_use, action, wanted, peaks[name]) for name, action in actions.items()
            }
            measured = interleave(uses, rounds)
        title = f"生成两份文档：{indicators} 条指标，{rounds} 轮"
        print_ratios(title, measured, base=OURS)


def _use(action: Callable[[], Blobs], wanted: Printed, peak: float) -> Usage:
    times, cpu, wall = 0, time.process_time(), time.perf_counter()
    made: Blobs = {}
    while time.perf_counter() - wall < _LONG_ENOUGH:
        made = action()
        times += 1
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    if _printed(made) != wanted:
        raise NoResultError("文字与 ziping 的不同")
    return Usage(cpu / times, wall / times, peak)


def _printed(made: Blobs) -> Printed:
    return {name: read_lines(BytesIO(blob)) for name, blob in made.items()}


def _peak(root: Path, name: str) -> float:
    """Return the peak memory of a process that renders in one way only; 0 when it fails."""
    words = (PYTHON, "-m", "bench.renderers", str(root), str(YEAR), name, str(_TIMES))
    try:
        return run(Command(name, words)).peak
    except NoResultError:
        return 0
