"""A department's form agrees with the project files of its unit (FIELD §3, 9, 10, 12).

Rule: a row of a list whose first column is the name of a project has that project's amounts, to
the places that are written. An amount of the department's text that stands behind the name of a
project and one of the words (支出词) is one of that project's figures; in a later sentence only
where nothing else than 承前 stands before that word. A stated number of projects
(项数) is not less than the project files, and where it is the same a stated total (总额) is a sum
of theirs; where there are more files to come it is not less than the sum.
Source: re-checkers' practice; not every project of a unit needs a form, so none is missed.

PASS: 部门写甲类项目实际投入284.2万元，项目文件 284.17
FAIL: 部门写甲类项目实际投入294.2万元，项目文件 284.17
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec import Struct

from generator.amounts import plain
from generator.checks.about import About
from generator.checks.between.amounts_told import (
    Amount,
    amount_of,
    amounts_in,
    computed_amount,
    pack_amounts,
    unpack_amounts,
)
from generator.checks.between.department_lists import Money, Row, compare_rows, list_rows
from generator.checks.between.entries import Entry
from generator.checks.between.names import Finder, Slips, fold, slips_of, typed_part
from generator.checks.between.own_names import title_of
from generator.checks.between.sentences import Piece, inside, sentences
from generator.checks.review import Remark, Review
from generator.checks.texts import Text
from generator.domain.model import Path
from generator.findings import Severity
from generator.patterns import pattern

CODE = "B702"
RULE = "department-projects"
SEVERITY = Severity.WARNING
IS_LAW = False
PARAMETERS = {
    "部门": "部门整体的表式，“适用”的“范围”怎样写",
    "支出词": "项目名称后面，写在金额前面的词，如 实际投入",
    "承前": "后面的句子里，支出词前面只有这些词的，说的还是前面的项目",
    "其中": "金额、个数前面有这些词的，只是一部分",
    "项数": "正文里怎样写有几个项目，数写作 …，如 项目共…项",
    "总额": "正文里怎样写各项目一共多少，数写作 …，如 项目总金额…",
    "可省": "多写、少写都还是同一个名称的词",
    "区别": "差这一个字就是两个名称的字",
    "最少字数": "相差一个字的，名称至少有多少字才当作同一个项目",
}
ABOUT = About(
    what=(
        "部门整体的表与本单位的项目文件不一致：列表里同名项目的金额，正文里写在项目名称后面的支出，"
        "写明的项目个数、总金额。按写出的小数位比，284.2 与 284.17 相符。不是每个项目都要有文件：没"
        "有文件的只在项目个数那一条里说明。"
    ),
    basis="部门整体的表由各项目汇总",
    example="这里写「甲类项目」294.2万元，项目文件里没有这个数：全年执行数 284.17万元",
    subject="项目名称，如 `甲类项目`；个数、总金额的，`项目个数`、`项目总金额`",
    remedy="核对两边，改正错的一边",
    reason="原报送件部门与项目两处不同，照录",
)
_SHOWN = 3
_COMMA = pattern("[，。；;,、]")
_YEAR = pattern(r"(\d{4})年")
_ITEM = pattern(r"\s*[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）]?[、.．]")
_DIGITS = {letter: number for number, letter in enumerate("〇一二三四五六七八九")}


class Note(Struct, frozen=True):
    """The money of a project, or what a department says of its projects."""

    name: str  # 项目名称; blank of a department
    money: str  # its figures, packed: they are read where its unit has a department
    rows: tuple[Row, ...]  # of a department's lists
    pieces: tuple[tuple[Piece, str], ...]  # of its text, with references filled in
    slips: Slips
    words: tuple[str, ...]
    going_on: tuple[str, ...]
    parts: tuple[str, ...]
    counts: tuple[str, ...]
    totals: tuple[str, ...]


def note(review: Review, texts: Sequence[Text]) -> Note:
    """Return what is compared of one project or department."""
    project, setting = review.project, review.setting(RULE)
    slips = slips_of(review, RULE)
    words = tuple(setting.words(name) for name in ("支出词", "承前", "其中", "项数", "总额"))
    if project.form.scope in setting.words("部门"):
        pieces = tuple((one, review.scope.fill(one.text)) for one in sentences(review, texts))
        return Note("", "", tuple(list_rows(review)), pieces, slips, *words)
    return Note(title_of(review), pack_amounts(_money(review)), (), (), slips, *words)


def _money(review: Review) -> Iterator[tuple[str, Amount]]:
    """Yield the figures of 资金 that are not blank, typed and computed."""
    funds = review.project.form.funds
    if funds is None:
        return
    names = [funds.cell_name(row, column) for row in funds.rows for column in funds.columns]
    for name in (*names, *(item.name for item in funds.items), *_sums(review)):
        figure, value = review.project.figures.get(name), review.sheet.figures.get(name)
        typed = amount_of(figure.text, funds.unit) if figure and figure.text else None
        amount = typed or (computed_amount(value, funds.unit) if value is not None else None)
        if amount is not None:
            yield name, amount


def _sums(review: Review) -> list[str]:
    """Return 派生 that add or subtract amounts: a rate is none."""
    derived = review.project.form.derived
    return [one.name for one in derived if one.formula and not set("÷/×*") & set(one.formula)]


def compare(
    unit: Sequence[Entry[Note]],
    last: Sequence[Entry[Note]],  # noqa: ARG001 - one form for all checks
) -> Iterator[tuple[str, Remark]]:
    """Yield what a department says of its projects and their files do not."""
    departments = [entry for entry in unit if entry.note.rows or entry.note.pieces]
    named = [one for one in unit if one.note.name] if departments else []
    projects = [
        Money(one.id, one.note.name, one.file, unpack_amounts(one.note.money)) for one in named
    ]
    for department in departments if projects else ():
        remarks = [
            *compare_rows(department.note.rows, projects, department.note.slips),
            *_prose(department.note, projects, str(department.year)),
            *_numbers(department.note, projects),
        ]
        yield from ((department.id, remark) for remark in remarks)


def _prose(note: Note, projects: list[Money], year: str) -> Iterator[Remark]:
    """Yield amounts behind a project's name that its file does not have."""
    told: set[tuple[str, str]] = set()
    for piece, amount, project, text, is_named in _spoken_of(note, projects):
        clause = _COMMA.split(text)[-1]
        word = next((word for word in note.words if word in clause), "")
        is_meant = is_named or _goes_on(clause.partition(word)[0], note.going_on)
        is_part = any(part in text for part in note.parts) or set(_YEAR.findall(text)) - {year}
        is_there = any(amount.agrees_with(own) for _, own in project.figures)
        key = (project.id, amount.typed)
        if word and is_meant and not is_part and project.figures and not (is_there or key in told):
            told.add(key)
            yield _not_there(piece, amount, project)


def _spoken_of(
    note: Note, projects: list[Money]
) -> Iterator[tuple[Piece, Amount, Money, str, bool]]:
    """Yield amounts with the project last named, and the text since, at most of the sentence.

    A project is spoken of until another is named, an item of a list begins or the text ends.
    """
    names = {fold(entry.name): entry for entry in projects}
    finder = Finder(names, note.slips)
    current: Money | None = None
    path: Path = ()
    for piece, filled in note.pieces:
        if piece.path != path or _ITEM.match(filled):
            path, current = piece.path, None
        mentions = [(typed_part(filled, m.start, m.end)[1], m) for m in finder.find(fold(filled))]
        for amount in amounts_in(filled):
            before = [(at, names[m.name]) for at, m in mentions if at < amount.at]
            start, project = before[-1] if before else (0, current)
            if project is not None:
                yield piece, amount, project, filled[start : amount.at], bool(before)
        if mentions:
            current = names[mentions[-1][1].name]


def _goes_on(subject: str, words: tuple[str, ...]) -> bool:
    """Say whether a later sentence still speaks of the project: it names nothing else."""
    for word in words:
        subject = subject.replace(word, "")
    return not re.sub(r"[\d\s.]", "", subject)


def _not_there(piece: Piece, amount: Amount, project: Money) -> Remark:
    known = dict.fromkeys(f"{name} {own.typed}" for name, own in project.figures if own.value)
    shown = "、".join(list(known)[:_SHOWN])
    message = f"这里写「{project.name}」{amount.typed}，项目文件里没有这个数：{shown}"
    return Remark(
        place=inside(piece, amount.typed),
        message=f"{message}（{project.file}）",
        subject=project.name,
        hint="核对两边，改正错的一边",
    )


def _numbers(note: Note, projects: list[Money]) -> Iterator[Remark]:
    """Yield a stated number of projects, or a stated total, that the files contradict."""
    stated: int | None = None
    for piece, filled in note.pieces:
        for found in _matches(note.counts, filled, r"(?P<n>\d{1,4}|[〇一二三四五六七八九十]{1,3})"):
            if any(part in filled[: found.start()] for part in note.parts):
                continue
            stated, have = _whole(found["n"]), len(projects)
            if stated == have:
                continue
            more = f"这里有 {have} 份项目文件"
            message = f"「{found[0]}」，{more}"
            hint = "核对项目个数"
            severity: Severity | None = None
            if stated > have:
                message, severity = f"{message}，其余 {stated - have} 项没有核对", Severity.NOTE
                hint = "其余的项目不用单独填表的，不用改"
            yield Remark(inside(piece, found[0]), message, "项目个数", hint=hint, severity=severity)
    for piece, filled in note.pieces:
        for found in _matches(note.totals, filled, r"(?P<n>\d[\d,.]*\s*(?:亿|百万|万|千)?元)"):
            amount = next(amounts_in(found["n"]), None)
            sums = _sums_of(projects)
            if amount is None or not sums:
                continue
            is_all = stated in (None, len(projects))
            is_one = any(amount.agrees_with(total) for total in sums.values())
            is_less = all(total.value > amount.value + amount.step for total in sums.values())
            if (is_all and stated is not None and not is_one) or (is_less and not is_one):
                shown = "、".join(
                    f"{name} {own.typed}" for name, own in list(sums.items())[:_SHOWN]
                )
                yield Remark(
                    place=inside(piece, found[0]),
                    message=f"「{found[0]}」，{len(projects)} 份项目文件加起来：{shown}",
                    subject="项目总金额",
                    hint="核对两边，改正错的一边",
                )


def _matches(phrases: tuple[str, ...], text: str, number: str) -> Iterator[re.Match[str]]:
    for phrase in phrases:
        before, gap, behind = phrase.partition("…")
        if gap:
            yield from re.finditer(rf"{re.escape(before)}\s*{number}\s*{re.escape(behind)}", text)


def _whole(text: str) -> int:
    """Read 6, 六, 十二, 二十 or 二十三."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _DIGITS.get(ones, 0)
    return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)


def _sums_of(projects: list[Money]) -> dict[str, Amount]:
    """Return the sums of figures that every project has, by name."""
    sums: dict[str, list[Amount]] = {}
    for entry in projects:
        for name, amount in entry.figures:
            sums.setdefault(name, []).append(amount)
    return {name: _add(own) for name, own in sums.items() if len(own) == len(projects)}


def _add(amounts: list[Amount]) -> Amount:
    total = sum((one.value for one in amounts), Decimal(0))
    step = max(one.step for one in amounts)
    return Amount(total, step, f"{plain(total / 10000)}万元")
