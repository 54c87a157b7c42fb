"""Which fields of a data file are not what they were when its documents were made."""

from collections.abc import Iterator
from pathlib import Path

from generator.comparing.trees import Difference, Kind, compare_trees
from generator.comparing.values import is_long, show
from generator.reading.yaml_source import read_yaml

_LONGEST = 40  # characters of a value
_HAPPENED = {
    Kind.ADDED: "新增",
    Kind.REMOVED: "删去",
    Kind.RENAMED: "改名",
    Kind.MOVED: "移动",
    Kind.REORDERED: "次序",
}


def find_fields(before: str, root: str, file: str) -> tuple[str, ...]:
    """Return a line for each field that changed.

    Args:
        before: The path of the file as it was.
        root: What `file` is relative to.
        file: The file as it is.
    """
    old = read_yaml(Path(before), file=file)
    new = read_yaml(Path(root) / file, file=file)
    if not new.is_readable:
        return ("现在读不通，用 ziping check 看问题",)
    if not old.is_readable:
        return ()
    lines = tuple(dict.fromkeys(_say(compare_trees(old.value, new.value))))
    return lines or ("只改了注释、写法或排列",)


def _say(differences: tuple[Difference, ...]) -> Iterator[str]:
    for one in differences:
        name = "／".join(one.way.words or one.way.old_words)
        if one.kind is not Kind.CHANGED:
            yield f"{_HAPPENED[one.kind]} {name}"
        elif is_long(one.before, one.after):
            yield f"{name}：文字有改动"
        else:
            yield f"{name}：{_cut(show(one.before))} → {_cut(show(one.after))}"


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
