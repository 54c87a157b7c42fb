"""The words of a diff that text and markdown share: what happened, where, with what effect."""

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from generator.commands.diff_pairs import (
    ADDED,
    REMOVED,
    RENAMED,
    UNREADABLE,
    FileDiff,
    ProjectDiff,
)
from generator.comparing.entries import Effect, Entry
from generator.comparing.projects import Side
from generator.comparing.remarks import Remarks
from generator.comparing.trees import Kind
from generator.comparing.wording import Paragraph, Piece, compare_words
from generator.findings import Finding, Place
from generator.reporters import NAMES, summary_line
from generator.scoring.names import Printed

HAPPENED = {
    Kind.CHANGED: "",
    Kind.ADDED: "新增",
    Kind.REMOVED: "删去",
    Kind.RENAMED: "改名",
    Kind.MOVED: "移动",
    Kind.REORDERED: "",
}
STATUS = {
    ADDED: "新增的项目",
    REMOVED: "删去的项目",
    RENAMED: "文件改名",
    UNREADABLE: "不能比较",
}
_TITLE = 32  # characters of one name in a title
_CONTEXT = 14  # characters kept beside a change
_HEAD = 24  # of a finding
ELLIPSIS = "……"


class Titles(Struct, frozen=True):
    """How the two sides are called."""

    before: str
    after: str
    is_touched: bool = False  # files are different, whatever they say


def title_of(words: Sequence[str]) -> str:
    """Join the names of a way, the long ones cut."""
    return "／".join(cut(word, _TITLE) for word in words)


def cut(text: str, most: int) -> str:
    """Return a text on one line, at most so many characters."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def line_number(place: Place | None, file: str) -> str:
    """Say the line; with its file where that is another one."""
    if place is None or not place.line:
        return ""
    number = f"第 {place.line} 行"
    return number if place.file == file else f"{place.file} {number}"


def where_of(entry: Entry, file: str) -> str:
    """Say the line of an entry; of what was removed the line where it stood."""
    if entry.place is None:
        old = line_number(entry.old_place, file)
        return f"原{old}" if old else ""
    return line_number(entry.place, file)


def say_effect(effect: Effect) -> str:
    """Say a result: `得分 8 → 7.5`, `得分不变（8）`, `得分 8 → 无`."""
    if effect.is_same:
        return f"{effect.name}不变（{effect.after}）" if effect.after else ""
    return f"{effect.name} {effect.before or '无'} → {effect.after or '无'}"


def say_effects(effects: Sequence[Effect]) -> str:
    """Join what there is to say of results."""
    return "；".join(said for said in map(say_effect, effects) if said)


def say_paragraph(paragraph: Paragraph) -> str:
    """Say which paragraph it is, where there are several; whole ones with what happened."""
    if paragraph.is_only:
        return ""
    if not paragraph.number:
        return f"原第 {paragraph.old_number} 段删去："
    return f"第 {paragraph.number} 段{'' if paragraph.old_number else '新增'}："


def say_piece(
    piece: Piece,
    added: Callable[[str], str] = str,
    deleted: Callable[[str], str] = str,
) -> str:
    """Say a piece of a text, with what was added and deleted in brackets.

    Args:
        piece: The piece.
        added: Colours what was added.
        deleted: Colours what was deleted.
    """
    if piece.is_kept:
        return piece.after
    if not piece.before:
        return f"〔加：{added(piece.after)}〕"
    if not piece.after:
        return f"〔删：{deleted(piece.before)}〕"
    return f"〔{deleted(piece.before)} → {added(piece.after)}〕"


def excerpt(pieces: Sequence[Piece], *, head: int = 0) -> Iterator[Piece]:
    """Yield pieces with what was kept cut down to a little around the changes.

    Args:
        pieces: Of one text.
        head: Characters of its beginning that are kept in any case.
    """
    last = len(pieces) - 1
    for at, piece in enumerate(pieces):
        if piece.is_kept:
            text = _around(piece.after, _CONTEXT if at else head, 0 if at == last else _CONTEXT)
            yield Piece(text, text)
        else:
            yield piece


def _around(text: str, head: int, tail: int) -> str:
    if head + tail + len(ELLIPSIS) >= len(text):
        return text
    return f"{text[:head]}{ELLIPSIS}{text[len(text) - tail :]}"


def say_finding(finding: Finding) -> str:
    """Say a finding in one line."""
    return f"{NAMES[finding.severity]} {finding.code} {finding.message}"


def say_stopped(when: str, finding: Finding) -> str:
    """Say why a side could not be read."""
    return f"{when}的文件读不通，没有比较：{finding.place}: {finding.message}"


def say_new(remarks: Remarks) -> Iterator[tuple[str, Finding]]:
    """Yield what the checks say anew: a waiver that does not hold any more is named as such."""
    yield from (("豁免不再有效", finding) for finding in remarks.reopened)
    yield from (("新出现", finding) for finding in remarks.appeared)


def compare_remarks(before: Finding, after: Finding) -> Iterator[Piece]:
    """Yield what a finding says now against what it said."""
    return excerpt(compare_words(say_finding(before), say_finding(after)), head=_HEAD)


def say_status(one: ProjectDiff | FileDiff) -> str:
    """Say what happened to a whole file; blank for a change."""
    return STATUS.get(one.status, "")


def summarise(side: Side, status: str) -> str:
    """Say in one line what a project that came or went amounts to; of a new one its findings."""
    parts = [f"{len(side.project.indicators)} 项指标"]
    results: Printed = side.scope.names.get("结果", {})
    if isinstance(results, dict):
        parts += [f"{name} {results[name]}" for name in ("总分", "等级") if results.get(name)]
    checked = f"；核对：{summary_line(side.findings)}" if status == ADDED else ""
    return "，".join(parts) + checked


def head_line(titles: Titles, shared: Sequence[FileDiff], projects: Sequence[ProjectDiff]) -> str:
    """Count what is different."""
    stopped = sum(one.status == UNREADABLE for one in projects)
    parts = [f"{len(projects) - stopped} 个项目有变化"] if len(projects) > stopped else []
    parts += [f"{len(shared)} 个共用的文件有变化"] if shared else []
    parts += [f"{stopped} 个项目不能比较"] if stopped else []
    nothing = "没有变化（只改了注释、写法或排列）" if titles.is_touched else "没有变化"
    return "，".join(parts) or nothing


def whole_files(shared: Sequence[FileDiff]) -> Iterator[tuple[str, list[str]]]:
    """Yield 新增 and 删去 with their files, where there are any."""
    for status, name in ((ADDED, "新增"), (REMOVED, "删去")):
        files = [one.file for one in shared if one.status == status]
        if files:
            yield name, files


def by_area(entries: Sequence[Entry]) -> Iterator[tuple[str, list[Entry]]]:
    """Yield entries by the key under which they stand; single values of the header together."""
    areas: dict[str, list[Entry]] = {}
    for entry in entries:
        is_single = entry.title == (entry.area,)
        areas.setdefault("" if is_single else entry.area, []).append(entry)
    yield from areas.items()
