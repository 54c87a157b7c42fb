"""Every document of 2020 is the committed outline; ZIPING_ACCEPT=1 writes the outlines anew."""

import os
from pathlib import Path

import pytest

from tests.outline import outline

GOLDEN = Path(__file__).parent / "golden" / "zhuzhou-project"
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
    shown = outline(documents / "zhuzhou" / f"{name}.docx")
    golden = GOLDEN / f"{name}.txt"
    if os.environ.get("ZIPING_ACCEPT"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(shown, encoding="utf-8")
    assert shown == golden.read_text(encoding="utf-8")


def test_no_document_is_without_outline(documents):
    written = {path.stem for path in documents.rglob("*.docx")}
    assert written == set(NAMES)
    assert {path.stem for path in GOLDEN.glob("*.txt")} == set(NAMES)
