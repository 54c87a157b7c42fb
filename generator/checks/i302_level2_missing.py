"""A 二级指标 that the form requires has at least one row (FIELD §3, 33).

Rule: 必有 or 分值 of a level 2 in form.yaml, unless 可缺; also a level 2 that the data leave empty.
Source: 自评表表样.

PASS: `生态效益指标:` 下面有一行
FAIL: `生态效益指标: []`
"""

from collections.abc import Iterator

from generator.checks.about import About
from generator.checks.review import Remark, Review
from generator.domain.trees import Group, IndicatorTable, Level2
from generator.findings import Severity
from generator.scoring.levels import goals_of

CODE = "I302"
RULE = "level2-missing"
SEVERITY = Severity.ERROR
IS_LAW = False
ABOUT = About(
    what="表上必须有的二级指标没有一行；写了二级指标而下面是空的；缺一整个一级指标。",
    basis="表样",
    example="产出指标：二级指标「时效指标」漏填",
    subject="`产出指标/时效指标`；缺一级的写 `产出指标`",
    remedy="补填",
)


def check(review: Review) -> Iterator[Remark]:
    """Yield level 2 names without a row, and groups that are missing altogether."""
    listed = review.project.listed_levels
    for table in review.project.form.tables:
        for goal in goals_of(review.project, table):
            above = (table.name, goal.name) if goal else (table.name,)
            for group in table.groups:
                path = (*above, group.name)
                if path not in listed and not group.may_be_absent:
                    yield _group(review, table, group, above)
                elif path in listed:
                    for level in group.level2:
                        yield from _level(review, group, level, path)


def _group(review: Review, table: IndicatorTable, group: Group, above: tuple[str, ...]) -> Remark:
    where = "".join(f"的{name}" for name in above[1:])
    return Remark(
        place=review.key_place(*review.project.listed_levels.get(above, above[:1])),
        message=f"{table.label}{where}缺少{table.levels[0]}「{group.label}」",
        subject="/".join((*above[1:], group.name)),
        basis=f"表样（{group.place.file}:{group.place.line}）",
        hint="补填这一组指标",
    )


def _level(review: Review, group: Group, level: Level2, above: tuple[str, ...]) -> Iterator[Remark]:
    listed, path = review.project.listed_levels, (*above, level.name)
    is_needed = (level.must_have_row or level.points is not None) and not level.may_be_absent
    stands = path in listed
    if review.rows_at(path) or not (is_needed or (stands and level.is_in_scored_table)):
        return
    yield Remark(
        place=review.key_place(*listed[path if stands else above]),
        message=f"{group.label}：二级指标「{level.label}」"
        + ("没有一行指标" if stands else "漏填"),
        subject="/".join(path[1:]),
        basis=f"表样（{level.place.file}:{level.place.line}）",
        hint="补填指标；确实没有的，在豁免中写明理由",
    )
