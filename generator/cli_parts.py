"""What the parts of the command line share: Chinese parsers, and values read from arguments."""

import argparse
import os
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NoReturn

from generator.errors import UserError
from generator.suggestions import ask_meant

FORMATS = ("text", "json")
_YEAR_DIGITS = 4
_WIDTH, _MARGIN = 80, 2  # columns of the help


class Parser(argparse.ArgumentParser):
    """A parser whose own words are Chinese."""

    def error(self, message: str) -> NoReturn:
        """Refuse a command line; argparse's English text is not shown."""
        del message
        usage = " ".join(self.format_usage().split()).removeprefix("用法：")
        raise UserError("命令的写法不对", hint=f"用法：{usage}　（ziping --help 看全部命令）")

    def _check_value(self, action: argparse.Action, value: object) -> None:
        """Refuse an unknown command by name; only the command's name has choices."""
        if action.choices is not None and value not in action.choices:
            names = [str(name) for name in action.choices]
            hint = ask_meant(str(value), names) or f"命令：{'、'.join(names)}"
            raise UserError(f"没有命令「{value}」", hint=hint)


class Formatter(argparse.HelpFormatter):
    """Chinese headings; argparse makes one for each argument, help or not."""

    def __init__(self, prog: str) -> None:
        """Take the width of the terminal."""
        super().__init__(prog, width=_find_width())

    def add_usage(self, usage, actions, groups, prefix=None):  # type: ignore[no-untyped-def]
        """Write 用法 for usage."""
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


@lru_cache(maxsize=1)
def _find_width() -> int:
    """Return what argparse would find, without importing what it finds it by."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isdecimal() and int(columns):
        return int(columns) - _MARGIN
    try:
        return (os.get_terminal_size(1).columns or _WIDTH) - _MARGIN
    except OSError:
        return _WIDTH - _MARGIN


def make_parser(name: str, description: str) -> Parser:
    """Return a parser with what every command takes."""
    parser = Parser(prog=name, description=description, formatter_class=Formatter, add_help=False)
    add_shared(parser)
    return parser


def add_shared(parser: argparse.ArgumentParser) -> None:
    """Add what every command takes; it may stand before or behind the command's name."""
    absent = argparse.SUPPRESS
    parser.add_argument("-h", "--help", action="help", help="显示本说明")
    parser.add_argument(
        "--root", default=absent, metavar="文件夹", help="资料所在的文件夹，缺省为当前"
    )
    parser.add_argument("--quiet", action="store_true", default=absent, help="只显示问题")
    parser.add_argument("--verbose", action="store_true", default=absent, help="也显示已豁免的问题")
    parser.add_argument("--no-color", action="store_true", default=absent, help="不用颜色")
    parser._positionals.title = "参数"
    parser._optionals.title = "选项"


def add_command(
    add: Callable[..., argparse.ArgumentParser], name: str, text: str
) -> argparse.ArgumentParser:
    """Add a command, with what every command takes."""
    parser = add(name, help=text, description=text, formatter_class=Formatter, add_help=False)
    add_shared(parser)
    return parser


def add_project(parser: argparse.ArgumentParser) -> None:
    """Add the filter of projects."""
    parser.add_argument("--project", default="", metavar="通配", help="只做这些项目，如 '单位/*'")


def add_format(parser: argparse.ArgumentParser, known: Sequence[str] = FORMATS) -> None:
    """Add the choice of an output format."""
    shown = "、".join(known)
    parser.add_argument("--format", default="text", metavar="格式", help=f"{shown}；缺省 text")


def is_year(text: str) -> bool:
    """Say whether an argument means a year."""
    return text.isdigit() and len(text) == _YEAR_DIGITS


def read_year(text: str | None, command: str) -> int:
    """Return a year.

    Raises:
        UserError: when it is none.
    """
    if not text or not is_year(text):
        what = f"年度「{text}」应写四位数字" if text else "没有写年度"
        raise UserError(what, hint=f"ziping {command} 2020，或 make {command} YEAR=2020")
    return int(text)


def read_format(text: str, known: Sequence[str] = FORMATS) -> str:
    """Return a format.

    Raises:
        UserError: when there is none of that name.
    """
    if text not in known:
        raise UserError(f"没有格式「{text}」", hint=f"可用：{'、'.join(known)}")
    return text
