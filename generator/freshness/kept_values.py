"""Values of the program's own classes, kept in a file; nothing else can be read back from it."""

import array
import io
import pickle
import zlib
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from importlib import import_module

from generator.freshness.quiet import read_quietly, write_quietly

_PLAIN: Mapping[tuple[str, str], object] = {
    ("decimal", "Decimal"): Decimal,
    ("array", "array"): array.array,
    ("array", "_array_reconstructor"): array._array_reconstructor,  # type: ignore[attr-defined]
}
_SUM = 4  # bytes of a checksum
_MARKUP = ("markupsafe", "Markup")  # text; imported only where some was kept


class _Reader(pickle.Unpickler):
    """Builds structs, enumerations and named tuples of this package, numbers, arrays."""

    def find_class(self, module: str, name: str) -> object:
        """Return a class that may stand in a file.

        Raises:
            pickle.UnpicklingError: It is anything else.
        """
        return _find_class(module, name)


@lru_cache(maxsize=256)
def _find_class(module: str, name: str) -> object:
    if (module, name) in _PLAIN:
        return _PLAIN[module, name]
    if (module, name) == _MARKUP:
        return getattr(import_module(module), name)
    is_ours = module.startswith("generator.") and "." not in name
    found: object = getattr(import_module(module), name, None) if is_ours else None
    if isinstance(found, type) and found.__module__ == module and _is_value(found):
        return found
    raise pickle.UnpicklingError(f"{module}.{name}")


def _is_value(found: type) -> bool:
    return hasattr(found, "__struct_fields__") or issubclass(found, (Enum, tuple, list, str))


def pack(value: object) -> bytes:
    """Return a value as bytes behind their checksum, to be read only where it is asked for.

    They are not compressed: inflating took longer than reading them, with all that is in them.
    """
    pickled = pickle.dumps(value, protocol=5)
    return _sum(pickled) + pickled


def unpack(packed: bytes) -> object:
    """Return a packed value; None of what is damaged, or holds anything else than values."""
    pickled = packed[_SUM:]
    return _load(pickled) if _sum(pickled) == packed[:_SUM] else None


def _sum(pickled: bytes) -> bytes:
    return zlib.adler32(pickled).to_bytes(_SUM, "little")


def read_value(path: str, key: str) -> object:
    """Return what was kept under a key; None when it is not there, damaged or of another key."""
    head, _, body = read_quietly(path).partition(b"\n")
    return unpack(body) if head == key.encode() else None


def keep_value(path: str, key: str, value: object) -> bool:
    """Keep a value; say whether it is kept: a folder that cannot be written to keeps nothing.

    A file that holds it already stays: to put another in its place makes the disk write at once.
    """
    blob = b"%b\n%b" % (key.encode(), pack(value))
    return read_quietly(path) == blob or write_quietly(path, (blob,))


def _load(pickled: bytes) -> object:
    try:
        value: object = _Reader(io.BytesIO(pickled)).load()
    except Exception:  # damaged bytes may break anywhere
        return None
    return value
