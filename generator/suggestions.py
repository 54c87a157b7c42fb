"""Did you mean: the known word most like a wrong one."""

import difflib
from collections.abc import Iterable

_LEAST_LIKENESS = 1 / 2  # so that one wrong character of two still finds its word


def closest(word: str, known: Iterable[str]) -> str:
    """Return the known word most like `word`; blank when none is."""
    found = difflib.get_close_matches(word, list(known), n=1, cutoff=_LEAST_LIKENESS)
    return found[0] if found else ""


def ask_meant(word: str, known: Iterable[str]) -> str:
    """Return `是否想写「…」？`, blank when no known word is like the wrong one."""
    found = closest(word, known)
    return f"是否想写「{found}」？" if found else ""
