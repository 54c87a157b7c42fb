"""One file a command: `run(options) -> exit code`."""
