"""Whole processes: what a run of a command costs, from its start to its end."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench.usage import Measured, NoResultError, Usage, interleave

ROOT = Path(__file__).parents[1]
PYTHON = sys.executable
ZIPING = str(Path(PYTHON).with_name("ziping"))
_LAUNCHER = str(Path(__file__).with_name("launch.py"))

_NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"  # with it each run would compile its modules anew


def nothing() -> None:
    """Do nothing: before a run that needs nothing, or of which nothing is proved."""


@dataclass(frozen=True, slots=True)
class Command:
    """A process to measure; what comes before it and what proves it are not counted."""

    name: str
    words: Sequence[str]
    before: Callable[[], None] = nothing
    prove: Callable[[], None] = nothing  # raises NoResultError


def run(command: Command) -> Usage:
    """Return what one run of a command costs.

    Raises:
        NoResultError: It failed, and the last line that it wrote; or it proved nothing.
    """
    command.before()
    kept = {name: value for name, value in os.environ.items() if name != _NO_BYTECODE}
    with tempfile.TemporaryDirectory() as folder:
        said = Path(folder) / "stdout", Path(folder) / "stderr"
        launched = subprocess.run(
            [PYTHON, "-I", "-S", _LAUNCHER, *map(str, said), *command.words],
            cwd=ROOT,
            env=kept,
            capture_output=True,
            text=True,
            check=False,
        )
        if launched.returncode:
            raise NoResultError(_last_line(launched.stderr))
        code, cpu, wall, peak = launched.stdout.split()
        if code != "0":
            out, err = (file.read_text(encoding="utf-8", errors="replace") for file in said)
            raise NoResultError(f"退出码 {code}：{_last_line(err) or _last_line(out)}")
    command.prove()
    return Usage(float(cpu), float(wall), float(peak) / 1024)


def run_in_turn(commands: Sequence[Command], rounds: int) -> Measured:
    """Run all commands once a round."""
    return interleave({command.name: partial(run, command) for command in commands}, rounds)


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1][:200] if lines else ""
