"""Files that are never needed: written whole, or not at all and without a word."""

import os


def write_quietly(path: str, blob: bytes) -> bool:
    """Write a file, whole for whoever reads it; say whether it could be written."""
    temporary = f"{path}.{os.getpid()}.tmp"  # of one process
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(temporary, "wb") as file:
            file.write(blob)
        os.replace(temporary, path)
    except OSError:
        return False
    return True
