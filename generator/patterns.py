"""Regular expressions that are compiled when they are first asked.

Compiling takes longer than reading a page of text, and a run asks few of all that there are.
"""

import re
from typing import Any, cast


class _Waiting:
    """Stands for a pattern until somebody asks it; what was asked is then answered directly."""

    def __init__(self, text: str, flags: int) -> None:
        self._written = text, flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(*self._written), name)
        setattr(self, name, found)
        return found


def pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """Return what `re.compile` does, compiled on first use."""
    return cast("re.Pattern[str]", _Waiting(text, flags))
