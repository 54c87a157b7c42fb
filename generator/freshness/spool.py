"""Values of one run, put away one by one and gone through in order: few stay in memory."""

import pickle
from collections.abc import Iterator
from importlib import import_module
from io import BytesIO
from typing import IO, Generic, TypeVar

ValueT = TypeVar("ValueT")
_MOST_NEAR = 1_000_000  # bytes; when there are more, all go to disk


class Spool(Generic[ValueT]):
    """What was put away; nobody else can read or write it. One goes through it at a time."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._file: IO[bytes] = BytesIO()
        self._is_near = True

    def put(self, value: ValueT) -> None:
        """Put a value behind the others."""
        self._file.seek(0, 2)
        pickle.dump(value, self._file, protocol=5)
        if self._is_near and self._file.tell() > _MOST_NEAR:
            self._move()

    def __iter__(self) -> Iterator[ValueT]:
        """Yield the values as often as they are gone through."""
        self._file.seek(0, 2)
        end = self._file.tell()
        at = 0
        while at < end:
            self._file.seek(at)
            value: ValueT = pickle.load(self._file)
            at = self._file.tell()
            yield value

    def _move(self) -> None:
        """Go on in a file without a name."""
        near, self._file = self._file, import_module("tempfile").TemporaryFile()
        self._is_near = False
        near.seek(0)
        self._file.writelines(near)
