"""Run one command and say what it cost: `python -I -S launch.py STDOUT STDERR COMMAND…`.

Linux counts the memory of whoever starts a process into the process's own peak. So whole
processes are started from here, where nothing is imported, and not from the large measuring one.
"""

import os
import sys
import time


def main() -> None:
    """Print exit code, CPU seconds (user + system, with children), wall seconds and peak KiB."""
    stdout, stderr, *command = sys.argv[1:]
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    files = [
        (os.POSIX_SPAWN_OPEN, 1, stdout, flags, 0o600),
        (os.POSIX_SPAWN_OPEN, 2, stderr, flags, 0o600),
    ]
    start = time.perf_counter()
    process = os.posix_spawnp(command[0], command, os.environ, file_actions=files)
    _, status, used = os.wait4(process, 0)
    wall = time.perf_counter() - start
    code = os.waitstatus_to_exitcode(status)
    print(code, used.ru_utime + used.ru_stime, wall, used.ru_maxrss)


if __name__ == "__main__":
    main()
