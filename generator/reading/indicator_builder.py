"""The indicator trees of a data file: goals, groups, level 2 and rows, in the form's order."""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from generator.domain.forms import Form
from generator.domain.model import Goal, Indicator, Measure, Path, Plain
from generator.domain.trees import FixedIndicator, Group, IndicatorTable, Level2
from generator.reading.plain_values import amount, items, mapping, text, texts


class _Branch(Struct, frozen=True):
    """One list of rows with what stands above it."""

    table: IndicatorTable
    goal: Goal | None
    group: Group | None
    level2: Level2 | None
    tree_path: tuple[str, ...]
    path: Path
    rows: Plain

    @property
    def fixed(self) -> tuple[FixedIndicator, ...]:
        above = self.level2 or self.group
        return above.fixed if above else ()


def build_indicators(form: Form, data: Mapping[str, Plain]) -> Iterator[Indicator]:
    """Yield the rows of every table, whatever the order of the data."""
    for table in form.tables:
        for branch in _branches(table, data):
            for index, row in _in_order(items(branch.rows), branch.fixed):
                yield _indicator(mapping(row), branch, (*branch.path, index))


def build_goals(form: Form, data: Mapping[str, Plain]) -> dict[str, tuple[Goal, ...]]:
    """Return the goals of every table that has them."""
    return {
        table.name: tuple(_goals(table, data.get(table.name)))
        for table in form.tables
        if table.goals is not None
    }


def list_levels(form: Form, data: Mapping[str, Plain]) -> dict[tuple[str, ...], Path]:
    """Return every table, goal, group and level 2 that the data state, with its place."""
    found: dict[tuple[str, ...], Path] = {}
    for table in form.tables:
        if data.get(table.name) is not None:
            found[table.name,] = (table.name,)
        for goal in _goals(table, data.get(table.name)) if table.goals else ():
            found[table.name, goal.name] = goal.path
        for branch in _branches(table, data):
            found[branch.tree_path] = branch.path
            if branch.level2 is not None:
                found.setdefault(branch.tree_path[:-1], branch.path[:-1])
        for tree_path, path in _empty_groups(table, data):
            found.setdefault(tree_path, path)
    return found


def _goals(table: IndicatorTable, data: Plain) -> Iterator[Goal]:
    for index, item in enumerate(items(data)):
        entry = mapping(item)
        path: Path = (table.name, index)
        yield Goal(index + 1, text(entry.get("目标")), amount(entry.get("分值")), path)


def _trees(
    table: IndicatorTable, data: Plain
) -> Iterator[tuple[Goal | None, tuple[str, ...], Path, Plain]]:
    """Yield the tree of a table, or that of each of its goals."""
    if table.goals is None:
        yield None, (table.name,), (table.name,), data
        return
    for goal, item in zip(_goals(table, data), items(data), strict=True):
        tree = mapping(item).get("指标")
        yield goal, (table.name, goal.name), (*goal.path, "指标"), tree


def _branches(table: IndicatorTable, data: Mapping[str, Plain]) -> Iterator[_Branch]:
    for goal, names, path, tree in _trees(table, data.get(table.name)):
        if not table.groups:
            yield _Branch(table, goal, None, None, names, path, tree)
            continue
        groups = mapping(tree)
        for group in table.groups:
            if group.name not in groups:
                continue
            own, below = (*names, group.name), (*path, group.name)
            if not group.level2:
                yield _Branch(table, goal, group, None, own, below, groups[group.name])
                continue
            inner = mapping(groups[group.name])
            for level in group.level2:
                if level.name in inner:
                    deep, place = (*own, level.name), (*below, level.name)
                    yield _Branch(table, goal, group, level, deep, place, inner[level.name])


def _empty_groups(
    table: IndicatorTable, data: Mapping[str, Plain]
) -> Iterator[tuple[tuple[str, ...], Path]]:
    """Yield groups that stand in the data without any level 2."""
    for _, names, path, tree in _trees(table, data.get(table.name)):
        for group in table.groups:
            if group.name in mapping(tree):
                yield (*names, group.name), (*path, group.name)


def _in_order(rows: list[Plain], fixed: tuple[FixedIndicator, ...]) -> list[tuple[int, Plain]]:
    """Return fixed indicators in the form's order, own ones after them in the data's."""
    numbered = list(enumerate(rows))
    if not fixed:
        return numbered
    order = {entry.name: place for place, entry in enumerate(fixed)}
    numbered.sort(key=lambda pair: order.get(text(mapping(pair[1]).get("名称")), len(order)))
    return numbered


def _indicator(row: Mapping[str, Plain], branch: _Branch, path: Path) -> Indicator:
    table, words = branch.table, texts(row)
    name = words.get("名称", "")
    measures = tuple(_parts(row, "分项", path)) if "分项" in row else ()
    if not measures:
        default = next((entry.target for entry in branch.fixed if entry.name == name), "")
        own = (_measure(row, path, default=default),)
    return Indicator(
        name=name or "＋".join(measure.name for measure in measures),
        table=table,
        group=branch.group,
        level2=branch.level2,
        measures=measures or own,
        details=tuple(_parts(row, "其中", path, is_detail=True)) if "其中" in row else (),
        path=path,
        points=amount(words.get("分值")),
        score=amount(words.get("得分")),
        level=words.get("等次", ""),
        coefficient=amount(words.get("得分系数")),
        override_reason=words.get("改分理由", ""),
        reason=words.get("偏差原因", ""),
        is_core=words.get("核心") == "是",
        is_scored=table.is_scored and words.get("计分") != "否",
        extra={field.name: words.get(field.name, "") for field in table.extra_fields},
        goal=branch.goal,
    )


def _parts(
    row: Mapping[str, Plain], key: str, path: Path, *, is_detail: bool = False
) -> Iterator[Measure]:
    """Yield the lines of 分项 or 其中."""
    for number, part in enumerate(items(row.get(key))):
        yield _measure(mapping(part), (*path, key, number), is_detail=is_detail)


def _measure(
    row: Mapping[str, Plain], path: Path, *, is_detail: bool = False, default: str = ""
) -> Measure:
    """Read one line; a 目标值 that was left blank is the one that the form prints."""
    target = row.get("目标值")
    if isinstance(target, str):
        initial, shown, written_out = "", target or default, None
    else:
        parts = {key: text(item) for key, item in mapping(target).items()}
        initial, written_out = parts.get("年初", ""), parts if "方向" in parts else None
        shown = parts.get("调整后", "") if parts else default
    if written_out is not None:
        shown = written_out.get("文字") or _write_out(written_out)
    return Measure(
        name=text(row.get("名称")),
        target=shown,
        actual=text(row.get("完成值")),
        path=path,
        initial_target=initial,
        written_out=written_out,
        reason=text(row.get("偏差原因")),
        is_detail=is_detail,
    )


def _write_out(parts: Mapping[str, str]) -> str:
    """Print a target that was written out as the form would: `≥90%`, `2-3次`."""
    sign, unit = parts["方向"], parts.get("单位", "")
    if sign == "区间":
        return f"{parts.get('值', '')}-{parts.get('上限', '')}{unit}"
    mark = "" if sign in ("日期", "定性") else sign
    return f"{mark}{parts.get('值', '')}{unit}"
