"""Regular expressions that are compiled when they are first asked.

Compiling takes longer than reading a page of text, and a run asks few of all that there are.
"""

import re
from typing import Any, AnyStr, cast


class _Waiting:
    """Stands for a pattern until somebody asks it; what was asked is then answered directly."""

    def __init__(self, *written: Any) -> None:
        self._written = written

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(*self._written), name)
        setattr(self, name, found)
        return found


def pattern(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return what `re.compile` does, compiled on first use."""
    return cast("re.Pattern[AnyStr]", _Waiting(text, flags))
