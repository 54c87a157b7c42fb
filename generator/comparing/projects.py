"""Two states of one project: what was changed, what came of it, what the checks say of it."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from generator.amounts import parse_decimal, plain
from generator.comparing.entries import Effect, Entry, Facing, Line, gather
from generator.comparing.followers import Follower, find_followers
from generator.comparing.remarks import Remarks, compare_findings
from generator.comparing.trees import compare_trees
from generator.domain.model import Path, Plain, Project
from generator.domain.results import RowScore, ScoreSheet
from generator.findings import Finding
from generator.scoring.scope import Scope

_RESULTS = "结果"


class Side(Struct, frozen=True):
    """One project at one time, read, scored and checked."""

    data: Plain  # as typed
    project: Project
    sheet: ScoreSheet
    scope: Scope
    findings: tuple[Finding, ...]


class Comparison(Struct, frozen=True):
    """What lies between two states of one project."""

    before: Side
    after: Side
    results: tuple[Effect, ...]  # 总分, 等级 in any case; what else of 结果 changed
    entries: tuple[Entry, ...]
    followers: tuple[Follower, ...]
    remarks: Remarks

    def __bool__(self) -> bool:
        """Say whether anything is different."""
        return bool(
            self.entries
            or self.followers
            or self.remarks
            or any(not effect.is_same for effect in self.results)
        )


def compare_projects(before: Side, after: Side) -> Comparison:
    """Compare two states of one project."""
    depth = _Depth(before.project, after.project)
    facing = Facing(
        before.project.place_of,
        after.project.place_of,
        before.scope.fill,
        after.scope.fill,
        depth,
    )
    entries = gather(compare_trees(before.data, after.data), facing)
    rows = (_rows(before.sheet), _rows(after.sheet))
    entries = tuple(_with_effects(entry, *rows) for entry in entries)
    return Comparison(
        before,
        after,
        tuple(list_results(before, after)),
        entries,
        find_followers(before, after, entries),
        compare_findings(before.findings, after.findings),
    )


class _Depth(Struct, frozen=True):
    """How many steps of a path name one thing: an indicator, an item of a list, else all."""

    before: Project
    after: Project

    def __call__(self, old: Path, new: Path) -> int:
        for path, project in ((new, self.after), (old, self.before)):
            rows = {row.path for row in project.indicators}
            found = next((n for n in range(1, len(path) + 1) if path[:n] in rows), 0)
            if found:
                return found
        items = [n for n, step in enumerate(new or old, 1) if isinstance(step, int)]
        return items[0] if items else len(new or old)


def _rows(sheet: ScoreSheet) -> dict[Path, RowScore]:
    return {row.indicator.path: row for row in sheet.rows}


def _with_effects(
    entry: Entry, old: Mapping[Path, RowScore], new: Mapping[Path, RowScore]
) -> Entry:
    before, after = old.get(entry.old_path), new.get(entry.path)
    effects = (one for one in _row_effects(before, after) if not _is_said(one, entry.lines))
    return replace(entry, effects=tuple(effects))


def _is_said(effect: Effect, lines: Sequence[Line]) -> bool:
    """Say whether a typed value is the result itself: 3.00 → 2.50 is 3 → 2.5."""
    results = (parse_decimal(effect.before), parse_decimal(effect.after))
    return any(
        line.name == effect.name
        and (parse_decimal(line.before), parse_decimal(line.after)) == results
        for line in lines
    )


def _row_effects(before: RowScore | None, after: RowScore | None) -> Iterator[Effect]:
    """Yield the score of a row on both sides, and its points where they are not the same."""
    if before is None and after is None:
        return
    shares = Effect("分值", _points(before), _points(after))
    if before is not None and after is not None and not shares.is_same:
        yield shares
    yield Effect("得分", _score(before), _score(after))


def _points(row: RowScore | None) -> str:
    return "" if row is None or row.points is None else plain(row.points)


def _score(row: RowScore | None) -> str:
    return "" if row is None or row.score is None else plain(row.score)


def list_results(before: Side, after: Side) -> Iterator[Effect]:
    """Yield 总分 and 等级 as printed and, where they are printed as filed, as computed."""
    for name in ("总分", "等级"):
        is_filed = any(_is_filed(side, name) for side in (before, after))
        shown = f"{name}（照已报送）" if is_filed else name
        printed = Effect(shown, *(_result(side, name) for side in (before, after)))
        if printed.before or printed.after:
            yield printed
        computed = Effect(f"{name}（按数据计算）", *(_computed(s, name) for s in (before, after)))
        if is_filed and not (computed.is_same and printed.is_same):
            yield computed


def _result(side: Side, name: str) -> str:
    results = side.scope.names.get(_RESULTS)
    found = results.get(name, "") if isinstance(results, dict) else ""
    return found if isinstance(found, str) else ""


def _computed(side: Side, name: str) -> str:
    sheet = side.sheet
    if name == "等级":
        return sheet.grade
    return "" if sheet.total is None or sheet.has_open_scores else plain(sheet.total)


def _is_filed(side: Side, name: str) -> bool:
    filed = side.project.filed
    return (filed.total if name == "总分" else filed.grade) is not None
