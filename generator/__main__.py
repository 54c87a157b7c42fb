"""`python -m generator` and the console script `ziping` are the same program."""

import gc
import sys

from generator import cli


def main() -> int:
    """Run one command as a process; return its exit code."""
    code = cli.main()
    gc.freeze()  # all memory goes with the process: nobody need look for cycles in it
    return code


if __name__ == "__main__":
    sys.exit(main())
