"""Faults in Chinese: what is there, what should be, what to do."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from generator.reading.schema_errors import MERGE_WORDS, find_home, meant_key
from generator.reading.schema_faults import Fault, FaultKind, SchemaTree
from generator.reading.schema_keywords import Path_
from generator.suggestions import closest

_SHOWN = 30  # characters of a wrong value that are quoted
_LISTED = 16  # keys or values that are listed
_TYPE_WORDS = (
    ("array", "列表"),
    ("object", "下一级的键"),
    ("string", "一个值"),
    ("number", "一个值"),
    ("integer", "一个值"),
)
_TYPE_HINTS = {
    "列表": "每项另起一行，以“- ”开头；没有就空着",
    "下一级的键": "另起一行缩进，每行写“键: 值”；没有就空着",
    "一个值": "在冒号后面只写一个值",
}
_LIMITS = {
    "minLength": "至少 {limit} 字，现有 {size} 字",
    "maxLength": "至多 {limit} 字，现有 {size} 字",
    "minItems": "至少 {limit} 项，现有 {size} 项",
    "maxItems": "至多 {limit} 项，现有 {size} 项",
    "minProperties": "至少写 {limit} 个键，现有 {size} 个",
    "maxProperties": "至多写 {limit} 个键，现有 {size} 个",
    "minimum": "应不小于 {limit}，现为「{value}」",
    "maximum": "应不大于 {limit}，现为「{value}」",
}


def describe(fault: Fault, tree: SchemaTree, document: object) -> tuple[str, str]:
    """Return message and hint."""
    name = name_place(fault.path, tree, document)
    if fault.kind is FaultKind.UNKNOWN_KEY:
        return f"{name}里没有「{fault.keys[0]}」这个键", _hint_key(fault, tree, document)
    if fault.kind is FaultKind.MISSING_KEY:
        wanted = "或".join(_name_key((*fault.path, key), tree) for key in fault.keys)
        return f"{name}缺少{wanted}", _note(fault) or f"请补写「{fault.keys[0]}」"
    return _describe_wrong(fault, name)


def _describe_wrong(fault: Fault, name: str) -> tuple[str, str]:
    """Return message and hint of a wrong value."""
    match fault.kind:
        case FaultKind.TYPE:
            return _describe_type(fault, name)
        case FaultKind.VALUE:
            return _describe_value(fault, name)
        case FaultKind.PATTERN:
            return _describe_pattern(fault, name)
        case FaultKind.LIMIT:
            return _describe_limit(fault, name), _note(fault)
    return f"{name}不合要求", _note(fault)


def name_place(path: Path_, tree: SchemaTree, document: object) -> str:
    """Name a value for a message: its key and title, an item by its number and 名称."""
    if not path:
        return "本文件"
    if isinstance(path[-1], str):
        return _name_key(path, tree)
    keys = [step for step in path if isinstance(step, str)]
    own = name_item(document, path)
    return f"「{keys[-1] if keys else ''}」第 {path[-1] + 1} 项{f'（{own}）' if own else ''}"


def name_item(document: object, path: Path_) -> str:
    """Return the 名称 of the list item at a path; "" when it has none."""
    value = document
    for step in path:
        value = _step(value, step)
    name = value.get("名称") if isinstance(value, Mapping) else None
    return name if isinstance(name, str) else ""


def dot_path(path: Path_, document: object) -> str:
    """Write a path with dots, a list item by its 名称 or its number from 1."""
    ends = enumerate(path, 1)
    return ".".join(
        step if isinstance(step, str) else name_item(document, path[:end]) or str(step + 1)
        for end, step in ends
    )


def mend_text(text: str, pattern: str) -> str:
    """Return what a clerk most likely meant, written as the pattern wants it; "" if unknown."""
    folded = unicodedata.normalize("NFKC", text).replace(" ", "").strip()
    bare = folded.replace(",", "")
    date = re.fullmatch(r"(\d{4})[-年./](\d{1,2})(?:[-月./](\d{1,2})日?|月)?", folded)
    tries = [folded, bare]
    if date:
        tries.append("-".join(part.zfill(2) for part in date.groups() if part))
    if number := re.fullmatch(r"([-+]?\d+(?:\.\d+)?)[^\d.千万亿]*", bare):  # 500万 is not 500
        tries.append(number[1])
    return next((one for one in tries if one and one != text and re.search(pattern, one)), "")


def _step(value: object, step: str | int) -> object:
    if isinstance(value, Mapping):
        return value.get(step)
    if isinstance(value, Sequence) and isinstance(step, int) and step < len(value):
        return value[step]
    return None


def _name_key(path: Path_, tree: SchemaTree) -> str:
    """Write 「键」, with the printed title behind it where that is another word."""
    key, title = str(path[-1]), tree.title(path)
    return f"「{key}」" if title in ("", key) else f"「{key}」（{title}）"


def _hint_key(fault: Fault, tree: SchemaTree, document: object) -> str:
    """Say which key was meant, or where it belongs, or which keys there are."""
    if word := meant_key(fault, tree):
        return f"是不是「{word}」？"
    if (home := find_home(fault, tree)) is not None:
        return (
            f"「{fault.keys[0]}」应写在{_name_home(home, fault.path, tree, document)}，请检查缩进"
        )
    keys = [key for key in fault.schema.get("properties", {}) if key not in MERGE_WORDS]
    note = _note(fault)
    listed = f"可用的键：{_join(keys)}" if keys else ""
    return "。".join(part for part in (note, listed) if part)


def _name_home(home: Path_, path: Path_, tree: SchemaTree, document: object) -> str:
    if not home:
        return "最外层"
    if isinstance(home[-1], int) and len(home) > len(path):
        return f"{_name_key(home[:-1], tree)}的一项里"
    return f"{name_place(home, tree, document)}下"


def _describe_type(fault: Fault, name: str) -> tuple[str, str]:
    schema = fault.schema
    types = set(fault.types)
    if set(schema.get("properties", ())) and set(schema["properties"]) <= MERGE_WORDS:
        types.discard("object")  # only there for the words of 沿用
    words = list(dict.fromkeys(word for kind, word in _TYPE_WORDS if kind in types))
    if fault.actual is None:
        return f"{name}没有填写", f"请补写{'或'.join(words)}"
    kind = "列表" if isinstance(fault.actual, list) else "下一级的键"
    actual = _quote(fault.actual) if isinstance(fault.actual, str) else kind
    is_row = words == ["列表"] and isinstance(fault.path[-1], int)  # a list inside a list
    hint = _TYPE_HINTS[words[0]] if len(words) == 1 and not is_row else _note(fault)
    keys = [key for key in schema.get("properties", ()) if key not in MERGE_WORDS]
    if types <= {"object", "null"} and isinstance(fault.actual, str) and len(keys) in (1, 2, 3):
        hint = f"写成 {{{'，'.join(f'{key}: …' for key in keys)}}}".replace("，", ", ")
    if not words:  # nothing but a blank is admitted: the value stands elsewhere
        return f"{name}在这里不填，现为{actual}", hint
    return f"{name}应为{'或'.join(words)}，现为{actual}", hint


def _describe_pattern(fault: Fault, name: str) -> tuple[str, str]:
    wanted = "：".join(fault.schema[key] for key in ("title", "description") if key in fault.schema)
    mended = mend_text(str(fault.actual), fault.schema["pattern"])
    hint = f"是不是「{mended}」？" if mended else ""
    return f"{name}填作{_quote(fault.actual)}，应为{wanted or '别的写法'}", hint


def _describe_limit(fault: Fault, name: str) -> str:
    actual, limit = fault.actual, fault.schema[fault.keyword]
    size = len(actual) if isinstance(actual, str | list | dict) else 0
    return name + _LIMITS[fault.keyword].format(limit=limit, size=size, value=actual)


def _describe_value(fault: Fault, name: str) -> tuple[str, str]:
    schema = fault.schema
    values = schema["enum"] if "enum" in schema else [schema["const"]]
    texts = list(dict.fromkeys(v for v in values if isinstance(v, str) and v))
    one_of = f"{_join(f'「{text}」' for text in texts)}{'之一' if len(texts) > 1 else ''}"
    if fault.actual is None or fault.actual == "":
        return f"{name}没有填写，应为{one_of}", _note(fault)
    word = closest(str(fault.actual), texts) if len(texts) > 1 else ""
    hint = f"是不是「{word}」？" if word else _note(fault)
    return f"{name}填作{_quote(fault.actual)}，应为{one_of}", hint


def _note(fault: Fault) -> str:
    return str(fault.schema.get("description", ""))


def _quote(value: object) -> str:
    if isinstance(value, list | dict):
        return "列表" if isinstance(value, list) else "下一级的键"
    text = " ".join(str(value).split()) if value is not None else ""
    return f"「{text[:_SHOWN]}…」" if len(text) > _SHOWN else f"「{text}」"


def _join(words: Iterable[str]) -> str:
    listed = list(words)
    more = f"……共 {len(listed)} 个" if len(listed) > _LISTED else ""
    return "、".join(listed[:_LISTED]) + more
