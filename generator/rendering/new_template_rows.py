"""An indicator table of a new template: its declared columns, goals, subtotals and the total."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from generator.domain.trees import IndicatorTable
from generator.rendering.new_template_columns import SIDE, Printed, printed_columns, prints_goal
from generator.rendering.new_template_grid import LABEL, LEFT, Cell, Row
from generator.rendering.new_template_tags import Paper, Tags

_LONGEST_SIDE = 6  # characters; a longer name stands above the columns
_ROW = Tags("行")
_MERGED = ("目标", "目标标题", "一级指标", "二级指标", "分值", "得分")
_GRADE_WIDTH = 1000


def indicator_rows(paper: Paper, table: IndicatorTable, tags: Tags, width: int) -> list[Row]:
    """Return the header, the rows that the data repeat, and the total where it belongs here."""
    has_goals = table.goals is not None and not prints_goal(table)
    # A merge cannot go on through the bands of goals, and a long label is cut at the page's end.
    side = 0 if has_goals or len(table.label) > _LONGEST_SIDE else SIDE
    columns = printed_columns(table, width - side)
    rows = [] if side else [Row((Cell(table.label, width, LABEL),), is_header=True)]
    rows.append(_header(columns, side))
    if table.goals is not None or table.subtotal_row != "无":
        rows += _block(table, columns, tags, side, has_goals=has_goals)
    else:
        begin = f"{{% 每行 {tags.path(table.name)} %}}"
        begin = tags.rows("行", table.name) if tags.root else begin
        rows.append(_indicator(table, columns, side, before=begin))
    if _carries_total(paper, table):
        rows += _total(paper, columns, tags, side)
    return rows


def _header(columns: Sequence[Printed], side: int) -> Row:
    cells = [Cell(one.column.label or one.column.name, one.width, LABEL) for one in columns]
    label = [Cell("", side, LABEL, open_edges=("bottom",))] if side else []
    return Row((*label, *cells), is_header=True)


def _tag(one: Printed) -> str:
    if one.column.takes == "空" and not one.column.blank:
        return ""
    merge = "{% 合并 %}" if one.column.takes in _MERGED else ""
    return _ROW.value(one.name) + merge


def _indicator(table: IndicatorTable, columns: Sequence[Printed], side: int, *, before: str) -> Row:
    cells = [Cell(_tag(one), one.width, one.style) for one in columns]
    if side:
        label = f"{before}{table.label}{{% 合并 整表 %}}"
        cells.insert(0, Cell(label, side, LABEL, open_edges=("top",)))
    else:
        cells[0] = Cell(before + cells[0].text, cells[0].width, cells[0].style)
    return Row(tuple(cells), is_repeated=True)


def _block(
    table: IndicatorTable,
    columns: Sequence[Printed],
    tags: Tags,
    side: int,
    *,
    has_goals: bool,
) -> Iterator[Row]:
    """Yield rows of several shapes between 每 and 完: goals, indicators, subtotals."""
    width = side + sum(one.width for one in columns)
    yield Row((Cell(f"{{% 每 行 于 {tags.path(table.name)} %}}", width),), is_repeated=True)
    if has_goals:
        band = "{% 行若 行.新目标 %}{{ 行.目标标题 }}"
        if table.goals is not None and "{目标}" not in table.goals.title:
            band += "　{{ 行.目标 }}"
        yield Row((Cell(band, width, LEFT),), is_repeated=True, keeps_next=True)
    yield _indicator(table, columns, side, before="{% 行若 非 行.小计 %}")
    is_before = table.subtotal_row == "组前"  # then it belongs to the rows below it
    ending = "" if is_before else "小计"
    label = f"{{% 行若 行.小计 %}}{{{{ 行.名称 }}}}{ending}"
    values = {name: _ROW.value(name) for name in ("分值", "得分")}
    cells = _summed(columns, 0, label, values)
    if side:
        edge = f"{table.label}{{% 合并 整表 %}}"
        cells.insert(0, Cell(edge, side, LABEL, open_edges=("top",)))
    yield Row(tuple(cells), is_repeated=True, keeps_next=is_before)
    yield Row((Cell("{% 完 %}", width),), is_repeated=True)


def _summed(
    columns: Sequence[Printed], side: int, label: str, values: Mapping[str, str]
) -> list[Cell]:
    """Return a row with a label before 分值 and 得分, and nothing behind them."""
    takes = [one.column.takes for one in columns]
    places = [at for at, name in enumerate(takes) if name in values and at]
    first = min(places, default=len(columns))
    before = side + sum(one.width for one in columns[:first])
    cells = [Cell(label, before, LABEL)]
    for at, one in enumerate(columns[first:], first):
        cells.append(Cell(values[takes[at]] if at in places else "", one.width, LABEL))
    return cells


def _carries_total(paper: Paper, table: IndicatorTable) -> bool:
    """Say whether the total stands below this table: the last one that counts."""
    total = paper.rubric.total if paper.rubric else None
    counted = [one.name for one in paper.form.tables if total and one.name in total.parts]
    return bool(counted) and counted[-1] == table.name


def _total(paper: Paper, columns: Sequence[Printed], tags: Tags, side: int) -> Iterator[Row]:
    """Yield the total, and the grade in the last cell of its row or in a row of its own."""
    rubric = paper.rubric
    if rubric is None or rubric.total is None:
        return
    score, grade = tags.value("结果", "总分"), tags.value("结果", "等级")
    values = {"分值": tags.value("结果", "分值合计"), "得分": score}
    cells = _summed(columns, side, rubric.total.name, values)
    if all(cell.text != score for cell in cells):
        cells = _halves(cells, rubric.total.name, score)
    is_free = len(cells) > 1 and not cells[-1].text and cells[-1].width >= _GRADE_WIDTH
    if rubric.grades is not None and is_free:
        cells[-1] = replace(cells[-1], text=f"{rubric.grades.name}：{grade}")
    yield Row(tuple(cells))
    if rubric.grades is not None and not is_free:
        yield Row(tuple(_halves(cells, rubric.grades.name, grade)))


def _halves(cells: Sequence[Cell], label: str, value: str) -> list[Cell]:
    width = sum(cell.width for cell in cells)
    return [Cell(label, width // 2, LABEL), Cell(value, width - width // 2, LABEL)]
