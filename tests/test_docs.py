"""The guides say what the program does: nothing is missing in them, and their examples run."""

import io
import os
import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from generator import cli
from generator.checks.about import About, about, docstring_parts
from generator.checks.catalogue import EVERY_CHECK
from generator.commands.explain_catalogue import BEGIN, END, write_catalogue
from generator.reading.schema_faults import FaultKind
from generator.reading.yaml_rules import RULES
from generator.rendering import words
from generator.rendering.filters import AUTHOR_FILTERS
from generator.scoring.methods import METHODS
from tests.conftest import ROOT

DOCS = ROOT / "docs"
GUIDES = sorted([*DOCS.glob("*.md"), *ROOT.glob("templates/*/README.md")])
CATALOGUE = "检查目录.md"
_BLOCK = re.compile(r"^```yaml\n(.*?)^```", re.MULTILINE | re.DOTALL)
_EXAMPLE = re.compile(r"^<!-- 例子：(\S+) -->\n```yaml\n(.*?)^```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)#:\s]*)(?:#([^)\s]*))?\)")
_HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)
_FENCED = re.compile(r"^ *```.*?^ *```", re.MULTILINE | re.DOTALL)
LINKED = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md"), *ROOT.glob("templates/*/README.md")])
_CODE = re.compile(r'"([RSTOW]\d{3})"')


def read(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def examples(name: str) -> dict[str, str]:
    """Return the files that a guide tells its reader to write, by their path."""
    return dict(_EXAMPLE.findall(read(name)))


def schema_codes() -> set[str]:
    """Return the codes of schema errors: S201 … of data, R101 … of form packages."""
    numbers = range(1, len(FaultKind) + 1)
    return {f"{family}{number:02}" for family in ("S2", "R1") for number in numbers}


def literal_codes() -> set[str]:
    sources = (ROOT / "generator").rglob("*.py")
    return {code for path in sources for code in _CODE.findall(path.read_text(encoding="utf-8"))}


def test_the_catalogue_is_what_explain_prints() -> None:
    before, _, rest = read(CATALOGUE).partition(f"{BEGIN}\n\n")
    shown, _, after = rest.partition(f"\n{END}\n")
    if os.environ.get("ZIPING_ACCEPT"):
        text = f"{before}{BEGIN}\n\n{write_catalogue()}\n{END}\n{after}"
        (DOCS / CATALOGUE).write_text(text, encoding="utf-8")
        return
    assert shown == write_catalogue(), "make catalogue"


@pytest.mark.parametrize("check", EVERY_CHECK, ids=lambda check: check.RULE)
def test_every_check_tells_its_reader_everything(check) -> None:
    told = about(check)
    assert isinstance(getattr(check, "ABOUT", None), About)
    assert all((told.what, told.basis, told.example, told.subject, told.remedy, told.waived))
    assert {"PASS", "FAIL"} <= docstring_parts(check).keys()


@pytest.mark.parametrize("code", sorted({*RULES, *schema_codes(), *literal_codes()}))
def test_every_other_code_stands_in_the_catalogue(code: str) -> None:
    assert f"| {code} | `" in read(CATALOGUE) or f"### {code} `" in read(CATALOGUE)


@pytest.mark.parametrize(("code", "rule"), [(code, rule) for code, (rule, _) in RULES.items()])
def test_every_reading_rule_stands_in_the_catalogue_by_name(code: str, rule: str) -> None:
    assert f"| {code} | `{rule}` |" in read(CATALOGUE)


@pytest.mark.parametrize("method", METHODS)
def test_every_scoring_method_is_explained(method: str) -> None:
    assert f"\n| `{method}` |" in read("制作表式.md")


@pytest.mark.parametrize("word", words._WORDS)
def test_every_instruction_word_is_explained(word: str) -> None:
    assert re.search(rf"`\{{% {word}(?: [^`]*)?%\}}", read("编辑模板.md"))


@pytest.mark.parametrize("name", AUTHOR_FILTERS)
def test_every_number_format_is_explained(name: str) -> None:
    assert re.search(rf"｜{name}[（ ]", read("编辑模板.md"))


def make_targets() -> list[str]:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    return re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE)


def commands() -> list[str]:
    names = (path.stem.replace("_", "-") for path in (ROOT / "generator/commands").glob("*.py"))
    return sorted(name for name in names if f'"{name}"' in Path(cli.__file__).read_text("utf-8"))


@pytest.mark.parametrize("target", make_targets())
def test_every_make_target_stands_in_a_guide(target: str) -> None:
    texts = [path.read_text(encoding="utf-8") for path in (*GUIDES, ROOT / "README.md")]
    assert any(re.search(rf"make {target}(?![\w-])", text) for text in texts)


@pytest.mark.parametrize("command", commands())
def test_every_command_stands_in_a_guide(command: str) -> None:
    texts = [path.read_text(encoding="utf-8") for path in GUIDES]
    assert any(re.search(rf"ziping {command}(?![\w-])", text) for text in texts)


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_yaml_block_can_be_read(guide: Path) -> None:
    for block in _BLOCK.findall(guide.read_text(encoding="utf-8")):
        YAML(typ="safe", pure=True).load(io.StringIO(block))


def anchors(page: Path) -> set[str]:
    """Return what a page can be linked to: its headings as the code platforms write them."""
    headings = _HEADING.findall(_FENCED.sub("", page.read_text(encoding="utf-8")))
    bare = (re.sub(r"[^\w\- ]", "", heading.strip().lower()) for heading in headings)
    return {heading.replace(" ", "-") for heading in bare}


@pytest.mark.parametrize("page", LINKED, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_leads_to_a_file_and_a_heading(page: Path) -> None:
    text = _FENCED.sub("", page.read_text(encoding="utf-8"))
    links = [(page.parent / path if path else page, anchor) for path, anchor in _LINK.findall(text)]
    assert [str(path) for path, _ in links if not path.exists()] == []
    assert [(path.name, at) for path, at in links if at and at not in anchors(path)] == []


def test_every_guide_stands_in_the_table_of_contents() -> None:
    linked = {path for path, _ in _LINK.findall(read("目录.md"))}
    guides = {path.name for path in DOCS.glob("*.md")} - {"目录.md"}
    assert guides - linked == set()


def write_examples(root: Path, name: str) -> None:
    for file, text in examples(name).items():
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_text(text, encoding="utf-8")


def test_the_complete_example_of_the_guide_makes_its_documents(copied_root, capsys) -> None:
    write_examples(copied_root, "编写数据.md")
    arguments = ["report", "2020", "--root", str(copied_root), "--project", "shili/*"]
    assert cli.main([*arguments, "--out", str(copied_root / "output")]) == 0
    printed = capsys.readouterr().out
    assert "shili/jishu-gaizao\t93.51\t优\t无\t" in printed
    assert printed.endswith("2 份文档（2 份有变化）；0 处错误，0 处警告，0 处已豁免\n")


def test_the_form_of_the_guide_can_be_used(copied_root, capsys) -> None:
    write_examples(copied_root, "制作表式.md")
    assert cli.main(["schema", "--root", str(copied_root)]) == 0
    assert capsys.readouterr().out == "已更新：schema/shili-form.schema.json\n"
