"""The blanks of a draft: what the checks say is missing, put into what templates print."""

from collections.abc import Iterable
from pathlib import PurePosixPath

from msgspec import Struct

from generator.domain.forms import Funds
from generator.findings import Finding
from generator.patterns import pattern
from generator.scoring.references import ReferenceFault, fill
from generator.scoring.scope import Scope

_FIELD, _ROWS = "required-field", ("value-missing", "judged-missing")
_PARTS = ("目标值", "完成值", "得分")
_ROW_NAME = pattern("^「(.*?)」")


class Blank(Struct, frozen=True):
    """One value that is missing, and where its finding says it should be written."""

    name: str
    finding: Finding

    @property
    def mark(self) -> str:
        """Return what is printed in its place."""
        return f"【待填：{self.name}】"


class DraftScope(Scope, frozen=True):
    """The names of a draft: a reference to what is blank, or that leads nowhere, is marked too."""

    def fill(self, text: str) -> str:
        """Return a text with its references filled in or marked."""
        return fill(text, self._resolve_or_mark)

    def _resolve_or_mark(self, path: tuple[str, ...]) -> str:
        try:
            value = self.resolve(path)
        except ReferenceFault:
            value = ""
        named = [name for name in path if name != "值"]  # 完成值.值: the figure of 完成值
        return value or f"【待填：{named[-1] if named else '引用'}】"


def find_blanks(findings: Iterable[Finding]) -> tuple[Blank, ...]:
    """Return what is missing in a project, in the order of its file."""
    return tuple(
        Blank(_name(finding), finding)
        for finding in findings
        if finding.rule in (_FIELD, *_ROWS) and not finding.waived and _name(finding)
    )


def _name(finding: Finding) -> str:
    if finding.rule == _FIELD:
        return finding.subject.rpartition(".")[2]
    return next((part for part in _PARTS if finding.message.endswith(f"没有填{part}")), "")


def fill_blanks(context: dict[str, object], blanks: Iterable[Blank], funds: Funds | None) -> None:
    """Put the marks where a template finds nothing; the top row of 资金 has two names."""
    tops = [row.name for row in funds.rows if row.is_top] if funds is not None else []
    for blank in blanks:
        if blank.finding.rule == _FIELD:
            path = blank.finding.subject.split(".")
            _put(context, path, blank.mark)
            for top in tops if path[0] == "资金" and len(path) == len(("资金", "栏")) else ():
                _put(context, ["资金", top, path[1]], blank.mark)
            continue
        named = _ROW_NAME.match(blank.finding.message)
        row_name = named[1] if named else ""
        for rows in context.values():
            for row in rows if isinstance(rows, tuple) else ():
                if row.get("名称") == row_name and row.get(blank.name) == "":
                    row[blank.name] = blank.mark
                    if blank.name != "得分" and row.get("得分"):  # worked out of what is missing
                        row["得分"] = ""


def _put(tree: object, path: list[str], mark: str) -> None:
    """Put a mark at a path; all that is blank below it where it names a group."""
    step: object = path[0] if path else ""
    if isinstance(tree, dict):
        for key in [step] if path else list(tree):
            if tree.get(key) == "":
                tree[key] = mark if path else f"【待填：{key}】"
            elif key in tree:
                _put(tree[key], path[1:], mark)
    elif isinstance(tree, list) and path and path[0].isdigit() and int(path[0]) < len(tree):
        _put(tree[int(path[0])], path[1:], mark)


def draft_name(path: str) -> str:
    """Return the name of a draft: 自评表（草稿）.docx."""
    whole = PurePosixPath(path)
    return str(whole.with_name(f"{whole.stem}（草稿）{whole.suffix}"))
