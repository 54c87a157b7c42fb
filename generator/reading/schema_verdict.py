"""A fast yes to data that satisfy a schema; the only module that imports jsonschema_rs.

It says yes or nothing: whoever hears no yes asks jsonschema, which explains. So that no yes is
wrong, patterns mean what `re` makes of them: `$` also stands before a last line break, and what
the two engines may read differently is left to jsonschema with the whole schema.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final
from urllib.parse import quote

from generator.patterns import pattern
from generator.reading.schema_keywords import LISTED, NAMED, ONE, Schema

_ESCAPED: Final = r"\\[^\w\s]"
_CLASS: Final = rf"\[\^?(?:{_ESCAPED}|(?!&&|--|~~)[^\\\[\]])+\]"
_COUNT: Final = r"(?:[*+?]|\{[0-9]+(?:,[0-9]*)?\})(?!\+)"
_TOKEN: Final = pattern(rf"{_ESCAPED}|{_CLASS}|{_COUNT}|\((?!\?)|[^\\\[({{*+?}}$]")


class NotTranslatable(ValueError):
    """A pattern that only `re` is to read."""


def compile_verdict(schema: Schema) -> Callable[[object], bool]:
    """Return what says whether plain data satisfy a schema; of a schema it cannot take, never."""
    import jsonschema_rs  # noqa: PLC0415 - runs that read no data never load it

    try:
        options = jsonschema_rs.RegexOptions()
        translated = translate(schema)
        validator = jsonschema_rs.Draft202012Validator(translated, pattern_options=options)
    except (ValueError, jsonschema_rs.ReferencingError):
        return lambda _: False

    def is_valid(value: object) -> bool:
        try:
            return validator.is_valid(value)
        except ValueError:  # half a surrogate pair, nested too deep
            return False

    return is_valid


def translate(schema: Any) -> Any:
    """Write a schema for the other engine: its patterns, and references in ASCII.

    Raises:
        NotTranslatable: names the pattern.
    """
    if not isinstance(schema, Mapping):
        return schema
    stated = (pair for pair in schema.items() if pair[0] != "$schema")  # always read as 2020-12
    return {key: _translate_keyword(key, value) for key, value in stated}


def _translate_keyword(key: str, value: Any) -> Any:
    if key in ONE:
        return translate(value)
    if key in NAMED:
        is_pattern = key == "patternProperties"
        names = {name: translate_pattern(name) if is_pattern else name for name in value}
        return {names[name]: translate(body) for name, body in value.items()}
    if key in LISTED:
        return [translate(body) for body in value]
    if key == "pattern":
        return translate_pattern(value)
    return _translate_reference(value) if key == "$ref" else value


@lru_cache(maxsize=256)
def _translate_reference(reference: str) -> str:
    return quote(reference, safe="#/$~%")


def translate_pattern(pattern: str) -> str:
    """Write a pattern so that it finds what `re.search` finds with it.

    Raises:
        NotTranslatable: it uses more than characters, classes, groups, counts and alternatives.
    """
    body = pattern.removesuffix("$")
    tokens = _TOKEN.findall(body)
    if not pattern or "".join(tokens) != body:  # jsonschema takes "" for no pattern
        raise NotTranslatable(pattern)
    end = r"\n?$" if body != pattern else ""
    return "".join(r"[^\n]" if token == "." else token for token in tokens) + end
