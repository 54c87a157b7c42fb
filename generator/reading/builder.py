"""A validated data file to the domain's Project; the Chinese keys of the data are read here."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.amounts import parse_decimal, parse_percent
from generator.domain.forms import Field, Form, Group, IndicatorTable, Level2
from generator.domain.model import (
    Amount,
    Figure,
    Filed,
    Indicator,
    Measure,
    Passage,
    Path,
    Plain,
    Project,
    Waiver,
)
from generator.domain.rubrics import Rubric
from generator.reading.yaml_source import Source

_NUMBERS = ("金额", "数", "整数", "百分比")


@dataclass(frozen=True, slots=True)
class ProjectFiles:
    """One data file with what its unit shares, both read and validated."""

    id: str
    source: Source
    unit: Source | None


def build_project(files: ProjectFiles, form: Form, rubric: Rubric | None) -> Project:
    """Build a project from data that satisfy the form's schema."""
    data = _mapping(files.source.value)
    shared = _mapping(files.unit.value) if files.unit else {}
    values = {
        field.name: data[field.name] if data.get(field.name) is not None else shared.get(field.name)
        for field in form.fields
        if field.name in data or field.name in shared
    }
    funds = _mapping(data.get("资金"))
    return Project(
        id=files.id,
        file=files.source.file,
        year=int(_text(data.get("年度")) or 0),
        name=_text(values.get("项目名称")) or files.id.rsplit("/", 1)[-1],
        form=form,
        rubric=rubric,
        values=values,
        figures={figure.name: figure for figure in _figures(form, funds, values)},
        fund_texts=dict(_fund_texts(form, funds)),
        indicators=tuple(_indicators(form, data)),
        listed_levels=frozenset(_listed(form, data)),
        group_points=_amounts(data.get("组分值")),
        report=tuple(_passages(data["报告"], ("报告",))) if data.get("报告") else None,
        waivers=tuple(_waivers(data.get("豁免"))),
        filed=_filed(_mapping(data.get("已报送"))),
        place_of=files.source.place,
    )


def _mapping(value: Plain) -> dict[str, Plain]:
    return value if isinstance(value, dict) else {}


def _list(value: Plain) -> list[Plain]:
    return value if isinstance(value, list) else []


def _text(value: Plain) -> str:
    return value if isinstance(value, str) else ""


def _amount(value: Plain) -> Amount | None:
    """Return a number with its typed digits; None when it was left blank."""
    text = _text(value)
    number = parse_percent(text) if text.endswith("%") else parse_decimal(text)
    return None if number is None else Amount(number, text)


def _amounts(value: Plain) -> dict[str, Amount]:
    amounts = {name: _amount(item) for name, item in _mapping(value).items()}
    return {name: amount for name, amount in amounts.items() if amount is not None}


def _figure(name: str, value: Plain, path: Path, unit: str) -> Figure:
    amount = _amount(value)
    return Figure(name, amount.value if amount else None, _text(value), path, unit)


def _figures(
    form: Form, funds: Mapping[str, Plain], values: Mapping[str, Plain]
) -> Iterator[Figure]:
    """Yield every figure that the form knows, blank ones too."""
    if form.funds is not None:
        unit = form.funds.unit
        for row in form.funds.rows:
            cells = funds if row.is_top else _mapping(funds.get(row.name))
            above: Path = ("资金",) if row.is_top else ("资金", row.name)
            for column in form.funds.columns:
                if not column.is_text:
                    name = form.funds.cell_name(row, column)
                    yield _figure(name, cells.get(column.name), (*above, column.name), unit)
        for item in form.funds.items:
            path = ("资金", *item.name.split("."))
            yield _figure(item.name, _dig(funds, item.name), path, unit)
    for field in form.fields:
        yield from _field_figures(field, values.get(field.name))


def _field_figures(field: Field, value: Plain) -> Iterator[Figure]:
    if field.kind in _NUMBERS:
        yield _figure(field.name, value, (field.name,), "")
    if field.kind == "组":
        for item in field.items:
            if item.kind in _NUMBERS:
                path: Path = (field.name, item.name)
                yield _figure(f"{field.name}.{item.name}", _mapping(value).get(item.name), path, "")


def _dig(tree: Mapping[str, Plain], name: str) -> Plain:
    found: Plain = dict(tree)
    for key in name.split("."):
        found = _mapping(found).get(key)
    return found


def _fund_texts(form: Form, funds: Mapping[str, Plain]) -> Iterator[tuple[str, str]]:
    if form.funds is None:
        return
    for row in form.funds.rows:
        cells = funds if row.is_top else _mapping(funds.get(row.name))
        for column in form.funds.columns:
            if column.is_text:
                yield form.funds.cell_name(row, column), _text(cells.get(column.name))


def _levels(
    table: IndicatorTable, data: Plain
) -> Iterator[tuple[Group | None, Level2 | None, Path, Plain]]:
    """Yield each list of rows in the form's order, whatever the order of the data."""
    if not table.groups:
        yield None, None, (table.name,), data
        return
    for group in table.groups:
        tree, path = _mapping(data), (table.name, group.name)
        if group.name not in tree:
            continue
        if not group.level2:
            yield group, None, path, tree[group.name]
            continue
        for level in group.level2:
            inner = _mapping(tree[group.name])
            if level.name in inner:
                yield group, level, (*path, level.name), inner[level.name]


def _indicators(form: Form, data: Mapping[str, Plain]) -> Iterator[Indicator]:
    for table in form.tables:
        for group, level, path, rows in _levels(table, data.get(table.name)):
            for index, row in _in_order(_list(rows), group, level):
                yield _indicator(_mapping(row), table, group, level, path=(*path, index))


def _in_order(
    rows: list[Plain], group: Group | None, level: Level2 | None
) -> list[tuple[int, Plain]]:
    """Return fixed indicators in the form's order, own ones after them in the data's."""
    above = level or group
    fixed = [entry.name for entry in above.fixed] if above else []
    order = {name: place for place, name in enumerate(fixed)}
    numbered = list(enumerate(rows))
    numbered.sort(key=lambda pair: order.get(_text(_mapping(pair[1]).get("名称")), len(order)))
    return numbered


def _indicator(
    row: Mapping[str, Plain],
    table: IndicatorTable,
    group: Group | None,
    level: Level2 | None,
    *,
    path: Path,
) -> Indicator:
    parts = _list(row.get("分项"))
    own = _measure(row, path)
    measures = tuple(_measure(_mapping(p), (*path, "分项", n)) for n, p in enumerate(parts))
    details = tuple(
        _measure(_mapping(p), (*path, "其中", n), is_detail=True)
        for n, p in enumerate(_list(row.get("其中")))
    )
    coefficient = _amount(row.get("得分系数"))
    names = [measure.name for measure in measures]
    return Indicator(
        name=_text(row.get("名称")) or "＋".join(names),
        table=table,
        group=group,
        level2=level,
        measures=measures or (own,),
        details=details,
        path=path,
        points=_amount(row.get("分值")),
        score=_amount(row.get("得分")),
        level=_text(row.get("等次")),
        coefficient=coefficient.value if coefficient else None,
        override_reason=_text(row.get("改分理由")),
        reason=_text(row.get("偏差原因")),
        is_core=_text(row.get("核心")) == "是",
        is_scored=table.is_scored and _text(row.get("计分")) != "否",
        extra={field.name: _text(row.get(field.name)) for field in table.extra_fields},
    )


def _measure(row: Mapping[str, Plain], path: Path, *, is_detail: bool = False) -> Measure:
    target = row.get("目标值")
    parts = {key: _text(item) for key, item in _mapping(target).items()}
    written_out = parts if "方向" in parts else None
    if written_out is not None:
        shown = parts.get("文字") or _write_out(parts)
    else:
        shown = parts.get("调整后", "") if parts else _text(target)
    return Measure(
        name=_text(row.get("名称")),
        target=shown,
        actual=_text(row.get("完成值")),
        path=path,
        initial_target=parts.get("年初", ""),
        written_out=written_out,
        reason=_text(row.get("偏差原因")),
        is_detail=is_detail,
    )


def _write_out(parts: Mapping[str, str]) -> str:
    """Print a target that was written out as the form would: `≥90%`, `2-3次`."""
    sign, unit = parts["方向"], parts.get("单位", "")
    if sign == "区间":
        return f"{parts.get('值', '')}-{parts.get('上限', '')}{unit}"
    mark = "" if sign in ("日期", "定性") else sign
    return f"{mark}{parts.get('值', '')}{unit}"


def _listed(form: Form, data: Mapping[str, Plain]) -> Iterator[Path]:
    for table in form.tables:
        for group, level, path, _ in _levels(table, data.get(table.name)):
            yield path
            if group is not None and level is not None:
                yield path[:-1]


def _passages(tree: Plain, path: Path) -> Iterator[Passage]:
    for heading, inner in _mapping(tree).items():
        below = (*path, heading)
        if isinstance(inner, dict):
            yield Passage(heading, "", below, tuple(_passages(inner, below)))
        else:
            yield Passage(heading, _text(inner), below)


def _waivers(value: Plain) -> Iterator[Waiver]:
    for index, item in enumerate(_list(value)):
        row = _mapping(item)
        rule, subject, reason = (_text(row.get(key)) for key in ("规则", "处", "理由"))
        yield Waiver(rule, subject, reason, ("豁免", index))


def _filed(tree: Mapping[str, Plain]) -> Filed:
    return Filed(
        total=_amount(tree.get("总分")),
        grade=_text(tree["等级"]) if "等级" in tree else None,
        rate=_text(tree.get("执行率")),
        rate_score=_amount(tree.get("执行率得分")),
        subtotals=_amounts(tree.get("小计")),
        scores=_amounts(tree.get("得分")),
    )
