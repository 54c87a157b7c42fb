"""`ziping text`: a Word file as plain lines, for eyes and for `git diff`."""

import sys

from generator.errors import UserError
from generator.options import TextOptions
from generator.rendering.docx_text import read_lines
from generator.rendering.package import PackageError
from generator.rendering.xml_tree import XmlError

_DONE = 0


def run(options: TextOptions) -> int:
    """Print the text of files; with --for-git one that cannot be read is a line, never a failure.

    Raises:
        UserError: when a file is no Word file.
    """
    for file in options.files:
        try:
            for line in read_lines(file):
                sys.stdout.write(f"{line}\n")
        except (PackageError, XmlError, OSError) as fault:
            if not options.is_for_git:
                what = f"{file} 不能读作 Word 文件：{_reason(fault)}"
                raise UserError(what, hint="请确认是 .docx；旧的 .doc 先在 Word 里另存") from None
            sys.stdout.write(f"〔不能读作 Word 文件：{_reason(fault)}〕\n")
    return _DONE


def _reason(fault: Exception) -> str:
    return (fault.strerror or "") if isinstance(fault, OSError) else str(fault)
