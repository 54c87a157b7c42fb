"""The tags of a new template, and what it is made from."""

from collections.abc import Mapping

from msgspec import Struct

from generator.domain.fields import Field
from generator.domain.forms import Form
from generator.domain.rubrics import Rubric
from generator.patterns import pattern

_NAME = pattern(r"[^\W\d]\w*")
_QUOTES = ("“”", "‘’", '""', "''")


class Paper(Struct, frozen=True):
    """A form with what only its empty paper needs."""

    form: Form
    rubric: Rubric | None
    signed: frozenset[str]  # fields of 位置: 落款
    unscored: str | Mapping[str, str]  # 不计分记
    fund_labels: Mapping[str, str]  # of figures with 分列, by path
    derived_labels: Mapping[str, str]  # of 派生 that have a 标签

    @property
    def printed_fields(self) -> tuple[Field, ...]:
        """Return the fields above the tables."""
        return tuple(field for field in self.form.fields if field.name not in self.signed)


class Tags(Struct, frozen=True):
    """Writes tags; in a document of many projects every name hangs on one of them."""

    root: str = ""

    def path(self, *names: str) -> str:
        """Return `资金.合计.全年执行数`; what is no plain name stands in brackets."""
        first, *rest = (self.root, *names) if self.root else names
        return first + "".join(
            f".{name}" if _NAME.fullmatch(name) else f"[{quoted(name)}]" for name in rest
        )

    def value(self, *names: str) -> str:
        """Return `{{ 资金.合计.全年执行数 }}`."""
        return f"{{{{ {self.path(*names)} }}}}"

    def field(self, field: Field, *above: str) -> str:
        """Return the tag of a field, for 选项 a box to tick before each choice."""
        path = (*above, field.name)
        if field.kind != "选项":
            return self.value(*path)
        return "　".join(
            f"{{{{ {self.path(*path)}｜勾选（{quoted(choice)}） }}}}{choice}"
            for choice in field.options
        )

    def rows(self, variable: str, *names: str, least: int = 0) -> str:
        """Return `{% 每行 项 于 子项目 至少 3 %}`."""
        ends = f" 至少 {least}" if least else ""
        return f"{{% 每行 {variable} 于 {self.path(*names)}{ends} %}}"

    def narrative(self, *headings: str) -> str:
        """Return `{% 正文 报告.项目概况 %}`."""
        return f"{{% 正文 {self.path('报告', *headings)} %}}"


def quoted(text: str) -> str:
    """Return a text in quotes that do not stand in it."""
    free = (pair for pair in _QUOTES if not set(pair) & set(text))
    pair = next(free, _QUOTES[0])
    return f"{pair[0]}{text}{pair[1]}"
