"""Who makes the units of a run: this process, several of them, or a cluster."""

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from generator.commands.report_work import Made, Order, UnitOrder, Workshop, make_unit
from generator.reading.discovery import DataFile

_MANY = 50  # projects from which on starting a second process pays


def count_jobs(wanted: int, units: Sequence[UnitOrder]) -> int:
    """Return how many processes to use: as many as wanted, else as many as pay.

    Args:
        wanted: What the user said; 0: nothing.
        units: A unit is made by one process.
    """
    projects = sum(len(unit.files) for unit in units)
    free = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    jobs = wanted or (free or 1 if projects >= _MANY else 1)
    return max(1, min(jobs, len(units)))


def make_here(
    workshop: Workshop, units: Sequence[UnitOrder], note: Callable[[DataFile], None]
) -> Iterator[list[Made]]:
    """Yield what came of each unit, made one after the other in this process."""
    for unit in units:
        yield list(workshop.make(unit, note))


def make_in_processes(
    order: Order, units: Sequence[UnitOrder], jobs: int, workshop: Callable[[], Workshop]
) -> Iterator[list[Made]]:
    """Yield what came of each unit, made by several processes.

    When a process dies (no memory, killed), what is missing is made here: nothing is lost.
    """
    with ProcessPoolExecutor(jobs) as pool:
        yield from make_elsewhere(pool, order, units, workshop)


def make_elsewhere(
    pool: Executor, order: Order, units: Sequence[UnitOrder], workshop: Callable[[], Workshop]
) -> Iterator[list[Made]]:
    """Yield what came of each unit, in order; what others could not make is made here."""
    waiting = deque((unit, pool.submit(make_unit, order, unit)) for unit in units)
    while waiting:
        unit, future = waiting.popleft()
        try:
            yield future.result()
        except BrokenProcessPool:
            yield list(workshop().make(unit))
        except BaseException:
            for _, later in waiting:
                later.cancel()
            raise
