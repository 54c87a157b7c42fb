"""Derive schema/<form>.schema.json: names from the resolved form package, shapes by hand.

The result is one flat file: closed objects, no `$ref` leaving it, only keywords that every editor
knows. Lists and mappings may be left blank, as scalars may: a blank is "not filled".
What is 必填 and may stand nowhere else is `required`; whether it is filled is another check.
"""

import json
import re
from collections.abc import Iterable, Sequence

from generator.reading.schema_shapes import (
    Item,
    Schema,
    closed,
    derive_field,
    is_yes,
    ref,
    required_names,
    words_of,
)
from generator.reading.schema_tables import (
    changeable_points,
    derive_filed,
    derive_table,
    row_definitions,
)

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def derive_schema(form: Item, common: Item) -> Schema:
    """Return the flat closed schema of the data files of one resolved form package."""
    fields, tables = form.get("字段") or (), form.get("指标表") or ()
    properties: Schema = {
        "表式": {"title": "表式", "description": "用哪张表", "const": form["表式"]},
        "年度": ref("年度"),
        **{field["名称"]: derive_field(field) for field in fields},
    }
    required = ["表式", "年度", *required_names(f for f in fields if not _is_shared(f))]
    if funds := form.get("资金"):
        properties["资金"] = _derive_funds(funds)
        required += ["资金"] if "required" in properties["资金"] else []
    properties |= {table["名称"]: derive_table(table) for table in tables}
    if changeable := changeable_points(tables):
        properties["组分值"] = closed(changeable, title="组分值", description="本项目改用的分值")
    if outline := form.get("提纲"):
        properties["报告"] = _derive_outline(outline)
    definitions = {**common["$defs"]}
    for table in tables:
        definitions |= row_definitions(table, common["$defs"])
    properties |= {"豁免": ref("豁免"), "已报送": derive_filed(tables, common["$defs"]["已报送"])}
    body = closed(properties, required, title=form["名称"]) | {"type": "object"}
    head = {
        "$schema": DRAFT,
        "$comment": f"由 templates/{form['表式']} 推导，请勿手改：make schema",
    }
    return head | body | {"$defs": _used_definitions(body, definitions)}


def unit_properties(form: Item) -> dict[str, Schema]:
    """Return what a form lets stand in `_unit.yaml`: its fields with 来源: 单位."""
    return {f["名称"]: derive_field(f) for f in form.get("字段") or () if _is_shared(f)}


def derive_unit_schema(forms: Sequence[Item], common: Item) -> Schema:
    """Return the schema of a `_unit.yaml`: what these forms let stand there, in any shape."""
    shapes: dict[str, list[Schema]] = {}
    for form in forms:
        for name, shape in unit_properties(form).items():
            known = shapes.setdefault(name, [])
            known += [] if shape in known else [shape]
    properties = {
        name: found[0] if len(found) == 1 else {"title": name, "anyOf": found}
        for name, found in shapes.items()
    }
    body = closed(properties, title="单位", description="本单位各项目共用的字段")
    return {"$schema": DRAFT} | body | {"$defs": _used_definitions(body, common["$defs"])}


def dump_schema(schema: Item) -> str:
    """Write a schema as the committed file has it."""
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def _derive_funds(funds: Item) -> Schema:
    columns = [c for c in funds.get("栏") or () if "公式" not in c]
    computed = [c["名称"] for c in funds.get("栏") or () if "公式" in c]
    note = {"description": f"{'、'.join(computed)}由公式算出，不填"} if computed else {}
    cells = {
        c["名称"]: words_of(c) | ref("文本" if c.get("类型") == "长文本" else "数") for c in columns
    }
    properties: Schema = {}
    required: list[str] = []
    for row in funds.get("行") or ():
        needed = [c["名称"] for c in columns if c.get("必填", row.get("必填")) == "是"]
        needed = needed if is_yes(row, "必填") else []
        if is_yes(row, "顶层"):
            properties |= cells
            required += needed
        else:
            properties[row["名称"]] = words_of(row) | closed(cells, needed) | note
            required += required_names([row])
    items = funds.get("项") or ()
    properties |= {item["名称"]: _derive_figure(item) for item in items}
    required += [item["名称"] for item in items if _is_figure_needed(item)]
    return closed(properties, required, title=f"资金（{funds.get('单位', '万元')}）") | note


def _derive_figure(item: Item) -> Schema:
    if not (parts := item.get("分列")):
        return words_of(item) | ref("数")
    needed = [part["名称"] for part in parts if _is_figure_needed(part)]
    return words_of(item) | closed({part["名称"]: _derive_figure(part) for part in parts}, needed)


def _is_figure_needed(item: Item) -> bool:
    """Say whether a figure must be typed: it or a part of it is 必填; never when it is computed."""
    if "公式" in item or "空视为" in item:
        return False
    return is_yes(item, "必填") or any(_is_figure_needed(part) for part in item.get("分列") or ())


def _derive_outline(outline: Item) -> Schema:
    mode, headings = outline["方式"], outline.get("标题") or ()
    known = {"附件": ref("附件"), **_derive_headings(headings, mode)}  # a heading of the form wins
    body = closed(known, title="报告", description="标题 → 正文，不带序号")
    return body if mode == "固定" else body | {"additionalProperties": ref("自拟标题")}


def _derive_headings(headings: Iterable[Item], mode: str) -> Schema:
    found: Schema = {}
    for heading in headings:
        is_open = mode != "固定" or is_yes(heading, "自拟下级")
        words = words_of(heading, hint="提示")
        if inner := heading.get("下级"):
            body = closed(_derive_headings(inner, mode))
            if is_open:
                body |= {"additionalProperties": ref("自拟标题")}
            if mode != "固定":
                body |= {"type": ["object", "array", "string", "number", "null"]}
                body |= {"items": ref("块")}
        else:
            body = ref("自拟标题" if is_open else "正文")
        found[heading["名称"]] = words | body
        for alias in heading.get("别名") or ():
            found[alias] = words | {"title": f"{alias}（即{heading['名称']}）"} | body
    return found


def _used_definitions(body: Schema, definitions: Schema) -> Schema:
    """Keep the definitions that are reached, in the order of the hand-written file."""
    reached: set[str] = set()
    waiting = [body]
    while waiting:
        names = set(re.findall(r'"#/\$defs/([^"]+)"', json.dumps(waiting, ensure_ascii=False)))
        waiting = [definitions[name] for name in names - reached]
        reached |= names
    return {name: shape for name, shape in definitions.items() if name in reached}


def _is_shared(field: Item) -> bool:
    return field.get("来源") == "单位"
