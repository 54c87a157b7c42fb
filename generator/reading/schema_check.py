"""Schema errors as findings; the only door to jsonschema.

Errors are told apart by keyword, never by jsonschema's English text. The schemas themselves may use
only the keywords listed here: a misspelt keyword, which jsonschema would ignore, is refused.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeAlias

from jsonschema import Draft202012Validator, ValidationError
from referencing import Registry

from generator.errors import UserError
from generator.findings import Finding, Place, Severity
from generator.reading.schema_words import Fault, describe
from generator.reading.yaml_source import Path_, Plain, Source

PlaceOf: TypeAlias = Callable[[Path_, bool], Place]

_KEYWORDS = frozenset(
    (
        "$schema",
        "$comment",
        "$defs",
        "$ref",
        "title",
        "description",
        "type",
        "properties",
        "patternProperties",
        "required",
        "additionalProperties",
        "items",
        "enum",
        "const",
        "pattern",
        "minLength",
        "maxLength",
        "minItems",
        "maxItems",
        "minProperties",
        "maxProperties",
        "minimum",
        "maximum",
        "anyOf",
        "allOf",
        "if",
        "then",
        "dependentSchemas",
    )
)
_NAMED = frozenset(("properties", "patternProperties", "$defs", "dependentSchemas"))
_VALUES = frozenset(("enum", "const", "required", "type"))
_CODES = {
    "unknown-key": "01",
    "missing-key": "02",
    "type": "03",
    "value": "04",
    "pattern": "05",
    "limit": "06",
    "other": "07",
}
_FAMILIES = {"S": ("S2", "schema"), "R": ("R1", "package")}


@dataclass(frozen=True, slots=True)
class SchemaChecker:
    """One schema, loaded and compiled once."""

    validator: Draft202012Validator
    resolved: Draft202012Validator | None  # what must hold after 沿用 ($defs/合并后)
    family: str  # S data, R form packages

    def check(self, source: Source) -> Iterator[Finding]:
        """Yield every schema error of a file, with its place."""
        yield from self._findings(
            self.validator,
            source.value,
            lambda path, key: source.place(path, key=key) if path else Place(source.file, 1, 1),
        )

    def check_resolved(self, value: Plain, place_of: PlaceOf) -> Iterator[Finding]:
        """Yield what is missing in a form or rubric after 沿用."""
        if self.resolved is not None:
            yield from self._findings(self.resolved, value, place_of)

    def _findings(
        self, validator: Draft202012Validator, value: Plain, place_of: PlaceOf
    ) -> Iterator[Finding]:
        prefix, name = _FAMILIES[self.family]
        errors = validator.iter_errors(value)
        faults = [fault for error in errors for fault in _faults(error, validator)]
        for fault in _without_echoes(faults):
            path = (*fault.path, fault.key) if fault.is_at_key else fault.path
            yield Finding(
                prefix + _CODES[fault.rule],
                f"{name}-{fault.rule}",
                Severity.ERROR,
                place_of(path, fault.is_at_key),
                fault.message,
                hint=fault.hint,
                subject=".".join(str(part) for part in path),
            )


def _without_echoes(faults: Iterable[Fault]) -> Iterator[Fault]:
    """Yield one fault for one wrong thing: a misspelt key is not also a missing one."""
    known = list(faults)
    meant = {(fault.path, fault.meant) for fault in known if fault.meant}
    seen: set[tuple[Path_, str]] = set()
    for fault in known:
        here = (fault.path, fault.key)
        is_echo = fault.rule == "missing-key" and here in meant
        if not is_echo and here not in seen:
            seen.add(here)
            yield fault


def load_checker(path: Path, *, family: str) -> SchemaChecker:
    """Load a schema file.

    Raises:
        UserError: when it is missing, no JSON, or uses a keyword that is not in the closed list.
    """
    try:
        schema = json.loads(path.read_bytes(), parse_float=Decimal)
    except FileNotFoundError:
        raise UserError(f"没有数据模式 {path}", hint="运行 make schema") from None
    except ValueError as fault:
        raise UserError(f"数据模式 {path} 不是合法的 JSON", hint="运行 make schema") from fault
    unknown = sorted(set(unknown_keywords(schema)))
    if unknown:
        raise UserError(f"数据模式 {path} 用了不认识的关键字：{'、'.join(unknown)}")
    definitions = schema.get("$defs", {})
    after = {"$ref": "#/$defs/合并后", "$defs": definitions} if "合并后" in definitions else None
    return SchemaChecker(_compile(schema), _compile(after) if after else None, family)


def _compile(schema: Mapping[str, Any]) -> Draft202012Validator:
    registry: Registry[Any] = Registry()  # empty: no $ref leaves the file
    return Draft202012Validator(schema, registry=registry)


def unknown_keywords(schema: object) -> Iterator[str]:
    """Yield keywords outside the closed list, and every $ref that leaves the file."""
    if isinstance(schema, list):
        for item in schema:
            yield from unknown_keywords(item)
    elif isinstance(schema, dict):
        for key, value in schema.items():
            if key not in _KEYWORDS:
                yield str(key)
            elif key == "$ref" and not str(value).startswith("#/"):
                yield f"$ref {value}"
            elif key in _NAMED:
                yield from unknown_keywords(list(value.values()))
            elif key not in _VALUES:
                yield from unknown_keywords(value)


def _faults(error: ValidationError, validator: Draft202012Validator) -> Iterator[Fault]:
    """Yield what an error says; for alternatives, what the one that was meant says."""
    if error.validator in ("anyOf", "oneOf") and error.context:
        for inner in _meant(error.context):
            yield from _faults(inner, validator)
        return
    path = tuple(error.absolute_path)
    yield from describe(error, path, validator.schema)


def _meant(errors: Iterable[ValidationError]) -> list[ValidationError]:
    """Return the errors of the alternative that the data come nearest to.

    An alternative of the right type is nearer than one of the wrong type; then the one with the
    fewest errors; a choice of words is named before anything else of the same weight.
    """
    branches: dict[object, list[ValidationError]] = {}
    for error in errors:
        branches.setdefault(error.relative_schema_path[0], []).append(error)

    def weight(branch: list[ValidationError]) -> tuple[bool, int, bool]:
        is_wrong_type = any(e.validator == "type" and not e.relative_path for e in branch)
        is_choice = any(e.validator == "enum" for e in branch)
        return is_wrong_type, len(branch), not is_choice

    return min(branches.values(), key=weight)
