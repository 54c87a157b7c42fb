"""Picture files: found beside the data, measured by their heads, refused in Chinese."""

from pathlib import Path

import pytest

from generator.reading import pictures
from generator.reading.pictures import PictureFault, read_picture
from tests.pictures import jpeg_head, png

DATA = "data/2020/shili/jia.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "data/2020/shili/图").mkdir(parents=True)
    (tmp_path / "templates").mkdir()
    return tmp_path


def put(root: Path, name: str, blob: bytes) -> None:
    (root / "data/2020/shili" / name).write_bytes(blob)


def fault_of(root: Path, name: str) -> tuple[str, str]:
    with pytest.raises(PictureFault) as found:
        read_picture(root, DATA, name)
    return str(found.value), found.value.hint


@pytest.mark.parametrize(
    ("blob", "kind"),
    [
        (png(30, 20), "png"),
        (jpeg_head(30, 20), "jpeg"),
        (jpeg_head(30, 20, frame=0xC0), "jpeg"),
    ],
)
def test_kind_and_size_are_read_from_the_head(root: Path, blob: bytes, kind: str) -> None:
    put(root, "图/甲.dat", blob)  # whatever its name says
    image = read_picture(root, DATA, "图/甲.dat")
    assert (image.kind, image.width, image.height) == (kind, 30, 20)
    assert image.file == "data/2020/shili/图/甲.dat"


@pytest.mark.parametrize(("orientation", "is_turned"), [(0, False), (1, False), (6, True)])
def test_a_photo_that_was_taken_turned_is_known(
    root: Path, orientation: int, is_turned: bool
) -> None:
    put(root, "图/甲.jpg", jpeg_head(30, 20, orientation=orientation))
    image = read_picture(root, DATA, "图/甲.jpg")
    assert (image.width, image.is_turned) == (30, is_turned)


def test_a_picture_of_another_unit_may_be_used(root: Path) -> None:
    (root / "data/共用").mkdir()
    (root / "data/共用/甲.png").write_bytes(png(1, 1))
    assert read_picture(root, DATA, "../../共用/甲.png").file == "data/共用/甲.png"


@pytest.mark.parametrize(
    "blob",
    [b"", b"GIF89a", png(1, 1)[:20], png(0, 5), b"\xff\xd8", jpeg_head(3, 2)[:-4], b"\xff\xd8\xff"],
)
def test_what_is_no_picture_is_refused(root: Path, blob: bytes) -> None:
    put(root, "图/甲.png", blob)
    message, hint = fault_of(root, "图/甲.png")
    assert message == "「图/甲.png」不是 PNG 或 JPEG 图片，或文件已损坏"
    assert "另存为" in hint


def test_a_jpeg_without_a_frame_ends(root: Path) -> None:
    put(root, "图/甲.jpg", b"\xff\xd8\xff\xda\0\x02" + b"\0" * 50)
    assert "不是 PNG 或 JPEG" in fault_of(root, "图/甲.jpg")[0]


def test_a_missing_picture_names_the_nearest(root: Path) -> None:
    put(root, "图/现场一.png", png(1, 1))
    assert fault_of(root, "图/现场1.png") == (
        "没有图片「图/现场1.png」",
        "是不是「图/现场一.png」？",
    )
    hint = "图片放在 data/2020/shili/ 下面，文件名照写"
    assert fault_of(root, "照片/远景.png") == ("没有图片「照片/远景.png」", hint)


@pytest.mark.parametrize("name", ["/etc/passwd", "C:/甲.png", "图\\甲.png"])
def test_a_path_of_another_shape_is_refused(root: Path, name: str) -> None:
    assert fault_of(root, name)[0] == f"图片的文件「{name}」写法不对"


def test_a_path_stays_below_data(root: Path) -> None:
    (root / "templates/甲.png").write_bytes(png(1, 1))
    (root / "data/2020/shili/通.png").symlink_to(root / "templates/甲.png")
    for name in ("../../../templates/甲.png", "通.png"):
        assert fault_of(root, name)[0] == f"图片「{name}」在 data 文件夹以外"


def test_the_data_may_be_a_link(root: Path, tmp_path: Path) -> None:
    put(root, "图/甲.png", png(1, 1))
    (tmp_path / "root").mkdir()
    (tmp_path / "root/data").symlink_to(root / "data")
    assert read_picture(tmp_path / "root", DATA, "图/甲.png").file == "data/2020/shili/图/甲.png"


def test_a_large_picture_is_refused(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(root, "图/甲.png", png(40, 30))
    monkeypatch.setattr(pictures, "MOST_PIXELS", 1000)
    assert fault_of(root, "图/甲.png")[0] == "图片「图/甲.png」有 40×30 点，太大"
    (root / "data/2020/shili/图/甲.png").write_bytes(b"\0" * 10_050_000)
    assert fault_of(root, "图/甲.png")[0] == "图片「图/甲.png」有 10.0 MB，至多 10 MB"
