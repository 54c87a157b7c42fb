"""Schemas of 指标表: the tree of indicators, its rows, and what 已报送 and 组分值 say of it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from generator.patterns import pattern
from generator.reading.schema_shapes import (
    Item,
    Schema,
    choices,
    closed,
    derive_field,
    ref,
    words_of,
)

POINT_KEYS = ("分值", "得分", "等次", "得分系数", "改分理由", "计分")  # no such cell under 计分: 否
UNSAFE = pattern(r'[~/%#"\\]')  # would need escaping in a $ref


def derive_table(table: Item) -> Schema:
    """Return the schema of one 指标表: its tree, or a list of goals with a tree each."""
    tree = _derive_tree(table)
    title = {"title": table.get("标签", table["名称"])}
    if table.get("目标组") is None:
        return title | tree
    goal: Schema = {"目标": ref("文本") | {"title": "目标"}}
    if table.get("计分") != "否":
        goal["分值"] = ref("数") | {"title": "目标的分值"}
    goal["指标"] = {"title": "指标"} | tree
    items = closed(goal, ["指标"], title="一个目标") | {"type": "object"}
    bounds = {"minItems": "最少", "maxItems": "最多"}
    limits = {k: int(table["目标组"][v]) for k, v in bounds.items() if table["目标组"].get(v)}
    return title | {"type": ["array", "null"], "items": items} | limits


def _derive_tree(table: Item) -> Schema:
    """Return 组 → 二级 → rows, 组 → rows, or rows, by the number of 层级."""
    levels, row = len(table["层级"]), _row_name(table)
    if levels == 1:
        return _derive_rows(row, table, is_open=True)
    groups: Schema = {}
    for group in table["组"]:
        is_open = group.get("自拟", "是") == "是"
        if levels == 2:  # noqa: PLR2004 -- 组 → list
            body = _derive_rows(row, group, is_open=is_open)
        else:
            seconds = group.get("二级") or ()
            body = closed(
                {s["名称"]: words_of(s) | _derive_rows(row, s, is_open=is_open) for s in seconds}
            )
        groups[group["名称"]] = words_of(group) | body
    return closed(groups)


def _derive_rows(row: str, place: Item, *, is_open: bool) -> Schema:
    """Return a list of indicators; fixed names are enumerated, or suggested among own ones."""
    items = ref(row)
    if fixed := place.get("固定指标"):
        names: Schema = {"enum": choices(item["名称"] for item in fixed)}
        if is_open:
            names = {"anyOf": [names, {"type": ["string", "number"]}]}
        items = {"allOf": [items, {"properties": {"名称": {"title": "指标名称"} | names}}]}
    return {"type": ["array", "null"], "items": items}


def row_definitions(table: Item, shapes: Item) -> Schema:
    """Return the rows of a table that has columns of its own, or no points."""
    if (name := _row_name(table)) == "指标":
        return {}
    sub_name = name.replace("指标", "列示行", 1)
    extra = {item["名称"]: derive_field(item) for item in table.get("指标字段") or ()}
    left_out = POINT_KEYS if table.get("计分") == "否" else ()
    properties = {k: v for k, v in shapes["指标"]["properties"].items() if k not in left_out}
    for key in ("分项", "其中"):
        properties[key] = properties[key] | {"items": ref(sub_name)}
    sub = shapes["列示行"]
    return {
        name: shapes["指标"] | {"properties": properties | extra},
        sub_name: sub | {"properties": sub["properties"] | extra},
    }


def _row_name(table: Item) -> str:
    is_plain = not table.get("指标字段") and table.get("计分") != "否"
    return "指标" if is_plain else f"指标：{UNSAFE.sub('_', table['名称'])}"


def derive_filed(tables: Sequence[Item], shape: Item) -> Schema:
    """Return 已报送 with the names that have a subtotal; scores are found by path, so any key."""
    properties: Schema = dict(shape["properties"])
    scored = [table for table in tables if table.get("计分") != "否"]
    if not scored:
        del properties["小计"], properties["得分"]
        return {**shape, "properties": properties}
    names = {name: ref("数") | {"title": title} for name, title, _ in subtotal_places(scored)}
    subtotals = closed(names, title="小计")
    if any(table.get("目标组") for table in scored):
        subtotals["patternProperties"] = {"^目标[1-9][0-9]*(/.+)?$": ref("数")}
    properties["小计"] = properties["小计"] | subtotals
    return {**shape, "properties": properties}


def changeable_points(tables: Iterable[Item]) -> Schema:
    """Return the groups and level-2 names whose 分值 the data may change."""
    return {
        name: ref("数") | {"title": title}
        for name, title, place in subtotal_places(tables)
        if isinstance(place.get("分值"), Mapping) and place["分值"].get("可改") == "是"
    }


def subtotal_places(tables: Iterable[Item]) -> list[tuple[str, str, Item]]:
    """List (shortest unambiguous path, title, definition) of groups and level-2 names."""
    found: list[tuple[str, str, Item]] = []
    for table in tables:
        if len(table["层级"]) == 1:
            found.append((table["名称"], table["名称"], table))
        for group in table.get("组") or ():
            found.append((group["名称"], group["名称"], group))
            for second in group.get("二级") or ():
                found.append((second["名称"], group["名称"], second))
    count = Counter(name for name, _, _ in found)
    return [
        (name if count[name] == 1 or name == group else f"{group}/{name}", name, place)
        for name, group, place in found
    ]
