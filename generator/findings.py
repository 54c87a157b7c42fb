"""Anything wrong with data, form or template is a Finding: a value, never an exception.

Families of codes: Y reading YAML, S schema, F 资金, I 指标 and points, N narrative, R form
packages, T templates, O outputs, W waivers, B between documents.
"""

from enum import StrEnum

from msgspec import Struct


class Severity(StrEnum):
    """How bad a finding is: an error stops its document, a warning and a note do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Place(Struct, frozen=True, order=True):
    """Where a thing stands: file relative to the root, line and column from 1 (0 = whole file)."""

    file: str
    line: int = 0
    column: int = 0
    length: int = 0  # characters to underline, on the first line only

    def __str__(self) -> str:
        """Write the place as editors and terminals understand it."""
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


class Finding(Struct, frozen=True):
    """One thing that is wrong, said so that a clerk can mend it."""

    code: str  # family and number: F201
    rule: str  # lower-case name, used in 豁免 and 检查
    severity: Severity
    place: Place
    message: str  # what is, what should be, the difference
    basis: str = ""  # by which rule: formula or 依据, with its own place
    hint: str = ""  # what to do
    subject: str = ""  # the figure or indicator it is about; 豁免 narrows by it (处)
    expected: str = ""  # the right value of an arithmetic check; a waiver's reason must name it
    project: str = ""
    waived: str = ""  # the reason given in the data, when it was waived

    @property
    def is_blocking(self) -> bool:
        """Say whether it stops the document."""
        return self.severity is Severity.ERROR and not self.waived
