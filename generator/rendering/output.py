"""Writing files: names that every system can store, whole files or none."""

import errno
import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

from generator.errors import UserError
from generator.freshness.digests import Stamp, stamp_of
from generator.patterns import pattern

_UNUSABLE = pattern(r'[/\\:*?"<>|\x00-\x1f\x7f]')
_RESERVED = pattern(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
_LONGEST = 180  # bytes of UTF-8; Windows and common file systems end at 255
_PREFIX, _SUFFIX = ".ziping-", ".tmp"  # of a file that is being written
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)  # Windows: as it is
_WHY = {
    errno.EACCES: "没有权限，或文件正在 Word 中打开",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘只能读",
    errno.ENOSPC: "磁盘已满",
    errno.EISDIR: "这里有一个同名的文件夹",
    errno.ENOTDIR: "上一级不是文件夹",
    errno.EEXIST: "这里有一个同名的文件",
}


def safe_file_name(name: str) -> str:
    """Return a name that every system can store and that stays in its folder."""
    stem, dot, ending = _UNUSABLE.sub("_", name).rpartition(".")
    stem = (stem if dot else ending).strip(" .") or "未命名"
    if _RESERVED.fullmatch(stem):
        stem = f"_{stem}"
    while len(stem.encode()) > _LONGEST:
        stem = stem[:-1]
    return f"{stem}.{ending}" if dot else stem


def digest(blob: bytes) -> str:
    """Return the SHA-256 of bytes as the manifest writes it."""
    return hashlib.sha256(blob).hexdigest()


def write_whole(path: Path, blob: bytes | Iterable[bytes], *, is_settled: bool = True) -> Stamp:
    """Write a file so that a reader sees all of it or what was there before; return its stamp.

    Args:
        path: Where it goes.
        blob: What is in it, or the pieces of that.
        is_settled: It outlives a power failure at once; else `settle` sees to many together.

    Raises:
        UserError: when the folder cannot be written to.
    """
    try:
        handle, temporary = _open_beside(path)
        try:
            try:
                for piece in (blob,) if isinstance(blob, bytes) else blob:
                    _write_all(handle, piece)
                if is_settled or not hasattr(os, "sync"):
                    os.fsync(handle)
                stamp = stamp_of(os.fstat(handle))
            finally:
                os.close(handle)
            temporary.chmod(0o644)  # whatever the umask says
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        return stamp
    except OSError as fault:
        why = _WHY.get(fault.errno or 0, f"系统错误 {fault.errno}")
        raise UserError(f"不能写 {path}：{why}", hint="处理后重新运行") from fault


def _open_beside(path: Path) -> tuple[int, Path]:
    """Open a new file in the folder of another; the folder is made when it is not there."""
    new = path.with_name(f"{_PREFIX}{os.urandom(8).hex()}{_SUFFIX}")
    try:
        return os.open(new, _NEW, 0o600), new
    except (FileNotFoundError, NotADirectoryError):
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(new, _NEW, 0o600), new


def _write_all(handle: int, blob: bytes) -> None:
    rest = memoryview(blob)
    while rest:
        rest = rest[os.write(handle, rest) :]


def settle() -> None:
    """Let everything that was written outlive a power failure: once for many files."""
    if hasattr(os, "sync"):
        os.sync()


def sweep(folder: Path) -> None:
    """Remove what a process that died left half written in the folders of the units."""
    for path in folder.glob(f"*/{_PREFIX}*{_SUFFIX}"):
        path.unlink(missing_ok=True)


def is_written(path: Path, blob: bytes) -> bool:
    """Say whether a file is there and has just these bytes; of another size it is not read."""
    try:
        return path.stat().st_size == len(blob) and path.read_bytes() == blob
    except OSError:
        return False
