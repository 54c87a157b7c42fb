"""Redlines are accepted by the Open XML SDK, and LibreOffice shows all of their text."""

import pytest

from generator.rendering.redline import make_redline
from generator.rendering.redline_text import Stamp
from tests.pages.look import write_pdf
from tests.pages.test_openers import sdk
from tests.pages.test_pages import NAMES, find
from tests.rendering.redline_edits import edit
from tests.rendering.test_redline import IDS, STAMP, world

__all__ = ["world"]
NEIGHBOURS = list(zip(NAMES, NAMES[1:] + NAMES[:1], strict=True))


@pytest.mark.parametrize(("old", "new"), NEIGHBOURS)
def test_the_validator_accepts_a_redline_of_any_two(documents, tmp_path, old, new):
    path = tmp_path / "redline.docx"
    sides = (find(documents, name).read_bytes() for name in (old, new))
    path.write_bytes(make_redline(*sides, Stamp("甲某", "")).blob)
    assert sdk(path) == 0


@pytest.mark.parametrize("project", IDS)
def test_the_validator_accepts_random_edits(world, tmp_path, project):
    data = world.data[project]
    olds, path = world.render(project, data), tmp_path / "redline.docx"
    for seed in range(2):
        news = world.render(project, edit(data, seed))
        for name in olds.keys() & news.keys():
            path.write_bytes(make_redline(olds[name], news[name], STAMP).blob)
            assert sdk(path) == 0, (seed, name)


def test_libreoffice_opens_a_redline(documents, tmp_path):
    old, new = (find(documents, name).read_bytes() for name in NEIGHBOURS[0])
    path = tmp_path / "redline.docx"
    path.write_bytes(make_redline(old, new, STAMP).blob)
    assert write_pdf(path, tmp_path).read_bytes().startswith(b"%PDF")
