"""From the validator's errors to faults: by keyword, one fault for one wrong thing."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from generator.reading.schema_faults import Fault, FaultKind, SchemaTree
from generator.reading.schema_keywords import Path_
from generator.suggestions import closest

SchemaError: TypeAlias = Any  # a ValidationError: jsonschema is imported by schema_check alone
MERGE_WORDS = frozenset(("删除", "取代"))  # a value of a package may be {删除: 是} or {取代: …}
_KINDS = {
    "type": FaultKind.TYPE,
    "enum": FaultKind.VALUE,
    "const": FaultKind.VALUE,
    "pattern": FaultKind.PATTERN,
}
_LIMITS = frozenset(
    ("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties")
) | {"minimum", "maximum"}
_RANK = tuple(FaultKind)  # of two faults about one value the earlier kind is told


def read_errors(errors: Iterable[SchemaError], tree: SchemaTree) -> list[Fault]:
    """Return the faults of a document: every one, and none twice."""
    found = [fault for error in errors for fault in _read(error)]
    return _without_echoes(_one_per_place(found), tree)


def _read(error: SchemaError) -> list[Fault]:
    """Explain one error by its keyword."""
    keyword = str(error.validator)
    if keyword == "additionalProperties":
        return _read_unknown(error)
    if keyword == "required":
        missing = [key for key in error.validator_value if key not in error.instance]
        return [_fault(error, FaultKind.MISSING_KEY, keys=(key,)) for key in missing]
    if keyword == "anyOf":
        return _read_branches(error)
    limit = FaultKind.LIMIT if keyword in _LIMITS else FaultKind.OTHER
    return [_fault(error, _KINDS.get(keyword, limit))]


def _read_unknown(error: SchemaError) -> list[Fault]:
    """Return a fault for each unknown key; a mapping where one value belongs is of a wrong type."""
    schema: Mapping[str, Any] = error.schema
    known = schema.get("properties", {})
    if known and "items" not in schema and set(known) <= MERGE_WORDS:
        return [_fault(error, FaultKind.TYPE)]
    patterns = schema.get("patternProperties", ())
    extra = [k for k in error.instance if k not in known and not _matches(k, patterns)]
    return [_fault(error, FaultKind.UNKNOWN_KEY, keys=(key,)) for key in extra]


def _matches(key: str, patterns: Iterable[str]) -> bool:
    return any(re.search(pattern, key) for pattern in patterns)


def _read_branches(error: SchemaError) -> list[Fault]:
    """Explain by the branch that fits best: the right kind of value, then the fewest faults."""
    branches: dict[object, list[Fault]] = {}
    for inner in error.context:
        branches.setdefault(inner.relative_schema_path[0], []).extend(_read(inner))
    at = tuple(error.absolute_path)
    found = [_one_per_place(branch) for branch in branches.values()]
    if all(len(b) == 1 and b[0].kind is FaultKind.MISSING_KEY and b[0].path == at for b in found):
        keys = tuple(key for branch in found for key in branch[0].keys)
        return [_fault(error, FaultKind.MISSING_KEY, keys=keys)]
    best = min(found, key=lambda branch: (_misfit(branch, at), len(branch)))
    if _misfit(best, at) == len(FaultKind):
        types = frozenset().union(*(f.types for b in found for f in b if f.path == at))
        return [_fault(error, FaultKind.TYPE, types=types)]
    return best


def _misfit(branch: Sequence[Fault], at: Path_) -> int:
    """Say how little a branch is meant: most for another type, less for another value."""
    own = [fault.kind for fault in branch if fault.path == at and not fault.keys]
    return max((len(FaultKind) - _RANK.index(kind) + 2 for kind in own), default=0)


def _fault(
    error: SchemaError,
    kind: FaultKind,
    *,
    keys: tuple[str, ...] = (),
    types: frozenset[str] = frozenset(),
) -> Fault:
    admitted = error.schema.get("type", ())
    return Fault(
        kind=kind,
        path=tuple(error.absolute_path),
        schema=error.schema,
        keyword=str(error.validator),
        keys=keys,
        actual=error.instance,
        types=types or frozenset([admitted] if isinstance(admitted, str) else admitted),
    )


def _one_per_place(faults: Iterable[Fault]) -> list[Fault]:
    """Keep one fault about each value and each key, the one that says most."""
    kept: dict[tuple[Path_, tuple[str, ...]], Fault] = {}
    for fault in faults:
        known = kept.get(fault.identity)
        if known is None or _RANK.index(fault.kind) < _RANK.index(known.kind):
            kept[fault.identity] = fault
    return list(kept.values())


def _without_echoes(faults: Sequence[Fault], tree: SchemaTree) -> list[Fault]:
    """Drop a missing key that stands there misspelt, or one level off."""
    missing = {(f.path, key) for f in faults if f.kind is FaultKind.MISSING_KEY for key in f.keys}
    echoes: set[tuple[Path_, str]] = set()
    for fault in faults:
        if fault.kind is FaultKind.UNKNOWN_KEY:
            word = meant_key(fault, tree)
            echoes |= (
                {(fault.path, word)}
                if word
                else {
                    (path, key)
                    for path, key in missing
                    if key == fault.keys[0] and _is_near(path, fault)
                }
            )
    return [f for f in faults if not any((f.path, key) in echoes for key in f.keys)]


def _is_near(path: Path_, fault: Fault) -> bool:
    """Say whether a path is above or below a fault's."""
    common = min(len(path), len(fault.path))
    return path[:common] == fault.path[:common]


def meant_key(fault: Fault, tree: SchemaTree) -> str:
    """Return the key that an unknown one stands for; "" when it belongs elsewhere, or nowhere."""
    here = fault.actual if isinstance(fault.actual, Mapping) else {}
    schema, word = fault.schema, fault.keys[0]
    free = [key for key in schema.get("properties", {}) if key not in {*here, *MERGE_WORDS}]
    if found := closest(word, [key for key in free if key in schema.get("required", ())]):
        return found
    return "" if find_home(fault, tree) is not None else closest(word, free)


def find_home(fault: Fault, tree: SchemaTree) -> Path_ | None:
    """Return where an unknown key would be known, above or below the mapping it was typed in."""
    above = tree.home_above(fault.path, fault.keys[0])
    return above if above is not None else tree.home_below(fault.path, fault.keys[0])
