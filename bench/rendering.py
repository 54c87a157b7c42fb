"""The two documents of one project, by our compiled templates and by docxtpl, round by round.

Each round takes projects that no round has seen: what is kept of a value that was printed before
must not flatter anybody.
"""

import gc
import tempfile
import time
from functools import partial
from io import BytesIO
from itertools import count
from pathlib import Path

from bench.grounds import YEAR, Grounds
from bench.printed import read_lines
from bench.processes import PYTHON, Command, run
from bench.renderers import OURS, Blobs, Renderer, make_renderers
from bench.tables import print_lack, print_ratios
from bench.usage import NoResultError, Usage, interleave

_SIZES = {20: 10, 90: 5, 1000: 2}  # indicators → projects of a round


def measure(grounds: Grounds, *, rounds: int) -> None:
    """Print what rendering alone costs: no reading, no checks, no seal, nothing written."""
    for indicators, each in _SIZES.items():
        root = grounds.make(1 + each * rounds, indicators).root
        least = grounds.make(1, indicators).root
        with tempfile.TemporaryDirectory() as folder:
            renderers = make_renderers(root, YEAR, Path(folder))
            wanted = _printed(renderers[OURS](0))
            uses = {}
            for name, renderer in renderers.items():
                if _printed(renderer(0)) == wanted:
                    uses[name] = partial(_use, renderer, count(), each, _peak(least, name))
                else:
                    print_lack(name, "文字与 ziping 的不同")
            gc.freeze()  # the projects that wait for their round are nobody's garbage
            measured = interleave(uses, rounds)
            gc.unfreeze()
        title = f"生成两份文档：{indicators} 条指标，{rounds} 轮 × {each} 个项目"
        print_ratios(title, measured, base=OURS)


def _use(renderer: Renderer, rounds: "count[int]", each: int, peak: float) -> Usage:
    first = 1 + next(rounds) * each
    cpu, wall = time.process_time(), time.perf_counter()
    for number in range(first, first + each):
        renderer(number)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    return Usage(cpu / each, wall / each, peak)


def _printed(made: Blobs) -> dict[str, tuple[str, ...]]:
    return {name: read_lines(BytesIO(blob)) for name, blob in made.items()}


def _peak(root: Path, name: str) -> float:
    """Return the peak memory of a process that renders in one way only; 0 when it fails."""
    words = (PYTHON, "-m", "bench.renderers", str(root), str(YEAR), name)
    try:
        return run(Command(name, words)).peak
    except NoResultError:
        return 0
