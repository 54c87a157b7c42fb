"""The documents of 2020 as pages: `make test-pages`."""

import collections
import itertools
import re
import subprocess
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from tests.pages.look import write_pdf
from tests.test_golden import FILED

NAMES = tuple(path.stem for path in FILED)
TABLES = tuple(name for name in NAMES if not name.endswith("自评报告"))  # all text stands in cells
REPORTS = tuple(name for name in NAMES if name not in TABLES and "评价报告" not in name)
LONG, LONG_PAGES = tuple(name for name in NAMES if "评价报告" in name), 4
LINES, CHARACTERS, LEAST_LINES = 22, 28, 6
TOUCH, NUMBER_SIZE, MOST_BELOW = 2, 14, 40  # points
REPORT_MARGINS = (37, 35, 28, 26)  # mm: top, bottom, left, right of GB/T 9704-2012
PAGES = {"自评报告": range(3, 7), "自评表": range(1, 3), "自评价报告": range(8, 11)}
RARE = set("﹝﹞")  # drawn in another font, so out of order in the text of the page
FONTS = ("FandolFang", "FandolKai", "FandolSong", "Noto", "Liberation", "UKaiCN")


def find(documents, name):
    """Return where a document stands."""
    return next(documents.rglob(f"{name}.docx"))


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


@pytest.mark.parametrize("name", NAMES)
def test_no_text_is_lost(pdfs, documents, name):
    """Each character of the body is on a page; a repeated header may stand there more often."""
    written = docx.Document(str(find(documents, name))).element.body.iter(qn("w:t"))
    wanted = collections.Counter(re.sub(r"\s", "", "".join(text.text or "" for text in written)))
    shown = collections.Counter(re.sub(r"\s", "", read_text(pdfs[name])))
    assert {sign: count for sign, count in (wanted - shown).items() if sign not in RARE} == {}


@pytest.mark.parametrize("name", NAMES)
def test_no_words_overlap(pdfs, name):
    for page, _, _, words in read_words(pdfs[name]):
        for one, other in itertools.combinations(words, 2):
            wide = min(one[2], other[2]) - max(one[0], other[0])
            high = min(one[3], other[3]) - max(one[1], other[1])
            lower = min(one[3] - one[1], other[3] - other[1])
            assert wide <= TOUCH or high <= lower / 2, f"{name} page {page}: {one[4]}, {other[4]}"


@pytest.mark.parametrize("name", REPORTS)
def test_a_page_holds_22_lines_of_28_characters(pdfs, name):
    pages = read_text(pdfs[name]).split("\f")
    lines = [[line for line in page.splitlines() if line.strip()] for page in pages]
    assert all(len(page) <= LINES + 1 for page in lines)  # and the page's number
    full = [line for page in lines for line in page if re.fullmatch(r"[\u4e00-\u9fff]{25,}", line)]
    assert all(len(line) == CHARACTERS for line in full), full


@pytest.mark.parametrize("name", NAMES)
def test_the_last_page_is_not_left_alone(pdfs, name):
    last = read_text(pdfs[name]).split("\f")[-2]
    assert len([line for line in last.splitlines() if line.strip()]) > LEAST_LINES


@pytest.mark.parametrize("name", LONG)
def test_every_page_of_a_long_table_says_the_category(pdfs, name):
    pages = [page for page in read_text(pdfs[name]).split("\f") if "自评分" in page]
    assert len(pages) == LONG_PAGES
    for page in pages:
        assert "（80分）" in re.sub(r"\s", "", page)
        assert re.search("(投入|产出|结果|影响力)目标", page)


@pytest.mark.parametrize("name", REPORTS)
def test_no_heading_ends_a_page(pdfs, documents, name):
    paragraphs = docx.Document(str(find(documents, name))).paragraphs
    headings = {p.text.replace(" ", "") for p in paragraphs if p.style.name.startswith("Heading")}
    assert headings
    for page in read_text(pdfs[name]).split("\f")[:-1]:
        last = [line for line in page.splitlines() if line.strip()][-2]
        assert last.replace(" ", "") not in headings


@pytest.mark.parametrize("name", NAMES)
def test_odd_pages_are_numbered_at_the_right(pdfs, documents, name):
    section = docx.Document(str(find(documents, name))).sections[0]
    area = section.page_width.pt - section.right_margin.pt, section.left_margin.pt
    for page, _, height, words in read_words(pdfs[name]):
        number = [word for word in words if word[1] > height - section.bottom_margin.pt]
        assert "".join(word[4] for word in number) == f"—{page}—"
        gap = area[0] - number[-1][2] if page % 2 else number[0][0] - area[1]
        assert abs(gap - NUMBER_SIZE) < TOUCH, f"page {page}: {gap}"  # one character from the edge
        below = number[0][1] - (height - section.bottom_margin.pt)
        assert 0 < below < MOST_BELOW, f"page {page}: {below}"


def read_text(pdf: Path):
    """Return the text of all pages, a form feed behind each."""
    command = ["pdftotext", "-raw", pdf, "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


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
