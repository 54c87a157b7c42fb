"""The names a template uses, with their places: what a later check compares with the context."""

from enum import StrEnum

from msgspec import Struct

from generator.rendering.problems import Tag

REPORT = "报告"
EACH = "*"  # any item of a list: 行.名称 in 每行 绩效指标 is ("绩效指标", "*", "名称")


Path = tuple[str, ...]


class Role(StrEnum):
    """What a template does with a name."""

    VALUE = "value"  # printed or compared
    ASKED = "asked"  # asked whether it is there, or what it holds
    LIST = "list"  # looped over
    NARRATIVE = "narrative"  # written by 正文


class TemplateUse(Struct, frozen=True):
    """One use of a name path; loop variables are resolved to the list they run over."""

    path: Path
    role: Role
    tag: Tag
    rows: tuple[tuple[str, Path], ...] = ()  # variables of the loops around it, outermost first

    @property
    def is_whole_report(self) -> bool:
        """Say whether 正文 writes a report with its headings, not what stands under one."""
        return self.role is Role.NARRATIVE and REPORT not in self.path[:-1]
