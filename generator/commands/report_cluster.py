"""The only door to dask.distributed: the units of a run are made by the workers of a cluster.

A worker reads the data and writes the documents itself, so it has to see the folder of the data
and that of the documents under the same paths; names of files go over the wire, and findings.
"""

import logging
from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager

from distributed import Client, KilledWorker
from distributed.client import ClosedClientError

from generator.commands.report_workers import Crew
from generator.errors import UserError

_SCHEME = "dask://"
_AHEAD = 500  # units that are given out at once: for some hundred workers
_PATIENCE = 10  # seconds until a scheduler that does not answer counts as gone


@contextmanager
def open_cluster(address: str) -> Iterator[Crew]:
    """Connect to a scheduler for the length of a run.

    Args:
        address: `dask://host:port`.

    Raises:
        UserError: Nobody answers there.
    """
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # its English is for its makers
    try:
        place = f"tcp://{address.removeprefix(_SCHEME)}"
        client = Client(place, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError):
        hint = "先运行 dask scheduler，再在各台机器上运行 dask worker"
        raise UserError(f"连不上 {address}", hint=hint) from None
    try:
        pool = client.get_executor(pure=False)
        lost = (KilledWorker, CancelledError, ClosedClientError)
        yield Crew(pool, lost, lambda: _has_workers(client), ahead=_AHEAD, are_far=True)
    finally:
        client.close()


def _has_workers(client: Client) -> bool:
    try:
        return bool(client.scheduler_info(n_workers=-1)["workers"])
    except (OSError, RuntimeError):
        return False
