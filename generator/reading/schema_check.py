"""Check a read file against a JSON Schema; the only module that imports jsonschema.

Importing it costs about 0.1 s, so no fast path may import this module. The metaschema would take
another 0.15 s a file: the closed list of keywords below is checked here, the metaschema in tests.
Remote references, `format` and `uniqueItems` are not in the list: the first fetches, the second is
ignored silently, the third is quadratic.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol

from jsonschema import Draft202012Validator
from referencing import Registry

from generator.errors import UserError
from generator.findings import Finding, Place, Severity
from generator.reading.schema_errors import read_errors
from generator.reading.schema_faults import Fault, FaultKind, Path_, Schema, SchemaTree
from generator.reading.schema_messages import describe, dot_path
from generator.suggestions import closest

_ONE = frozenset(("items", "additionalProperties", "if", "then", "not"))
_MANY = frozenset(("properties", "patternProperties", "$defs", "dependentSchemas"))
_LIST = frozenset(("anyOf", "allOf"))
_PLAIN: Mapping[str, tuple[type, ...]] = {
    "$schema": (str,),
    "$comment": (str,),
    "$ref": (str,),
    "title": (str,),
    "description": (str,),
    "type": (str, list),
    "enum": (list,),
    "const": (str, int, Decimal),
    "pattern": (str,),
    "required": (list,),
    "minLength": (int,),
    "maxLength": (int,),
    "minItems": (int,),
    "maxItems": (int,),
    "minProperties": (int,),
    "maxProperties": (int,),
    "minimum": (int, Decimal),
    "maximum": (int, Decimal),
}
KEYWORDS = _ONE | _MANY | _LIST | frozenset(_PLAIN)
_TYPES = frozenset(("string", "number", "integer", "null", "array", "object"))
_LOCAL = "#/$defs/"


class Placed(Protocol):
    """A document whose values know where they were typed: a Source, or a merged package."""

    @property
    def value(self) -> object:
        """Return the plain values, every scalar as text."""

    def place(self, path: Path_, *, key: bool = False) -> Place:
        """Return the place of a value or of its key, of the nearest ancestor when missing."""


@dataclass(frozen=True, slots=True)
class SchemaChecker:
    """One schema, compiled once; `check` says everything that a document does against it."""

    schema: Schema
    family: str = "S"  # of the codes: R for form packages
    prefix: str = "schema"  # of the rules: form-unknown-key
    first: int = 201  # the number of unknown-key; the other kinds follow
    _validator: Draft202012Validator = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Compile with an empty registry: nothing is ever fetched."""
        empty: Registry[Any] = Registry()
        validator = Draft202012Validator(dict(self.schema), registry=empty)
        object.__setattr__(self, "_validator", validator)

    def check(self, source: Placed) -> Iterator[Finding]:
        """Yield every fault as a finding, in the order of the file."""
        tree = SchemaTree(self.schema)
        faults = read_errors(self._validator.iter_errors(source.value), tree)
        found = [self._report(fault, source, tree) for fault in faults]
        yield from sorted(found, key=lambda finding: (finding.place, finding.code))

    def _report(self, fault: Fault, source: Placed, tree: SchemaTree) -> Finding:
        message, hint = describe(fault, tree, source.value)
        path = (*fault.path, *fault.keys[:1])
        is_unknown = fault.kind is FaultKind.UNKNOWN_KEY
        return Finding(
            code=f"{self.family}{self.first + list(FaultKind).index(fault.kind)}",
            rule=f"{self.prefix}-{fault.kind}",
            severity=Severity.ERROR,
            place=source.place(path, key=is_unknown),
            message=message,
            hint=hint,
            subject=dot_path(path, source.value),
        )


def load_schema(
    path: Path,
    *,
    family: str = "S",
    prefix: str = "schema",
    first: int = 201,
    definition: str = "",
) -> SchemaChecker:
    """Read a schema file and compile it, or one of its `$defs`.

    Raises:
        UserError: it is missing, no JSON, or uses what the closed list does not have.
    """
    name = path.as_posix()
    try:
        schema = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except OSError as error:
        raise UserError(f"读不到 {name}", hint="请运行 make schema，或从版本库取回") from error
    except ValueError as error:
        raise UserError(f"{name} 不是 JSON 文件", hint="请运行 make schema") from error
    refuse_unknown_keywords(schema, name=name)
    if definition:
        schema = {"$ref": f"{_LOCAL}{definition}", "$defs": schema["$defs"]}
    return SchemaChecker(schema, family=family, prefix=prefix, first=first)


def refuse_unknown_keywords(schema: object, *, name: str) -> None:
    """Refuse a schema that jsonschema would half understand: a misspelt keyword is ignored there.

    Raises:
        UserError: names the place and the keyword.
    """
    definitions = schema.get("$defs", {}) if isinstance(schema, Mapping) else {}
    waiting: list[tuple[str, object]] = [("", schema)]
    while waiting:
        where, one = waiting.pop()
        if isinstance(one, bool):
            continue
        if not isinstance(one, Mapping):
            raise UserError(f"{name} 的 {where or '最外层'} 应为一组关键字")
        for key, value in one.items():
            at = f"{where}/{key}"
            if key in _ONE:
                waiting.append((at, value))
            elif key in _MANY and isinstance(value, Mapping):
                waiting += [(f"{at}/{inner}", body) for inner, body in value.items()]
            elif key in _LIST and isinstance(value, list):
                waiting += [(f"{at}/{number}", body) for number, body in enumerate(value)]
            else:
                _refuse_keyword(key, value, definitions=definitions, at=f"{name} 的 {at}")


def _refuse_keyword(key: str, value: object, *, definitions: Mapping[str, object], at: str) -> None:
    """Refuse a keyword that is not in the list, or whose value is of a wrong kind."""
    if key not in KEYWORDS:
        word = closest(key, KEYWORDS)
        raise UserError(f"{at}：不认识的关键字", hint=f"是不是 {word}？" if word else "")
    if not isinstance(value, _PLAIN.get(key, ())) or isinstance(value, bool):
        raise UserError(f"{at}：值的类型不对")
    if key == "$ref" and str(value).removeprefix(_LOCAL) not in definitions:
        raise UserError(f"{at}：只能引用本文件的 $defs", hint=f"现为 {value}")
    types = value if isinstance(value, list) else [value]
    if key == "type" and not _TYPES.issuperset(types):
        raise UserError(f"{at}：不认识的类型", hint=f"现为 {value}")
    if key == "pattern":
        try:
            re.compile(str(value))
        except re.error as error:
            raise UserError(f"{at}：表达式写错了", hint=f"现为 {value}") from error
