"""What a schema error means, in Chinese: the field's own title, what is allowed, what was meant."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from generator.reading.yaml_source import Path_
from generator.suggestions import ask_meant, closest

SchemaError: TypeAlias = Any  # a ValidationError; jsonschema has its own door

_MOST_SHOWN = 16  # allowed words in one hint
_TYPES = {
    "string": "文字",
    "number": "数",
    "integer": "整数",
    "array": "列表（每项前面写“- ”）",
    "object": "一组「键: 值」",
    "null": "空白",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One schema error: where, which kind, what to say."""

    path: Path_
    rule: str  # unknown-key missing-key type value pattern limit other
    message: str
    hint: str = ""
    key: str = ""  # the key it is about, for unknown and missing keys
    is_at_key: bool = False
    meant: str = ""  # the key that an unknown one was probably meant to be


def describe(error: SchemaError, path: Path_, schema: Any) -> Iterator[Fault]:
    """Yield the faults that one error holds."""
    name = label(schema, path)
    match error.validator:
        case "additionalProperties":
            yield from _unknown_keys(error, path, schema)
        case "required":
            yield from _missing_keys(error, path)
        case "type":
            yield _wrong_type(error, path, name)
        case "enum" | "const":
            yield _wrong_value(error, path, name)
        case "pattern":
            yield _wrong_shape(error, path, name)
        case "minLength" | "minItems" | "minProperties":
            least = error.validator_value
            what = (
                f"至少写 {least} 字" if error.validator == "minLength" and least > 1 else "不能空着"
            )
            yield Fault(path, "limit", f"「{name}」{what}", hint=_about(error) or "补填")
        case "maxLength" | "maxItems" | "maxProperties" | "minimum" | "maximum":
            limit = error.validator_value
            yield Fault(path, "limit", f"「{name}」超出范围，限 {limit}")
        case _:
            yield Fault(path, "other", f"「{name}」的写法不对", hint=_about(error))


def label(schema: Any, path: Path_) -> str:
    """Name a field by the label that the form prints, else by the key it stands under."""
    key = next((part for part in reversed(path) if isinstance(part, str)), "")
    found, named = schema, ""
    for part in path:
        found = _step(schema, found, part)
        if isinstance(part, str):
            named = str(found.get("title", "")) if isinstance(found, Mapping) else ""
    return f"{named}（{key}）" if named and key and named != key else named or key or "文件"


def _step(schema: Any, node: Any, part: str | int) -> Any:
    """Go one step down a schema, through $ref and the alternative that knows the step."""
    node = _target(schema, node)
    if not isinstance(node, Mapping):
        return None
    below = node.get("items") if isinstance(part, int) else node.get("properties", {}).get(part)
    if below is None:
        steps = (_step(schema, inner, part) for inner in node.get("anyOf", ()))
        below = next((found for found in steps if found is not None), None)
    return below


def _target(schema: Any, node: Any) -> Any:
    """Follow a $ref inside the schema, keeping what stands beside it."""
    while isinstance(node, Mapping) and "$ref" in node:
        name = str(node["$ref"]).removeprefix("#/$defs/")
        node = schema.get("$defs", {}).get(name)
    return node


def _about(error: SchemaError) -> str:
    schema = error.schema if isinstance(error.schema, Mapping) else {}
    return str(schema.get("description", ""))


def _unknown_keys(error: SchemaError, path: Path_, schema: Any) -> Iterator[Fault]:
    known = [str(name) for name in error.schema.get("properties", {})]
    above = next((part for part in reversed(path) if isinstance(part, str)), "")
    for key in error.instance:
        if key in known:
            continue
        inside = f"「{above}」里没有" if above else "没有"
        meant = closest(key, known)
        why = f"是否想写「{meant}」？" if meant else _elsewhere(key, schema)
        allowed = f"可用的键：{_join(known)}" if known else "这里不能再写键"
        hint = f"{why}　{allowed}" if why else allowed
        message = f"{inside}「{key}」这个键"
        yield Fault(path, "unknown-key", message, hint, key, is_at_key=True, meant=meant)


def _elsewhere(key: str, schema: Any) -> str:
    """Say where a key would be known: the mappings that have it."""
    owners = [owner for owner, properties in _mappings(schema, "最外层") if key in properties]
    shown = "、".join(f"「{owner}」" for owner in list(dict.fromkeys(owners))[:3])
    return f"「{key}」写在{shown}下，请核对缩进。" if shown else ""


def _mappings(schema: Any, name: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield every closed mapping of a schema with its title."""
    if not isinstance(schema, Mapping):
        return
    properties = schema.get("properties")
    if isinstance(properties, Mapping):
        yield str(schema.get("title", name)), properties
        for key, inner in properties.items():
            yield from _mappings(inner, str(key))
    for key, inner in schema.get("$defs", {}).items():
        yield from _mappings(inner, str(key))
    for inner in schema.get("anyOf", ()):
        yield from _mappings(inner, name)
    yield from _mappings(schema.get("items"), name)


def _missing_keys(error: SchemaError, path: Path_) -> Iterator[Fault]:
    properties = error.schema.get("properties", {})
    above = next((part for part in reversed(path) if isinstance(part, str)), "")
    for key in error.validator_value:
        if key in error.instance:
            continue
        named = properties.get(key)
        own = str(named.get("title", "")) if isinstance(named, Mapping) else ""
        shown = f"{own}（{key}）" if own and own != key else key
        about = str(named.get("description", "")) if isinstance(named, Mapping) else ""
        where = f"「{above}」里缺少" if above else "缺少"
        yield Fault(path, "missing-key", f"{where}「{shown}」", hint=about or "补填这一项", key=key)


def _wrong_type(error: SchemaError, path: Path_, name: str) -> Fault:
    wanted = error.validator_value
    names = [wanted] if isinstance(wanted, str) else list(wanted)
    shown = [_TYPES.get(kind, kind) for kind in names if kind != "null"]
    if "string" in names and "number" in names:
        shown = [_TYPES["string"], *(s for s in shown if s not in ("文字", "数"))]
    found = {"dict": "一组「键: 值」", "list": "一个列表", "str": f"「{_cut(error.instance)}」"}
    is_what = found.get(type(error.instance).__name__, "空白")
    message = f"「{name}」应为{'或'.join(shown)}，现在是{is_what}"
    return Fault(path, "type", message, hint=_about(error))


def _wrong_value(error: SchemaError, path: Path_, name: str) -> Fault:
    allowed = error.validator_value
    words = [allowed] if error.validator == "const" else list(allowed)
    texts = list(dict.fromkeys(str(word) for word in words if word not in ("", None)))
    message = f"「{name}」写作「{_cut(error.instance)}」，应为：{_join(texts)}"
    return Fault(path, "value", message, hint=ask_meant(str(error.instance), texts))


def _wrong_shape(error: SchemaError, path: Path_, name: str) -> Fault:
    shape = str(error.schema.get("title", ""))
    should = f"应写成「{shape}」" if shape and shape != name else "写法不对"
    message = f"「{name}」写作「{_cut(error.instance)}」，{should}"
    return Fault(path, "pattern", message, hint=_about(error))


def _join(words: Iterable[str]) -> str:
    shown = list(words)
    more = "……" if len(shown) > _MOST_SHOWN else ""
    return "、".join(shown[:_MOST_SHOWN]) + more


def _cut(value: object) -> str:
    text = str(value)
    return text if len(text) <= _MOST_SHOWN * 2 else text[: _MOST_SHOWN * 2] + "……"
