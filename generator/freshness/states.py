"""How each document of a year stands: by its manifest and the files on disk."""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from generator.freshness.digests import Digests
from generator.freshness.sources import list_projects, program_id

Entry: TypeAlias = Mapping[str, object]

CURRENT, STALE, MISSING, EDITED = "current", "stale", "missing", "edited"
_CHANGED, _GONE, _NEW = "有改动", "不在了", "新加的"
PROGRAM = "ziping"  # as the file of a cause: the program itself
_SETTINGS = "templates/检查.yaml"


class Cause(NamedTuple):
    """Why a document is not up to date: a file, and its hash when the document was made."""

    file: str
    what: str
    before: str = ""


class DocumentState(NamedTuple):
    """A document, or a project that has none yet (its path is blank)."""

    path: str  # relative to the year's folder
    project: str
    state: str
    causes: tuple[Cause, ...] = ()


def find_states(root: str, folder: str, year: int, digests: Digests) -> list[DocumentState]:
    """Return the documents of a year by path, then the projects without one.

    Args:
        root: Where data and templates stand.
        folder: Where the year's documents and their manifest stand.
        year: The year.
        digests: What is known of the files.
    """
    entries = _read(folder)
    program, projects = program_id(digests), list(list_projects(root, year))
    known = {name for entry in entries for name in _inputs(entry)}
    found: list[DocumentState] = []
    for entry in entries:
        path, project = str(entry["path"]), str(entry.get("project"))
        causes = [*_changed(root, entry, digests), *_come(root, entry, digests)]
        if project.count("/") == 1:  # of a whole unit
            new = (file for file in projects if file.startswith(f"data/{project}/"))
            causes += (Cause(file, _NEW) for file in new if file not in known)
        if entry.get("program") != program:
            causes.append(Cause(PROGRAM, "程序有更新"))
        state = _judge(digests.now(f"{folder}/{path}"), entry.get("sha256"), causes)
        one = DocumentState(path, project, state, tuple(causes))
        found.append(one)
        if "pdf" in entry:
            found.append(_judge_pdf(folder, one, entry, digests))
    owners = {str(entry.get("project")) for entry in entries}
    for file in projects:
        project = file.removeprefix("data/").removesuffix(".yaml")
        if project not in owners:
            found.append(DocumentState("", project, MISSING, (Cause(file, "还没有文档"),)))
    return found


def _judge(found: str, written: object, causes: Sequence[Cause]) -> str:
    """Return a state by the hashes of the file on disk and of what was written."""
    if not found:
        return MISSING
    if found != written:
        return EDITED
    return STALE if causes else CURRENT


def _judge_pdf(folder: str, one: DocumentState, entry: Entry, digests: Digests) -> DocumentState:
    path = f"{one.path.removesuffix('.docx')}.pdf"
    is_old = entry.get("pdf_of") != entry.get("sha256") or one.state != CURRENT
    causes = (Cause(one.path, "Word 文档已变"),) if is_old else ()
    state = _judge(digests.now(f"{folder}/{path}"), entry["pdf"], causes)
    return DocumentState(path, one.project, state, causes)


def _read(folder: str) -> list[Entry]:
    """Return the entries of a manifest by path; one that is missing or damaged has none."""
    try:
        with open(f"{folder}/manifest.json", encoding="utf-8") as file:
            entries = json.load(file)["documents"]
        return sorted(entries, key=lambda entry: str(entry["path"]))
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _inputs(entry: Entry) -> dict[str, str]:
    inputs = entry.get("inputs")
    return dict(inputs) if isinstance(inputs, dict) else {}


def _changed(root: str, entry: Entry, digests: Digests) -> Iterator[Cause]:
    for name, before in _inputs(entry).items():
        now = digests.of(os.path.join(root, name))
        if now != before:
            yield Cause(name, _CHANGED if now else _GONE, before)


def _come(root: str, entry: Entry, digests: Digests) -> Iterator[Cause]:
    """Yield files that were not there and would be used now."""
    inputs = _inputs(entry)
    wanted: dict[str, None] = {_SETTINGS: None}
    for name in inputs:
        folder, _, base = name.rpartition("/")
        if folder.count("/") == 2 and base.endswith(".yaml"):  # noqa: PLR2004 - data/year/unit
            wanted[f"{folder}/_unit.yaml"] = None
        elif base == "form.yaml":
            wanted[f"{folder}/rubric.yaml"] = None
        elif folder.startswith("templates/") and base.endswith(".docx"):
            wanted[f"templates/{entry.get('form')}/{base}"] = None
    for name in wanted:
        if name not in inputs and digests.of(os.path.join(root, name)):
            yield Cause(name, _NEW)
