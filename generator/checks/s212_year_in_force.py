"""The form is in force in the year of the data, and the data stand in that year's folder.

Rule: 适用.年度 of form.yaml; data/<year>/.
Source: the notice that introduced the form.

PASS: `年度: 2020`，在 data/2020/ 里，表式自 2020 年起适用
FAIL: `年度: 2019`，表式自 2020 年起适用
"""

from collections.abc import Iterator

from generator.checks.about import About
from generator.checks.review import Remark, Review
from generator.findings import Severity

CODE = "S212"
RULE = "year-in-force"
SEVERITY = Severity.ERROR
IS_LAW = True
ABOUT = About(
    what="数据的年度与所在的年度文件夹不同，或表式不适用于这个年度。",
    basis="表式的适用年度",
    example="年度写作 2019，文件却在 2020 年的文件夹里",
    subject="`年度`",
    remedy="更正年度，移动文件，或改用那一年的表式",
)


def check(review: Review) -> Iterator[Remark]:
    """Yield a year that the form or the folder does not have."""
    project, form = review.project, review.project.form
    folder = project.id.split("/", 1)[0]
    if folder.isdigit() and int(folder) != project.year:
        yield Remark(
            place=review.place("年度"),
            message=f"年度写作 {project.year}，文件却在 {folder} 年的文件夹里",
            subject="年度",
            hint="更正年度，或把文件移到该年度的文件夹",
        )
    if not form.is_in_force(project.year):
        years = f"{form.first_year} 年度起"
        if form.last_year is not None:
            years = f"{form.first_year} 至 {form.last_year} 年度"
        yield Remark(
            place=review.place("年度"),
            message=f"表式 {form.id} 适用 {years}，数据是 {project.year} 年度",
            subject="年度",
            basis=f"适用年度（{form.place.file}）",
            hint="改用该年度的表式",
        )
