"""Every document opens: after a score of bad ones were rejected, before the SDK and two readers."""

import collections
import re
import subprocess

import docx
import pytest
from docx.oxml.ns import qn

from generator.cli import main
from generator.rendering.validity import find_problems
from tests.conftest import ROOT
from tests.outline import outline
from tests.pages.bad_documents import BAD, BOTH, RULES, SDK, spoil
from tests.pages.look import convert
from tests.pages.test_pages import NAMES, find

BAD_FROM = "制造强市专项（智能制造）绩效自评表"
A_DOZEN = 12


def sdk(path):
    """Return the Open XML SDK's exit code: 0 valid, 1 invalid."""
    command = next((ROOT / "build/node/node_modules/.bin").glob("ooxml-validator*"))
    done = subprocess.run([command, str(path)], capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    return done.returncode


@pytest.mark.parametrize("fault", BAD)
def test_a_bad_document_is_rejected_by_whom_it_should(documents, tmp_path, fault):
    bad = tmp_path / "bad.docx"
    spoil(find(documents, BAD_FROM), bad, fault)
    rejected = {"sdk"} if sdk(bad) else set()
    rejected |= {"rules"} if find_problems(bad.read_bytes()) else set()
    assert rejected == BAD[fault][2]


def test_each_of_the_two_rejects_a_dozen():
    told = [rejecters for _, _, rejecters in BAD.values()]
    assert sum(one in (SDK, BOTH) for one in told) >= A_DOZEN
    assert sum(one in (RULES, BOTH) for one in told) >= A_DOZEN


@pytest.mark.parametrize("name", NAMES)
def test_the_validator_accepts_every_document(documents, name):
    assert sdk(find(documents, name)) == 0


@pytest.mark.parametrize("path", sorted((ROOT / "templates").glob("*/*.docx")), ids=str)
def test_the_validator_accepts_every_template(path):
    assert sdk(path) == 0


@pytest.mark.parametrize("name", NAMES)
def test_libreoffice_reads_every_document_back(documents, tmp_path, name):
    """Saved again by LibreOffice, a document has the same text in the same cells."""
    path = find(documents, name)
    saved = convert(path, tmp_path, kind="docx")
    assert text_of(saved) == text_of(path)
    assert outline(path)


def text_of(path):
    """Return the words of paragraphs and cells, and how often each stands there."""
    body = docx.Document(str(path)).element.body
    texts = ("".join(t.text or "" for t in node.iter(qn("w:t"))) for node in body.iter(qn("w:p")))
    return collections.Counter(re.sub(r"\s+", "", text) for text in texts if text.strip())


@pytest.mark.parametrize("name", NAMES)
def test_libreoffice_keeps_the_seal_and_verify_says_saved_again(documents, tmp_path, name, capsys):
    saved = convert(find(documents, name), tmp_path, kind="docx")
    assert main(["verify", "--root", str(ROOT), str(saved)]) == 0
    shown = capsys.readouterr().out
    assert "真实未改" in shown
    assert "字节不同，文字相同" in shown
