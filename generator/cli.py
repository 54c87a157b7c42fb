"""The door: parses the command line, builds a frozen options object, executes one command."""

import argparse
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import NoReturn

from generator import __version__
from generator.errors import UserError
from generator.options import (
    CheckOptions,
    Console,
    ExplainOptions,
    FormTemplateOptions,
    NewFormOptions,
    ReportOptions,
    SchemaOptions,
    TemplateOptions,
)
from generator.suggestions import ask_meant

_DONE, _COULD_NOT_RUN = 0, 2
_YEAR_DIGITS = 4
_FORMATS = ("text", "json")
_CHECK_FORMATS = (*_FORMATS, "github", "sarif")
_SEVERITIES = {"错误": "error", "警告": "warning", "error": "error", "warning": "warning"}


class _Parser(argparse.ArgumentParser):
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


class _Formatter(argparse.HelpFormatter):
    """Chinese headings, room for Chinese columns."""

    def add_usage(self, usage, actions, groups, prefix=None):  # type: ignore[no-untyped-def]
        """Write 用法 for usage."""
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0 done, 1 the data have errors, 2 could not run."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        return _run(sys.argv[1:] if arguments is None else list(arguments))
    except UserError as fault:
        hint = f"\n   建议：{fault.hint}" if fault.hint else ""
        print(f"ziping：{fault}{hint}", file=sys.stderr)
        return _COULD_NOT_RUN
    except KeyboardInterrupt:
        print("ziping：已中断", file=sys.stderr)
        return _COULD_NOT_RUN
    except BrokenPipeError:
        sys.stderr.close()
        return _DONE


def _run(arguments: list[str]) -> int:
    parser = _build_parser()
    parsed, unknown = parser.parse_known_args(arguments)
    if unknown:
        raise UserError(f"不认识的参数：{' '.join(unknown)}", hint="ziping --help 看全部命令")
    if not parsed.command:
        parser.print_help()
        return _DONE
    console = Console(
        root=Path(parsed.root),
        is_quiet=parsed.quiet,
        is_verbose=parsed.verbose,
        use_color=not parsed.no_color and sys.stdout.isatty(),
        is_terminal=sys.stdout.isatty(),
    )
    command = import_module(f"generator.commands.{parsed.command.replace('-', '_')}")
    code: int = command.run(parsed.make_options(parsed, console))
    return code


def _build_parser() -> argparse.ArgumentParser:
    parser = _make_parser("ziping", "绩效自评：数据写一遍，核对、计分、出表")
    parser.add_argument("--version", action="version", version=__version__, help="显示版本")
    parser.set_defaults(root=".", quiet=False, verbose=False, no_color=False)
    commands = parser.add_subparsers(
        dest="command", metavar="命令", title="命令", parser_class=_Parser
    )
    _add_report(commands.add_parser)
    _add_check(commands.add_parser)
    _add_explain(commands.add_parser)
    _add_schema(commands.add_parser)
    _add_base_template(commands.add_parser)
    _add_new_form(commands.add_parser)
    _add_form_template(commands.add_parser)
    return parser


def _make_parser(name: str, description: str) -> _Parser:
    parser = _Parser(prog=name, description=description, formatter_class=_Formatter, add_help=False)
    _add_shared(parser)
    return parser


def _add_shared(parser: argparse.ArgumentParser) -> None:
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


def _add_command(
    add: Callable[..., argparse.ArgumentParser], name: str, text: str
) -> argparse.ArgumentParser:
    parser = add(name, help=text, description=text, formatter_class=_Formatter, add_help=False)
    _add_shared(parser)
    return parser


def _add_report(add: Callable[..., argparse.ArgumentParser]) -> None:
    parser = _add_command(add, "report", "生成一个年度的全部文档")
    parser.add_argument("year", nargs="?", metavar="年度", help="如 2020")
    _add_project(parser)
    parser.add_argument("--force", action="store_true", help="已被手工修改的文档也重写")
    parser.add_argument("--out", default="", metavar="文件夹", help="文档写到哪里，缺省为 output")
    _add_format(parser)
    parser.set_defaults(make_options=_report_options)


def _add_check(add: Callable[..., argparse.ArgumentParser]) -> None:
    parser = _add_command(add, "check", "只核对，不生成文档")
    only = "只看这些检查，写代码或名称，可以写几个"
    parser.add_argument("targets", nargs="*", metavar="年度或文件", help="如 2020，或几个数据文件")
    _add_project(parser)
    parser.add_argument("--only", action="append", default=[], metavar="检查", help=only)
    levels = "只显示“错误”或“警告”；返回值仍看全部"
    parser.add_argument("--severity", default="", metavar="级别", help=levels)
    _add_format(parser, _CHECK_FORMATS)
    parser.set_defaults(make_options=_check_options)


def _add_explain(add: Callable[..., argparse.ArgumentParser]) -> None:
    parser = _add_command(add, "explain", "说明得分、总分、资金的数或一条检查是怎么来的")
    named = "项目，或检查的代码、名称：单位/项目，F203"
    parser.add_argument("target", nargs="?", default="", metavar="项目或检查", help=named)
    parts = "指标、派生、恒等式、资金的数、执行率、总分、等级、组"
    parser.add_argument("subject", nargs="?", default="", metavar="哪一项", help=parts)
    parser.add_argument("--all", action="store_true", help="全部检查")
    _add_format(parser)
    parser.set_defaults(make_options=_explain_options)


def _add_schema(add: Callable[..., argparse.ArgumentParser]) -> None:
    parser = _add_command(add, "schema", "由表式生成数据模式（schema/）")
    parser.add_argument("--check", action="store_true", help="只比对，不写文件")
    parser.set_defaults(make_options=lambda parsed, console: SchemaOptions(console, parsed.check))


def _add_base_template(add: Callable[..., argparse.ArgumentParser]) -> None:
    parser = _add_command(add, "base-template", "写一个只有公文样式的空白 Word 模板")
    parser.add_argument("file", nargs="?", metavar="文件", help="如 新模板.docx")
    parser.set_defaults(make_options=_template_options)


def _add_new_form(add: Callable[..., argparse.ArgumentParser]) -> None:
    parser = _add_command(add, "new-form", "做一个新表式：YAML、数据模式和 Word 模板")
    parser.add_argument("id", nargs="?", metavar="表式", help="文件夹的名称，如 shili-project")
    parser.add_argument("--extends", default="", metavar="表式", help="以哪个表式为底")
    parser.add_argument("--name", default="", metavar="名称", help="印在表上的名称")
    parser.set_defaults(make_options=_new_form_options)


def _add_form_template(add: Callable[..., argparse.ArgumentParser]) -> None:
    parser = _add_command(add, "form-template", "照表式生成还没有的 Word 模板")
    parser.add_argument("id", nargs="?", metavar="表式", help="文件夹的名称，如 shili-project")
    again = "旁边另写一份新的来对照，如 table.docx"
    parser.add_argument("--again", default="", metavar="模板", help=again)
    parser.set_defaults(make_options=_form_template_options)


def _add_project(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--project", default="", metavar="通配", help="只做这些项目，如 '单位/*'")


def _add_format(parser: argparse.ArgumentParser, known: Sequence[str] = _FORMATS) -> None:
    shown = "、".join(known)
    parser.add_argument("--format", default="text", metavar="格式", help=f"{shown}；缺省 text")


def _report_options(parsed: argparse.Namespace, console: Console) -> ReportOptions:
    out = Path(parsed.out) if parsed.out else console.root / "output"
    return ReportOptions(
        console,
        year=_year(parsed.year, "report"),
        project=parsed.project,
        is_forced=parsed.force,
        out=out,
        format=_format(parsed.format),
    )


def _check_options(parsed: argparse.Namespace, console: Console) -> CheckOptions:
    years = tuple(_year(t, "check") for t in parsed.targets if _is_year(t))
    files = tuple(Path(target) for target in parsed.targets if not _is_year(target))
    return CheckOptions(
        console,
        years=years,
        files=files,
        project=parsed.project,
        only=tuple(parsed.only),
        format=_format(parsed.format, _CHECK_FORMATS),
        severity=_severity(parsed.severity),
    )


def _explain_options(parsed: argparse.Namespace, console: Console) -> ExplainOptions:
    if not parsed.target.strip() and not parsed.all:
        hint = "ziping explain 单位/项目 指标，或 ziping explain F203"
        raise UserError("没有写要说明什么", hint=hint)
    return ExplainOptions(
        console,
        target=parsed.target.strip(),
        subject=parsed.subject.strip(),
        is_all=parsed.all,
        format=_format(parsed.format),
    )


def _template_options(parsed: argparse.Namespace, console: Console) -> TemplateOptions:
    if not parsed.file or not parsed.file.endswith(".docx"):
        raise UserError("没有写模板的文件名", hint="ziping base-template 新模板.docx")
    return TemplateOptions(console, Path(parsed.file))


def _form_template_options(parsed: argparse.Namespace, console: Console) -> FormTemplateOptions:
    if not parsed.id:
        raise UserError("没有写表式的名称", hint="ziping form-template shili-project")
    return FormTemplateOptions(console, parsed.id, again=parsed.again)


def _new_form_options(parsed: argparse.Namespace, console: Console) -> NewFormOptions:
    if not parsed.id:
        hint = "ziping new-form shili-project --extends 现有的表式"
        raise UserError("没有写新表式的名称", hint=hint)
    return NewFormOptions(console, parsed.id, base=parsed.extends, name=parsed.name.strip())


def _is_year(text: str) -> bool:
    return text.isdigit() and len(text) == _YEAR_DIGITS


def _year(text: str | None, command: str) -> int:
    if not text or not _is_year(text):
        what = f"年度「{text}」应写四位数字" if text else "没有写年度"
        raise UserError(what, hint=f"ziping {command} 2020，或 make {command} YEAR=2020")
    return int(text)


def _format(text: str, known: Sequence[str] = _FORMATS) -> str:
    if text not in known:
        raise UserError(f"没有格式「{text}」", hint=f"可用：{'、'.join(known)}")
    return text


def _severity(text: str) -> str:
    if text and text not in _SEVERITIES:
        raise UserError(f"没有级别「{text}」", hint="可用：错误、警告（或 error、warning）")
    return _SEVERITIES.get(text, "")
