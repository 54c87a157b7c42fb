"""Random edits of a project's data, and its documents; the same for the same seed."""

import copy
import json
import re
from random import Random

from generator.pipeline import load_project
from generator.reading.discovery import DataFile
from generator.rendering.documents import Document

FIXED = ("表式", "年度", "豁免", "已报送", "附件")
WORDS = ("另有", "12.50", "万元", "（补记）", "三季度", "1,200.5", "95.60%", "不再")
TABLE = {
    "表": {
        "题": "甲乙两项",
        "列": ["项", "数"],
        "行": [["甲项", "12.5"], ["乙项", "7"]],
    }  # invented
}


def render(bench, templates, file, data):
    """Return a project's documents by name; none of data that do not fit the form."""
    file.path.write_text(dump(data) + "\n", encoding="utf-8")
    result = load_project(bench, DataFile(file.id, file.root, file.file))
    if result.project is None:
        return {}
    form = result.project.form
    assert not [f for f in templates.check(form, result.project.rubric) if f.is_blocking]
    document = Document(result.project, result.sheet, result.scope, result.inputs, file.unit)
    wanted = (one for one in form.documents if not one.binds)
    return {
        one.name: templates.compiled(one.template).render(document.context)
        for one in wanted
        if one.needs != "报告" or result.project.report is not None
    }


def dump(value):
    """Write a plain tree as YAML in one line; numbers stay unquoted."""
    if isinstance(value, dict):
        inner = (f"{json.dumps(k, ensure_ascii=False)}: {dump(v)}" for k, v in value.items())
        return "{" + ", ".join(inner) + "}"
    if isinstance(value, list):
        return f"[{', '.join(dump(one) for one in value)}]"
    if value is None:
        return ""
    is_number = re.fullmatch(r"-?\d+(\.\d+)?", value)
    return value if is_number else json.dumps(value, ensure_ascii=False)


def edit(data, seed, count=4):
    """Return a copy of the data with some random edits."""
    random, data = Random(seed), copy.deepcopy(data)
    for _ in range(count):
        places = [place for key in data if key not in FIXED for place in _walk(data, key)]
        holder, key = random.choice(places)
        _edit_value(random, holder, key)
    return data


def _walk(holder, key):
    yield holder, key
    value = holder[key]
    inner = value if isinstance(value, dict) else range(len(value or ()))
    if isinstance(value, dict | list):
        for one in list(inner):
            yield from _walk(value, one)


def _edit_value(random, holder, key):
    value = holder[key]
    if isinstance(value, list):
        _edit_list(random, value)
    elif isinstance(value, str) and re.fullmatch(r"[\d.]+", value):
        holder[key] = str(random.randint(1, 900))
    elif isinstance(value, str) and "{" not in value:
        lines = value.split("\n")
        at = random.randrange(len(lines))
        line, where = lines[at], random.randint(0, len(lines[at]))
        change = random.randrange(4 if len(lines) > 1 else 2)
        if change == 0:
            lines[at] = line[:where] + random.choice(WORDS) + line[where:]
        elif change == 1:
            lines[at] = re.sub(r"\d+", lambda _: str(random.randint(1, 999)), line) or "改过"
        elif change == 2:
            lines.insert(at, "".join(random.choices(WORDS, k=5)))
        else:
            del lines[at]
        holder[key] = "\n".join(lines)
        if len(lines) > 1 and random.random() < 0.4:
            holder[key] = [holder[key], TABLE]


def _edit_list(random, items):
    at = random.randrange(len(items) + 1)
    change = random.randrange(3)
    if change == 0 and len(items) > 1:
        del items[min(at, len(items) - 1)]
    elif change == 1 and items:
        items.insert(at, copy.deepcopy(random.choice(items)))
    else:
        random.shuffle(items)
