"""Files that are never needed: read and written whole, or not at all and without a word."""

import os
from collections.abc import Container, Iterable


def read_quietly(path: str) -> bytes:
    """Return what is in a file; nothing of one that cannot be read."""
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return b""


def write_quietly(path: str, pieces: Iterable[bytes]) -> bool:
    """Write a file in pieces, whole for whoever reads it; say whether it could be written."""
    temporary = os.path.join(os.path.dirname(path), f".{os.getpid()}.tmp")  # of one process
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(temporary, "wb") as file:
            file.writelines(pieces)
        os.replace(temporary, path)
    except OSError:
        return False
    return True


def remove_quietly(path: str) -> None:
    """Remove a file, or a folder with all that is in it, as far as that can be removed."""
    try:
        for above, folders, names in os.walk(path, topdown=False):
            for name in names:
                os.unlink(os.path.join(above, name))
            for name in folders:
                os.rmdir(os.path.join(above, name))
        (os.rmdir if os.path.isdir(path) else os.unlink)(path)
    except OSError:
        return


def keep_only(folder: str, names: Container[str]) -> None:
    """Remove whatever else stands in a folder."""
    try:
        others = [name for name in os.listdir(folder) if name not in names]
    except OSError:
        return
    for name in others:
        remove_quietly(os.path.join(folder, name))
