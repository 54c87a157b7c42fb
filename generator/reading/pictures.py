"""Picture files beside the data: found, bounded, and measured by their first bytes."""

import hashlib
import pathlib
from collections.abc import Iterator

from generator.domain.blocks import Image
from generator.reading.picture_heads import read_head
from generator.suggestions import closest

MOST_BYTES = 10_000_000
MOST_PIXELS = 100_000_000


class PictureFault(ValueError):
    """A picture cannot be used; `hint` says what to do."""

    def __init__(self, message: str, *, hint: str) -> None:
        """Keep what is wrong and what to do."""
        super().__init__(message)
        self.hint = hint


def read_picture(root: pathlib.Path, data_file: str, name: str) -> Image:
    """Return a picture by its path relative to the data file.

    Args:
        root: The folder of the product.
        data_file: The data file, relative to the root.
        name: The path as typed, with `/`.

    Raises:
        PictureFault: It is not there, outside data/, too large, or neither PNG nor JPEG.
    """
    if not name.strip():
        raise PictureFault("图片没有写文件名", hint="写成 文件: 图/现场.png")
    path = _find(root, data_file, name.strip())
    try:
        size = path.stat().st_size
        blob = path.read_bytes() if size <= MOST_BYTES else b""
    except OSError:
        raise PictureFault(f"图片「{name}」读不出来", hint="检查文件的权限") from None
    if size > MOST_BYTES:
        most = f"{MOST_BYTES // 1_000_000} MB"
        shown = f"{size // 1_000_000}.{size // 100_000 % 10} MB"
        raise PictureFault(f"图片「{name}」有 {shown}，至多 {most}", hint="缩小图片后再用")
    head = read_head(blob)
    if head is None or not head.width or not head.height:
        hint = "在画图程序里另存为 PNG 或 JPEG；只改文件名的后缀没有用"
        raise PictureFault(f"「{name}」不是 PNG 或 JPEG 图片，或文件已损坏", hint=hint)
    if head.width * head.height > MOST_PIXELS:
        shown = f"{head.width}×{head.height} 点"
        raise PictureFault(f"图片「{name}」有 {shown}，太大", hint="缩小图片后再用")
    file = f"data/{path.relative_to((root / 'data').resolve()).as_posix()}"  # data/ may be a link
    digest = hashlib.sha256(blob).hexdigest()
    return Image(file, path, head.kind, head.width, head.height, digest, is_turned=head.is_turned)


def _find(root: pathlib.Path, data_file: str, name: str) -> pathlib.Path:
    if "\\" in name or ":" in name or "\x00" in name or name.startswith("/"):
        hint = "从数据文件所在的文件夹写起，用 / 分隔，如 图/现场.png"
        raise PictureFault(f"图片的文件「{name}」写法不对", hint=hint)
    folder = (root / data_file).parent
    path, data = (folder / name).resolve(), (root / "data").resolve()
    if not path.is_relative_to(data):
        raise PictureFault(f"图片「{name}」在 data 文件夹以外", hint="把图片放在数据文件旁边")
    if not path.is_file():
        known = {name[: -len(path.name)] + one.name: one for one in _siblings(path)}
        near = closest(name, known)
        place = data_file.rpartition("/")[0]
        hint = f"是不是「{near}」？" if near else f"图片放在 {place}/ 下面，文件名照写"
        raise PictureFault(f"没有图片「{name}」", hint=hint)
    return path


def _siblings(path: pathlib.Path) -> Iterator[pathlib.Path]:
    try:
        yield from sorted(one for one in path.parent.iterdir() if one.is_file())
    except OSError:
        return
