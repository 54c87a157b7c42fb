"""What may be printed: text, numbers, and markup as it is."""

from decimal import Decimal

from generator.rendering.markup import Markup, escape, escape_text
from generator.rendering.problems import UnusableValueError


def print_value(value: object) -> str:
    """Return what is printed of a value."""
    if value.__class__ is str:
        return escape_text(value)
    return value if isinstance(value, Markup) else escape(finalize(value))


def finalize(value: object) -> object:
    """Print text and numbers only: `None`, `True` or a list in an official form is a mistake.

    Raises:
        UnusableValueError: It is neither.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return format(value, "f") if isinstance(value, Decimal) else value
    if hasattr(value, "__html__"):
        return value
    kind = "空值" if value is None else "是非值" if isinstance(value, bool) else "一组值"
    raise UnusableValueError(f"这一项是{kind}，不能直接填写")
