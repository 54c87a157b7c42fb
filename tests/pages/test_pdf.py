"""The PDFs of `report --pdf` hold all the text of their documents, and nothing of the clock."""

import re
import subprocess
import unicodedata
from collections import Counter

import docx
import pytest
from docx.oxml.ns import qn

from generator.cli import main
from tests.conftest import ROOT
from tests.test_golden import FILED

NAMES = tuple(path.stem for path in FILED)


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    out = tmp_path_factory.mktemp("pdf")
    command = ["report", "2020", "--root", str(ROOT), "--out", str(out), "--pdf", "--quiet"]
    assert main(command) == 0
    return out / "2020"


def characters(text):
    return Counter(c for c in unicodedata.normalize("NFKC", text) if not c.isspace())


@pytest.mark.parametrize("name", NAMES)
def test_no_character_is_lost(written, name):
    """More is there: page numbers, and titles of tables that go on."""
    file = next(written.rglob(f"{name}.docx"))
    body = docx.Document(str(file)).element.body
    wanted = characters("".join(text.text or "" for text in body.iter(qn("w:t"))))
    command = ["pdftotext", "-raw", str(file.with_suffix(".pdf")), "-"]
    shown = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = characters(shown)
    assert wanted - found == Counter()
    if name.endswith("自评报告"):  # no tables that go on: the same text
        body_text = re.sub(r"(?m)^[—\s]*\d+[—\s]*$", "", shown)
        assert characters(body_text) == wanted


def test_a_second_run_changes_no_byte(written):
    before = {path: path.read_bytes() for path in written.rglob("*.pdf")}
    command = ["report", "2020", "--root", str(ROOT), "--out", str(written.parent), "--pdf"]
    assert main([*command, "--quiet"]) == 0
    assert {path: path.read_bytes() for path in written.rglob("*.pdf")} == before
