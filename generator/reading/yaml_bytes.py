"""Bytes on disk to text: what is no regular file, too large, or not UTF-8 stops here."""

import codecs
import pathlib
import stat
from typing import Final

from generator.findings import Finding, Place
from generator.patterns import pattern
from generator.reading.yaml_rules import report

SIZE_LIMIT: Final = 2_000_000  # bytes; a year's largest form is under 100 KB
_CONTROL: Final = pattern(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]"
)
_LINE_BREAKS: Final = "\x85\u2028\u2029"  # YAML 1.1 breaks lines here, editors do not
_UTF16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SAVE_AS: Final = "请在编辑器中用“另存为”，编码选择 UTF-8，再保存一次。"


def read_bytes(path: pathlib.Path, *, file: str) -> bytes | Finding:
    """Return the bytes of a regular file of at most SIZE_LIMIT, or why it was not read."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            what = "文件夹" if stat.S_ISDIR(status.st_mode) else "设备、管道一类的特殊文件"
            message = f"{file} 不是普通文件，而是{what}，没有读取"
            return report("Y110", Place(file), message, "请改为一个普通的 YAML 文本文件。")
        if status.st_size > SIZE_LIMIT:
            return too_large(status.st_size, file=file)
        with path.open("rb", 0) as stream:
            blob = stream.read(status.st_size + 1)
            return blob if len(blob) <= status.st_size else blob + stream.read(SIZE_LIMIT)
    except FileNotFoundError:
        is_link = path.is_symlink()
        message = f"{file} 是符号链接，它指向的文件不存在" if is_link else f"文件 {file} 不存在"
        return report("Y110", Place(file), message, "请核对文件名和所在的文件夹。")
    except PermissionError:
        message = f"没有读取 {file} 的权限"
        return report("Y110", Place(file), message, "请给当前用户加上读取权限，或请管理员处理。")
    except (OSError, ValueError):  # a loop of links, a name too long, a NUL in the name
        message = f"文件 {file} 无法读取"
        return report("Y110", Place(file), message, "请确认路径正确、磁盘可用，再试一次。")


def too_large(size: int, *, file: str) -> Finding:
    """Say that a file exceeds SIZE_LIMIT."""
    message = f"文件有 {size // 1000} KB，超过上限 {SIZE_LIMIT // 1000} KB，没有读取"
    return report(
        "Y109", Place(file), message, "一个项目一个文件；请把内容拆到各项目自己的文件里。"
    )


def decode(blob: bytes, *, file: str) -> tuple[str, tuple[Finding, ...]]:
    """Return the text without its byte-order mark, and what is wrong with the encoding."""
    if blob.startswith(_UTF16):
        message = "文件是 UTF-16 编码，应为 UTF-8"
        return "", (report("Y101", Place(file, 1, 1), message, _SAVE_AS),)
    findings: tuple[Finding, ...] = ()
    if blob.startswith(codecs.BOM_UTF8):
        blob = blob[len(codecs.BOM_UTF8) :]
        message = "文件开头带有字节顺序标记（BOM）；内容照常读取"
        hint = "请在编辑器中另存为“UTF-8（无 BOM）”，以免别的程序误读第一个键。"
        findings = (report("Y102", Place(file, 1, 1), message, hint),)
    try:
        return blob.decode("utf-8"), findings
    except UnicodeDecodeError as error:
        return "", (*findings, _explain_encoding(blob, error.start, file=file))


def _explain_encoding(blob: bytes, start: int, *, file: str) -> Finding:
    """Say which line is not UTF-8, and whether the file looks like GBK."""
    line = blob.count(b"\n", 0, start) + 1
    place = Place(file, line, 1)
    try:
        blob.decode("gb18030")
    except UnicodeDecodeError:
        message = f"第 {line} 行起不是 UTF-8 编码的文本（第 {start + 1} 个字节无法识别）"
        hint = "请确认这是 YAML 文本文件，没有损坏，然后另存为 UTF-8 编码。"
        return report("Y101", place, message, hint)
    message = f"文件是 GBK 编码，应为 UTF-8（第 {line} 行起有 UTF-8 不认识的字节）"
    hint = f"{_SAVE_AS}也可以运行：iconv -f GB18030 -t UTF-8 原文件 > 新文件。"
    return report("Y101", place, message, hint)


def split_lines(text: str) -> tuple[str, ...]:
    """Split as editors do: at LF, CRLF and CR only."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return tuple(text.split("\n"))


def check_characters(text: str, lines: tuple[str, ...], *, file: str) -> tuple[Finding, ...]:
    """Report each line with a character that YAML does not take (first one of the line)."""
    if not _CONTROL.search(text):
        return ()
    found = ((number, _CONTROL.search(line)) for number, line in enumerate(lines, 1))
    return tuple(
        _explain_character(match[0], Place(file, number, match.start() + 1, 1))
        for number, match in found
        if match
    )


def _explain_character(character: str, place: Place) -> Finding:
    """Name the character that cannot be seen."""
    name = "看不见的换行符" if character in _LINE_BREAKS else "控制字符"
    message = f"第 {place.column} 个字符是{name} U+{ord(character):04X}，不能出现在数据里"
    hint = "多半是从别处粘贴带进来的；请删去这个字符，或重新键入这一行。"
    return report("Y111", place, message, hint)
