"""Who makes the units of a run: this process, several of them, or a cluster."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from importlib import import_module

from msgspec import Struct

from generator.commands.report_work import Made, Order, Workshop, make_unit
from generator.commands.report_year import Unit
from generator.errors import UserError

_LOOK = 2  # seconds between looks at a unit that is not done
_AHEAD = 4  # units for each process
_PATIENCE = 15  # looks until a crew without workers counts as gone


class Crew(Struct, frozen=True):
    """Others who make units."""

    pool: Executor
    lost: tuple[type[BaseException], ...]  # raised for a unit whose worker has died
    is_there: Callable[[], bool]  # whether there is any worker
    ahead: int  # units that are given out before the first of them is asked for
    are_far: bool = False  # on other machines


@contextmanager
def open_processes(jobs: int) -> Iterator[Crew]:
    """Start processes for the length of a run."""
    with ProcessPoolExecutor(jobs) as pool:
        try:
            yield Crew(pool, (BrokenProcessPool,), lambda: True, ahead=_AHEAD * jobs)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def open_crew(address: str, jobs: int) -> AbstractContextManager[Crew]:
    """Return others for the length of a run: of a cluster where one is named, else processes.

    Raises:
        UserError: The address is none, nobody answers there, or the extra is not installed.
    """
    if not address:
        return open_processes(jobs)
    if not address.startswith("dask://") or ":" not in address.removeprefix("dask://"):
        raise UserError(f"--executor 不能是「{address}」", hint="写成 dask://主机:端口")
    try:
        cluster = import_module("generator.commands.report_cluster")
    except ModuleNotFoundError as fault:
        if fault.name != "distributed":
            raise
        raise UserError("没有安装 distributed", hint="运行 make cluster，再试一次") from None
    crew: AbstractContextManager[Crew] = cluster.open_cluster(address)
    return crew


def make_elsewhere(
    crew: Crew, order: Order, units: Iterable[Unit], here: Workshop
) -> Iterator[tuple[Unit, list[Made]]]:
    """Yield units in order, each with what came of it.

    Documents are written whole and have the same bytes whoever writes them: what a worker that
    died has left is made here, and nothing is lost. Only so many units are given out at once that
    nobody has to wait: what came of them stays in memory until it is its turn.
    """
    work = partial(make_unit, order, is_far=crew.are_far)
    waiting: deque[tuple[Unit, Future[list[Made]] | None]] = deque()

    def give(unit: Unit) -> Future[list[Made]] | None:
        try:
            return crew.pool.submit(work, unit.order) if unit.order.files else None
        except crew.lost:
            return None  # all of them have died

    def take_first() -> tuple[Unit, list[Made]]:
        unit, future = waiting.popleft()
        made = _wait(crew, future) if future is not None else None
        return unit, list(here.make(unit.order)) if made is None else made

    try:
        for unit in units:
            waiting.append((unit, give(unit)))
            if len(waiting) > crew.ahead:
                yield take_first()
        while waiting:
            yield take_first()
    finally:
        for _, future in waiting:
            if future is not None:
                future.cancel()


def _wait(crew: Crew, future: Future[list[Made]]) -> list[Made] | None:
    """Return what came of a unit; None when nobody is there to make it."""
    idle = 0
    while True:
        try:
            return future.result(timeout=_LOOK)
        except crew.lost:
            return None
        except TimeoutError:
            if future.done():
                raise
            idle = 0 if crew.is_there() else idle + 1
            if idle > _PATIENCE:
                future.cancel()
                return None
