"""Look at pages: docx → PDF → PNG with LibreOffice and stand-in fonts.

    python tests/pages/look.py --fonts            fetch the Fandol fonts into build/fonts, once
    python tests/pages/look.py FILE.docx … [--out DIR] [--dpi N]

Needs `soffice` (libreoffice-writer) and `pdftoppm` (poppler-utils). LibreOffice is an opener, not
a validator, and its metrics are not Word's: look for what is cut, overlaps or wraps badly.
"""

import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence

ROOT = pathlib.Path(__file__).resolve().parents[2]
FONTS = ROOT / "build" / "fonts"
FONT_PACKAGE = "texlive-lang-chinese"  # a Debian package with the Fandol fonts; no TeX is needed
WANTED = ("FandolFang-Regular.otf", "FandolKai-Regular.otf", "FandolSong-Bold.otf")


def fetch_fonts() -> None:
    """Download the Debian package and take the three fonts out of it."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        _run(["apt-get", "download", FONT_PACKAGE], folder)
        extract_fonts(next(folder.glob("*.deb")))


def extract_fonts(package: pathlib.Path) -> None:
    """Take the fonts out of a .deb that is already there."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        _run(["dpkg-deb", "-x", str(package), name], folder)
        FONTS.mkdir(parents=True, exist_ok=True)
        for wanted in WANTED:
            for found in folder.rglob(wanted):
                shutil.copy(found, FONTS / wanted)


def write_pdf(document: pathlib.Path, folder: pathlib.Path) -> pathlib.Path:
    """Return the document as a PDF with the stand-in fonts."""
    return convert(document, folder, kind="pdf")


def convert(document: pathlib.Path, folder: pathlib.Path, *, kind: str) -> pathlib.Path:
    """Convert a document to a kind, `pdf` or `pdf:filter:options`.

    LibreOffice exits 0 even when it writes nothing, so that is checked.
    """
    environment = {
        **os.environ,
        "FONTCONFIG_FILE": str(pathlib.Path(__file__).parent / "fonts.conf"),
    }
    with tempfile.TemporaryDirectory() as profile:
        command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless"]
        command += ["--convert-to", kind, "--outdir", str(folder), str(document)]
        _run(command, ROOT, environment=environment)
    made = folder / f"{document.stem}.{kind.partition(':')[0]}"
    if not made.is_file():
        raise SystemExit(f"{document}: LibreOffice made no {kind}")
    return made


def write_pages(document: pathlib.Path, folder: pathlib.Path, *, dpi: int) -> list[pathlib.Path]:
    """Return one PNG a page, in order."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob(f"{document.stem}-*.png"):
        old.unlink()
    pdf = write_pdf(document, folder)
    _run(["pdftoppm", "-r", str(dpi), "-png", str(pdf), str(folder / document.stem)], ROOT)
    return sorted(folder.glob(f"{document.stem}-*.png"))


def _run(
    command: Sequence[str], folder: pathlib.Path, *, environment: dict[str, str] | None = None
) -> None:
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{command[0]}: {done.stderr.strip() or done.stdout.strip()}")


def main() -> int:
    """Fetch fonts, or write pages and name them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("documents", nargs="*", type=pathlib.Path)
    parser.add_argument("--out", type=pathlib.Path, default=ROOT / "build" / "pages")
    parser.add_argument("--dpi", type=int, default=80)
    parser.add_argument("--fonts", action="store_true", help="fetch the stand-in fonts")
    options = parser.parse_args()
    if options.fonts:
        fetch_fonts()
    if not any(FONTS.glob("*.otf")):
        sys.stderr.write("build/fonts is empty: other fonts stand in; try --fonts\n")
    for document in options.documents:
        for page in write_pages(document.resolve(), options.out, dpi=options.dpi):
            sys.stdout.write(f"{page}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
