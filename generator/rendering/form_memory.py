"""What follows from a form's files alone, kept in build/ of the root by a hash over them.

It is never needed: what is not there, or is damaged, is worked out from the files.
"""

from collections.abc import Callable, Iterable

from msgspec import Struct

from generator.freshness.kept_values import keep_value, read_value
from generator.freshness.sources import join_digests

_FOLDER = "build/ziping"


class FormMemory(Struct, frozen=True):
    """What runs of one program keep below a root."""

    root: str
    program: str
    hash: Callable[[str], str]  # of a file, relative to the root

    def look_up(self, name: str, files: Iterable[str]) -> object:
        """Return what was kept under a name of files as they are now; None where nothing was."""
        return read_value(self._place(name), self._key(files))

    def keep(self, name: str, files: Iterable[str], value: object) -> None:
        """Keep what was worked out of some files."""
        keep_value(self._place(name), self._key(files), value)

    def _place(self, name: str) -> str:
        return f"{self.root}/{_FOLDER}/{name}"

    def _key(self, files: Iterable[str]) -> str:
        return join_digests([(self.program, ""), *((file, self.hash(file)) for file in files)])
