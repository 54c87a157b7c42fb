"""GB/T 9704 by styles: of every committed template, every new one, and every document."""

import shutil
import zipfile

import pytest

from generator.cli import main
from tests.conftest import ROOT
from tests.typography import find_faults, named

TEMPLATES = sorted((ROOT / "templates").glob("*/*.docx"))
DOCUMENT, STYLES, CORE = "word/document.xml", "word/styles.xml", "docProps/core.xml"


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_a_template_keeps_the_standard(path):
    assert find_faults(path, is_template=True) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_all_templates_share_their_styles(path):
    assert members(path)[STYLES] == members(TEMPLATES[0])[STYLES]


def test_every_document_keeps_the_standard(documents):
    written = sorted(documents.rglob("*.docx"))
    assert written
    assert {named(path): find_faults(path) for path in written} == {
        named(path): [] for path in written
    }


@pytest.mark.parametrize("form_id", sorted({path.parent.name for path in TEMPLATES}))
def test_a_template_made_from_a_form_keeps_the_standard(copied_root, form_id):
    folder = copied_root / "templates" / form_id
    for path in folder.glob("*.docx"):
        path.unlink()
    assert main(["form-template", form_id, "--root", str(copied_root), "--quiet"]) == 0
    made = sorted(folder.glob("*.docx"))
    assert {named(path): find_faults(path, is_template=True) for path in made} == {
        named(path): [] for path in made
    }


@pytest.mark.parametrize(
    ("part", "old", "new", "fault"),
    [
        (DOCUMENT, "<w:r>", '<w:r><w:rPr><w:sz w:val="21"/></w:rPr>', "direct formatting of type"),
        (DOCUMENT, '<w:pStyle w:val="TableText"/>', "", "without style"),
        (DOCUMENT, "</w:pPr>", '<w:jc w:val="left"/></w:pPr>', "direct formatting of a paragraph"),
        (DOCUMENT, "<w:cantSplit/>", "", "may split"),
        (DOCUMENT, '<w:vAlign w:val="center"/>', "", "not centred"),
        (DOCUMENT, '<w:gridCol w:w="1', '<w:gridCol w:w="2', "the type area is"),
        (DOCUMENT, '<w:tcW w:w="1', '<w:tcW w:w="2', "as wide as the table"),
        (DOCUMENT, 'w:top="1417"', 'w:top="1418"', "margins"),
        (STYLES, 'w:eastAsia="黑体"', "", "leaves a font open"),
        (STYLES, 'w:line="576"', 'w:line="600"', "is ('"),
        (STYLES, '<w:outlineLvl w:val="0"/>', "", "outline level"),
        (STYLES, 'w:eastAsia="zh-CN"', "", "language"),
        (CORE, "{{ 项目名称 }}", "", "no subject"),
        ("word/settings.xml", "<w:evenAndOddHeaders/>", "", "alike"),
        ("word/footer1.xml", "PageNumberOdd", "TableText", "no page number"),
    ],
)
def test_a_template_that_falls_short_is_told(tmp_path, part, old, new, fault):
    path = tmp_path / "bad.docx"
    parts = members(shutil.copy(ROOT / "templates/zhuzhou-project/table.docx", path))
    text = parts[part].decode()
    assert old in text
    with zipfile.ZipFile(path, "w") as archive:
        for name, blob in {**parts, part: text.replace(old, new, 1).encode()}.items():
            archive.writestr(name, blob)
    assert any(fault in one for one in find_faults(path, is_template=True))


def members(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
