"""The documents hold every sentence and every table cell of what was filed, in the right row."""

import re
from pathlib import Path

import docx
import pytest

from tests.outline import table_rows

SOURCES = Path(__file__).parent / "sources"
SEEDS = Path(__file__).parents[2] / "shared" / "seeds"
DOCUMENTS = {
    "zhuzhou-it-integration": "两化融合专项",
    "zhuzhou-smart-manufacturing": "制造强市专项（智能制造）",
    "zhuzhou-warm-enterprises": "温暖企业行动专项",
}
_WIDE = str.maketrans("(),:;", "（），：；")
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
    return [plain(paragraph.text) for paragraph in docx.Document(str(path)).paragraphs]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_report_has_every_sentence_in_order(documents, name):
    found = paragraphs(documents / "zhuzhou" / f"{DOCUMENTS[name]}绩效自评报告.docx")
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
    assert at == len(shown), f"not in the source: {shown[at:]}"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_table_has_every_cell_in_its_row(documents, name):
    path = documents / "zhuzhou" / f"{DOCUMENTS[name]}绩效自评表.docx"
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


@pytest.mark.parametrize("name", DOCUMENTS)
def test_expected_text_has_every_sentence_of_the_raw_source(name):
    """Compares with the raw text where it stands beside the repository (it is not part of it)."""
    path = SEEDS / f"{name}.txt"
    raw = path.read_text(encoding="utf-8") if path.is_file() else ""
    narrative, rows = expected(name)
    kept = bare("".join(narrative) + "".join("".join(row) for row in rows))
    missing = [s for s in re.split(r"[。；\n\t]", raw) if bare(unnumbered(s)) not in kept]
    assert [s for s in missing if bare(unnumbered(s)) not in OWN_LABELS] == []


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
OWN_LABELS = {bare(text) for text in ("支出方向名称（子项目）",)}
