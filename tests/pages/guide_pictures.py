"""Draw the pictures of the guides from what the guides say: `make guide-pictures` writes docs/图/.

Every page is made by the program, from the examples of the guides, the data of 2020 and the
templates of the repository; nothing is retouched. Needs what tests/pages/look.py needs.
"""

import contextlib
import io
import pathlib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass

import docx

from generator import cli
from tests.conftest import replace_once
from tests.pages.look import FONTS, convert
from tests.pages.palette import Rows, read_ppm, write_png
from tests.test_docs import DOCS, ROOT, write_examples
from tests.test_narrative_docs import PICTURE, PROJECT, example

PICTURES = DOCS / "图"
WITH_COMMENTS = 'pdf:writer_pdf_Export:{"ExportNotes":{"type":"boolean","value":"true"}}'
DPI, MOST_BYTES, PADDING = 100, 80_000, 16
WHITE = (255, 255, 255)


@dataclass(frozen=True)
class Shot:
    """One picture: how its document is made, and which part of which page is shown."""

    name: str
    document: Callable[[pathlib.Path], pathlib.Path]
    page: int = 1
    top: float = 0.0  # part of the page's height
    bottom: float = 1.0
    dpi: int = DPI
    kind: str = "pdf"


def run(root: pathlib.Path, *arguments: str) -> None:
    """Run a command of ziping in a root and keep what it says to ourselves."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        cli.main([*arguments, "--root", str(root)])


def fresh_root(folder: pathlib.Path) -> pathlib.Path:
    """Return a root with the repository's data and the complete example of 编写数据."""
    for name in ("data", "schema", "templates"):
        shutil.copytree(ROOT / name, folder / name)
    write_examples(folder, "编写数据.md")
    return folder


def report(root: pathlib.Path, name: str, *options: str) -> pathlib.Path:
    """Return a document of the example."""
    out = root / "output"
    run(root, "report", "2020", "--project", "shili/*", "--out", str(out), *options)
    return next(out.rglob(f"*{name}.docx"))


def table(root: pathlib.Path) -> pathlib.Path:
    return report(root, "绩效自评表")


def first_page(root: pathlib.Path) -> pathlib.Path:
    return report(root, "绩效自评报告")


def draft(root: pathlib.Path) -> pathlib.Path:
    """Return the draft of a table where two 完成值 are still missing."""
    data = root / PROJECT
    replace_once(data, "完成值: 95%", "完成值:")
    replace_once(data, "完成值: 2020-11-25", "完成值:")
    return report(root, "绩效自评表（草稿）", "--draft")


def narrative(root: pathlib.Path) -> pathlib.Path:
    """Return the report of the example with a table and a picture."""
    data = root / PROJECT
    before = data.read_text(encoding="utf-8").partition("报告:\n")[0]
    data.write_text(before + example(), encoding="utf-8")
    picture = root / PICTURE
    picture.parent.mkdir()
    picture.write_bytes(write_png(drawing(480, 240)))
    return report(root, "绩效自评报告")


def drawing(width: int, height: int) -> list[list[tuple[int, int, int]]]:
    """Return a picture that looks invented: two sheds under a sky."""
    sky, ground, wall, door = (206, 224, 240), (186, 196, 170), (150, 158, 168), (90, 98, 110)

    def colour(x: int, y: int) -> tuple[int, int, int]:
        x, y = x * 48 // width, y * 24 // height
        if y >= 19:
            return ground
        if any(left <= x < left + 14 and y >= 9 for left in (6, 27)):
            return door if y >= 14 and x % 21 in range(10, 15) else wall
        return sky

    return [[colour(x, y) for x in range(width)] for y in range(height)]


def template(root: pathlib.Path) -> pathlib.Path:
    return root / "templates/mof-project/table.docx"


def marked_template(root: pathlib.Path) -> pathlib.Path:
    """Return the marked copy of a template with three faults."""
    path = template(root)
    document = docx.Document(str(path))
    wrong = {
        "{{ 项目名称 }}": "｛｛ 项目名称 ｝｝",
        "{{ 主管部门 }}": "{{ 主管部们 }}",
        "{{ 实施单位 }}": "{{ 实施单位",
    }
    for cell in (cell for row in document.tables[0].rows for cell in row.cells):
        for paragraph in cell.paragraphs:
            if paragraph.text in wrong:
                paragraph.runs[0].text = wrong[paragraph.text]
                for other in paragraph.runs[1:]:
                    other.text = ""
    document.save(str(path))
    run(root, "lint-template", "mof-project", "--mark")
    return path.with_name("table.批注.docx")


def new_form(root: pathlib.Path) -> pathlib.Path:
    """Return the template that form-template makes of the form of 制作表式."""
    write_examples(root, "制作表式.md")
    run(root, "form-template", "shili-form")
    return root / "templates/shili-form/table.docx"


def department(root: pathlib.Path) -> pathlib.Path:
    out = root / "output"
    run(root, "report", "2020", "--project", "jinzhong/department", "--out", str(out))
    return next(out.rglob("*部门整体*.docx"))


SHOTS = (
    Shot("自评表", table, bottom=0.8),
    Shot("自评报告", first_page, bottom=0.62, dpi=90),
    Shot("表和图", narrative, bottom=0.86, dpi=90),
    Shot("草稿", draft, bottom=0.8),
    Shot("模板", template, bottom=0.86),
    Shot("模板批注", marked_template, bottom=0.42, kind=WITH_COMMENTS),
    Shot("生成的模板", new_form, bottom=0.8),
    Shot("部门表", department, page=2, bottom=0.7),
)


def draw(shot: Shot, folder: pathlib.Path) -> bytes:
    """Return one picture as PNG."""
    pdf = convert(shot.document(fresh_root(folder / "root")), folder, kind=shot.kind)
    page = ["-f", str(shot.page), "-l", str(shot.page), "-singlefile"]
    whole = folder / "page"
    subprocess.run(["pdftoppm", "-r", str(shot.dpi), *page, str(pdf), str(whole)], check=True)
    rows = read_ppm(whole.with_suffix(".ppm").read_bytes())
    return write_png(trim(rows[int(len(rows) * shot.top) : int(len(rows) * shot.bottom)]))


def trim(rows: Rows) -> Rows:
    """Return a page without its white margins, but for a few pixels."""

    def ends(filled: list[int]) -> slice:
        return slice(max(filled[0] - PADDING, 0), filled[-1] + PADDING)

    tall = ends([y for y, row in enumerate(rows) if set(row) != {WHITE}])
    columns = zip(*rows[tall], strict=True)
    wide = ends([x for x, column in enumerate(columns) if set(column) != {WHITE}])
    return [row[wide] for row in rows[tall]]


def main(names: list[str]) -> int:
    """Write the pictures that are named, or all."""
    if not any(FONTS.glob("*.otf")):
        sys.stderr.write("build/fonts is empty: run tests/pages/look.py --fonts first\n")
        return 2
    PICTURES.mkdir(exist_ok=True)
    for shot in (shot for shot in SHOTS if not names or shot.name in names):
        with tempfile.TemporaryDirectory() as folder:
            blob = draw(shot, pathlib.Path(folder))
        (PICTURES / f"{shot.name}.png").write_bytes(blob)
        size = f"{len(blob) // 1000} kB{'，太大' if len(blob) > MOST_BYTES else ''}"
        sys.stdout.write(f"docs/图/{shot.name}.png {size}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
