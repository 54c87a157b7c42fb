"""The fast yes and jsonschema's yes are the same, for every schema and whatever is typed."""

import functools
import json
import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.reading.schema_check import find_errors, load_schema
from generator.reading.schema_keywords import LOCAL
from generator.reading.schema_verdict import NotTranslatable, compile_verdict, translate_pattern
from generator.reading.yaml_source import read_yaml
from tests.conftest import ROOT

SCHEMAS = sorted((ROOT / "schema").glob("*.schema.json"))
CASES = [(path, "") for path in SCHEMAS] + [
    (ROOT / f"schema/{name}-package.schema.json", "合并后") for name in ("form", "rubric")
]
ODD = [
    None, "", " ", "\n", "0", "-0", "1.10", "1.0", "1e3", "＋1", "－1.5", "−2", "1９", "１", "5%",
    "5％", "5%\n", "2020", "2020\n", "2020\n\n", "2020\r", "1999", "2020-02-30", "2020-13-01",
    "2020-01-01\n", "true", "是", "是\n", "a", "é", "e\u0301", "\U00020000", "\U0001f600" * 3,
    "x\u2028", "\x85", "\ufeff", "1" * 40, "a-b", "目标1/甲", "目标1\n", "[1%, 2%]", "[1%, 2%]\n",
    [], [None], [""], ["a", "a"], [[]], {}, {"": None}, {"a": "1"}, {"a\n": {}}, {"表": {}},
]  # fmt: skip


@functools.cache
def load(case):
    return load_schema(case[0], definition=case[1])


def name_of(case):
    return f"{case[0].stem}{case[1]}"


def is_valid_slowly(schema, value):
    return not list(find_errors(schema, value))


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_every_committed_schema_has_a_fast_yes(case):
    schema = load(case).schema
    chance = random.Random(1)
    made = [make(schema, schema, chance, odd=0) for _ in range(30)]
    assert any(compile_verdict(schema)(value) for value in made)


@pytest.mark.parametrize("case", CASES, ids=name_of)
@given(seed=st.integers(), odd=st.sampled_from([0, 0.01, 0.05]))
@settings(max_examples=60, deadline=None)
def test_what_is_made_after_a_schema_is_judged_alike(case, seed, odd):
    checker = load(case)
    value = make(checker.schema, checker.schema, random.Random(seed), odd=odd)
    assert checker.is_valid(value) == is_valid_slowly(checker.schema, value)


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_the_files_of_the_repository_are_judged_alike(case):
    checker, schema = load(case), case[0].name.removesuffix(".schema.json")
    names = {"unit": "_unit.yaml", "terms": "用语.yaml", "checks": "检查.yaml"}
    name = names.get(schema, f"{schema.removesuffix('-package')}.yaml")
    for path, value in read_files():
        if path.name != name and value.get("表式") != schema:
            continue
        chance = random.Random(path.name)
        for one in (value, *(spoil(value, chance) for _ in range(4))):
            assert checker.is_valid(one) == is_valid_slowly(checker.schema, one), path


@functools.cache
def read_files():
    """Return every mapping of the repository, with its file."""
    paths = (
        path for top in ("data", "templates", "tests") for path in (ROOT / top).rglob("*.yaml")
    )
    read = [(path, read_yaml(path, file=path.name).value) for path in paths]
    return [(path, value) for path, value in read if isinstance(value, dict)]


PATTERNS = sorted(
    {
        pattern
        for path in SCHEMAS
        for pattern in re.findall(r'"pattern": ("(?:[^"\\]|\\.)*")', path.read_text("utf-8"))
    }
)
OTHER = ["^目标[1-9][0-9]*(/.+)?$", "a|b$", "^.$", r"^[\[\]\-^]+$", "^(甲|乙{2,3}){1,}?$", "^a.b"]


@pytest.mark.parametrize("pattern", [*map(json.loads, PATTERNS), *OTHER])
@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_a_pattern_means_the_same(pattern, data):
    ends = st.sampled_from(["", "\n", "\n\n", "\r", "\r\n", "\u2028", "\x85", "٣", " ", "０"])
    odd = st.sampled_from([one for one in ODD if isinstance(one, str)])
    body = data.draw(st.one_of(st.from_regex(pattern), odd, st.text(max_size=5)))
    text = data.draw(ends) + body + data.draw(ends) if data.draw(st.booleans()) else body
    verdict = compile_verdict({"pattern": pattern})
    assert verdict(text) == bool(re.search(pattern, text))
    keys = {"patternProperties": {pattern: {}}, "additionalProperties": False}
    assert compile_verdict(keys)({text: ""}) == is_valid_slowly(keys, {text: ""})


@pytest.mark.parametrize(
    "pattern",
    ["", r"\d", r"^\w+$", r"\s", r"[\d]", r"a$b", r"a\$$\Z", "(?i)a", "(?:a)", "a(?=b)", "a*+",
     "a{,3}", "[a&&b]", "[[a]", "[]a]", r"(a)\1", r"\ba", r"\u0041"],
)  # fmt: skip
def test_what_two_engines_may_read_differently_is_left_to_one(pattern):
    with pytest.raises(NotTranslatable):
        translate_pattern(pattern)
    assert not compile_verdict({"pattern": pattern})("a")


@pytest.mark.parametrize("schema", [{"$ref": f"{LOCAL}没有"}, {"type": "text"}, {"pattern": "("}])
def test_a_schema_that_cannot_be_compiled_never_says_yes(schema):
    assert not compile_verdict(schema)({})


def test_data_that_cannot_be_taken_get_no_yes():
    assert not compile_verdict({"minLength": 1})("\ud800")


@pytest.mark.parametrize("name", ["甲 乙", "a%41", "a~1b", "a/b", "a#b", '"'])
def test_a_definition_with_a_strange_name_gets_no_wrong_yes(name):
    schema = {"$ref": f"{LOCAL}{name}", "$defs": {name: {"type": "null"}}}
    try:
        expected = is_valid_slowly(schema, None)
    except Exception:
        expected = False
    assert expected or not compile_verdict(schema)(None)
    assert not compile_verdict(schema)("甲")


def make(schema, root, chance, *, odd, depth=0):  # noqa: PLR0911
    """Make a value that mostly satisfies a schema; `odd` is how often it is anything at all."""
    if chance.random() < odd or not isinstance(schema, dict):
        return chance.choice(ODD)
    if "$ref" in schema:
        target = root["$defs"][schema["$ref"].removeprefix(LOCAL)]
        return make(target, root, chance, odd=odd, depth=depth)
    for key in ("anyOf", "allOf"):
        if key in schema and "properties" not in schema:
            return make(chance.choice(schema[key]), root, chance, odd=odd, depth=depth)
    if "const" in schema or "enum" in schema:
        return chance.choice([schema["const"]] if "const" in schema else schema["enum"])
    kinds = schema.get("type", "object" if "properties" in schema else "string")
    kind = kinds if isinstance(kinds, str) else chance.choice(kinds)
    if kind == "object" and depth < 7:
        return make_object(schema, root, chance, odd=odd, depth=depth + 1)
    if kind == "array" and depth < 7:
        count = schema.get("minItems", 0) + chance.randrange(2)
        item = schema.get("items", True)
        return [make(item, root, chance, odd=odd, depth=depth + 1) for _ in range(count)]
    if "null" in kinds and (kind == "null" or chance.random() < 0.2):
        return None
    texts = [one for one in ODD if isinstance(one, str)]
    fitting = [one for one in texts if re.search(schema.get("pattern", ""), one)]
    return chance.choice(fitting or texts)


def make_object(schema, root, chance, *, odd, depth):
    needed = schema.get("required", ())
    made = {
        key: make(body, root, chance, odd=odd, depth=depth)
        for key, body in schema.get("properties", {}).items()
        if key in needed or chance.random() < 0.4
    }
    for key, body in schema.get("patternProperties", {}).items():
        for name in ("abc-1", "目标1", "甲", "abc\n"):
            if re.search(key, name) and chance.random() < 0.3:
                made[name] = make(body, root, chance, odd=odd, depth=depth)
    if schema.get("additionalProperties", True) is not False and chance.random() < 0.3:
        body = schema.get("additionalProperties", True)
        made["自拟"] = make(body, root, chance, odd=odd, depth=depth)
    if chance.random() < odd:
        made[chance.choice(["甲", "", "x\n"])] = None
    return made


def spoil(value, chance):
    """Return data with one thing changed somewhere."""
    if isinstance(value, dict) and value:
        key = chance.choice(list(value))
        if chance.random() < 0.85:
            return {**value, key: spoil(value[key], chance)}
        rest = {name: one for name, one in value.items() if name != key}
        return chance.choice([rest, {**rest, f"{key}x": value[key]}, {**value, "x": None}])
    if isinstance(value, list) and value and chance.random() < 0.9:
        at = chance.randrange(len(value))
        return [*value[:at], spoil(value[at], chance), *value[at + chance.randrange(2) :]]
    return chance.choice(ODD)
