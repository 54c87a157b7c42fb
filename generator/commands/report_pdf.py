"""What `report --pdf` adds: a PDF beside each document, none over one somebody put there."""

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pathlib import Path

from generator.errors import UserError
from generator.findings import Finding, Place, Severity
from generator.rendering.documents import Written
from generator.rendering.manifest import Entry, Manifest
from generator.rendering.output import digest, write_whole

PDF = "pdf"  # its digest, in the entry of its document
PDF_OF = "pdf_of"  # the digest of the document that it was made from


def write_pdfs(
    documents: Mapping[str, Written],
    *,
    before: Manifest,
    is_forced: bool,
    note: Callable[[str, Finding], None],
) -> None:
    """Write the PDFs that are not up to date; their digests go into their documents' entries.

    Args:
        documents: The documents by path, with the project of each in its entry.
        before: What earlier runs wrote, with the folder of the year's documents.
        is_forced: Write over PDFs that somebody changed.
        note: Takes a document's path and what is wrong with its PDF.

    Raises:
        UserError: There is no LibreOffice.
    """
    folder, wanted = before.folder, dict[Path, str]()
    for path in documents:
        if not is_forced and _is_current(folder / path, documents[path].entry):
            continue
        if not is_forced and _is_edited(folder / path, before.entry(path)):
            pdf = (folder / path).with_suffix(".pdf").as_posix()
            message = f"{pdf} 不是本程序上次写的，没有覆盖"
            hint = "要保留，把文件移走；不要，用 --pdf --force 重写"
            note(path, _error("O603", "document-edited", pdf, message, hint))
            continue
        wanted[folder / path] = path
    if not wanted:
        return
    office = import_module("generator.rendering.pdf")
    made = office.convert(office.find_office(), list(wanted))
    for file, blob in made.pdfs.items():
        for fault in _write(file.with_suffix(".pdf"), blob):
            note(wanted[file], fault)
        entry = documents[wanted[file]].entry
        entry |= {PDF: digest(blob), PDF_OF: entry["sha256"]}
    for file in made.failed:
        message = f"{file.as_posix()} 没有转成 PDF；Word 文档是好的"
        hint = "用 Word 或 LibreOffice 打开看看，能打开就在那里另存为 PDF"
        note(wanted[file], _error("O607", "pdf-failed", file.as_posix(), message, hint))


def has_pdf(entry: Entry) -> bool:
    """Say whether a PDF was made from a document as it is."""
    return PDF in entry and entry.get(PDF_OF) == entry["sha256"]


def pdf_of(path: str) -> str:
    """Return where the PDF of a document stands."""
    return f"{path.removesuffix('.docx')}.pdf"


def keep_pdf(entry: Entry, before: Manifest) -> None:
    """Keep what is known of a PDF in a run that makes none."""
    known = before.entry(str(entry["path"]))
    entry |= {key: known[key] for key in (PDF, PDF_OF) if key in known}


def _is_current(document: Path, entry: Entry) -> bool:
    """Say whether the PDF on disk is the one that was made from the document as it is."""
    pdf = document.with_suffix(".pdf")
    return has_pdf(entry) and pdf.is_file() and digest(pdf.read_bytes()) == entry[PDF]


def _is_edited(document: Path, entry: Mapping[str, object]) -> bool:
    pdf = document.with_suffix(".pdf")
    return pdf.is_file() and digest(pdf.read_bytes()) != entry.get(PDF)


def _write(file: Path, blob: bytes) -> Iterator[Finding]:
    if file.is_file() and file.read_bytes() == blob:
        return
    try:
        write_whole(file, blob)
    except UserError as fault:
        yield _error("O604", "document-unwritable", file.as_posix(), str(fault), fault.hint)


def _error(code: str, rule: str, file: str, message: str, hint: str) -> Finding:
    return Finding(code, rule, Severity.ERROR, Place(file), message, hint=hint)
