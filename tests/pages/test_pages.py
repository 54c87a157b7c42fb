"""The documents of 2020 as pages, and before the Open XML SDK: `make test-pages`."""

import re
import subprocess
import zipfile
from pathlib import Path

import docx
import pytest

from tests.conftest import ROOT
from tests.pages.look import write_pdf
from tests.test_golden import FILED

NAMES = tuple(path.stem for path in FILED)
TABLES = tuple(name for name in NAMES if not name.endswith("自评报告"))  # all text stands in cells
BAD_FROM = "制造强市专项（智能制造）绩效自评表"
REPORT_MARGINS = (37, 35, 28, 26)  # mm: top, bottom, left, right of GB/T 9704-2012
PAGES = {"自评报告": range(3, 7), "自评表": range(1, 3), "自评价报告": range(8, 11)}
RARE = set("﹝﹞")  # drawn in another font, so out of order in the text of the page
FONTS = ("FandolFang", "FandolKai", "FandolSong", "Noto", "Liberation", "UKaiCN")


def find(documents, name):
    """Return where a document stands."""
    return next(documents.rglob(f"{name}.docx"))


def sdk(path):
    """Return the Open XML SDK's exit code: 0 valid, 1 invalid."""
    command = next((ROOT / "build/node/node_modules/.bin").glob("ooxml-validator*"))
    done = subprocess.run([command, str(path)], capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    return done.returncode


def spoil(source, target, change):
    """Write a copy of a document whose main part was changed."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            blob = old.read(name)
            if name == "word/document.xml":
                text = blob.decode()
                changed = change(text)
                assert changed != text
                blob = changed.encode()
            new.writestr(name, blob)


BAD = {
    "unknown element": lambda t: t.replace("<w:body>", "<w:body><w:nothing/>", 1),
    "text in a row": lambda t: t.replace("</w:tr>", "<w:p/></w:tr>", 1),
    "wrong merge": lambda t: t.replace('<w:vMerge w:val="restart"/>', '<w:vMerge w:val="x"/>', 1),
    "wrong span": lambda t: re.sub(
        r'<w:gridSpan w:val="\d+"/>', '<w:gridSpan w:val="x"/>', t, count=1
    ),
    "properties behind text": lambda t: t.replace("</w:tcPr>", "</w:tcPr><w:tcPr/>", 1),
    "cell outside a row": lambda t: t.replace("</w:tbl>", "<w:tc><w:p/></w:tc></w:tbl>", 1),
}


@pytest.mark.parametrize("fault", BAD)
def test_the_validator_rejects_a_bad_document(documents, tmp_path, fault):
    bad = tmp_path / "bad.docx"
    spoil(find(documents, BAD_FROM), bad, BAD[fault])
    assert sdk(bad) == 1


@pytest.mark.parametrize("name", NAMES)
def test_the_validator_accepts_every_document(documents, name):
    assert sdk(find(documents, name)) == 0


@pytest.fixture(scope="session")
def pdfs(documents, tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    return {name: write_pdf(find(documents, name), folder) for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_a_document_has_the_pages_it_should(pdfs, name):
    shown = subprocess.run(
        ["pdfinfo", pdfs[name]], capture_output=True, text=True, check=True
    ).stdout
    pages = int(re.search(r"Pages:\s+(\d+)", shown)[1])
    assert pages in next(PAGES[kind] for kind in PAGES if name.endswith(kind))
    assert "A4" in shown


@pytest.mark.parametrize("name", NAMES)
def test_fonts_resolve_to_their_stand_ins(pdfs, name):
    shown = subprocess.run(
        ["pdffonts", pdfs[name]], capture_output=True, text=True, check=True
    ).stdout
    fonts = [line.split()[0].partition("+")[2] for line in shown.splitlines()[2:]]
    assert fonts
    assert all(font.startswith(FONTS) for font in fonts), fonts


@pytest.mark.parametrize("name", NAMES)
def test_text_stays_inside_the_margins(pdfs, documents, name):
    """Every word of the body lies in the type area; page numbers stand below it."""
    section = docx.Document(str(find(documents, name))).sections[0]
    sides = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    if name not in TABLES:
        assert tuple(round(side.mm) for side in sides) == REPORT_MARGINS
    above, below, before, behind = (side.pt for side in sides)
    for page, width, height, words in read_words(pdfs[name]):
        for left, top, right, bottom, text in words:
            if top > height - below:
                assert re.fullmatch(r"[—\d\s]+", text), f"{name} page {page}: {text}"
                continue
            assert left >= before - 6, f"{name} page {page}: {text}"
            assert right <= width - behind + 17, f"{name} page {page}: {text}"  # hanging 。
            assert top >= above - 8, f"{name} page {page}: {text}"
            assert bottom <= height - below + 8, f"{name} page {page}: {text}"


@pytest.mark.parametrize("name", TABLES)
def test_every_cell_is_on_the_page(pdfs, documents, name):
    shown = subprocess.run(
        ["pdftotext", "-raw", pdfs[name], "-"], capture_output=True, text=True, check=True
    )
    text = re.sub(r"(?m)^— \d+ —$", "", shown.stdout)  # a page number stands between two pages
    text = re.sub(r"\s+", "", text)
    for table in docx.Document(str(find(documents, name))).tables:
        for cell in {cell._tc: cell for row in table.rows for cell in row.cells}.values():
            wanted = re.sub(r"\s+", "", cell.text)
            parts = [part for part in re.findall(r".{1,4}", wanted) if not set(part) & RARE]
            assert all(part in text for part in parts), wanted


def read_words(pdf: Path):
    """Yield page number, size and the words with their boxes, in points."""
    shown = subprocess.run(
        ["pdftotext", "-bbox", pdf, "-"], capture_output=True, text=True, check=True
    )
    number = r'="([\d.]+)"'
    for index, page in enumerate(shown.stdout.split("<page ")[1:], 1):
        width, height = (
            float(value) for value in re.findall(r'(?:width|height)="([\d.]+)"', page)[:2]
        )
        pattern = rf"<word xMin{number} yMin{number} xMax{number} yMax{number}>(.*?)</word>"
        words = [(*map(float, found[:4]), found[4]) for found in re.findall(pattern, page)]
        yield index, width, height, words
