"""The committed schemas: derived byte for byte, closed, and the same for text and typed values."""

import json

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from generator.cli import main
from generator.pipeline_bench import open_workbench
from generator.pipeline_packages import derive_schema_files
from generator.reading.package import list_forms
from generator.reading.schema_check import load_schema
from generator.reading.schema_keywords import refuse_unknown_keywords
from generator.reading.yaml_source import parse_yaml, read_yaml
from tests.conftest import ROOT, misspelt, replace_once

SCHEMAS = sorted((ROOT / "schema").glob("*.schema.json"))
DATA = sorted((ROOT / "data").glob("*/*/[!_]*.yaml"))


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.stem)
def test_a_schema_is_valid_and_uses_known_keywords_only(path):
    schema = json.loads(path.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    refuse_unknown_keywords(schema, name=path.name)


def test_every_derived_schema_is_the_committed_one():
    bench = open_workbench(ROOT)
    derived = dict(derive_schema_files(bench))
    assert {path.name for path in derived} == {
        *(f"{form}.schema.json" for form in list_forms(ROOT)),
        "unit.schema.json",
    }
    for path, text in derived.items():
        assert path.read_text(encoding="utf-8") == text, path.name


def test_a_stale_schema_is_a_finding(copied_root, capsys):
    replace_once(
        copied_root / "templates/zhuzhou-project/form.yaml",
        "标签: 其中：财政拨款",
        "标签: 财政拨款",
    )
    assert main(["check", "2020", "--root", str(copied_root), "--no-color"]) == 1
    assert "R220 表式 zhuzhou-project 的数据模式与表式不一致" in capsys.readouterr().out
    assert main(["schema", "--root", str(copied_root), "--check"]) == 1
    assert main(["schema", "--root", str(copied_root)]) == 0
    assert main(["check", "2020", "--root", str(copied_root)]) == 0


def test_a_broken_form_takes_nothing_out_of_the_schemas(copied_root):
    before = {path.name: path.read_bytes() for path in (copied_root / "schema").iterdir()}
    replace_once(copied_root / "templates/mof-project/form.yaml", "计分行: 合计", "计分行: 总计")
    assert main(["schema", "--root", str(copied_root)]) == 1
    assert {p.name: p.read_bytes() for p in (copied_root / "schema").iterdir()} == before


@pytest.mark.parametrize("path", DATA, ids=lambda path: path.stem)
def test_typed_values_of_an_editor_validate_like_text(path):
    """An editor reads 50660.00 as a number, the build as text: both must be accepted."""
    source = read_yaml(path, file=path.name)
    schema = json.loads((ROOT / f"schema/{source.value['表式']}.schema.json").read_text("utf-8"))
    validator = Draft202012Validator(schema)
    loaded = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    typed = json.loads(json.dumps(loaded, default=str))  # an editor of YAML 1.2 has no dates
    assert [error.message for error in validator.iter_errors(source.value)] == []
    assert [error.message for error in validator.iter_errors(typed)] == []


@pytest.mark.parametrize("path", DATA, ids=lambda path: path.stem)
def test_every_misspelt_key_is_refused(path):
    source = read_yaml(path, file=path.name)
    checker = load_schema(ROOT / f"schema/{source.value['表式']}.schema.json")
    tried = 0
    for where, spoilt in misspelt(source.value):
        if where[0] == "报告" and len(where) > 1:
            continue  # the outline is 参考: own headings are allowed
        tried += 1
        findings = list(checker.check(parse_yaml(dump(spoilt), file=path.name)))
        assert findings, f"{where} accepted"
    assert tried > 40


@pytest.mark.parametrize("path", DATA, ids=lambda path: path.stem)
def test_the_editor_is_pointed_at_the_schema_of_the_form(path):
    first = path.read_text(encoding="utf-8").splitlines()[0]
    target = first.partition("$schema=")[2]
    form = read_yaml(path, file=path.name).value["表式"]
    assert (path.parent / target).resolve() == ROOT / f"schema/{form}.schema.json"


def dump(value):
    """Write plain data as YAML that reads back as the same text."""
    return json.dumps(value, ensure_ascii=False).encode()


def test_schema_titles_are_chinese():
    for path in SCHEMAS:
        schema = json.loads(path.read_text(encoding="utf-8"))
        assert any(ord(c) > 0x4DFF for c in schema["title"]), path.name
        for name in schema.get("properties", {}):
            assert any(ord(c) > 0x4DFF for c in name), f"{path.name}: {name}"
