"""Data files as they were when their documents were made: `status` names what changed since."""

import hashlib
import os
from collections.abc import Container, Mapping

from generator.freshness.quiet import keep_only

_FOLDER = "texts"


def keep_texts(folder: str, root: str, unit: str, inputs: Mapping[str, str]) -> None:
    """Keep the data files of a unit among some inputs; what is no longer among them goes.

    Args:
        folder: Where what is remembered of a year stands.
        root: What the inputs are relative to.
        unit: Its folder.
        inputs: Every file that the unit's documents were made from, with its hash.
    """
    own = os.path.join(folder, _FOLDER, unit)
    wanted = {sha: file for file, sha in inputs.items() if _is_data(file)}
    try:
        os.makedirs(own, exist_ok=True)
        present = set(os.listdir(own))
        for sha in sorted(wanted.keys() - present):
            with open(os.path.join(root, wanted[sha]), "rb") as file:
                blob = file.read()
            if hashlib.sha256(blob).hexdigest() == sha:
                with open(os.path.join(own, sha), "wb") as kept:
                    kept.write(blob)
        for name in present - wanted.keys():
            os.unlink(os.path.join(own, name))
    except OSError:
        return


def forget_texts(folder: str, units: Container[str]) -> None:
    """Forget the data files of all other units."""
    keep_only(os.path.join(folder, _FOLDER), units)


def find_text(folder: str, unit: str, sha: str) -> str:
    """Return the path of a unit's data file as it was; blank when it was not kept."""
    path = os.path.join(folder, _FOLDER, unit, sha)
    try:
        with open(path, "rb") as file:
            is_whole = hashlib.sha256(file.read()).hexdigest() == sha
    except OSError:
        return ""
    return path if is_whole else ""


def _is_data(file: str) -> bool:
    return file.startswith("data/") and file.endswith(".yaml")
