"""Did you mean: the known word most like a wrong one.

By edit distance, not by difflib's ratio: of short Chinese words the ratio takes 金额 for 资金.
"""

from collections.abc import Iterable


def closest(word: str, known: Iterable[str]) -> str:
    """Return the known word most like a wrong one; blank when none is alike."""
    likely = [(_distance(word, one), one) for one in sorted(known)]
    is_part = len(word) > 1  # one character alone is like too many words
    alike = [(d, one) for d, one in likely if d <= len(one) // 2 or (is_part and word in one)]
    return min(alike, key=lambda pair: pair[0])[1] if alike else ""


def ask_meant(word: str, known: Iterable[str]) -> str:
    """Return `是不是「…」？`, blank when no known word is like the wrong one."""
    found = closest(word, known)
    return f"是不是「{found}」？" if found else ""


def _distance(left: str, right: str) -> int:
    """Count the characters to change, add or drop (Levenshtein)."""
    row = list(range(len(right) + 1))
    for at, a in enumerate(left, 1):
        previous, row = row, [at]
        for column, b in enumerate(right, 1):
            row.append(min(previous[column] + 1, row[-1] + 1, previous[column - 1] + (a != b)))
    return row[-1]
