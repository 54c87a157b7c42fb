"""Names that a template uses in vain, told from the form alone, before any data are read."""

from collections.abc import Collection, Iterator, Sequence

from generator.domain.forms import Heading
from generator.domain.narrative import find_headings
from generator.patterns import pattern
from generator.rendering.form_names import ANY, MERGES, Kind, Known
from generator.rendering.names import EACH, Role, TemplateUse
from generator.rendering.problems import TemplateProblem, row_of
from generator.suggestions import ask_meant

Path = tuple[str, ...]
_VARIABLES = ("行", "段", "项")  # of loops that name none
_MOST_SHOWN = 6
_WORD = pattern(r"\w+")


def find_unknown_names(
    uses: Sequence[TemplateUse], known: Known, doubtful: Collection[str] = ()
) -> Iterator[TemplateProblem]:
    """Yield each tag whose name leads nowhere, or to what cannot be used in this way.

    Args:
        uses: The names of a template.
        known: What it may name.
        doubtful: Words of broken instructions: they may name the rows of a loop.
    """
    if doubtful:
        doubtful = {*doubtful, *_VARIABLES}.difference(known.names)
    broken: list[Path] = []  # lists that are none: of their rows nothing can be said
    said: set[TemplateProblem | Path] = set()
    for use in uses:
        of_broken = any(use.path[: len(path)] == path for path in broken)
        if of_broken or use.path[0] in doubtful:
            continue
        fault = _fault(use, known)
        if not fault:
            continue
        if use.role is Role.LIST:
            broken.append((*use.path, EACH))
        tag = use.tag
        problem = TemplateProblem(f"{tag.text}：{fault}", tag.part, tag.where, tag.around)
        is_loose = use.path[0] in _VARIABLES and use.path[0] not in known.names
        key = (use.path[0], tag.part, row_of(tag.where)) if is_loose else problem
        if key not in said:  # a row that lacks its 每行 is told once, not cell by cell
            said.add(key)
            yield problem


def _fault(use: TemplateUse, known: Known) -> str:
    """Return what is wrong with a use; blank when nothing is."""
    found = known
    for depth, name in enumerate(use.path):
        step = _step(found, name, use.path[:depth])
        if isinstance(step, str):
            meant = "" if depth else _meant_of_row(use, known)
            return f"没有「{name}」，是不是「{meant}」？" if meant else step
        found = step
    return _misuse(use, found)


def _meant_of_row(use: TemplateUse, known: Known) -> str:
    """Return what of the rows around was meant: 行.名称 by 名称 alone, or by 航.名称."""
    for variable, path in reversed(use.rows):
        row: Known | str = known
        for depth, name in enumerate(path):
            row = row if isinstance(row, str) else _step(row, name, path[:depth])
        names = {} if isinstance(row, str) or not path else row.names
        for name in use.path[:2]:
            if name in names and name != MERGES:
                return _shown((variable, name))
    return ""


def _step(found: Known, name: str, above: Path) -> Known | str:
    """Return what a name leads to one level down, or what is wrong with it."""
    if name == EACH:
        # Only the data can tell what stands in 资金[行.名称].
        is_open = found.kind in (Kind.ANY, Kind.GROUP)
        return ANY if is_open else (found.row or f"「{_shown(above)}」不是清单")
    match found.kind:
        case Kind.ANY:
            return ANY
        case Kind.GROUP:
            return _member(found, name, above)
        case Kind.LIST:
            return found.names.get(name) or _of_list(found, name, above)
        case Kind.REPORT:
            return _heading(found, name, above)
        case _:
            return f"「{_shown(above)}」已是一个值，下面没有「{name}」"


def _member(found: Known, name: str, above: Path) -> Known | str:
    if name in found.names:
        return found.names[name]
    if found.open_prefix and name.startswith(found.open_prefix):
        return ANY
    known = [key for key in found.names if key != MERGES]
    if above and above[-1] == MERGES:
        return f"「{name}」这一列不能合并，能合并的是：{'、'.join(known)}"
    if not above and name in _VARIABLES:
        word = {"行": "每行", "段": "每段"}.get(name, "每")
        return f"没有「{name}」，它只在「{word}」里面能用"
    where = f"「{_shown(above)}」{'的行' if above[-1] == EACH else ''}里没有" if above else "没有"
    return f"{where}「{name}」{_hint(name, known)}"


def _of_list(found: Known, name: str, above: Path) -> str:
    shown = _shown(above)
    fields = found.row.names if found.row else {}
    if name in fields:
        loop = f"{{% 每行 行 于 {shown} %}}{{{{ 行.{name} }}}}"
        return f"「{shown}」是清单，「{name}」要逐行印：{loop}"
    if found.names:
        return f"「{shown}」是清单，没有「{name}」{_hint(name, list(found.names))}"
    return f"「{shown}」是清单，不能指名其中一行，请用「每行」或「每」"


def _heading(found: Known, name: str, above: Path) -> Known | str:
    ways = find_headings(name, found.headings)
    if len(ways) == 1:
        return Known(Kind.REPORT, headings=ways[0][-1].below)
    shown = _shown(above)
    if ways:
        full = "、".join(_shown((*above, *(step.name for step in way))) for way in ways)
        return f"标题「{name}」不止一处，请写全：{full}"
    every = _every(found.headings)
    aliases = {alias: heading.name for heading in every for alias in heading.aliases}
    if name in aliases:
        full = _shown((*above, aliases[name]))
        return f"提纲里这个标题叫「{aliases[name]}」，请写「{full}」"
    if not every:
        return f"「{shown}」下面提纲没有列出标题，只能整个印：{{% 正文 {shown} %}}"
    hint = _hint(name, [heading.name for heading in every])
    return f"「{shown}」的提纲里没有标题「{name}」{hint}"


def _every(headings: Sequence[Heading]) -> list[Heading]:
    return [one for heading in headings for one in (heading, *_every(heading.below))]


def _misuse(use: TemplateUse, found: Known) -> str:
    """Return why what was found cannot be used in this way; blank when it can."""
    shown, kind = _shown(use.path), found.kind
    if kind is Kind.ANY or use.role is Role.ASKED:
        return ""
    match use.role:
        case Role.NARRATIVE if kind is not Kind.REPORT:
            return f"「{shown}」不是正文，「正文」后面写「报告」或它的一个标题，如「报告.标题」"
        case Role.LIST if kind is Kind.REPORT:
            return f"「{shown}」不是清单，请写「{{% 正文 {shown} %}}」"
        case Role.LIST if kind is not Kind.LIST:
            return f"「{shown}」不是清单，不能逐行印"
        case Role.VALUE:
            return _no_value(shown, found)
    return ""


def _no_value(shown: str, found: Known) -> str:
    match found.kind:
        case Kind.LIST:
            return f"「{shown}」是清单，不能直接填写，请用「每行」「每段」或「每」"
        case Kind.REPORT:
            return f"「{shown}」是正文，请独占一段写「{{% 正文 {shown} %}}」"
        case Kind.GROUP:
            names = "、".join([name for name in found.names if name != MERGES][:_MOST_SHOWN])
            below = f"，请再写下一级：{names}" if names else ""
            return f"「{shown}」是一组值，不能直接填写{below}"
        case _:
            return ""


def _shown(path: Path) -> str:
    """Write a path as it may be written in a tag: what is no plain word stands in quotes."""
    steps = (step for step in path if step != EACH)
    return "".join(
        f".{step}" if _WORD.fullmatch(step) else f"[“{step}”]" for step in steps
    ).removeprefix(".")


def _hint(name: str, known: Sequence[str]) -> str:
    """Say which name was probably meant, else some of those there are."""
    meant = ask_meant(name, known)
    if meant:
        return f"，{meant}"
    more = f" 等 {len(known)} 项" if len(known) > _MOST_SHOWN else ""
    return f"，可以写：{'、'.join(known[:_MOST_SHOWN])}{more}" if known else ""
