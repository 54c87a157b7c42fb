"""The closed list of schema keywords: what is not in it, a validator would half understand.

Remote references, `format` and `uniqueItems` are left out: the first fetches, the second is
ignored silently, the third is quadratic.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypeAlias

from generator.errors import UserError
from generator.suggestions import closest

Schema: TypeAlias = Mapping[str, Any]
Path_: TypeAlias = tuple[str | int, ...]

ONE = frozenset(("items", "additionalProperties", "if", "then", "not"))
NAMED = frozenset(("properties", "patternProperties", "$defs", "dependentSchemas"))
LISTED = frozenset(("anyOf", "allOf"))
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
KEYWORDS = ONE | NAMED | LISTED | frozenset(_PLAIN)
_TYPES = frozenset(("string", "number", "integer", "null", "array", "object"))
LOCAL = "#/$defs/"


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
            if key in ONE:
                waiting.append((at, value))
            elif key in NAMED and isinstance(value, Mapping):
                waiting += [(f"{at}/{inner}", body) for inner, body in value.items()]
            elif key in LISTED and isinstance(value, list):
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
    if key == "$ref" and str(value).removeprefix(LOCAL) not in definitions:
        raise UserError(f"{at}：只能引用本文件的 $defs", hint=f"现为 {value}")
    types = value if isinstance(value, list) else [value]
    if key == "type" and not _TYPES.issuperset(types):
        raise UserError(f"{at}：不认识的类型", hint=f"现为 {value}")
    if key == "pattern":
        try:
            re.compile(str(value))
        except re.error as error:
            raise UserError(f"{at}：表达式写错了", hint=f"现为 {value}") from error
