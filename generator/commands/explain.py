"""`ziping explain`: where a score, a total, a figure or a finding comes from."""

import sys
from collections.abc import Sequence
from pathlib import Path

from generator.commands.explain_catalogue import write_catalogue
from generator.commands.explain_code import explain_code, known_words
from generator.commands.explain_subject import explain_subject
from generator.commands.explain_total import explain_project
from generator.commands.explain_tree import Fact, as_json, as_text
from generator.commands.explain_view import View
from generator.errors import UserError
from generator.options import ExplainOptions
from generator.pipeline import load_project, open_workbench
from generator.reading.discovery import DataFile, find_file, find_year, list_years
from generator.suggestions import ask_meant

_DONE = 0
_SHOWN = 8  # candidates in a hint


def run(options: ExplainOptions) -> int:
    """Explain a project, something of it, a check, or print the whole catalogue."""
    if options.is_all:
        sys.stdout.write(write_catalogue())
        return _DONE
    shown = _explain(options)
    sys.stdout.write(as_json(shown) if options.format == "json" else as_text(shown))
    return _DONE


def _explain(options: ExplainOptions) -> Fact:
    if not options.subject:
        found = explain_code(options.console, options.target)
        if found is not None:
            return found
    root = options.console.root
    bench = open_workbench(root)
    result = load_project(bench, _find(root, options.target, is_alone=not options.subject))
    if result.project is None or result.sheet is None:
        raise UserError(
            f"{result.file.file} 读不通，先改正", hint=f"ziping check {result.file.file}"
        )
    view = View(result.project, result.sheet, result.findings)
    return explain_subject(view, options.subject) if options.subject else explain_project(view)


def _find(root: Path, target: str, *, is_alone: bool) -> DataFile:
    """Return the data file that a word names: a path, or the end of its id.

    Raises:
        UserError: when it names none, or several.
    """
    for path in (Path(target), root / target):
        if path.is_file():
            return find_file(root, path)
    every = [file for year in list_years(root) for file in find_year(root, year)]
    wanted = tuple(target.removeprefix("data/").removesuffix(".yaml").strip("/").split("/"))
    found = [file for file in every if tuple(file.id.split("/"))[-len(wanted) :] == wanted]
    if len(found) == 1:
        return found[0]
    if found:
        names = _list([file.id for file in found])
        raise UserError(f"有 {len(found)} 个项目叫「{target}」", hint=f"写全其中一个：{names}")
    similar = {name for file in every for name in (file.id, file.id.rpartition("/")[2])}
    meant = ask_meant(target, {*similar, *(known_words() if is_alone else ())})
    what = "没有这个项目，也没有这条检查" if is_alone else "没有这个项目"
    hint = meant or f"现有项目：{_list([file.id for file in every]) or '无'}"
    raise UserError(f"「{target}」：{what}", hint=hint)


def _list(names: Sequence[str]) -> str:
    more = "……" if len(names) > _SHOWN else ""
    return "、".join(names[:_SHOWN]) + more
