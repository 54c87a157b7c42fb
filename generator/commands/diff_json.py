"""A diff for programs: everything that the other formats show, and what they cut."""

import json
from collections.abc import Sequence

from generator.commands.diff_pairs import FileDiff, ProjectDiff
from generator.commands.diff_words import Titles
from generator.comparing.entries import Effect, Entry, Line
from generator.comparing.followers import Follower
from generator.comparing.projects import Comparison
from generator.comparing.remarks import Remarks
from generator.comparing.wording import Paragraph
from generator.findings import Finding, Place
from generator.reporters import as_json as finding_json

_Json = dict[str, object]


def as_json(
    titles: Titles,
    shared: Sequence[FileDiff],
    projects: Sequence[ProjectDiff],
    remarks: Remarks,
) -> str:
    """Return one JSON object."""
    shown = {
        "before": titles.before,
        "after": titles.after,
        "shared": [_shared(one) for one in shared],
        "findings": _remarks(remarks),
        "projects": [_project(one) for one in projects],
    }
    return json.dumps(shown, ensure_ascii=False, indent=1) + "\n"


def _shared(one: FileDiff) -> _Json:
    return {
        "file": one.file,
        "status": one.status,
        "stopped": [_stopped(*pair) for pair in one.stopped],
        "changes": [_entry(entry) for entry in one.entries],
        "paragraphs": [_paragraph(paragraph) for paragraph in one.paragraphs],
    }


def _project(one: ProjectDiff) -> _Json:
    shown: _Json = {
        "project": one.id,
        "file": one.file,
        "old_file": one.old_file or None,
        "name": one.name,
        "status": one.status,
        "stopped": [_stopped(*pair) for pair in one.stopped],
    }
    return shown | _comparison(one.comparison)


def _comparison(found: Comparison | None) -> _Json:
    if found is None:
        nothing = _remarks(Remarks((), (), ()))
        return {"results": [], "changes": [], "followed": [], "findings": nothing}
    return {
        "results": [_effect(effect) for effect in found.results],
        "changes": [_entry(entry) for entry in found.entries],
        "followed": [_follower(one) for one in found.followers],
        "findings": _remarks(found.remarks),
    }


def _remarks(remarks: Remarks) -> _Json:
    pairs = ((finding_json(old), finding_json(new)) for old, new in remarks.altered)
    return {
        "appeared": _findings(remarks.appeared),
        "gone": _findings(remarks.gone),
        "reopened": _findings(remarks.reopened),
        "excused": _findings(remarks.excused),
        "altered": [{"before": old, "after": new} for old, new in pairs],
    }


def _findings(findings: Sequence[Finding]) -> list[_Json]:
    return [finding_json(finding) for finding in findings]


def _stopped(when: str, finding: Finding) -> _Json:
    return {"side": "before" if when == "原来" else "after", "finding": finding_json(finding)}


def _entry(entry: Entry) -> _Json:
    return {
        "kind": str(entry.kind),
        "area": entry.area,
        "title": list(entry.title),
        "old_title": list(entry.old_title),
        "place": _place(entry.place),
        "old_place": _place(entry.old_place),
        "values": [_line(line) for line in entry.lines],
        "effects": [_effect(effect) for effect in entry.effects],
    }


def _line(line: Line) -> _Json:
    return {
        "name": line.name,
        "before": line.before,
        "after": line.after,
        "note": line.note,
        "place": _place(line.place),
        "paragraphs": [_paragraph(paragraph) for paragraph in line.paragraphs],
    }


def _paragraph(paragraph: Paragraph) -> _Json:
    pieces = [{"before": piece.before, "after": piece.after} for piece in paragraph.pieces]
    return {"old_number": paragraph.old_number, "number": paragraph.number, "pieces": pieces}


def _effect(effect: Effect) -> _Json:
    return {"name": effect.name, "before": effect.before, "after": effect.after}


def _follower(one: Follower) -> _Json:
    paragraphs = [_paragraph(paragraph) for paragraph in one.paragraphs]
    pair = {"before": one.before, "after": one.after}
    return {"kind": one.kind, "name": one.name, **pair, "paragraphs": paragraphs}


def _place(place: Place | None) -> _Json | None:
    if place is None:
        return None
    return {"file": place.file, "line": place.line, "column": place.column}
