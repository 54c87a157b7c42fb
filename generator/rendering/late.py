"""A module that is imported when something of it is first asked for.

if TYPE_CHECKING:
    import zipfile
else:
    zipfile = Late("zipfile")
"""

from importlib import import_module


class Late:
    """Stands for a module that most runs need nothing of."""

    def __init__(self, name: str) -> None:
        """Know its name."""
        self._name = name

    def __getattr__(self, name: str) -> object:
        """Return what the module has of this name, and have it at hand from now on."""
        found = getattr(import_module(self._name), name)
        setattr(self, name, found)
        return found
