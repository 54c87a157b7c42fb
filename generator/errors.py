"""The one exception that a command reports in a single line: it could not run at all."""


class UserError(Exception):
    """A command cannot run (usage, missing file, no permission); `hint` says how to mend it."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        """Keep one Chinese line of what is wrong, and one of what to do."""
        super().__init__(message)
        self.hint = hint
