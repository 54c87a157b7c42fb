"""Files that are never needed: written whole, or not at all and without a word."""

import os
from collections.abc import Iterable


def write_quietly(path: str, pieces: Iterable[bytes]) -> bool:
    """Write a file in pieces, whole for whoever reads it; say whether it could be written."""
    temporary = f"{path}.{os.getpid()}.tmp"  # of one process
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(temporary, "wb") as file:
            file.writelines(pieces)
        os.replace(temporary, path)
    except OSError:
        return False
    return True
