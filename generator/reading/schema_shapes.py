"""The pieces that derived schemas are made of: closed objects, titles, a field by its 类型."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from generator.patterns import pattern

Schema = dict[str, Any]
Item = Mapping[str, Any]  # one named thing of a form package, every scalar as text

SHAPES = {
    "文本": "文本",
    "长文本": "文本",
    "金额": "数",
    "数": "数",
    "整数": "整数",
    "百分比": "百分比",
    "日期": "日期",
    "起止": "起止",
}
WHOLE = pattern(r"-?(?:0|[1-9][0-9]*)")  # an editor reads this as a number


def derive_field(item: Item) -> Schema:
    """Return the schema of one field, member or column, by its 类型."""
    words, kind, members = words_of(item), item["类型"], item.get("项") or ()
    if kind == "选项":
        return words | {"enum": [*choices(item["选项"]), "", None]}
    if kind == "组":
        needed = required_names(members) if is_yes(item, "必填") else []
        return words | closed({m["名称"]: derive_field(m) for m in members}, needed)
    if kind == "列表":
        row = closed({m["名称"]: derive_field(m) for m in members}, required_names(members))
        return words | {"type": ["array", "null"], "items": row | {"type": "object"}}
    if kind == "表格":
        rows = {row["名称"]: _derive_grid_row(row, members) for row in item["行"]}
        return words | closed(rows, required_names(item["行"]) if is_yes(item, "必填") else [])
    return words | ref(SHAPES[kind])


def _derive_grid_row(row: Item, columns: Sequence[Item]) -> Schema:
    needed = required_names(columns) if is_yes(row, "必填") else []
    return words_of(row) | closed({c["名称"]: derive_field(c) for c in columns}, needed)


def closed(properties: Schema, required: Sequence[str] = (), **words: str) -> Schema:
    """Return an object that admits these keys only; left blank it is null."""
    out: Schema = {**words, "type": ["object", "null"], "properties": properties}
    if required:
        out["required"] = list(dict.fromkeys(required))
    return out | {"additionalProperties": False}


def words_of(item: Item, *, hint: str = "说明") -> Schema:
    """Return title and description as an editor shows them."""
    notes = [item[hint]] if item.get(hint) else []
    notes += [f"单位：{item['单位']}"] if item.get("单位") else []
    description = {"description": "；".join(notes)} if notes else {}
    return {"title": item.get("标签", item["名称"])} | description


def choices(names: Iterable[str]) -> list[str | int]:
    """Return each name, and as a number too where an editor reads it as one."""
    found = list(names)
    return [*found, *(int(name) for name in found if WHOLE.fullmatch(name))]


def required_names(items: Iterable[Item]) -> list[str]:
    """Return the names of those that are 必填."""
    return [item["名称"] for item in items if is_yes(item, "必填")]


def is_yes(item: Item, key: str) -> bool:
    """Say whether the package writes 是 there."""
    return item.get(key) == "是"


def ref(name: str) -> Schema:
    """Refer to a hand-written shape, which stands in the same file."""
    return {"$ref": f"#/$defs/{name}"}
