"""`ziping status`: which documents are up to date, and because of what the others are not."""

import json
import os
import sys
from collections.abc import Iterator
from importlib import import_module

from generator.errors import UserError
from generator.freshness.record import open_record, output_folder
from generator.freshness.states import (
    CURRENT,
    EDITED,
    MISSING,
    PROGRAM,
    STALE,
    Cause,
    DocumentState,
    find_states,
)
from generator.freshness.texts import find_text
from generator.options import StatusOptions

_DONE, _NOT_CURRENT = 0, 1
_NAMES = {CURRENT: "最新", STALE: "过期", MISSING: "缺失", EDITED: "已被手工修改"}
_MOST_FIELDS = 5
_YEAR_DIGITS = 4


def run(options: StatusOptions) -> int:
    """Say how each document stands; exit code 1 when one is not up to date.

    Raises:
        UserError: when a year has neither data nor documents.
    """
    root = os.fspath(options.console.root)
    shown: list[dict[str, object]] = []
    counts = dict.fromkeys(_NAMES, 0)
    for year in options.years or _years(root):
        folder = output_folder(os.fspath(options.out), year, is_draft=False)
        record = open_record(root, folder)
        states = find_states(root, folder, year, record.digests)
        if not states:
            raise UserError(
                f"没有 {year} 年度的数据和文档", hint=f"数据写在 data/{year}/单位/项目.yaml"
            )
        fields: dict[Cause, tuple[str, ...]] = {}
        for one in states:
            counts[one.state] += 1
            for cause in one.causes:
                if cause not in fields:
                    fields[cause] = _fields(root, record.folder, cause)
            if options.format == "text":
                _print(options, folder, one, fields)
            else:
                shown.append(_as_json(folder, one, fields))
    if options.format == "json":
        whole = {"documents": shown, "summary": counts}
        sys.stdout.write(json.dumps(whole, ensure_ascii=False, indent=1) + "\n")
    elif not options.console.is_quiet:
        parts = (f"{number} 份{_NAMES[state]}" for state, number in counts.items() if number)
        sys.stdout.write(f"{sum(counts.values())} 份文档：{'，'.join(parts)}\n")
    return _DONE if counts[CURRENT] == sum(counts.values()) else _NOT_CURRENT


def _years(root: str) -> tuple[int, ...]:
    """Return the years that have data.

    Raises:
        UserError: when there are none.
    """
    try:
        names = sorted(os.listdir(os.path.join(root, "data")))  # noqa: PTH118, PTH208
    except OSError:
        names = []
    years = tuple(int(name) for name in names if name.isdigit() and len(name) == _YEAR_DIGITS)
    if not years:
        raise UserError(
            "没有数据：data/ 下没有年度文件夹", hint="数据写在 data/2020/单位/项目.yaml"
        )
    return years


def _fields(root: str, folder: str, cause: Cause) -> tuple[str, ...]:
    """Return what changed in a data file since, where it is known how it was."""
    if not cause.before or not cause.file.startswith("data/") or not cause.file.endswith(".yaml"):
        return ()
    before = find_text(folder, cause.file.split("/")[-2], cause.before)
    if not before or not os.path.isfile(os.path.join(root, cause.file)):  # noqa: PTH113, PTH118
        return ()
    finder = import_module("generator.commands.status_fields")
    fields: tuple[str, ...] = finder.find_fields(before, root, cause.file)
    return fields


def _print(
    options: StatusOptions,
    folder: str,
    one: DocumentState,
    fields: dict[Cause, tuple[str, ...]],
) -> None:
    if options.console.is_quiet and one.state == CURRENT:
        return
    name = f"{folder}/{one.path}" if one.path else one.project
    sys.stdout.write(f"{_NAMES[one.state]}\t{name}\n")
    for cause in one.causes:
        lines = (f"\t{line}\n" for line in _say(cause, fields[cause]))
        sys.stdout.writelines(lines)


def _say(cause: Cause, fields: tuple[str, ...]) -> Iterator[str]:
    if cause.file == PROGRAM:
        yield cause.what
        return
    yield f"{cause.file}　{cause.what}"
    yield from (f"  {field}" for field in fields[:_MOST_FIELDS])
    if len(fields) > _MOST_FIELDS:
        yield f"  另有 {len(fields) - _MOST_FIELDS} 处（--format json 列出全部）"


def _as_json(
    folder: str, one: DocumentState, fields: dict[Cause, tuple[str, ...]]
) -> dict[str, object]:
    because = [
        {"file": cause.file, "what": cause.what, "fields": list(fields[cause])}
        for cause in one.causes
    ]
    path = f"{folder}/{one.path}" if one.path else ""
    return {"path": path, "project": one.project, "state": one.state, "because": because}
