"""Schema errors are read by keyword: all of them, none twice, in Chinese, with the nearest word."""

import json
import re
import re._constants as codes
import re._parser as parser
import unicodedata

import pytest
from jsonschema import Draft202012Validator

from generator.errors import UserError
from generator.findings import Place
from generator.reading.schema_check import SchemaChecker, load_schema
from generator.reading.schema_keywords import KEYWORDS, refuse_unknown_keywords
from generator.reading.schema_messages import mend_text
from generator.reading.yaml_source import parse_yaml, read_yaml
from generator.suggestions import closest
from tests.conftest import ROOT

SCHEMAS = sorted((ROOT / "schema").glob("*.schema.json"))
COMMON = json.loads((ROOT / "schema/common.schema.json").read_text(encoding="utf-8"))["$defs"]
ROW = {"type": "object", "properties": {"行": {"items": {"$ref": "#/$defs/指标"}}}, "$defs": COMMON}
TARGET = {"properties": {"目标值": {"$ref": "#/$defs/目标值"}}, "$defs": COMMON}


def findings(schema, text):
    return list(SchemaChecker(schema).check(parse_yaml(text.encode(), file="甲.yaml")))


def rules(schema, text):
    return [(finding.rule, finding.subject) for finding in findings(schema, text)]


def test_a_misspelt_key_is_one_finding_at_the_key():
    (found,) = findings(ROW, "行:\n  - 名程: 甲\n")
    assert (found.code, found.rule) == ("S201", "schema-unknown-key")
    assert found.place == Place("甲.yaml", 2, 5, 2)
    assert found.message == "「行」第 1 项里没有「名程」这个键"
    assert found.hint == "是不是「名称」？"


def test_every_unknown_key_is_a_finding_of_its_own():
    found = rules(ROW, "行:\n  - {名称: 甲, 天: 1, 地: 2}\n")
    assert found == [("schema-unknown-key", "行.甲.天"), ("schema-unknown-key", "行.甲.地")]


def test_an_indicator_without_name_and_parts_lacks_either():
    (found,) = findings(ROW, "行:\n  - {分值: 10}\n")
    assert found.message == "「行」第 1 项缺少「名称」（指标名称）或「分项」"


def test_what_a_row_with_parts_would_lose_is_refused():
    parts = "分项: [{名称: 甲, 目标值: 1, 完成值: 1}]"
    found = findings(ROW, f"行:\n  - {{目标值: 2次, 完成值: 1次, 分值: 10, {parts}}}\n")
    assert [one.message for one in found] == [
        "「目标值」在这里不填，现为「2次」",
        "「完成值」（实际完成值）在这里不填，现为「1次」",
    ]
    assert found[1].hint == "有“分项”的，完成值写在各个分项里"
    for text in (f"{{名称: 乙, 完成值: , {parts}}}", "{名称: 乙, 完成值: 1次, 分项: }"):
        assert not findings(ROW, f"行:\n  - {text}\n")


def test_a_number_with_a_unit_is_told_how_to_be_written():
    (found,) = findings(ROW, "行:\n  - {名称: 甲, 分值: 10分}\n")
    assert found.rule == "schema-pattern"
    assert "不写单位，不写千分位" in found.message
    assert found.hint == "是不是「10」？"
    assert found.place == Place("甲.yaml", 2, 17, 3)


@pytest.mark.parametrize(
    ("target", "rule", "subject"),
    [
        ("{年初: 120家, 调整厚: 100家}", "schema-unknown-key", "目标值.调整厚"),
        ("{年初: 120家}", "schema-missing-key", "目标值.调整后"),
        ("{方向: 大于, 值: 3}", "schema-value", "目标值.方向"),
        ("{方向: ≥, 值: 3个}", "schema-pattern", "目标值.值"),
        ("[3个]", "schema-type", "目标值"),
    ],
)
def test_alternatives_are_explained_by_the_one_that_fits_best(target, rule, subject):
    assert rules(TARGET, f"目标值: {target}\n") == [(rule, subject)]


def test_a_key_of_an_item_under_its_list_is_sent_down():
    schema = {
        "type": "object",
        "properties": {
            "组": {
                "type": "object",
                "properties": {"数量": {"type": "array", "items": {"$ref": "#/$defs/指标"}}},
                "additionalProperties": False,
            }
        },
        "$defs": COMMON,
    }
    (found,) = findings(schema, "组:\n  数量:\n  - 名称: 甲\n  目标值: 3个\n")
    assert found.hint == "「目标值」应写在「数量」的一项里，请检查缩进"


def test_a_required_key_typed_one_level_too_deep_is_one_finding():
    schema = {
        "type": "object",
        "properties": {
            "年度": {"$ref": "#/$defs/年度"},
            "资金": {"type": "object", "properties": {}, "additionalProperties": False},
        },
        "required": ["年度"],
        "$defs": COMMON,
    }
    (found,) = findings(schema, "资金:\n  年度: 2020\n")
    assert found.hint == "「年度」应写在最外层，请检查缩进"


def test_blank_lists_mappings_and_values_are_not_wrong():
    assert findings(ROW, "行:\n  - {名称: 甲, 目标值: , 分值: , 其中: , 核心: ''}\n") == []


def test_messages_are_chinese():
    text = "行:\n  - {分值: x, 得分: [1], 核心: 对, 分项: 无, 其中: [{}], 得分系数: 0.5, 外: 1}\n"
    found = findings(ROW, text)
    assert len(found) == 7
    assert not [f for f in found if re.search(r"[A-Za-z]{2,}", f.message + f.hint)]


@pytest.mark.parametrize(
    "schema",
    [
        {"require": ["甲"]},
        {"format": "date"},
        {"uniqueItems": True},
        {"properties": {"甲": {"$ref": "http://example.com/x.json"}}},
        {"properties": {"甲": {"$ref": "#/$defs/没有"}}},
        {"properties": ["甲"]},
        {"minLength": "3"},
        {"minLength": True},
        {"type": "text"},
        {"pattern": "("},
        {"anyOf": [{"items": 3}]},
    ],
)
def test_a_schema_that_would_be_half_understood_is_refused(schema):
    with pytest.raises(UserError):
        refuse_unknown_keywords(schema, name="甲")


def test_a_missing_or_broken_schema_is_a_user_error(tmp_path):
    with pytest.raises(UserError, match="读不到"):
        load_schema(tmp_path / "没有.json")
    (tmp_path / "坏.json").write_text("{", encoding="utf-8")
    with pytest.raises(UserError, match="不是 JSON"):
        load_schema(tmp_path / "坏.json")


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.stem)
def test_committed_schemas_load_and_keep_to_what_the_checker_knows(path):
    load_schema(path)
    schema = json.loads(path.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    for one in each_schema(schema):
        types = one.get("type", ())
        types = {types} if isinstance(types, str) else set(types)
        assert "string" in types or not types & {"number", "integer"}, one
        assert set(one) <= KEYWORDS
        assert not has_nested_repeat(one.get("pattern", ""))


def test_nested_repeats_are_recognized():
    assert has_nested_repeat("^(a+)+$")
    assert not has_nested_repeat("^([0-9]+(,[0-9]{3})?)?$")


def test_every_row_of_a_long_list_is_told():
    rows = "\n".join(f"  - {{名称: 甲{n}, 分值: {'1' * 200}x}}" for n in range(500))
    assert len(findings(ROW, f"行:\n{rows}\n")) == 500


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("分直", ["分值", "得分"], "分值"),
        ("年初预算", ["年初预算数", "全年预算数"], "年初预算数"),
        ("主管单位", ["部门名称", "主管部门"], "主管部门"),
        ("金额", ["资金", "年度"], ""),
        ("", ["资金"], ""),
    ],
)
def test_the_closest_is_near(word, known, meant):
    assert closest(word, known) == meant


@pytest.mark.parametrize(
    ("text", "shape", "mended"),
    [
        ("500元", "数", "500"),
        ("500万元", "数", ""),
        ("11,123.37", "数", "11123.37"),
        ("５００", "数", "500"),
        ("2020年11月3日", "日期", "2020-11-03"),
        ("2020.5", "时点", "2020-05"),
        ("95", "百分比", ""),
        ("约五百", "数", ""),
    ],
)
def test_a_slip_of_writing_is_mended(text, shape, mended):
    assert mend_text(text, COMMON[shape]["pattern"]) == mended


def test_no_word_of_the_terms_stands_in_two_places_or_holds_a_digit():
    """A place is where the word would stand: before a number, behind it, behind a month …"""
    source = read_yaml(ROOT / "templates/用语.yaml", file="用语.yaml")
    assert list(load_schema(ROOT / "schema/terms.schema.json").check(source)) == []
    terms, ways = source.value, source.value["方向"]
    places = {
        "before": [word for way in ways for word in way["前"]],
        "behind": [*(word for way in ways for word in way.get("后", ())), *terms["倍数"]],
        "between": terms["区间"],
        "behind a full date": terms["期限"]["当日"],
        "behind a month": [*terms["期限"]["月末"], *terms["期限"]["月前"]],
    }
    for place, words in places.items():
        folded = [unicodedata.normalize("NFKC", word) for word in words]
        assert len(set(folded)) == len(folded), place
        assert not [word for word in folded if any(c.isdigit() for c in word)], place


@pytest.mark.parametrize(
    "text", ["区间: [第2]", "方向: [{名称: ≥, 前: [超过１]}]", "倍数: {十2: 10}"]
)
def test_a_term_with_a_digit_is_refused(text):
    checker = load_schema(ROOT / "schema/terms.schema.json", family="R", prefix="form", first=101)
    found = list(checker.check(parse_yaml(f"{text}\n".encode(), file="用语.yaml")))
    assert {f.rule for f in found} - {"form-missing-key"}


def each_schema(schema):
    """Yield a schema and every schema inside it."""
    if not isinstance(schema, dict):
        return
    yield schema
    inner = [schema.get(key) for key in ("items", "additionalProperties", "if", "then", "not")]
    for key in ("properties", "patternProperties", "$defs", "dependentSchemas"):
        inner += schema.get(key, {}).values()
    for one in (*inner, *schema.get("anyOf", ()), *schema.get("allOf", ())):
        yield from each_schema(one)


def has_nested_repeat(pattern):
    """Say whether an unbounded repeat stands inside another: such a pattern can hang."""

    def walk(items, inside):
        for code, value in items:
            is_repeat = code in (codes.MAX_REPEAT, codes.MIN_REPEAT)
            is_open = is_repeat and value[1] is codes.MAXREPEAT
            if is_open and inside:
                return True
            for part in value if isinstance(value, tuple | list) else ():
                for body in part if isinstance(part, list) else [part]:
                    if isinstance(body, parser.SubPattern) and walk(body, inside or is_open):
                        return True
        return False

    return walk(parser.parse(pattern), False)
