"""How an item of a list is called, and how much two items are alike."""

from collections.abc import Mapping
from difflib import SequenceMatcher

from generator.domain.model import Plain

NAME, PARTS, GOAL, RULE, WHERE, TITLE = "名称", "分项", "目标", "规则", "处", "题"
ALIKE = 50  # of a hundred: from there on two items are one that was renamed
_OF_NAME, _OF_VALUES, _OF_POSITION = 50, 40, 10  # what counts how much, of a hundred


def own_name(item: Plain) -> str:
    """Return what an item of a list is called: its 名称, those of its 分项, its 目标, 规则, 题."""
    if not isinstance(item, Mapping):
        return item if isinstance(item, str) else ""
    parts = item.get(PARTS)
    if not item.get(NAME) and isinstance(parts, list):
        return "＋".join(own_name(part) for part in parts)
    for keys in ((NAME,), (GOAL,), (RULE, WHERE), (TITLE,)):
        words = [word for word in (item.get(key) for key in keys) if isinstance(word, str)]
        if words:
            return " ".join(words)
    inner = next(iter(item.values()), None)
    if len(item) == 1 and isinstance(inner, Mapping):
        return own_name(inner)  # {表: {题: …}}
    return next((value for value in item.values() if isinstance(value, str)), "")


def word_for(item: Plain, index: int) -> str:
    """Return what stands for an item in a title: its name, or its number among texts."""
    return f"第{index + 1}段" if isinstance(item, str) else own_name(item)


def likeness(before: Plain, after: Plain, *, is_same_position: bool) -> int:
    """Return 0 to 100: how much two differently named items look like one that was renamed.

    Elsewhere in the list a name of which half is another one is another thing.
    """
    names = _alike(own_name(before), own_name(after))
    if isinstance(before, str) and isinstance(after, str):
        return min(100, names + _OF_POSITION * is_same_position)
    if not is_same_position and names < ALIKE:
        return 0
    values = _equal_values(before, after)
    score = names * _OF_NAME + (names if values is None else values) * _OF_VALUES
    return (score + 100 * _OF_POSITION * is_same_position) // 100


def _alike(before: str, after: str) -> int:
    return int(100 * SequenceMatcher(None, before, after, autojunk=False).ratio())


def _equal_values(before: Plain, after: Plain) -> int | None:
    """Return which part of the values beside the name is equal, of a hundred; None of none."""
    if not isinstance(before, Mapping) or not isinstance(after, Mapping):
        return None
    keys = {k for k in (*before, *after) if k not in (NAME, GOAL)}
    keys = {k for k in keys if before.get(k) is not None or after.get(k) is not None}
    equal = sum(before.get(key) == after.get(key) for key in keys)
    return 100 * equal // len(keys) if keys else None
