"""`ziping explain --all`: every check and every other code, as docs/ has them."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from generator.checks.about import about
from generator.checks.catalogue import EVERY_CHECK, NEVER_WAIVED
from generator.checks.code_texts import FAMILIES
from generator.checks.codes import Code, Family
from generator.checks.review import Rule
from generator.reporters import NAMES

BEGIN = "<!-- 以下由 make catalogue 写成，不要手改 -->"
END = "<!-- 以上由 make catalogue 写成 -->"
_FIRST = 2  # the section before is written by hand
_TITLES = {
    "S": "填报",
    "F": "资金",
    "I": "指标和得分",
    "Q": "指标的质量",
    "N": "报告文字",
    "B": "文件之间",
}


def write_catalogue() -> str:
    """Return all sections as Markdown."""
    checks = groupby(EVERY_CHECK, key=lambda check: check.CODE[0])
    sections = [(_title(letter), list(_checks(list(group)))) for letter, group in checks]
    sections += [(family.title, list(_family(family))) for family in FAMILIES]
    parts: list[str] = []
    for number, (title, body) in enumerate(sections, _FIRST):
        parts += [f"## {number} {title}", *body]
    return "\n\n".join(parts) + "\n"


def _title(letter: str) -> str:
    return f"{_TITLES.get(letter, '其他')}（{letter}）"


def _checks(checks: Sequence[Rule]) -> Iterator[str]:
    for check in checks:
        told = about(check)
        yield f"### {check.CODE} `{check.RULE}` · {status(check)}"
        yield told.what
        rows = [
            ("依据", told.basis),
            ("例", told.example),
            ("处", told.subject),
            ("怎么办", told.remedy),
            ("参数", "；".join(f"`{k}`：{v}" for k, v in parameters(check).items())),
        ]
        lines = [f"| {name} | {_cell(text)} |" for name, text in rows if text]
        yield "\n".join(["| | |", "|---|---|", *lines])


def status(check: Rule) -> str:
    """Return how bad it is, and whether it can be switched off or waived."""
    words = [NAMES[check.SEVERITY], "不能关闭" if check.IS_LAW else "可以关闭"]
    return " · ".join([*words, *(["不能豁免"] if check.RULE in NEVER_WAIVED else [])])


def parameters(check: Rule) -> dict[str, str]:
    """Return what a form, or 检查.yaml for all forms, may set of a check."""
    return dict(getattr(check, "PARAMETERS", {}))


def _family(family: Family) -> Iterator[str]:
    if family.before:
        yield family.before
    has_remedy = any(code.remedy for code in family.codes)
    heads = ["代码", "名称", "级别", "什么问题", *(["怎么办"] if has_remedy else [])]
    lines = [_row(heads), "|---" * len(heads) + "|"]
    lines += [_row(_cells(code)[: len(heads)]) for code in family.codes]
    yield "\n".join(lines)
    if family.after:
        yield family.after


def _cells(code: Code) -> list[str]:
    rule, level = f"`{code.rule}`", NAMES[code.severity]
    return [code.code, rule, level, _cell(code.what), _cell(code.remedy)]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
