"""The commands by which a correction is reviewed: diff, redline, status, text, format, verify."""

import argparse
from collections.abc import Callable
from pathlib import Path

from generator.cli_parts import (
    add_command,
    add_format,
    add_project,
    is_year,
    read_format,
    read_year,
)
from generator.errors import UserError
from generator.options import (
    Console,
    DiffOptions,
    FormatOptions,
    RedlineOptions,
    StatusOptions,
    TextOptions,
    VerifyOptions,
)

_DIFF_FORMATS = ("text", "markdown", "json")
_REVISIONS = "版本（缺省 HEAD 与现在的文件），可以写两个，或 甲..乙、甲...乙；四位数字是年度"


def add_review_commands(add: Callable[..., argparse.ArgumentParser]) -> None:
    """Add what reviewing needs."""
    _add_diff(add)
    _add_status(add)
    _add_redline(add)
    _add_text(add)
    _add_format_command(add)
    _add_verify(add)


def _add_diff(add: Callable[..., argparse.ArgumentParser]) -> None:
    parser = add_command(add, "diff", "比对两个版本的数据：改了什么，得分、总分、等级有什么变化")
    parser.add_argument("targets", nargs="*", metavar="版本或年度", help=_REVISIONS)
    add_project(parser)
    add_format(parser, _DIFF_FORMATS)
    parser.set_defaults(make_options=_diff_options)


def _add_status(add: Callable[..., argparse.ArgumentParser]) -> None:
    parser = add_command(add, "status", "哪些文档是最新的，哪些过期、缺失或被手工改过，因为什么")
    parser.add_argument("years", nargs="*", metavar="年度", help="如 2020；缺省为全部")
    parser.add_argument("--out", default="", metavar="文件夹", help="文档在哪里，缺省为 output")
    add_format(parser)
    parser.set_defaults(make_options=_status_options)


def _add_redline(add: Callable[..., argparse.ArgumentParser]) -> None:
    title = "两个版本的 Word 文档写成一份带修订标记的"
    parser = add_command(add, "redline", title)
    parser.add_argument("targets", nargs="*", metavar="版本或年度", help=_REVISIONS)
    add_project(parser)
    parser.add_argument("--force", action="store_true", help="已被手工修改的修订稿也重写")
    parser.add_argument("--out", default="", metavar="文件夹", help="写到哪里，缺省为 output")
    parser.set_defaults(make_options=_redline_options)


def _add_text(add: Callable[..., argparse.ArgumentParser]) -> None:
    parser = add_command(add, "text", "把 Word 文件写成一行行文字（git diff 用）")
    parser.add_argument("files", nargs="*", metavar="文件", help="如 自评表.docx")
    lenient = "给 git 用：不能读的写成一行，不算失败"
    parser.add_argument("--for-git", action="store_true", help=lenient)
    parser.set_defaults(make_options=_text_options)


def _add_format_command(add: Callable[..., argparse.ArgumentParser]) -> None:
    parser = add_command(add, "format", "整理数据文件的缩进和空白，不改内容和注释")
    parser.add_argument("files", nargs="*", metavar="文件", help="数据文件；缺省为全部")
    parser.add_argument("--check", action="store_true", help="只看要不要整理，不写文件")
    parser.set_defaults(make_options=_format_options)


def _add_verify(add: Callable[..., argparse.ArgumentParser]) -> None:
    parser = add_command(add, "verify", "验真：文档是不是本程序生成的，改过没有，数据更新了没有")
    parser.add_argument("files", nargs="*", metavar="文件", help="如 自评表.docx，可以写几个")
    add_format(parser)
    parser.set_defaults(make_options=_verify_options)


def _diff_options(parsed: argparse.Namespace, console: Console) -> DiffOptions:
    revisions, years = _split(parsed.targets)
    return DiffOptions(
        console,
        revisions=revisions,
        years=years,
        project=parsed.project,
        format=read_format(parsed.format, _DIFF_FORMATS),
    )


def _status_options(parsed: argparse.Namespace, console: Console) -> StatusOptions:
    years = tuple(read_year(year, "status") for year in parsed.years)
    out = Path(parsed.out) if parsed.out else console.root / "output"
    return StatusOptions(console, years, out, read_format(parsed.format))


def _redline_options(parsed: argparse.Namespace, console: Console) -> RedlineOptions:
    revisions, years = _split(parsed.targets)
    return RedlineOptions(
        console,
        revisions=revisions,
        years=years,
        project=parsed.project,
        is_forced=parsed.force,
        out=Path(parsed.out) if parsed.out else console.root / "output",
    )


def _split(targets: list[str]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Return the revisions and the years of what was written."""
    revisions = tuple(target for target in targets if not is_year(target))
    return revisions, tuple(int(target) for target in targets if is_year(target))


def _text_options(parsed: argparse.Namespace, console: Console) -> TextOptions:
    if not parsed.files:
        raise UserError("没有写 Word 文件", hint="ziping text 自评表.docx")
    return TextOptions(console, tuple(Path(file) for file in parsed.files), parsed.for_git)


def _format_options(parsed: argparse.Namespace, console: Console) -> FormatOptions:
    return FormatOptions(console, tuple(Path(file) for file in parsed.files), parsed.check)


def _verify_options(parsed: argparse.Namespace, console: Console) -> VerifyOptions:
    if not parsed.files:
        raise UserError("没有写 Word 文件", hint="ziping verify 自评表.docx")
    files = tuple(Path(file) for file in parsed.files)
    return VerifyOptions(console, files, read_format(parsed.format))
