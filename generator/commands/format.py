"""`ziping format`: indents and blanks of data files; what they say stays as it is."""

import os
import sys
import tempfile
from pathlib import Path

from generator.errors import UserError
from generator.findings import Finding
from generator.options import FormatOptions
from generator.reading.discovery import list_years
from generator.reading.yaml_format import lay_out
from generator.reading.yaml_source import read_yaml
from generator.reporters import TextReporter

_DONE, _HAS_ERRORS = 0, 1


def run(options: FormatOptions) -> int:
    """Lay out files; exit code 1 when one cannot be read or, with --check, is not laid out."""
    root = options.console.root
    findings: list[Finding] = []
    changed = 0
    for path in options.files or _every(root):
        file = _shown(path, root)
        source = read_yaml(path, file=file)
        if not source.is_readable:
            findings += [finding for finding in source.findings if finding.is_blocking]
            continue
        laid = lay_out(source)
        if laid.text.encode() == path.read_bytes():
            continue
        if not laid.is_safe:
            sys.stdout.write(f"没有动：{file}（写法特别，整理会改变内容）\n")
            continue
        changed += 1
        sys.stdout.write(f"{'要整理' if options.is_check else '已整理'}：{file}\n")
        if not options.is_check:
            _write(path, laid.text)
    if findings:
        sys.stdout.write(TextReporter(root, use_color=options.console.use_color).report(findings))
    return _HAS_ERRORS if findings or (options.is_check and changed) else _DONE


def _every(root: Path) -> tuple[Path, ...]:
    years = list_years(root)
    if not years:
        raise UserError("没有数据：data/ 下没有年度文件夹", hint="ziping format 文件")
    return tuple(
        path for year in years for path in sorted((root / f"data/{year}").glob("*/*.yaml"))
    )


def _shown(path: Path, root: Path) -> str:
    try:
        return path.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return path.as_posix()


def _write(path: Path, text: str) -> None:
    """Replace a file as a whole; its permissions stay.

    Raises:
        UserError: when it cannot be written.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(handle, "wb") as stream:
            stream.write(text.encode())
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).chmod(path.stat().st_mode & 0o777)
        Path(name).replace(path)
    except OSError as error:
        raise UserError(f"{path} 不能写", hint=error.strerror or "") from None
