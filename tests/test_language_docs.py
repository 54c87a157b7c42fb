"""The pages of docs/表式语言 say what is true: their examples run, print and are refused as shown.

An example is a fenced yaml block whose first line is `# form.yaml`, `# rubric.yaml`, `# 数据` or
`# 用语.yaml`, with `错例` behind where it is meant to be refused. A form that does not name itself
(表式) is laid over the sample form of 目录.md: what it leaves out stands there. A fenced text block
that follows lists what comes of it: `错误 R208 …`, `警告 I312 …`, `{{ 引用 }} 印作 值`, and the
rows of the indicator tables in their columns, `行 产出指标｜培训人次｜20｜16`.
"""

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from generator import cli
from generator.findings import Finding, Severity
from generator.pipeline import ProjectResult, load_project, open_workbench
from generator.pipeline_bench import schema_path
from generator.reading.discovery import find_file
from generator.rendering.context import build_context
from generator.scoring.references import find_references
from tests.conftest import ROOT, switch_off

PAGES = ROOT / "docs" / "表式语言"
INDEX = "目录"
_BLOCK = re.compile(r"^```(yaml|text)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_CHUNK = re.compile(r"^(?=[^\s#}\]-])", re.MULTILINE)
_LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)")
_SPAN = re.compile(r"`([^`\n]+)`")
_SAID = {Severity.ERROR: "错误", Severity.WARNING: "警告"}


@dataclass(frozen=True, slots=True)
class Example:
    """A package as far as its page has written it, maybe with data; what comes of it is `said`."""

    name: str
    form: str
    rubric: str = ""
    terms: str = ""
    data: str = ""
    said: tuple[str, ...] = ()

    @property
    def form_id(self) -> str:
        return re.search(r"^表式: (\S+)", self.form, re.MULTILINE)[1]


def read(page: str) -> str:
    return (PAGES / f"{page}.md").read_text(encoding="utf-8")


def blocks(page: str) -> list[tuple[str, str]]:
    """Return kind (`form.yaml`, `数据 错例`, `text` …) and text of each example of a page."""
    found = []
    for language, text in _BLOCK.findall(read(page)):
        head = re.match(r"# ((?:form\.yaml|rubric\.yaml|数据|用语\.yaml)(?: 错例)?)\n", text)
        assert head or language == "text", f"{page}: an example without its first line: {text}"
        found.append((head[1] if head else language, text))
    return found


def chunks(text: str) -> dict[str, str]:
    """Split YAML at its keys of the first level; comments in front of the first one are dropped."""
    parts = [part for part in _CHUNK.split(text) if not part.startswith("#")]
    return {part.partition(":")[0]: part for part in parts if part.strip()}


def lay(over: str, under: str, *, without: tuple[str, ...] = ()) -> str:
    """Lay an example over the sample: first-level keys that it lacks are the sample's."""
    added = {k: v for k, v in chunks(under).items() if k not in (*chunks(over), *without)}
    return "".join([over, *added.values()])


WORDS = (ROOT / "templates/用语.yaml").read_text(encoding="utf-8")
SAMPLE = dict(reversed(blocks(INDEX)))


def grow(before: Example, kind: str, text: str) -> Example:
    """Return what a page has written so far with one block more."""
    sample = SAMPLE["form.yaml"]
    if kind == "form.yaml":
        lost = ("派生",) if "资金" in chunks(text) else ()
        form = text if "表式" in chunks(text) else lay(text, sample, without=lost)
        return replace(before, form=form, rubric="")
    if kind == "rubric.yaml":
        return replace(before, rubric=lay(text, SAMPLE[kind]) if before.form == sample else text)
    if kind == "用语.yaml":
        return replace(before, terms=lay(text, WORDS))
    fills = {"资金": "资金", "绩效指标": "指标表"}  # of the sample's data, where its form still is
    own = chunks(before.form)
    lost = tuple(key for key, block in fills.items() if own.get(block) != chunks(sample)[block])
    return replace(before, data=lay(text, SAMPLE["数据"], without=("报告", *lost)))


def examples(page: str) -> list[Example]:
    """Return each example with what stands before it on its page; wrong ones change nothing."""
    before, found = Example(page, SAMPLE["form.yaml"], SAMPLE["rubric.yaml"]), []
    for number, (kind, text) in enumerate(blocks(page), 1):
        if kind == "text":
            found[-1] = replace(found[-1], said=tuple(text.splitlines()))
            continue
        own = kind.removesuffix(" 错例")
        found.append(replace(grow(before, own, text), name=f"{page}-{number}"))
        before = found[-1] if kind in ("form.yaml", "rubric.yaml", "用语.yaml") else before
    return found


EXAMPLES = [example for path in sorted(PAGES.glob("*.md")) for example in examples(path.stem)]


def write(root: Path, example: Example) -> None:
    """Write the sample and the example below a root, with empty templates and derived schemas."""
    shutil.copytree(ROOT / "schema", root / "schema")
    sample = Example("", SAMPLE["form.yaml"], SAMPLE["rubric.yaml"])
    for package in (sample, example):
        folder = root / "templates" / package.form_id
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "form.yaml").write_text(package.form, encoding="utf-8")
        (folder / "rubric.yaml").unlink(missing_ok=True)
        if package.rubric:
            (folder / "rubric.yaml").write_text(package.rubric, encoding="utf-8")
        for template in re.findall(r"模板: (\w+\.docx)", package.form):
            (folder / template).touch()
    (root / "templates/用语.yaml").write_text(example.terms or WORDS, encoding="utf-8")
    switch_off(root, "Q")
    cli.main(["schema", "--root", str(root), "--quiet"])


def outcome(root: Path, example: Example) -> list[str]:
    """Return what the program says of an example, in the words of its page."""
    bench = open_workbench(root)
    if not example.data:
        return tell((*bench.findings, *bench.package(example.form_id).findings))
    path = root / "data/2020/shili/xiangmu.yaml"
    path.parent.mkdir(parents=True)
    data = re.sub(r"^表式: .*", f"表式: {example.form_id}", example.data, flags=re.MULTILINE)
    path.write_text(data, encoding="utf-8")
    result = load_project(bench, find_file(root, path))
    told = tell(result.findings)
    if result.scope is None:
        return told
    references = [one for line in example.said for one in find_references(line)]
    told += [f"{one.text} 印作 {result.scope.resolve(one.names)}" for one in references]
    return told + (rows(result) if any(line.startswith("行 ") for line in example.said) else [])


def rows(result: ProjectResult) -> list[str]:
    """Return the printed rows: the columns of the form, or the usual ones."""
    context = build_context(result.project, result.sheet, result.scope)
    told = []
    for table in result.project.form.tables:
        usual = [*(["目标标题"] if table.goals else []), "一级指标", "名称", "分值", "得分"]
        names = [column.name for column in table.columns] or usual
        told += ["行 " + "｜".join(str(row[name]) for name in names) for row in context[table.name]]
    return told


def tell(findings: tuple[Finding, ...]) -> list[str]:
    return [f"{_SAID[one.severity]} {one.code} {one.message}" for one in findings]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_every_example_does_what_its_page_says(example: Example, tmp_path) -> None:
    write(tmp_path, example)
    assert outcome(tmp_path, example) == list(example.said)


def test_the_index_leads_to_every_page() -> None:
    linked = {link.removesuffix(".md") for link in _LINK.findall(read(INDEX)) if "/" not in link}
    assert linked | {INDEX} == {path.stem for path in PAGES.glob("*.md")}


@pytest.mark.parametrize("page", sorted(path.stem for path in PAGES.glob("*.md")))
def test_every_link_of_a_page_leads_to_a_file(page: str) -> None:
    assert [link for link in _LINK.findall(read(page)) if not (PAGES / link).exists()] == []


def words_of(schema: object) -> Iterator[str]:
    """Yield every key that a hand-written schema knows, and every word that a value may be."""
    if isinstance(schema, dict):
        properties = schema.get("properties")
        yield from properties if isinstance(properties, dict) else ()
        yield from (str(word) for word in schema.get("enum", ()) if isinstance(word, str))
    below = schema.values() if isinstance(schema, dict) else schema
    for inner in below if isinstance(schema, dict | list) else ():
        yield from words_of(inner)


@pytest.mark.parametrize("name", ["form-package", "rubric-package", "terms"])
def test_every_key_and_word_of_the_language_stands_on_a_page(name: str) -> None:
    schema = json.loads(schema_path(ROOT, name).read_text(encoding="utf-8"))
    spans = " ".join(span for path in PAGES.glob("*.md") for span in _SPAN.findall(read(path.stem)))
    mentioned = set(re.split(r"[\s:：,，、{}\[\]()（）“”\"]+", spans))
    assert sorted(set(words_of(schema)) - mentioned - {""}) == []
