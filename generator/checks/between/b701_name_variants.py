"""A name of a unit, a project or an indicator is written one way (FIELD §3, 36).

Rule: within a unit the shared names (字段) are equal but for nothing: not by widths, brackets,
quotes, words that make no other name (可省), nor by one letter, except letters that tell two
things apart (区别). A department's text writes its projects as their files do; inside one file
prose, lists and indicators write a name one way; so do two companies' names that end alike (机构).
Within a year shared names that differ by widths, brackets and quotes only are told as well.
Source: re-checkers' practice.

PASS: 本单位四份文件的实施单位都是 某某市甲局
FAIL: 三份写 某某市甲局，一份写 某市甲局
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from msgspec import Struct

from generator.checks.about import About
from generator.checks.between.entries import Entry, YearFindings
from generator.checks.between.names import (
    Finder,
    Slips,
    fold,
    most_frequent,
    slips_of,
    typed_part,
)
from generator.checks.between.own_names import find_names, find_organisations, title_of
from generator.checks.between.sentences import Piece, inside, sentences
from generator.checks.between.shared_names import (
    Names,
    Shared,
    find_rights,
    find_widths,
    join_names,
)
from generator.checks.review import Remark, Review
from generator.checks.texts import Text
from generator.domain.model import UNIT_FILE, Path
from generator.findings import Place, Severity

CODE = "B701"
RULE = "name-variants"
SEVERITY = Severity.WARNING
IS_LAW = False
PARAMETERS = {
    "字段": "共用的名称：单位、专项这样的字段，一个单位的各个文件应写得一样",
    "可省": "多写、少写都还是同一个名称的词",
    "区别": "差这一个字就是两个名称的字",
    "最少字数": "相差一个字的，名称至少有多少字才比",
    "机构": "正文里机构名称的末尾，如 有限公司",
    "部门": "部门整体的表式，“适用”的“范围”怎样写",
}
ABOUT = About(
    what=(
        "同一个单位、专项、项目、指标的名称写成了两样：全角半角、括号引号、空格不同，多一个字、少"
        "一个字，多写少写“的”“项目”这样的词。一个单位的各个文件之间比，同一个文件的表头、列表、"
        "指标和正文之间比，部门的正文与项目文件比；不同单位之间只比全角半角、括号引号。写得少的"
        "那一边提示；只有一个字不同的，多半是两个名称，只作提示。同一个文件里省略“可省”的词不算。"
    ),
    basis="复核的惯例",
    example="实施单位「某市甲局」少了字：本单位另有 3 份文件写「某某市甲局」",
    subject="字段，如 `实施单位`；正文里的，写正确的名称，如 `甲类项目试点`",
    remedy="对照批复文件，改成一样的",
    reason="原报送件两处写法不同，照录",
)
_LEAST_KEY = 4
_ONE_LETTER = "有一个字不同"
_HINT = "对照批复文件，改成一样的；本来就是两个名称的，豁免并写明"


class Note(Struct, frozen=True):
    """The names of one project."""

    shared: tuple[Shared, ...]
    title: str  # 项目名称; blank of a department
    sentences: tuple[Piece, ...]  # of a department
    indicators: str  # as typed, in one
    places: "array[int]"  # of the indicators: line and column in turn
    own: tuple[Remark, ...]  # within the file
    slips: Slips

    def names(self) -> Sequence[str]:
        """Return the names of the indicators."""
        return self.indicators.split("\x00") if self.indicators else ()


def note(review: Review, texts: Sequence[Text]) -> Note:
    """Return the names of one project, and what differs within its file."""
    project, setting, slips = review.project, review.setting(RULE), slips_of(review, RULE)
    typed = ((name, project.values.get(name)) for name in setting.words("字段"))
    shared = tuple(
        Shared(name, value.strip(), _place(review, name))
        for name, value in typed
        if isinstance(value, str) and value.strip()
    )
    is_department = project.form.scope in setting.words("部门")
    measures = [line for row in project.indicators for line in row.measures if line.name]
    own = find_names(review, texts, (one.value for one in shared), slips)
    companies = find_organisations(review, texts, slips, setting.words("机构"))
    return Note(
        shared,
        title_of(review),
        tuple(sentences(review, texts)) if is_department else (),
        "\x00".join(line.name for line in measures),
        array("I", (number for line in measures for number in _numbers(review, line.path))),
        (*own, *companies),
        slips,
    )


def _place(review: Review, name: str) -> Place:
    """Return where a field stands: in the project's file, else in its unit's."""
    folder = review.project.file.rpartition("/")[0]
    place = review.place(name)
    return Place(f"{folder}/{UNIT_FILE}") if place == review.place() else place


def _numbers(review: Review, path: Path) -> tuple[int, int]:
    place = review.place(*path, "名称")
    return place.line, place.column


def compare(
    unit: Sequence[Entry[Note]],
    last: Sequence[Entry[Note]],  # noqa: ARG001 - one form for all checks
) -> Iterator[tuple[str, Remark]]:
    """Yield names that are written in two ways, at the writing that is rarer."""
    for entry in unit:
        yield from ((entry.id, remark) for remark in entry.note.own)
    for entry, one, right, count in _variants(unit):
        yield entry.id, _shared_remark(one, right, f"本单位另有 {count} 份文件")
    yield from _departments(unit)
    yield from _indicators(unit)


def share(unit: Sequence[Entry[Note]]) -> Names:
    """Return the shared names of a unit."""
    told = {(entry.id, one.field) for entry, one, _, _ in _variants(unit)}
    return join_names(((entry.id, entry.file, entry.note.shared) for entry in unit), told)


def compare_year(parts: Iterable[Names]) -> YearFindings:
    """Return shared names that another unit writes with other brackets, quotes or widths."""
    remarks = (
        (identifier, _shared_remark(one, right, f"{other} "))
        for identifier, one, right, other in find_widths(parts)
    )
    return YearFindings(tuple(remarks))


def is_settled(
    changes: Sequence[tuple[Names, Names]],  # noqa: ARG001 - one form for all checks
    parts: Iterable[Names],  # noqa: ARG001
    before: YearFindings,  # noqa: ARG001
) -> bool:
    """Say no: names are few, and compared each time that any has changed."""
    return False


def _shared_remark(one: Shared, right: str, who: str) -> Remark:
    how = _how(one.value, right)
    message = f"{one.field}「{one.value}」{how}：{who}写「{right}」"
    severity = Severity.NOTE if how == _ONE_LETTER else None  # it may well be another name
    return Remark(one.place, message, subject=one.field, hint=_HINT, severity=severity)


def _how(value: str, right: str) -> str:
    one, other = fold(value), fold(right)
    if one == other:
        return "的括号、引号、空格或全角半角不同"
    if len(one) == len(other):
        return _ONE_LETTER
    return f"{'少' if len(one) < len(other) else '多'}了字"


def _variants(unit: Sequence[Entry[Note]]) -> Iterator[tuple[Entry[Note], Shared, str, int]]:
    """Yield each shared name that most files of the unit write in another way."""
    files: dict[str, set[str]] = {}
    for entry in unit:
        for one in entry.note.shared:
            files.setdefault(one.value, set()).add(entry.id)
    counts = {value: len(ids) for value, ids in files.items()}
    rights: dict[str, str] = {}
    for value, other in _pairs(counts, unit[0].note.slips) if len(files) > 1 else ():
        right = most_frequent({value: counts[value], other: counts[other]})
        wrong = other if right == value else value
        if wrong not in rights or counts[right] > counts[rights[wrong]]:
            rights[wrong] = right
    for entry in unit if rights else ():
        for one in entry.note.shared:
            right = rights.get(one.value, "")
            if right:
                yield entry, one, right, counts[right] - (entry.id in files[right]) or 1


def _pairs(counts: dict[str, int], slips: Slips) -> Iterator[tuple[str, str]]:
    """Yield pairs of writings of one name; the work grows with their letters only.

    Equal keys are one name; so are a name and itself without a letter, and two names that are
    equal without the letter at one place, where one of them stands once only.
    """
    keys: dict[str, list[str]] = {}
    folded: dict[str, str] = {}
    for value in counts:
        folded.setdefault(fold(value), value)
        keys.setdefault(slips.key(value), []).append(value)
    for key, alike in keys.items():
        first = most_frequent({value: counts[value] for value in alike})
        is_long = len(key) >= _LEAST_KEY
        yield from ((first, value) for value in alike if is_long and value != first)
    masked: dict[tuple[str, int], str] = {}
    for name, value in folded.items():
        for at in range(len(name)) if len(name) >= slips.least else ():
            shorter = name[:at] + name[at + 1 :]
            if shorter in folded and slips.differ_inside(name, shorter):
                yield value, folded[shorter]
            other = masked.setdefault((shorter, at), name)
            is_slip = other != name and slips.is_slip(other[at]) and slips.is_slip(name[at])
            uneven = sorted((counts[value], counts[folded[other]]))
            if is_slip and uneven[0] == 1 < uneven[1]:
                yield value, folded[other]


def _departments(unit: Sequence[Entry[Note]]) -> Iterator[tuple[str, Remark]]:
    """Yield projects that the department's text writes in another way than their own file."""
    departments = [entry for entry in unit if entry.note.sentences]
    names = {fold(entry.note.title): entry for entry in unit if entry.note.title}
    finder = Finder(names if departments else (), unit[0].note.slips)
    for entry in departments:
        told = set[str]()
        for piece in entry.note.sentences:
            for mention in finder.find(fold(piece.text)):
                part, _ = typed_part(piece.text, mention.start, mention.end)
                if mention.is_exact or part in told:
                    continue
                told.add(part)
                right = names[mention.name]
                message = f"「{part}」在项目文件里是「{right.note.title}」（{right.file}）"
                place, subject = inside(piece, part), right.note.title
                yield entry.id, Remark(place, message, subject=subject, hint=_HINT)


def _indicators(unit: Sequence[Entry[Note]]) -> Iterator[tuple[str, Remark]]:
    """Yield indicators of a unit that differ by widths, brackets, quotes and spaces only."""
    every = chain.from_iterable(entry.note.names() for entry in unit)
    rights = find_rights(Counter(every))
    for entry in unit if rights else ():
        for index, name in enumerate(entry.note.names()):
            right = rights.get(name)
            if right:
                message = f"指标「{name}」在本单位别处写「{right}」"
                line, column = entry.note.places[2 * index : 2 * index + 2]
                place, hint = Place(entry.file, line, column, len(name)), "同一个指标的，改成一样的"
                yield entry.id, Remark(place, message, subject=name, hint=hint)
