"""The door: parses the command line, builds a frozen options object, executes one command."""

import argparse
import gc
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from generator import __version__
from generator.cli_options import (
    CHECK_FORMATS,
    check_options,
    explain_options,
    form_template_options,
    lint_template_options,
    new_form_options,
    report_options,
    template_options,
)
from generator.cli_parts import Parser, add_command, add_format, add_project, make_parser
from generator.cli_review import add_review_commands
from generator.errors import UserError
from generator.options import Console, SchemaOptions

_DONE, _COULD_NOT_RUN = 0, 2
_BETWEEN_LOOKS = 200_000  # objects: modules and forms stay for good, a project leaves no cycles


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0 done, 1 the data have errors, 2 could not run."""
    gc.set_threshold(_BETWEEN_LOOKS, 20, 50)
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
    parser = make_parser("ziping", "绩效自评：数据写一遍，核对、计分、出表")
    parser.add_argument("--version", action="version", version=__version__, help="显示版本")
    parser.set_defaults(root=".", quiet=False, verbose=False, no_color=False)
    commands = parser.add_subparsers(
        dest="command", metavar="命令", title="命令", parser_class=Parser
    )
    _add_report(commands.add_parser)
    _add_check(commands.add_parser)
    _add_explain(commands.add_parser)
    add_review_commands(commands.add_parser)
    _add_schema(commands.add_parser)
    _add_base_template(commands.add_parser)
    _add_new_form(commands.add_parser)
    _add_form_template(commands.add_parser)
    _add_lint_template(commands.add_parser)
    return parser


def _add_report(add: Callable[..., argparse.ArgumentParser]) -> None:
    parser = add_command(add, "report", "生成一个年度的全部文档")
    parser.add_argument("year", nargs="?", metavar="年度", help="如 2020")
    add_project(parser)
    parser.add_argument("--force", action="store_true", help="已被手工修改的文档也重写")
    parser.add_argument("--out", default="", metavar="文件夹", help="文档写到哪里，缺省为 output")
    parser.add_argument("--draft", action="store_true", help="草稿：缺的写【待填】，另存一份")
    parser.add_argument("--pdf", action="store_true", help="旁边再写一份 PDF（用 LibreOffice）")
    jobs = "同时用几个进程，缺省由程序决定"
    parser.add_argument("--jobs", default="", metavar="个数", help=jobs)
    cluster = "由集群一起生成，如 dask://主机:8786"
    parser.add_argument("--executor", default="", metavar="集群", help=cluster)
    add_format(parser)
    parser.set_defaults(make_options=report_options)


def _add_check(add: Callable[..., argparse.ArgumentParser]) -> None:
    parser = add_command(add, "check", "只核对，不生成文档")
    only = "只看这些检查，写代码或名称，可以写几个"
    parser.add_argument("targets", nargs="*", metavar="年度或文件", help="如 2020，或几个数据文件")
    add_project(parser)
    parser.add_argument("--only", action="append", default=[], metavar="检查", help=only)
    levels = "只显示“错误”或“警告”；返回值仍看全部"
    parser.add_argument("--severity", default="", metavar="级别", help=levels)
    add_format(parser, CHECK_FORMATS)
    parser.set_defaults(make_options=check_options)


def _add_explain(add: Callable[..., argparse.ArgumentParser]) -> None:
    parser = add_command(add, "explain", "说明得分、总分、资金的数或一条检查是怎么来的")
    named = "项目，或检查的代码、名称：单位/项目，F203"
    parser.add_argument("target", nargs="?", default="", metavar="项目或检查", help=named)
    parts = "指标、派生、恒等式、资金的数、执行率、总分、等级、组"
    parser.add_argument("subject", nargs="?", default="", metavar="哪一项", help=parts)
    parser.add_argument("--all", action="store_true", help="全部检查")
    add_format(parser)
    parser.set_defaults(make_options=explain_options)


def _add_schema(add: Callable[..., argparse.ArgumentParser]) -> None:
    parser = add_command(add, "schema", "由表式生成数据模式（schema/）")
    parser.add_argument("--check", action="store_true", help="只比对，不写文件")
    parser.set_defaults(make_options=lambda parsed, console: SchemaOptions(console, parsed.check))


def _add_base_template(add: Callable[..., argparse.ArgumentParser]) -> None:
    parser = add_command(add, "base-template", "写一个只有公文样式的空白 Word 模板")
    parser.add_argument("file", nargs="?", metavar="文件", help="如 新模板.docx")
    parser.set_defaults(make_options=template_options)


def _add_new_form(add: Callable[..., argparse.ArgumentParser]) -> None:
    parser = add_command(add, "new-form", "做一个新表式：YAML、数据模式和 Word 模板")
    parser.add_argument("id", nargs="?", metavar="表式", help="文件夹的名称，如 shili-project")
    parser.add_argument("--extends", default="", metavar="表式", help="以哪个表式为底")
    parser.add_argument("--name", default="", metavar="名称", help="印在表上的名称")
    parser.set_defaults(make_options=new_form_options)


def _add_form_template(add: Callable[..., argparse.ArgumentParser]) -> None:
    parser = add_command(add, "form-template", "照表式生成还没有的 Word 模板")
    parser.add_argument("id", nargs="?", metavar="表式", help="文件夹的名称，如 shili-project")
    again = "旁边另写一份新的来对照，如 table.docx"
    parser.add_argument("--again", default="", metavar="模板", help=again)
    parser.set_defaults(make_options=form_template_options)


def _add_lint_template(add: Callable[..., argparse.ArgumentParser]) -> None:
    parser = add_command(add, "lint-template", "查 Word 模板：标签、名称、字体，不读数据")
    named = "表式的名称或模板文件，缺省为全部"
    parser.add_argument("targets", nargs="*", metavar="表式或文件", help=named)
    marks = "另写一份 *.批注.docx，问题写成 Word 批注"
    parser.add_argument("--mark", action="store_true", help=marks)
    add_format(parser)
    parser.set_defaults(make_options=lint_template_options)
