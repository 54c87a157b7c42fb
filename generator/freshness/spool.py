"""Values of one run, put away one by one and gone through in order: few stay in memory."""

import pickle
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import Generic, TypeVar

ValueT = TypeVar("ValueT")
_MOST_NEAR = 250_000  # bytes; more go to disk


class Spool(Generic[ValueT]):
    """What was put away; nobody else can read or write it. One goes through it at a time."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._file = SpooledTemporaryFile(max_size=_MOST_NEAR)  # noqa: SIM115 - it goes with its last reader

    def put(self, value: ValueT) -> None:
        """Put a value behind the others."""
        self._file.seek(0, 2)
        pickle.dump(value, self._file, protocol=5)

    def __iter__(self) -> Iterator[ValueT]:
        """Yield the values as often as they are gone through."""
        self._file.seek(0, 2)
        end = self._file.tell()
        self._file.seek(0)
        while self._file.tell() < end:
            value: ValueT = pickle.load(self._file)
            at = self._file.tell()
            yield value
            self._file.seek(at)
