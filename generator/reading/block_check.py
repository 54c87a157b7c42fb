"""What a schema cannot say of tables and pictures in the narrative."""

from collections.abc import Iterator

from generator.domain.blocks import Picture, Table
from generator.domain.model import Project
from generator.findings import Finding, Severity


def check_blocks(project: Project) -> Iterator[Finding]:
    """Yield pictures that cannot be used, and rows that do not fit the head of their table."""
    for block in project.blocks():
        if isinstance(block, Picture):
            yield from _check_picture(project, block)
        else:
            yield from _check_table(project, block)


def _check_picture(project: Project, picture: Picture) -> Iterator[Finding]:
    place = project.place_of((*picture.path, "文件"))
    if picture.fault:
        rule, severity = "picture-file", Severity.ERROR
        yield Finding("S214", rule, severity, place, picture.fault, hint=picture.hint)
    elif picture.image is not None and picture.image.is_turned:
        message = f"照片「{picture.file}」是转着拍的，印出来可能躺倒"
        hint = "在画图程序里打开，转正以后另存一次"
        yield Finding("S216", "picture-turned", Severity.WARNING, place, message, hint=hint)


def _check_table(project: Project, table: Table) -> Iterator[Finding]:
    width = len(table.columns)
    for number, row in enumerate(table.rows):
        if len(row) != width:
            place = project.place_of((*table.path, "行", number))
            message = f"表「{table.title}」第 {number + 1} 行有 {len(row)} 格，表头有 {width} 列"
            hint = '补上或删去；空的格写 ""，带逗号的文字加引号'
            yield Finding("S215", "table-cells", Severity.ERROR, place, message, hint=hint)
