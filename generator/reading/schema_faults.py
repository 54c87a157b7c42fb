"""What a schema can find wrong, and the way through it: titles, known keys, where a key goes."""

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from msgspec import Struct

from generator.reading.schema_keywords import Path_, Schema


class FaultKind(StrEnum):
    """One kind a code, in this order; the value ends the rule's name."""

    UNKNOWN_KEY = "unknown-key"
    MISSING_KEY = "missing-key"
    TYPE = "type"
    VALUE = "value"
    PATTERN = "pattern"
    LIMIT = "limit"
    OTHER = "other"


class Fault(Struct, frozen=True, eq=False):
    """One thing that is wrong, before it is said in words."""

    kind: FaultKind
    path: Path_  # of the wrong value, or of the mapping with the unknown or missing key
    schema: Schema  # the one that refused
    keyword: str
    keys: tuple[str, ...] = ()  # the unknown key; the missing one, or several of which one will do
    actual: object = None
    types: frozenset[str] = frozenset()  # what would have been admitted

    @property
    def identity(self) -> tuple[Path_, tuple[str, ...]]:
        """Two faults about the same thing have the same identity."""
        return self.path, self.keys


class SchemaTree(Struct, frozen=True):
    """A schema with the way through it."""

    root: Schema

    def unfold(self, schema: Schema) -> Iterator[Schema]:
        """Yield a schema and all that apply beside it: `$ref`, `allOf`, each branch of `anyOf`."""
        waiting, seen = [schema], set[int]()
        while waiting:
            one = waiting.pop(0)
            if id(one) in seen:
                continue
            seen.add(id(one))
            yield one
            if "$ref" in one:
                waiting.append(self.root["$defs"][one["$ref"].removeprefix("#/$defs/")])
            waiting += [*one.get("allOf", ()), *one.get("anyOf", ())]

    def below(self, schema: Schema, step: str | int) -> list[Schema]:
        """Return the schemas of the value at one key or index."""
        found: list[Schema] = []
        for one in self.unfold(schema):
            if isinstance(step, int):
                inner = [one["items"]] if "items" in one else []
            elif step in one.get("properties", {}):
                inner = [one["properties"][step]]
            else:
                patterns = one.get("patternProperties", {}).items()
                inner = [body for pattern, body in patterns if re.search(pattern, step)]
                if not inner and isinstance(one.get("additionalProperties"), Mapping):
                    inner = [one["additionalProperties"]]
            found += inner
        return found

    def at(self, path: Path_) -> list[Schema]:
        """Return the schemas of the value at a path."""
        found: list[Schema] = [self.root]
        for step in path:
            found = [inner for one in found for inner in self.below(one, step)]
        return found

    def title(self, path: Path_) -> str:
        """Return the Chinese title of the value at a path; "" when it has none."""
        for schema in self.at(path):
            for one in self.unfold(schema):
                if title := one.get("title"):
                    return str(title)
        return ""

    def keys(self, schemas: Sequence[Schema]) -> tuple[str, ...]:
        """Return the keys that these schemas name."""
        every = (one for schema in schemas for one in self.unfold(schema))
        return tuple(dict.fromkeys(key for one in every for key in one.get("properties", {})))

    def home_above(self, path: Path_, key: str) -> Path_ | None:
        """Return the nearest mapping above `path` that has the key."""
        for end in range(len(path) - 1, -1, -1):
            if key in self.keys(self.at(path[:end])):
                return path[:end]
        return None

    def home_below(self, path: Path_, key: str, *, depth: int = 4) -> Path_ | None:
        """Return the nearest mapping or list item below `path` that has the key."""
        level = [(path, one) for one in self.at(path)]
        for _ in range(depth):
            inner = [(where, found) for where, one in level for found in self._children(where, one)]
            level = [child for _, child in inner]
            for where, one in level:
                if key in self.keys([one]):
                    return where
        return None

    def _children(self, path: Path_, schema: Schema) -> Iterator[tuple[Path_, Schema]]:
        """Yield what stands one level below: named keys, and the items of a list."""
        for one in self.unfold(schema):
            for key, body in one.get("properties", {}).items():
                yield (*path, key), body
            if "items" in one:
                yield (*path, 0), one["items"]
