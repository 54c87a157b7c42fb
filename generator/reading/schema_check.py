"""Check a read file against a JSON Schema; the only module that imports jsonschema.

What schema_verdict says yes to is done. jsonschema is slow to import and slow to run; it is asked
only what is wrong. The metaschema is for tests: a schema says what is in schema_keywords.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

from msgspec import Struct

from generator.errors import UserError
from generator.findings import Finding, Place
from generator.reading.schema_keywords import LOCAL, Path_, Schema, refuse_unknown_keywords
from generator.reading.schema_verdict import compile_verdict


class Placed(Protocol):
    """A document whose values know where they were typed: a Source, or a merged package."""

    @property
    def value(self) -> object:
        """Return the plain values, every scalar as text."""

    def place(self, path: Path_, *, key: bool = False) -> Place:
        """Return the place of a value or of its key, of the nearest ancestor when missing."""


class SchemaChecker(Struct, frozen=True, dict=True):
    """One schema, compiled once; `check` says everything that a document does against it."""

    schema: Schema
    family: str = "S"  # of the codes: R for form packages
    prefix: str = "schema"  # of the rules: form-unknown-key
    first: int = 201  # the number of unknown-key; the other kinds follow

    @cached_property
    def is_valid(self) -> Callable[[object], bool]:
        """Return the fast verdict: its yes is final."""
        return compile_verdict(self.schema)

    def check(self, source: Placed) -> Iterator[Finding]:
        """Yield every fault as a finding, in the order of the file."""
        value = source.value
        if self.is_valid(value):
            return
        explain = import_module("generator.reading.schema_report").explain
        yield from explain(self, source)


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
        schema = {"$ref": f"{LOCAL}{definition}", "$defs": schema["$defs"]}
    return SchemaChecker(schema, family=family, prefix=prefix, first=first)


def find_errors(schema: Schema, value: object) -> Iterable[Any]:
    """Return every error that jsonschema finds; its registry is empty: nothing is ever fetched."""
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - only wrong data pay for it
    from referencing import Registry  # noqa: PLC0415

    registry: Registry[Any] = Registry()
    return Draft202012Validator(dict(schema), registry=registry).iter_errors(value)
