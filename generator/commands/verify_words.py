"""A verdict as text for a clerk, and as JSON for a program."""

import json
from collections.abc import Iterator, Sequence

from generator.commands.diff_text import TextDiff
from generator.commands.diff_words import Titles, excerpt, say_piece
from generator.commands.verify_case import AUTHENTIC, EDITED, FOREIGN, SHORT, STALE, Verdict
from generator.comparing.remarks import Remarks
from generator.findings import Place

_NAMES = {AUTHENTIC: "authentic", STALE: "stale", EDITED: "edited", FOREIGN: "foreign"}
_MOST_COMMITS = 3
_NONE = Remarks((), (), ())


def as_text(verdicts: Sequence[Verdict], *, use_color: bool, shows_all: bool) -> str:
    """Write the verdicts, a line each with what belongs to it below."""
    writer = TextDiff(use_color=use_color, shows_all=shows_all)
    return "".join(f"{line}\n" for one in verdicts for line in _lines(one, writer))


def _lines(verdict: Verdict, writer: TextDiff) -> Iterator[str]:
    said = "、".join(verdict.statuses)
    if verdict.problem:
        said = f"{said}；{verdict.problem}" if said else f"不能核实：{verdict.problem}"
    yield f"{verdict.file}: {said}"
    seal = verdict.seal
    if seal is None:
        if verdict.statuses == (FOREIGN,):
            yield "   里面没有封条：不是 ziping 生成的，或封条在另存时丢了"
        return
    draft = "（草稿）" if seal.is_draft else ""
    yield f"   {seal.owner}　{seal.document}{draft}　表式 {seal.form}"
    for commit in verdict.commits[:_MOST_COMMITS]:
        yield f"   数据见存档 {commit.name[:SHORT]}（{commit.day} {commit.subject}）"
    if len(verdict.commits) > _MOST_COMMITS:
        yield f"   另有 {len(verdict.commits) - _MOST_COMMITS} 次存档的数据也是这样"
    yield from (f"   {note}" for note in verdict.notes)
    if verdict.edits:
        yield f"   与生成的不同 {len(verdict.edits)} 处："
    is_past = bool(verdict.inputs and verdict.commits)
    then = f"存档 {verdict.commits[0].name[:SHORT]} 的 " if is_past else ""
    for edit, place in verdict.edits:
        text = "".join(say_piece(piece) for piece in excerpt(edit.words))
        where = f"　〔{then}{place.file} 第 {place.line} 行〕" if place is not None else ""
        yield f"   ◇ {edit.place}：{text}{where}"
    yield from (f"   {file} {what}" for file, what in verdict.inputs)
    if verdict.changes:
        before = verdict.commits[0].name[:SHORT] if verdict.commits else "生成时"
        titles = Titles(f"存档 {before}", "现在的文件")
        report = writer.report(titles, (), verdict.changes, _NONE)
        yield from (f"   {line}" for line in report.splitlines() if line)


def as_json(verdicts: Sequence[Verdict]) -> str:
    """Write the verdicts for a program."""
    found = {"files": [_entry(verdict) for verdict in verdicts]}
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _entry(verdict: Verdict) -> dict[str, object]:
    seal = verdict.seal
    return {
        "file": str(verdict.file),
        "statuses": [_NAMES[status] for status in verdict.statuses],
        "problem": verdict.problem,
        "project": seal.owner if seal is not None else "",
        "document": seal.document if seal is not None else "",
        "form": seal.form if seal is not None else "",
        "draft": seal is not None and seal.is_draft,
        "program": seal.program if seal is not None else "",
        "revisions": [commit.name for commit in verdict.commits],
        "edits": [
            {"where": e.place, "before": e.before, "after": e.after, **_place(place)}
            for e, place in verdict.edits
        ],
        "inputs": [{"file": file, "state": what} for file, what in verdict.inputs],
        "changes": list(_changes(verdict)),
        "notes": verdict.notes,
    }


def _changes(verdict: Verdict) -> Iterator[dict[str, object]]:
    for one in verdict.changes:
        for entry in one.comparison.entries if one.comparison is not None else ():
            for line in entry.lines:
                name = "／".join([*entry.title, *([line.name] if line.name else [])])
                place = line.place or entry.place
                yield {"name": name, "before": line.before, "after": line.after, **_place(place)}


def _place(place: Place | None) -> dict[str, object]:
    return {"source": place.file if place else "", "line": place.line if place else 0}
