"""What moved although nobody touched it: computed figures, scores of other rows, cited numbers."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from msgspec import Struct

from generator.amounts import plain
from generator.comparing.entries import Entry
from generator.comparing.wording import Paragraph, compare_texts
from generator.domain.model import Passage, Plain, Project
from generator.domain.results import RowScore, ScoreSheet
from generator.scoring.names import Printed
from generator.scoring.scope import Scope

_HEADLINE = (("结果", "总分"), ("结果", "等级"))
_SUMS = "小计"
_SCORES = ("得分", "分值")
_NUMBERS = {"资金", "已报送"}  # keys of the data whose figures have their own names


class Scored(Protocol):
    """One side of a comparison."""

    @property
    def data(self) -> Plain:
        """The data as typed."""

    @property
    def project(self) -> Project:
        """The project as read."""

    @property
    def sheet(self) -> ScoreSheet:
        """Its scores."""

    @property
    def scope(self) -> Scope:
        """Its names as printed."""


class Follower(Struct, frozen=True):
    """One printed thing that changed by itself."""

    kind: str  # 数 指标 正文 图
    name: str
    before: str = ""
    after: str = ""
    paragraphs: tuple[Paragraph, ...] = ()


def find_followers(before: Scored, after: Scored, entries: Sequence[Entry]) -> tuple[Follower, ...]:
    """Return what is printed differently without an entry of its own."""
    return (
        *_figures(before, after, entries),
        *_rows(before.sheet, after.sheet, entries),
        *_passages(before, after, entries),
        *_images(before.project, after.project),
    )


def _figures(before: Scored, after: Scored, entries: Sequence[Entry]) -> Iterator[Follower]:
    """Yield figures, rates and subtotals, each once; what was typed anew is no follower."""
    old, new = dict(_flatten(before.scope.names)), dict(_flatten(after.scope.names))
    typed = {(x.before, x.after) for e in entries if e.area in _NUMBERS for x in e.lines}
    typed_names = {entry.area for entry in entries} | _shared_names(before, after)
    said: list[tuple[str, tuple[str, str]]] = []
    for path in dict.fromkeys((*new, *old)):
        pair = old.get(path, ""), new.get(path, "")
        is_typed = path[0] in typed_names - _NUMBERS or pair in typed
        if pair[0] == pair[1] or is_typed or path in _HEADLINE or _is_said(path[-1], pair, said):
            continue
        said.append((path[-1], pair))
        yield Follower("数", "／".join(path if path[0] == _SUMS else path[1:] or path), *pair)


def _shared_names(before: Scored, after: Scored) -> set[str]:
    """Return the fields that the project takes from its unit: they are said of the unit."""
    typed = {key for side in (before, after) if isinstance(side.data, dict) for key in side.data}
    return {field.name for field in after.project.form.fields} - typed


def _is_said(name: str, pair: tuple[str, str], said: list[tuple[str, tuple[str, str]]]) -> bool:
    """Say whether the same change stands there already by a name that contains this one."""
    if name in _SCORES:
        return False
    return any(pair == other and (name in one or one in name) for one, other in said)


def _flatten(names: Printed, above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(names, str):
        yield above, names
    elif isinstance(names, dict):
        for name, value in names.items():
            yield from _flatten(value, (*above, name))


def _rows(before: ScoreSheet, after: ScoreSheet, entries: Sequence[Entry]) -> Iterator[Follower]:
    """Yield rows whose 完成值, 分值 or 得分 moved with another figure or with the rubric."""
    touched = {entry.path for entry in entries}
    old = {row.indicator.tree_path: row for row in before.rows}
    for row in after.rows:
        was = old.get(row.indicator.tree_path)
        if was is None or row.indicator.path in touched:
            continue
        for name, left, right in zip(
            ("完成值", "分值", "得分"), _printed(was), _printed(row), strict=True
        ):
            if left != right:
                yield Follower("指标", "／".join((*row.indicator.tree_path[1:], name)), left, right)


def _printed(row: RowScore) -> tuple[str, str, str]:
    points, score = ("" if n is None else plain(n) for n in (row.points, row.score))
    return row.indicator.measures[0].actual, points, score


def _passages(before: Scored, after: Scored, entries: Sequence[Entry]) -> Iterator[Follower]:
    """Yield passages that were not touched and read differently: their references moved."""
    touched = {entry.path[:n] for entry in entries for n in range(len(entry.path) + 1)}
    old = {p.path: before.scope.fill(p.text) for p in _every(before.project.report or ())}
    for passage in _every(after.project.report or ()):
        text = after.scope.fill(passage.text)
        if passage.path in old and passage.path not in touched and text != old[passage.path]:
            name = "／".join(str(step) for step in passage.path[1:])
            paragraphs = compare_texts(old[passage.path], text)
            yield Follower("正文", name, paragraphs=paragraphs)


def _images(before: Project, after: Project) -> Iterator[Follower]:
    """Yield pictures that are others under the same name."""
    old = {image.file: image.digest for image in before.images()}
    for image in after.images():
        if old.get(image.file, image.digest) != image.digest:
            yield Follower("图", image.file, "原来的图", "另一幅图")


def _every(passages: Sequence[Passage]) -> Iterator[Passage]:
    for passage in passages:
        yield passage
        yield from _every(passage.below)
