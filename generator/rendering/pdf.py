"""PDFs beside the documents: one LibreOffice for all of a run, from copies that lose no text."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from generator.errors import UserError
from generator.patterns import pattern
from generator.rendering.package import PackageError, read_package, write_package

_PROGRAMS = ("soffice", "libreoffice")
_WINDOWS = (
    r"C:\Program Files\LibreOffice\program\soffice.com",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
)
_START, _EACH = 60, 30  # seconds for the program, and for each document
# LibreOffice 7.4 drops punctuation at the end of justified lines whose type is drawn together.
_JUSTIFIED = pattern(rb'<w:jc w:val="(both|distribute)"/>')
_LEFT = b'<w:jc w:val="left"/>'
# What says when a PDF was made; each is written over by as many bytes, since a PDF counts them.
_DATE = pattern(rb"(?<=/CreationDate\(D:)\d{14}[^)]*(?=\))")
_IDENTITY = pattern(rb"(?<=/ID \[ )<[0-9A-F]+>\s*<[0-9A-F]+>|(?<=/DocChecksum /)[0-9A-F]+")


class Converted(Struct, frozen=True):
    """PDFs by the document they were made of, and the documents of which none was made."""

    pdfs: Mapping[Path, bytes]
    failed: tuple[Path, ...]


def find_office() -> str:
    """Return the LibreOffice of this machine.

    Raises:
        UserError: There is none; the hint names the package.
    """
    for name in _PROGRAMS:
        if found := shutil.which(name):
            return found
    if found := next((path for path in _WINDOWS if Path(path).is_file()), ""):
        return found
    hint = (
        "Debian、Ubuntu：sudo apt install libreoffice-writer；"
        "Windows：winget install TheDocumentFoundation.LibreOffice；装好后重新运行"
    )
    raise UserError("没有找到 LibreOffice，没有生成 PDF；Word 文档已经生成", hint=hint)


def convert(program: str, documents: Sequence[Path], *, start: int = _START) -> Converted:
    """Return the PDFs of documents; one that cannot be converted does not stop the others.

    Args:
        program: LibreOffice.
        documents: What to convert, in this order.
        start: Seconds that the program may take to begin.
    """
    pdfs: dict[Path, bytes] = {}
    failed: list[Path] = []
    with tempfile.TemporaryDirectory(prefix="ziping-") as name:
        folder = Path(name)
        pending = dict(_copies(documents, folder, failed))
        while pending:
            _run(program, list(pending), folder, seconds=start + _EACH * len(pending))
            made = {copy: blob for copy in pending if (blob := _take(folder, copy))}
            pdfs |= {pending[copy]: blob for copy, blob in made.items()}
            pending = {copy: path for copy, path in pending.items() if copy not in made}
            if not made:  # the first one stops the program, or the program does not run
                failed.append(pending.pop(next(iter(pending))))
                if len(failed) > 1 and not pdfs:
                    failed += pending.values()
                    break
    return Converted(pdfs, tuple(failed))


def _copies(documents: Sequence[Path], folder: Path, failed: list[Path]) -> list[tuple[Path, Path]]:
    """Write a copy of each document without justified lines, under a number as its name."""
    copies = []
    for number, document in enumerate(documents, 1):
        copy = folder / f"{number}.docx"
        try:
            members = read_package(document)
        except PackageError:
            failed.append(document)
            continue
        changed = {
            name: _JUSTIFIED.sub(_LEFT, blob) if name.endswith(".xml") else blob
            for name, blob in members.items()
        }
        copy.write_bytes(write_package(changed))
        copies.append((copy, document))
    return copies


def _run(program: str, copies: Sequence[Path], folder: Path, *, seconds: int) -> None:
    """Run LibreOffice; whether it made a PDF says its folder, its exit code does not."""
    command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--norestore", "--convert-to", "pdf", "--outdir", str(folder / "pdf")]
    command += map(str, copies)
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "TZ": "UTC"},
        start_new_session=True,
    )
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        _stop(process)
    except BaseException:
        _stop(process)
        raise


def _stop(process: "subprocess.Popen[bytes]") -> None:
    """End LibreOffice with the program that it started itself."""
    if hasattr(os, "killpg"):
        os.killpg(process.pid, 9)
    else:
        process.kill()
    process.wait()


def _take(folder: Path, copy: Path) -> bytes:
    """Return the PDF of a copy; nothing of one that is not whole."""
    pdf = folder / "pdf" / f"{copy.stem}.pdf"
    blob = pdf.read_bytes() if pdf.is_file() else b""
    if not blob.startswith(b"%PDF") or b"%%EOF" not in blob[-64:]:
        return b""
    return _IDENTITY.sub(_zeros, _DATE.sub(_fixed_date, blob))


def _fixed_date(found: "re.Match[bytes]") -> bytes:
    return b"19800101000000" + found.group()[14:]


def _zeros(found: "re.Match[bytes]") -> bytes:
    return re.sub(rb"[0-9A-F]", b"0", found.group())
