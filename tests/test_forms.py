"""Small invented forms that use every part of the form language, and what must come of each.

tests/forms/<form>/ holds form.yaml, rubric.yaml, data.yaml and expected.yaml: a list of cases.
A case is the package and its data after 替换; all findings that it gives are listed under 提示, by
code and by the line that 在 stands in (else the line that was changed). 待修: known to be wrong.
"""

import json
import re
import shutil
from pathlib import Path

import pytest
from docx import Document
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from generator.amounts import plain
from generator.cli import main
from generator.findings import Severity
from generator.pipeline import load_project, open_workbench
from generator.pipeline_packages import derive_schema_files
from generator.reading.discovery import find_file
from generator.reading.yaml_source import read_yaml
from generator.rendering.context import build_context
from tests.conftest import ROOT, misspelt, replace_once, switch_off

HERE = Path(__file__).parent / "forms"
BOUND = [  # 平均 (90 + 80) ÷ 2 = 85；按预算加权 (90×300 + 80×100) ÷ 400 = 87.5；86 起为优
    ("rollup-plain", "unit2030年2个项目，平均85分，良"),
    ("rollup-weighted", "unit2030年2个项目，平均87.5分，优"),
]
FORMS = sorted(path.parent.name for path in HERE.glob("*/expected.yaml"))
OWN_HEADINGS = {  # where an outline admits any heading
    "explanations": {("报告", "资金情况")},
    "lists": {("报告", "支出情况")},
    "outline-fixed": {("报告", "实施情况")},
}
KNOWN_KEYS = {"说明", "数据", "替换", "结果", "得分", "分值", "数", "印", "文", "提示", "待修"}


def read_cases():
    for path in sorted(HERE.glob("*/expected.yaml")):
        for case in read_yaml(path, file=path.name).value:
            broken = case.get("待修")
            marks = pytest.mark.xfail(reason=str(broken), strict=True) if broken else ()
            name = f"{path.parent.name}: {case['说明']}"
            yield pytest.param(path.parent.name, case, id=name, marks=marks)


def copy_form(form, root):
    """Copy a form with all that it is based on: test packages, else the repository's own."""
    home = HERE if (HERE / form).is_dir() else ROOT / "templates"
    target = root / "templates" / form
    if not (home / form).is_dir() or target.is_dir():
        return
    shutil.copytree(home / form, target, ignore=shutil.ignore_patterns("*expected.yaml"))
    base = re.search(r"^沿用: (\S+)", (target / "form.yaml").read_text(encoding="utf-8"), re.M)
    if base:
        copy_form(base[1], root)


def make_root(form, root, data="data.yaml"):
    """Make a folder with one form and its data; return where the files are by short name."""
    shutil.copytree(ROOT / "schema", root / "schema")
    (root / "templates").mkdir()
    for path in (ROOT / "templates").glob("*.yaml"):
        shutil.copy(path, root / "templates")
    switch_off(root, "Q")  # quality of indicators; its words are the same for all forms
    copy_form(form, root)
    unit = root / "data/2030/unit"
    unit.mkdir(parents=True)
    for path in [HERE / form / "_unit.yaml", HERE / form / data]:
        if path.exists():
            shutil.copy(path, unit)
    return unit / data


def line_of(path, text):
    content = path.read_text(encoding="utf-8")
    assert content.count(text) == 1, f"「{text}」在 {path.name} 里有 {content.count(text)} 处"
    return content[: content.index(text)].count("\n") + 1


def load_case(form, case, root):
    """Return the project of a case, and where a name leads: `form.yaml`, `other/form.yaml`."""
    data = make_root(form, root, case.get("数据") or "data.yaml")

    def place(name):
        if name in (None, "_unit.yaml", data.name):
            return data.with_name(name or data.name)
        return root / "templates" / (name if "/" in name else f"{form}/{name}")

    for change in case.get("替换") or []:
        replace_once(place(change.get("文件")), change["原"], change.get("改为") or "")
    bench = open_workbench(root)
    for path, text in derive_schema_files(bench):
        path.write_text(text, encoding="utf-8")
    bench = open_workbench(root)
    return load_project(bench, find_file(root, data)), place


def expected_place(wanted, case, place, root):
    """Return file:line of an expected finding: where 在 stands, else where the case changed."""
    changes = case.get("替换") or [{}]
    file = wanted.get("文件") or changes[-1].get("文件")
    text = wanted.get("在") or next(iter((changes[-1].get("改为") or "").strip().splitlines()))
    path = place(file)
    name = path.relative_to(root).as_posix()
    return name if text == "整份" else f"{name}:{line_of(path, text)}"


def fits(finding, wanted, case, place, root):
    where = finding.place.file + (f":{finding.place.line}" if finding.place.line else "")
    cited = wanted.get("据")  # the line of form.yaml or rubric.yaml that the finding must cite
    return (
        wanted["码"] == f"{finding.code} {finding.rule}"
        and (wanted.get("级别") or "错误")
        == ("错误" if finding.severity is Severity.ERROR else "警告")
        and where == expected_place(wanted, case, place, root)
        and all(part in finding.message for part in as_list(wanted.get("含")))
        and (not cited or form_line(cited, place, root) in finding.basis)
    )


def form_line(text, place, root):
    files = [path for path in (place("form.yaml"), place("rubric.yaml")) if path.exists()]
    path = next(path for path in files if text in path.read_text(encoding="utf-8"))
    return f"{path.relative_to(root).as_posix()}:{line_of(path, text)}"


def as_list(value):
    return value if isinstance(value, list) else [value] if value else []


def show_findings(findings):
    return "\n".join(
        f"{f.place.file}:{f.place.line} {f.severity} {f.code} {f.rule} {f.message}（{f.basis}）"
        for f in findings
    )


def compare_findings(result, case, place, root):
    left = [f for f in result.findings if f.severity is not Severity.NOTE and not f.waived]
    said = show_findings(left)
    for wanted in case.get("提示") or []:
        mine = [f for f in left if fits(f, wanted, case, place, root)]
        at = expected_place(wanted, case, place, root)
        assert mine, f"没有提示 {wanted}（{at}），只有：\n{said}"
        left.remove(mine[0])
    assert not left, f"多出提示：\n{show_findings(left)}"


def row_of(result, path):
    found = [row for row in result.sheet.rows if row.indicator.answers_to(path)]
    assert len(found) == 1, f"「{path}」有 {len(found)} 行"
    return found[0]


def number(value):
    return "空" if value is None else plain(value)


def compare_results(result, wanted):
    sheet = result.sheet
    rate = sheet.rate
    found = {
        "总分": number(sheet.total),
        "分值合计": number(sheet.total_points),
        "等级": sheet.grade or "空",
        "执行率得分": number(rate.score if rate else None),
    }
    assert {key: found[key] for key in wanted} == wanted, f"算得 {found}"


def compare_printed(result, wanted):
    """Compare the rows that Word gets; 只 keeps the rows that have these texts."""
    context = build_context(result.project, result.sheet, result.scope)
    for table in wanted:
        rows = [{key: str(cell) for key, cell in row.items()} for row in context[table["表"]]]
        kept = table.get("只") or {}
        rows = [row for row in rows if all(row.get(key, "") == kept[key] for key in kept)]
        expected = [{k: v or "" for k, v in row.items()} for row in table["行"]]
        shown = [
            {key: row.get(key) for key in want} for row, want in zip(rows, expected, strict=False)
        ]
        assert shown == expected, f"印作 {shown}"
        assert len(rows) == len(expected), f"印了 {len(rows)} 行"


@pytest.mark.parametrize(("form", "case"), list(read_cases()))
def test_a_form_gives_what_its_expectations_say(form, case, tmp_path):
    assert set(case) <= KNOWN_KEYS
    result, place = load_case(form, case, tmp_path)
    compare_findings(result, case, place, tmp_path)
    if result.sheet is None:
        assert not {"结果", "得分", "分值", "数", "印", "文"} & set(case), "没有读成项目"
        return
    compare_results(result, case.get("结果") or {})
    for path, score in (case.get("得分") or {}).items():
        found = number(row_of(result, path).score)
        assert found == score, f"「{path}」得 {found}，应为 {score}"
    for path, points in (case.get("分值") or {}).items():
        found = number(row_of(result, path).points)
        assert found == points, f"「{path}」分值 {found}，应为 {points}"
    for name, value in (case.get("数") or {}).items():
        found = number(result.sheet.figures[name])
        assert found == value, f"「{name}」为 {found}，应为 {value}"
    for text, filled in (case.get("文") or {}).items():
        found = result.scope.fill(text)
        assert found == (filled or ""), f"{text} 写成 {found}"
    compare_printed(result, case.get("印") or [])


@pytest.mark.parametrize("form", [form for form in FORMS if form != "too-deep"])
def test_the_schema_of_a_form_refuses_every_misspelt_key(form, tmp_path):
    """Its data validate as text and as the typed values of an editor; a wrong key never does."""
    data = make_root(form, tmp_path)
    schemas = {path.name: text for path, text in derive_schema_files(open_workbench(tmp_path))}
    validator = Draft202012Validator(json.loads(schemas[f"{form}.schema.json"]))
    value = read_yaml(data, file=data.name).value
    loaded = YAML(typ="safe", pure=True).load(data.read_text(encoding="utf-8"))
    typed = json.loads(json.dumps(loaded, default=str))
    for read in (value, typed):
        assert [error.message for error in validator.iter_errors(read)] == []
    accepted = {where for where, spoilt in misspelt(value) if validator.is_valid(spoilt)}
    assert {where[:2] for where in accepted} == OWN_HEADINGS.get(form, set())


@pytest.mark.parametrize(("form", "heading"), BOUND)
def test_a_bound_document_holds_all_projects_of_a_unit(form, heading, tmp_path):
    """两个项目：90分（预算300）、80分（预算100）。"""
    data = make_root(form, tmp_path)
    shutil.copy(HERE / form / "第二个.yaml", data.parent)
    assert main(["schema", "--root", str(tmp_path), "--quiet"]) == 0
    out = tmp_path / "out"
    assert main(["report", "2030", "--root", str(tmp_path), "--out", str(out), "--quiet"]) == 0
    document = Document(out / "2030/unit/unit2030年自评合订.docx")
    text = [paragraph.text for paragraph in document.paragraphs if paragraph.text]
    assert text == [heading, "甲项目得90分，优", "乙项目得80分，良"]
    rows = [[cell.text for cell in table.rows[1].cells] for table in document.tables]
    assert rows == [["建成数", "9个", "90"], ["建成数", "8个", "80"]]


def test_a_document_is_named_by_the_pattern_of_its_form(tmp_path):
    make_root("documents", tmp_path)
    assert main(["schema", "--root", str(tmp_path), "--quiet"]) == 0
    out = tmp_path / "out"
    assert main(["report", "2030", "--root", str(tmp_path), "--out", str(out), "--quiet"]) == 0
    assert [path.name for path in out.rglob("*.docx")] == ["unit-2030-甲项目.docx"]
