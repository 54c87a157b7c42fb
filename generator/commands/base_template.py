"""`ziping base-template`: an empty Word template with the styles of GB/T 9704, to start a form."""

import sys

from generator.errors import UserError
from generator.options import TemplateOptions
from generator.rendering.base_template import write_base_template

_DONE = 0


def run(options: TemplateOptions) -> int:
    """Write the template; an existing file is never overwritten."""
    if options.file.exists():
        raise UserError(f"{options.file} 已经存在", hint="换一个文件名，或先移走它")
    write_base_template(options.file)
    sys.stdout.write(f"已写 {options.file}\n")
    return _DONE
