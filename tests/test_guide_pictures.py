"""Pictures in the guides: each one named is there and small, each one there is shown and drawn."""

import re
import struct

import pytest

from tests.pages.guide_pictures import MOST_BYTES, PICTURES, SHOTS
from tests.test_docs import ROOT

TEXTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
MOST_WIDTH, LEAST_WIDTH, MOST_ALTOGETHER = 900, 400, 800_000
_PICTURE = re.compile(r"^!\[([^\]]*)\]\(([^)]+)\)$", re.MULTILINE)
SHOWN = [
    (text.parent / path, caption)
    for text in TEXTS
    for caption, path in _PICTURE.findall(text.read_text(encoding="utf-8"))
]


def size(blob: bytes) -> tuple[int, int]:
    """Return width and height as the head of a PNG says."""
    assert blob.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", blob[16:24])
    return width, height


@pytest.mark.parametrize(("path", "caption"), SHOWN, ids=[path.stem for path, _ in SHOWN])
def test_a_picture_of_a_guide_is_a_small_png_with_a_caption(path, caption) -> None:
    blob = path.read_bytes()
    width, height = size(blob)
    assert LEAST_WIDTH <= width <= MOST_WIDTH
    assert 0 < height <= 2 * width
    assert len(blob) <= MOST_BYTES
    assert caption


def test_every_picture_is_drawn_by_the_script_and_shown_once() -> None:
    there = sorted(path.name for path in PICTURES.iterdir())
    assert sorted(path.name for path, _ in SHOWN) == there
    assert sorted(f"{shot.name}.png" for shot in SHOTS) == there


def test_all_pictures_together_are_small() -> None:
    assert sum(path.stat().st_size for path in PICTURES.iterdir()) <= MOST_ALTOGETHER
