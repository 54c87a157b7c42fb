"""The indicators that the form prints itself are all there, once, with the printed target.

Rule: 固定指标 in form.yaml; a 目标值 printed there fills the data's blank and may not differ.
Source: the printed form.

PASS: 资金落实下有资金到位率、到位及时率、预算执行率，同表上印的
FAIL: 资金落实下没有到位及时率
"""

from collections.abc import Iterator

from generator.checks.about import About
from generator.checks.review import Remark, Review
from generator.domain.model import Indicator, Path
from generator.domain.trees import FixedIndicator
from generator.findings import Severity

CODE = "I317"
RULE = "fixed-indicator"
SEVERITY = Severity.ERROR
IS_LAW = False
ABOUT = About(
    what="表上印好的指标漏填、重复，或目标值与表上印的不同。目标值空着的，程序照表样填。",
    basis="表样里的固定指标",
    example="资金落实：固定指标「到位及时率」漏填，表上印有这一行",
    subject="指标，如 `资金落实/到位及时率`",
    remedy="照表上的名称补填；重复的删去；目标值删去",
)


def check(review: Review) -> Iterator[Remark]:
    """Yield fixed indicators that are missing, doubled, or have another target."""
    for tree_path, path, fixed in _levels(review):
        rows = review.rows_at(tree_path)
        for entry in fixed:
            mine = [row for row in rows if row.name == entry.name]
            if len(mine) != 1:
                yield _count(review, entry, mine, tree_path, path)
            elif entry.target and mine[0].measures[0].target != entry.target:
                yield _target(review, entry, mine[0])


def _levels(
    review: Review,
) -> Iterator[tuple[tuple[str, ...], Path, tuple[FixedIndicator, ...]]]:
    """Yield each level of the data that has fixed indicators; those of a listed group too."""
    listed = review.project.listed_levels
    for table in review.project.form.tables:
        for group in table.groups:
            groups = [p for p in listed if p[0] == table.name and p[-1] == group.name]
            for above in groups:
                if group.fixed:
                    yield above, listed[above], group.fixed
                for level in group.level2:
                    below = (*above, level.name)
                    if level.fixed and not (level.may_be_absent and below not in listed):
                        yield below, listed.get(below, listed[above]), level.fixed


def _count(
    review: Review,
    entry: FixedIndicator,
    rows: list[Indicator],
    tree_path: tuple[str, ...],
    path: Path,
) -> Remark:
    what = f"写了 {len(rows)} 次，应只写一次" if rows else "漏填，表上印有这一行"
    return Remark(
        place=review.key_place(*(rows[1].path if rows else path)),
        message=f"{tree_path[-1]}：固定指标「{entry.label}」{what}",
        subject="/".join((*tree_path[1:], entry.name)),
        basis=f"表样（{entry.place.file}:{entry.place.line}）",
        hint="删去多余的" if rows else "照表上的名称补填这一行",
    )


def _target(review: Review, entry: FixedIndicator, row: Indicator) -> Remark:
    return Remark(
        place=review.place(*row.path, "目标值"),
        message=f"「{row.name}」目标值填 {row.measures[0].target}，表上印的是 {entry.target}",
        subject=row.subject,
        basis=f"表样（{entry.place.file}:{entry.place.line}）",
        hint="删去目标值，由程序照表样填",
    )
