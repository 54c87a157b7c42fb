"""A diff for a merge request: a table of short values, prose with deletions and additions."""

from collections.abc import Iterator, Sequence

from generator.commands.diff_pairs import CHANGED, RENAMED, FileDiff, ProjectDiff
from generator.commands.diff_words import (
    HAPPENED,
    Titles,
    by_area,
    compare_remarks,
    excerpt,
    head_line,
    line_number,
    say_effect,
    say_effects,
    say_finding,
    say_new,
    say_paragraph,
    say_status,
    say_stopped,
    summarise,
    title_of,
    where_of,
    whole_files,
)
from generator.comparing.entries import Entry, Line
from generator.comparing.followers import Follower
from generator.comparing.projects import Comparison
from generator.comparing.remarks import Remarks
from generator.comparing.wording import Paragraph, Piece
from generator.domain.model import UNIT_FILE
from generator.findings import Finding
from generator.patterns import pattern

_SPECIAL = pattern(r"([\\`*_\[\]#|~<>&@$]|^[-+])")
_LINES = pattern(r"\s*\n\s*")


def as_markdown(
    titles: Titles,
    shared: Sequence[FileDiff],
    projects: Sequence[ProjectDiff],
    remarks: Remarks,
) -> str:
    """Return the whole text; readable on the platforms and as it stands."""
    lines = [
        f"**数据的变化**：{_safe(titles.before)} → {_safe(titles.after)}，"
        f"{head_line(titles, shared, projects)}。"
    ]
    for status, files in whole_files(shared):
        lines += ["", f"### {status}共用的文件", "", *(f"- `{file}`" for file in files)]
    for file in (one for one in shared if one.status == CHANGED):
        lines += ["", *_shared(file)]
    if remarks:
        lines += ["", "### 表式和共用的文件", *_remarks(remarks, "")]
    for project in projects:
        lines += ["", *_project(project)]
    return "".join(f"{line}\n" for line in lines)


def _shared(one: FileDiff) -> Iterator[str]:
    shared = "（本单位各项目共用）" if one.file.endswith(UNIT_FILE) else ""
    yield f"### {_safe(one.file)}{shared}"
    yield from _stopped(one.stopped)
    yield from _entries(one.entries, one.file)
    if one.paragraphs:
        yield ""
        yield from _paragraphs(one.paragraphs)
    elif one.file.endswith(".docx"):
        yield "\n文字没有变，只改了版式。"


def _stopped(stopped: Sequence[tuple[str, Finding]]) -> Iterator[str]:
    for when, finding in stopped:
        yield f"\n{_safe(say_stopped(when, finding))}"


def _project(one: ProjectDiff) -> Iterator[str]:
    status = f"（{say_status(one)}）" if say_status(one) else ""
    yield f"### {_safe(one.name or one.id)}{status}"
    yield ""
    yield f"`{one.file}`" + (f"，原来是 `{one.old_file}`" if one.status == RENAMED else "")
    yield from _stopped(one.stopped)
    if one.side is not None:
        yield f"\n{_safe(summarise(one.side, one.status))}"
    if one.comparison is not None:
        yield from _comparison(one.comparison, one.file)


def _comparison(found: Comparison, file: str) -> Iterator[str]:
    results = [_result(said) for said in map(say_effect, found.results) if said]
    if results:
        yield "\n" + "；".join(results)
    yield from _entries(found.entries, file)
    yield from _followers(found.followers)
    yield from _remarks(found.remarks, file)


def _result(said: str) -> str:
    return f"**{_safe(said)}**" if "→" in said else _safe(said)


def _entries(entries: Sequence[Entry], file: str) -> Iterator[str]:
    rows = [row for _, own in by_area(entries) for entry in own for row in _rows(entry, file)]
    if rows:
        yield from ("", "| 内容 | 原来 | 现在 | 说明 | 位置 |", "|---|---|---|---|---|", *rows)
    for entry in entries:
        for line in entry.lines:
            if line.paragraphs:
                yield from ("", *_prose(entry, line, file))


def _rows(entry: Entry, file: str) -> Iterator[str]:
    """Yield a row for each short value; the first says what it is, the last what came of it."""
    short = [line for line in entry.lines if not line.paragraphs]
    effects = say_effects(entry.effects)
    if not short and effects and entry.lines:
        yield _row(_title(entry), "", "", effects, where_of(entry, file))
    for at, line in enumerate(short):
        title = _title(entry) if at == 0 else ""
        name = f"{title}：{line.name}" if title and line.name else title or f"　{line.name}"
        before, after = line.before, line.after
        if before == after:
            before = after = ""
        last = effects if at == len(short) - 1 else ""
        notes = "；".join(part for part in (line.note, last) if part)
        where = line_number(line.place, file) or where_of(entry, file)
        yield _row(name, before, after, notes, where if line.place or not at else "")


def _title(entry: Entry) -> str:
    happened = HAPPENED[entry.kind]
    return f"{happened} {title_of(entry.title)}" if happened else title_of(entry.title)


def _row(*cells: str) -> str:
    return f"| {' | '.join(_safe(cell) for cell in cells)} |"


def _prose(entry: Entry, line: Line, file: str) -> Iterator[str]:
    name = "：".join(part for part in (title_of((entry.area, *entry.title)), line.name) if part)
    where = line_number(line.place, file)
    yield f"{_safe(name)}" + (f"（{_safe(where)}）" if where else "")
    yield ""
    yield from _paragraphs(line.paragraphs)


def _paragraphs(paragraphs: Sequence[Paragraph]) -> Iterator[str]:
    for paragraph in paragraphs:
        text = "".join(_piece(piece) for piece in excerpt(paragraph.pieces))
        yield f"- {say_paragraph(paragraph)}{text}"


def _piece(piece: Piece) -> str:
    if piece.is_kept:
        return _safe(piece.after)
    before = f"<del>{_safe(piece.before)}</del>" if piece.before else ""
    return before + (f"<ins>{_safe(piece.after)}</ins>" if piece.after else "")


def _followers(followers: Sequence[Follower]) -> Iterator[str]:
    if not followers:
        return
    yield from ("", "<details><summary>随之改变的 " + f"{len(followers)} 处</summary>", "")
    for one in followers:
        if one.paragraphs:
            yield f"- {_safe(one.name)}"
            yield from (f"  {line}" for line in _paragraphs(one.paragraphs))
        else:
            yield f"- {_safe(one.name)}：{_safe(one.before) or '无'} → {_safe(one.after) or '无'}"
    yield from ("", "</details>")


def _remarks(remarks: Remarks, file: str) -> Iterator[str]:
    if not remarks:
        return
    yield ""
    for name, finding in say_new(remarks):
        where = line_number(finding.place, file)
        aside = f"（{_safe(where)}）" if where else ""
        yield f"- {name}：**{_safe(say_finding(finding))}**{aside}"
    for old, new in remarks.altered:
        pieces = compare_remarks(old, new)
        yield f"- 仍有：{''.join(_piece(piece) for piece in pieces)}"
    for finding in remarks.gone:
        yield f"- 已没有：{_safe(say_finding(finding))}"
    for finding in remarks.excused:
        yield f"- 改为豁免：{_safe(say_finding(finding))}（理由：{_safe(finding.waived)}）"


def _safe(text: str) -> str:
    """Keep a text from being read as markup; on one line."""
    return _SPECIAL.sub(r"\\\1", _LINES.sub(" ", text))
