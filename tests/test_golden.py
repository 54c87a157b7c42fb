"""Documents as readable outlines; ZIPING_ACCEPT=1 writes the committed outlines anew."""

import os
from pathlib import Path

import pytest

from generator.cli import main
from tests.conftest import ROOT
from tests.outline import outline

GOLDEN = Path(__file__).parent / "golden"
FILED = GOLDEN / "zhuzhou-project"
CASES = sorted(GOLDEN.glob("*/*/input.yaml"))
NAMES = (
    "两化融合专项绩效自评报告",
    "两化融合专项绩效自评表",
    "制造强市专项（智能制造）绩效自评报告",
    "制造强市专项（智能制造）绩效自评表",
    "温暖企业行动专项绩效自评报告",
    "温暖企业行动专项绩效自评表",
)


@pytest.mark.parametrize("name", NAMES)
def test_document_has_its_outline(documents, name):
    compare(documents / "zhuzhou" / f"{name}.docx", FILED / f"{name}.txt")


def test_no_document_is_without_outline(documents):
    written = {path.stem for path in documents.rglob("*.docx")}
    assert written == set(NAMES)
    assert {path.stem for path in FILED.glob("*.txt")} == set(NAMES)


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
    shown = outline(document)
    if os.environ.get("ZIPING_ACCEPT"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(shown, encoding="utf-8")
    assert shown == golden.read_text(encoding="utf-8")


def test_golden_files_belong_to_forms():
    assert {path.name for path in GOLDEN.iterdir()} <= {
        p.name for p in (ROOT / "templates").iterdir()
    }
