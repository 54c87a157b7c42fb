"""资金 of a new template: rows × columns with the score of the rate, and single figures."""

from collections.abc import Iterator

from generator.domain.forms import FundColumn, FundItem, FundRow, Funds
from generator.rendering.new_template_fields import LABEL_WIDTH, Pair, pair_rows
from generator.rendering.new_template_grid import LABEL, LEFT, TEXT, Cell, Row, merged_label, share
from generator.rendering.new_template_tags import Paper, Tags

_POINTS, _RATE, _SCORE = "分值", "执行率", "得分"
_RESULTS = {name: f"执行率{name}" for name in (_POINTS, _SCORE)} | {_RATE: _RATE}
_SAME = "同计分行"
_SUB_LABEL = 1200  # six characters


def fund_rows(paper: Paper, tags: Tags, width: int) -> Iterator[Row]:
    """Yield the fund block, its label merged at the left."""
    funds = paper.form.funds
    if funds is None:
        return
    inner = width - LABEL_WIDTH
    rows = list(_Block(paper, funds, tags).rows(inner)) if funds.rows else []
    rows += _item_rows(paper, funds, tags, inner)
    pairs = [] if funds.rows and funds.columns else list(_rate_pairs(paper, tags))
    rows += pair_rows(pairs, inner)
    if rows:
        yield from merged_label(f"资金\n（{funds.unit}）", LABEL_WIDTH, rows)


def _rate_pairs(paper: Paper, tags: Tags) -> Iterator[Pair]:
    """Yield the rate with its score, where there is no table of rows that could hold them."""
    execution = paper.rubric.execution if paper.rubric else None
    if execution is None or execution.position not in ("资金表", "仅列示"):
        return
    is_scored = execution.position == "资金表"
    label = paper.derived_labels.get(execution.ratio, execution.ratio)
    for name in (_RATE, _POINTS, _SCORE) if is_scored else (_RATE,):
        yield label if name == _RATE else f"{label}{name}", tags.value("结果", _RESULTS[name])


class _Block:
    """Rows × columns; the columns 分值, 执行率 and 得分 stand where the rubric says 资金表."""

    def __init__(self, paper: Paper, funds: Funds, tags: Tags) -> None:
        self._paper = paper
        self._funds = funds
        self._tags = tags
        execution = paper.rubric.execution if paper.rubric else None
        self._has_rate = execution is not None
        self._is_scored = execution is not None and execution.position == "资金表"
        ratio = execution.ratio if execution else ""
        formula = next((rule.formula for rule in paper.form.derived if rule.name == ratio), "")
        self._rate = next(
            (c for c in funds.columns if c.name == _RATE or (c.formula and c.formula == formula)),
            None,
        )
        scored = [row for row in funds.rows if row.name == funds.scored_row]
        tops = [row for row in funds.rows if row.is_top]
        self._scored_row = next(iter((*scored, *tops, *funds.rows)))

    def rows(self, width: int) -> Iterator[Row]:
        columns = self._columns()
        wishes = [(1500, 2), *((_least(column), _weight(column)) for column in columns)]
        first, *widths = share(width, wishes)
        heads = [column if isinstance(column, str) else column.label for column in columns]
        yield self._row("", first, [(h, w, LABEL) for h, w in zip(heads, widths, strict=True)])
        for row in self._funds.rows:
            cells = [
                (self._text(row, column), wide, _style(column))
                for column, wide in zip(columns, widths, strict=True)
            ]
            yield self._row(row.label, first, cells)

    def _row(self, label: str, first: int, cells: list[tuple[str, int, str]]) -> Row:
        return Row((Cell(label, first), *(Cell(text, wide, style) for text, wide, style in cells)))

    def _columns(self) -> list[FundColumn | str]:
        """Return the columns in order; the rate at the end stands between 分值 and 得分."""
        columns: list[FundColumn | str] = list(self._funds.columns)
        if not self._is_scored:
            return columns
        if self._rate is None:
            return [*columns, _POINTS, _RATE, _SCORE]
        at = columns.index(self._rate) if columns[-1] is self._rate else len(columns)
        return [*columns[:at], _POINTS, *columns[at:], _SCORE]

    def _text(self, row: FundRow, column: FundColumn | str) -> str:
        is_rate = isinstance(column, str) or column is self._rate
        if is_rate and row is self._scored_row and self._has_rate:
            name = column if isinstance(column, str) else _RATE
            return self._tags.value("结果", _RESULTS[name])
        if isinstance(column, str):
            return self._mark(column)
        return self._tags.value("资金", row.name, column.name)

    def _mark(self, name: str) -> str:
        """Return what a row that carries no score prints."""
        unscored = self._paper.unscored
        mark = unscored if isinstance(unscored, str) else unscored.get(name, "")
        return self._tags.value("结果", _RESULTS[name]) if mark == _SAME else mark


def _item_rows(paper: Paper, funds: Funds, tags: Tags, width: int) -> list[Row]:
    """Return the single figures two a row; those of one 分列 behind its label."""
    rows: list[Row] = []
    waiting: list[Pair] = []
    above = ""
    for item in (*funds.items, None):
        parent = item.name.rpartition(".")[0] if item else ""
        top = parent.partition(".")[0]
        if item is None or top != above:
            rows += _split(paper, above, waiting, width)
            waiting, above = [], top
        if item is not None:
            waiting.append((_item_label(paper, item), tags.value("资金", *item.name.split("."))))
    return rows


def _split(paper: Paper, above: str, pairs: list[Pair], width: int) -> list[Row]:
    if not above:
        return list(pair_rows(pairs, width))
    rows = list(pair_rows(pairs, width - _SUB_LABEL))
    return merged_label(paper.fund_labels.get(above, above), _SUB_LABEL, rows)


def _item_label(paper: Paper, item: FundItem) -> str:
    """Return a figure's label, below the first level with the labels between."""
    steps = item.name.split(".")
    between = [".".join(steps[:count]) for count in range(2, len(steps))]
    return "：".join([*(paper.fund_labels.get(one, one) for one in between), item.label])


def _style(column: FundColumn | str) -> str:
    return LEFT if isinstance(column, FundColumn) and column.is_text else TEXT


def _least(column: FundColumn | str) -> int:
    if isinstance(column, str):
        return 720 if column == _RATE else 560
    two_lines = -(-len(column.label) // 2) * 180 + 100
    return max(1300 if column.is_text else 760, min(two_lines, 1100))


def _weight(column: FundColumn | str) -> int:
    if isinstance(column, str):
        return 0
    return 4 if column.is_text else 0 if column.formula else 2
