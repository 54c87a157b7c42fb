"""The documents hold every sentence and every table cell of what was filed, in the right row."""

import re
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from tests.outline import table_rows

SOURCES = Path(__file__).parent / "sources"
SEEDS = Path(__file__).parents[2] / "shared" / "seeds"
DOCUMENTS = {  # source → the unit's folder, the report (if it is a document of its own), the table
    "zhuzhou-it-integration": ("zhuzhou", "两化融合专项绩效自评报告", "两化融合专项绩效自评表"),
    "zhuzhou-smart-manufacturing": (
        "zhuzhou",
        "制造强市专项（智能制造）绩效自评报告",
        "制造强市专项（智能制造）绩效自评表",
    ),
    "zhuzhou-warm-enterprises": (
        "zhuzhou",
        "温暖企业行动专项绩效自评报告",
        "温暖企业行动专项绩效自评表",
    ),
    "suzhou-manufacturing-base": (
        "suzhou",
        "",
        "苏州市打造先进制造业基地专项资金绩效自评价报告",
    ),
    "jinzhong-department": ("jinzhong", "", "部门整体支出绩效自评表"),
    "jinzhong-enterprise-platform": ("jinzhong", "", "优势企业转型项目信息化平台绩效自评表"),
    "jinzhong-innovation": ("jinzhong", "", "企业技术创新奖励补助绩效自评表"),
    "jinzhong-new-momentum": ("jinzhong", "", "新动能专项资金绩效自评表"),
}
RAW = {  # the raw text → the documents in it
    **{name: (name,) for name in DOCUMENTS if not name.startswith("jinzhong")},
    "jinzhong-department-and-projects": tuple(n for n in DOCUMENTS if n.startswith("jinzhong")),
}
_WIDE = str.maketrans("(),:;", "（），：；")
_MOBILE = re.compile(r"(?<!\d)(1[3-9]\d)\d{4}(\d{4})(?!\d)")  # masked in the data
_CELLS = 20
_NUMBER = re.compile(r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+\.)")


def plain(text):
    """Return a text without white space, with full-width punctuation."""
    return re.sub(r"\s+", "", text).translate(_WIDE)


def expected(name):
    """Return the lines of the narrative and the rows of the table that a source has."""
    report, _, table = (SOURCES / f"{name}.txt").read_text(encoding="utf-8").partition("# 自评表")
    narrative = [line for line in report.splitlines() if line and line != "# 报告"]
    rows = [[plain(cell) for cell in line.split("|")] for line in table.splitlines() if line]
    return narrative, rows


def paragraphs(path):
    """Return the text of every paragraph in order, those in table cells too."""
    body = docx.Document(str(path)).element.body
    return [plain("".join(t.text or "" for t in p.iter(qn("w:t")))) for p in body.iter(qn("w:p"))]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_sentence_stands_in_order(documents, name):
    unit, report, table = DOCUMENTS[name]
    found = paragraphs(documents / unit / f"{report or table}.docx")
    shown = [text for text in found if text]
    at = 0
    for line in expected(name)[0]:
        wanted = plain(line)
        place = next(
            (n for n in range(at, len(shown)) if wanted in (shown[n], _NUMBER.sub("", shown[n]))),
            None,
        )
        assert place is not None, f"missing or out of order: {line}"
        at = place + 1
    assert not report or at == len(shown), f"not in the source: {shown[at:]}"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_cell_stands_in_its_row(documents, name):
    unit, _, table = DOCUMENTS[name]
    path = documents / unit / f"{table}.docx"
    rows = [[plain(cell) for cell in row] for row in table_rows(path)]
    texts = paragraphs(path)
    for wanted in expected(name)[1]:
        if len(wanted) == 1:
            line = wanted[0]
            assert any(line in text for text in texts) or any(line in row for row in rows), line
        else:
            assert any(holds(row, wanted) for row in rows), f"no row has {wanted}"


def holds(row, wanted):
    """Say whether the cells stand in a row one behind the other (blank ones anywhere)."""
    width = len(wanted)
    for start in range(len(row) - width + 1):
        if row[start : start + width] == wanted:
            return True
    return len(wanted) > 2 and [cell for cell in row if cell] == [cell for cell in wanted if cell]


@pytest.mark.parametrize("raw", RAW)
def test_expected_text_has_every_sentence_of_the_raw_source(raw):
    """Compares with the raw text where it stands beside the repository (it is not part of it)."""
    path = SEEDS / f"{raw}.txt"
    text = _MOBILE.sub(r"\1****\2", path.read_text("utf-8")) if path.is_file() else ""
    kept = ""
    for name in RAW[raw]:
        narrative, rows = expected(name)
        kept += bare("".join(narrative) + "".join("".join(row) for row in rows))
    pieces = [piece for line in re.split(r"[。；\n\t]", text) for piece in run_on(line)]
    missing = [s for s in pieces if bare(unnumbered(s)) not in kept]
    assert [s for s in missing if bare(unnumbered(s)) not in OWN_LABELS] == []


def run_on(line):
    """Return a sentence as it is; a table that the conversion ran together, cell by cell."""
    return line.split() if len(line.split()) > _CELLS else [line]


def unnumbered(text):
    """Return a sentence without the conversion's marks and the number of its heading."""
    text = re.sub(r"^[#*\-\s]+|\s", "", text)
    return re.sub(
        r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）]|\d[.、])", "", text
    )


def bare(text):
    """Return a text without the signs that the conversion put in or that fill blank lines."""
    return re.sub(r"</?[pb]>|[#*\-—.…、]", "", plain(text))


# The form prints its own label where a filer varied it; a merged cell shows its bracket once.
OWN_LABELS = {bare(text) for text in ("支出方向名称（子项目）", "项目日期")}
