"""Every name that the templates of a form may use, known before any data are read.

It says of the form what scoring/names.py and rendering/context.py say of one project; a test
holds them together.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from msgspec import Struct, field

from generator.domain.fields import Field
from generator.domain.forms import Form, Funds, Heading
from generator.domain.rubrics import Rubric
from generator.domain.trees import IndicatorTable
from generator.rendering.merge_flags import WHOLE_TABLE
from generator.rendering.names import REPORT
from generator.rendering.row_cells import FLAGS, STANDARD
from generator.rendering.rows import MERGED

MERGES = "并"  # which cells of a row merge with those above
NUMBER = "序号"
SENTENCE = "列举"  # the rows of a list as prose


class Kind(StrEnum):
    """What a name leads to."""

    VALUE = "value"
    GROUP = "group"  # names below it
    LIST = "list"
    REPORT = "report"  # 报告, or a heading of it
    ANY = "any"  # only the data can tell


class Known(Struct, frozen=True):
    """What a name leads to, with the names below it."""

    kind: Kind
    names: Mapping[str, "Known"] = field(default_factory=dict)
    row: "Known | None" = None  # of a list
    headings: tuple[Heading, ...] = ()  # of a report
    open_prefix: str = ""  # names below that begin so are the data's


VALUE, ANY = Known(Kind.VALUE), Known(Kind.ANY)


def known_names(form: Form, rubric: Rubric | None) -> Known:
    """Return what a template of one project may name."""
    names = {
        "年度": VALUE,
        **{one.name: _field(one) for one in form.fields},
        "资金": _funds(form.funds),
        "派生": _values(rule.name for rule in form.derived),
        "结果": _values(_results(rubric)),
        "小计": _subtotals(form, rubric),
        **{table.name: _list(_row(table)) for table in form.tables},
        "备注": Known(Kind.LIST, row=VALUE),
        REPORT: Known(Kind.REPORT, headings=form.outline.headings if form.outline else ()),
        "表名": VALUE,
        "单位": VALUE,
    }
    return _group(names)


def bound_names(form: Form, rubric: Rubric | None) -> Known:
    """Return what a template of 合订 may name: all projects of a unit together."""
    rolled_up = ("总分", "等级") if rubric and rubric.rollup else ()
    names = {
        **dict.fromkeys(("年度", "单位", "表名"), VALUE),
        "备注": Known(Kind.LIST, row=VALUE),
        "各项目": _list(known_names(form, rubric)),
        "汇总": _values(("项目数", *rolled_up)),
    }
    return _group(names)


def _group(names: Mapping[str, Known]) -> Known:
    return Known(Kind.GROUP, names)


def _values(names: Iterable[str]) -> Known:
    return _group(dict.fromkeys(names, VALUE))


def _list(row: Known, *names: str) -> Known:
    return Known(Kind.LIST, dict.fromkeys(names, VALUE), row=row)


def _field(own: Field) -> Known:
    inner = _values(item.name for item in own.items)
    match own.kind:
        case "组":
            return inner
        case "列表":
            row = _group({**inner.names, NUMBER: VALUE})
            return _list(row, *((SENTENCE,) if own.sentence else ()))
        case "表格":
            return _group({row.name: inner for row in own.rows})
        case _:
            return VALUE


def _funds(funds: Funds | None) -> Known:
    """Name every cell; the top row also by its own name."""
    if funds is None:
        return _group({})
    columns = _values(column.name for column in funds.columns)
    tree: dict[str, object] = {row.name: dict(columns.names) for row in funds.rows}
    if any(row.is_top for row in funds.rows):
        tree |= columns.names
    for item in funds.items:
        inner = tree
        *above, last = item.name.split(".")
        for name in above:
            step = inner.setdefault(name, {})
            inner = step if isinstance(step, dict) else {}
        inner[last] = VALUE
    return _as_known(tree)


def _as_known(tree: object) -> Known:
    if isinstance(tree, dict):
        return _group({name: _as_known(below) for name, below in tree.items()})
    return VALUE


def _results(rubric: Rubric | None) -> tuple[str, ...]:
    if rubric is None or (rubric.total is None and rubric.execution is None):
        return ()
    rate = ("执行率", "执行率分值", "执行率得分")
    return (*rate, "分值合计", "总分", "等级") if rubric.total else rate


def _subtotals(form: Form, rubric: Rubric | None) -> Known:
    """Name groups and level 2 of the scored tables by their shortest unambiguous path."""
    total = rubric.total if rubric else None
    tables = [t for t in form.tables if total and t.is_scored and t.name in total.parts]
    paths: list[tuple[str, ...]] = []
    for table in tables:
        for group in table.groups if table.goals is None else ():
            paths.append((table.name, group.name))
            paths += [(table.name, group.name, level.name) for level in group.level2]
    sums = _values(("分值", "得分"))
    has_goals = any(table.goals is not None for table in tables)
    names = {_shortest(path, paths): sums for path in paths}
    return Known(Kind.GROUP, names, open_prefix="目标" if has_goals else "")


def _shortest(path: tuple[str, ...], paths: list[tuple[str, ...]]) -> str:
    for length in range(1, len(path)):
        if sum(other[-length:] == path[-length:] for other in paths) == 1:
            return "/".join(path[-length:])
    return "/".join(path)


def _row(table: IndicatorTable) -> Known:
    columns = (column.name for column in table.columns)
    extra = (own.name for own in table.extra_fields)
    names = dict.fromkeys((*STANDARD, *extra, *columns, *FLAGS, NUMBER), VALUE)
    over = (column.name for column in table.columns if column.takes in MERGED)
    return _group({**names, MERGES: _values((WHOLE_TABLE, *MERGED, *over))})
