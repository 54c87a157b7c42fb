"""`python -m generator` and the console script `ziping` are the same program."""

import sys

from generator.cli import main

if __name__ == "__main__":
    sys.exit(main())
