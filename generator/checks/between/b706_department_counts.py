"""What a department counts, its project files count alike (FIELD §3, 12).

Rule: a number of things that a department's text gives is the number that the unit's project files
give under the same name; done ones with done ones. Amounts are compared by `department-projects`;
names shorter than 最少字数, rough figures and those of another year, of a part or of each one (另说
of 用语.yaml) are left out.
Source: a department's form sums up its projects.

PASS: 部门写补助甲类培训基地13户，项目文件写甲类培训基地13户
FAIL: 部门写补助甲类培训基地14户，项目文件写甲类培训基地13户
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec import Struct

from generator.checks.about import About
from generator.checks.between.entries import Entry
from generator.checks.prose.quantities import COUNT
from generator.checks.prose.statements import Statement, read_statements
from generator.checks.review import Remark, Review
from generator.checks.texts import Text
from generator.findings import Place, Severity

CODE = "B706"
RULE = "department-counts"
SEVERITY = Severity.WARNING
IS_LAW = False
PARAMETERS = {
    "部门": "部门整体的表式，“适用”的“范围”怎样写",
    "最少字数": "名称至少有多少字才当作同一件事",
}
ABOUT = About(
    what=(
        "部门整体的报告里写的个数（14户市级技术中心），与本单位项目文件里同一名称的个数不同。只比完成"
        "的数；上年、其中、平均一类的和“约”“余”的不比。"
    ),
    basis="部门整体的表由各项目汇总",
    example="这里写「甲类培训基地」14户，项目文件里是 13户（data/2020/甲局/培训.yaml 第30行）",
    subject="说的是什么，如 `甲类培训基地`",
    remedy="核对两边，改正错的一边",
    reason="原报送件部门与项目两处不同，照录",
)
_MOST = 100  # numbers that are kept of one file


class Told(Struct, frozen=True):
    """A number of things."""

    value: Decimal
    step: Decimal
    typed: str
    line: int
    column: int


class Note(Struct, frozen=True):
    """What one file counts: numbers as typed and where they stand, by what is counted."""

    is_department: bool
    packed: str  # as one text: most are never asked for

    @property
    def told(self) -> Iterator[tuple[str, Told]]:
        """Yield what is counted with each of its numbers."""
        cells = iter(self.packed.split("\x00") if self.packed else ())
        for label, value, step, typed, line, column in zip(*[cells] * 6, strict=True):
            yield label, Told(Decimal(value), Decimal(step), typed, int(line), int(column))


def note(review: Review, texts: Sequence[Text]) -> Note:  # noqa: ARG001 - one form for all checks
    """Return the numbers of things that prose gives of what was done, each value once."""
    setting = review.setting(RULE)
    least, told = setting.number("最少字数"), dict[str, dict[Decimal, Statement]]()
    for one in read_statements(review) if least is not None else ():
        is_done = not (one.is_planned or one.is_aside or one.prose.source.is_value)
        is_count = one.quantity.kind == COUNT and one.quantity.is_exact
        if is_done and is_count and least is not None and len(one.label) >= least:
            told.setdefault(one.label, {}).setdefault(one.quantity.value, one)
    kept = list(told.items())[:_MOST]
    cells = (_short(review, label, one) for label, found in kept for one in found.values())
    is_department = review.project.form.scope in setting.words("部门")
    return Note(is_department, "\x00".join(cells))


def _short(review: Review, label: str, one: Statement) -> str:
    quantity, prose = one.quantity, one.prose
    place = review.place_in(prose.path, prose.origin(quantity.start)[0])
    told = (label, quantity.value, quantity.step, quantity.typed, place.line, place.column)
    return "\x00".join(map(str, told))


def compare(
    unit: Sequence[Entry[Note]],
    last: Sequence[Entry[Note]],  # noqa: ARG001 - one form for all checks
) -> Iterator[tuple[str, Remark]]:
    """Yield numbers of a department that none of its unit's project files gives."""
    departments = [entry for entry in unit if entry.note.is_department]
    known: dict[str, list[tuple[Told, str]]] = {}
    for entry in unit if departments else ():
        for label, told in () if entry.note.is_department else entry.note.told:
            known.setdefault(label, []).append((told, entry.file))
    for entry in departments:
        for label, told in entry.note.told:
            others = known.get(label, [])
            if others and all(_differ(told, other) for other, _ in others):
                yield entry.id, _remark(entry, label, told, others[0])


def _differ(one: Told, other: Told) -> bool:
    return abs(one.value - other.value) > max(one.step, other.step) / 2


def _remark(entry: Entry[Note], label: str, told: Told, there: tuple[Told, str]) -> Remark:
    other, file = there
    return Remark(
        place=Place(entry.file, told.line, told.column, len(told.typed)),
        message=f"这里写「{label}」{told.typed}，"
        f"项目文件里是 {other.typed}（{file} 第{other.line}行）",
        subject=label,
        hint="核对两边，改正错的一边",
    )
