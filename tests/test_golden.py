"""Documents as readable outlines; ZIPING_ACCEPT=1 writes the committed outlines anew."""

import json
import os
from pathlib import Path

import pytest

from generator.cli import main
from tests.conftest import ROOT
from tests.outline import outline

GOLDEN = Path(__file__).parent / "golden"
FILED = sorted(GOLDEN.glob("*/*.txt"))  # of the documents of 2020, by form
CASES = sorted(GOLDEN.glob("*/*/input.yaml"))


def forms_of(documents):
    """Return the documents of a year by name, each with its form and path."""
    entries = json.loads((documents / "manifest.json").read_text("utf-8"))["documents"]
    return {Path(e["path"]).stem: (e["form"], documents / e["path"]) for e in entries}


@pytest.mark.parametrize("golden", FILED, ids=lambda path: path.stem)
def test_document_has_its_outline(documents, golden):
    form, path = forms_of(documents)[golden.stem]
    assert form == golden.parent.name
    compare(path, golden)


def test_no_document_is_without_outline(documents):
    written = {(form, name) for name, (form, _) in forms_of(documents).items()}
    if os.environ.get("ZIPING_ACCEPT"):
        for name, (form, path) in forms_of(documents).items():
            accept(path, GOLDEN / form / f"{name}.txt")
    assert written == {(path.parent.name, path.stem) for path in GOLDEN.glob("*/*.txt")}


@pytest.mark.parametrize("case", CASES, ids=lambda path: "-".join(path.parts[-3:-1]))
def test_invented_data_give_their_outlines(case, copied_root, tmp_path):
    """Data of a unit that has no city form: the base form is usable by itself."""
    text = case.read_text(encoding="utf-8")
    year = text.split("年度: ")[1][:4]
    folder = copied_root / "data" / year / "unit"
    folder.mkdir(parents=True)
    (folder / "case.yaml").write_text(text, encoding="utf-8")
    out = tmp_path / "out"
    assert main(["report", year, "--root", str(copied_root), "--out", str(out)]) == 0
    written = sorted(out.rglob("*.docx"))
    assert written
    for path in written:
        compare(path, case.parent / f"{path.stem}.txt")
    assert len(list(case.parent.glob("*.txt"))) == len(written)


def compare(document, golden):
    if os.environ.get("ZIPING_ACCEPT"):
        accept(document, golden)
    assert outline(document) == golden.read_text(encoding="utf-8")


def accept(document, golden):
    golden.parent.mkdir(parents=True, exist_ok=True)
    golden.write_text(outline(document), encoding="utf-8")


def test_golden_files_belong_to_forms():
    assert {path.name for path in GOLDEN.iterdir()} <= {
        p.name for p in (ROOT / "templates").iterdir()
    }
