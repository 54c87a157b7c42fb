"""What somebody waits for, each as a ratio to a Python that does nothing."""

import time
from functools import partial
from itertools import count
from pathlib import Path

from bench.grounds import Ground, Grounds
from bench.processes import PYTHON, ZIPING, Command, run, run_in_turn
from bench.tables import print_lack, print_ratios
from bench.usage import NoResultError

BARE_PYTHON = Command("python -c pass", (PYTHON, "-c", "pass"))
_TRUSTED = 2.1  # seconds after which a run trusts the time of a file, as git does


def measure(grounds: Grounds, *, projects: int, indicators: int, rounds: int) -> None:
    """Print the short commands over a year whose documents are all there."""
    ground = grounds.make(projects, indicators)
    try:
        _settle(ground)
    except NoResultError as fault:
        print_lack("ziping report", str(fault))
        return
    first, last = ground.files[0], ground.files[-1]
    texts, numbers = {file: file.read_text(encoding="utf-8") for file in (first, last)}, count(1)

    def correct(file: Path) -> None:
        corrected = texts[file].replace("承担", f"承担（{next(numbers)}）")
        file.write_text(corrected, encoding="utf-8")

    check = (ZIPING, "check", str(first), "--root", str(ground.root))
    commands = (
        BARE_PYTHON,
        Command("ziping --help", (ZIPING, "--help")),
        Command("check 改过的一个文件", check, before=partial(correct, first)),
        Command("report，没有变化", ground.ziping("report"), before=partial(_settle, ground)),
        Command("status，没有变化", ground.ziping("status"), before=partial(_settle, ground)),
        Command("report，改了一个项目", ground.ziping("report"), before=partial(correct, last)),
    )
    measured = run_in_turn(commands, rounds)
    for file, text in texts.items():
        file.write_text(text, encoding="utf-8")
    title = f"等待：{projects} 个项目 × {indicators} 条指标，{rounds} 轮"
    print_ratios(title, measured, base=BARE_PYTHON.name)


def _settle(ground: Ground) -> None:
    """Bring the documents up to date, then let a run see that they are."""
    run(Command("", ground.ziping("report")))
    time.sleep(_TRUSTED)
    run(Command("", ground.ziping("report")))
