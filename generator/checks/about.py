"""What a check tells its reader: the entry of the catalogue, in Chinese, beside the check."""

import re

from msgspec import Struct

from generator.checks.review import Rule
from generator.patterns import pattern

_PART = pattern(r"^(Rule|Source|PASS|FAIL): (.*?)(?=\n\n|\n[A-Z]\w+: |\Z)", re.M | re.S)
_CODE_SPAN = pattern(r"`([^`]+)`")


class About(Struct, frozen=True):
    """A check as the catalogue describes it; Markdown of one line each."""

    what: str
    basis: str
    example: str  # what the check says
    subject: str  # 处: what a waiver names
    remedy: str
    reason: str = "原报送件如此，照录"  # of the waiver that is shown

    @property
    def waived(self) -> str:
        """Return what the waiver that is shown names: the first 处 that is quoted."""
        found = _CODE_SPAN.search(self.subject)
        return found[1] if found else ""


def about(check: Rule) -> About:
    """Return what a check says of itself; one without an entry falls back on its docstring."""
    own = getattr(check, "ABOUT", None)
    if isinstance(own, About):
        return own
    parts = docstring_parts(check)
    what = (check.__doc__ or check.RULE).strip().splitlines()[0]
    return About(what, parts.get("Source", ""), parts.get("FAIL", ""), "", "")


def docstring_parts(check: Rule) -> dict[str, str]:
    """Return Rule, Source, PASS and FAIL as the docstring has them, each on one line."""
    found = _PART.findall(check.__doc__ or "")
    return {name: " ".join(text.split()) for name, text in found}
