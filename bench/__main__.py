"""What a run costs, beside other programs and beside a Python that does nothing.

All numbers are ratios within one run: those compare between machines, seconds do not.
docs/速度.md says how to read them.
"""

import argparse
import tempfile
from pathlib import Path

from bench import growth, pipeline, rendering, stages, waiting
from bench.grounds import Grounds

_PARTS = ("stages", "rendering", "waiting", "pipeline")
_SLOWER = 2  # so many rounds of the short parts for one of whole years
_MOST, _LONG = 2, 20  # times the projects of a year


def main() -> None:
    """Measure the parts that are asked for, the quick ones first."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("part", nargs="?", choices=(*_PARTS, "all"), default="all")
    parser.add_argument("--projects", type=int, default=500, help="projects of a year")
    parser.add_argument("--indicators", type=int, default=90, help="of each project")
    parser.add_argument("--runs", type=int, default=7, help="rounds of the short parts")
    parser.add_argument("--long", action="store_true", help="also 10 and 20 times as many projects")
    wanted = parser.parse_args()
    parts = _PARTS if wanted.part == "all" else (wanted.part,)
    year = {"projects": wanted.projects, "indicators": wanted.indicators}
    few, most = max(2, wanted.runs // _SLOWER), _LONG if wanted.long else _MOST
    with tempfile.TemporaryDirectory() as folder:
        grounds = Grounds(Path(folder))
        if "stages" in parts:
            stages.measure(grounds, indicators=wanted.indicators, rounds=wanted.runs)
        if "rendering" in parts:
            rendering.measure(grounds, rounds=wanted.runs)
        if "waiting" in parts:
            waiting.measure(grounds, **year, rounds=wanted.runs)
        if "pipeline" in parts:
            pipeline.measure(grounds, **year, rounds=few)
            growth.measure(grounds, **year, rounds=few, most=most)


if __name__ == "__main__":
    main()
