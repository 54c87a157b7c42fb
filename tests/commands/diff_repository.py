"""A real git repository in a temporary folder, with the data of one unit."""

import subprocess

from generator.cli import main

AUTHOR = ("-c", "user.name=甲某", "-c", "user.email=jia@example.invalid")
PROJECT = "data/2020/zhuzhou/it-integration.yaml"
OTHER = "data/2020/zhuzhou/warm-enterprises.yaml"


def git(root, *arguments):
    """Run git; its output."""
    command = ["git", "-C", str(root), *AUTHOR, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def commit(root, message="存档"):
    """Commit everything."""
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--no-verify", "--allow-empty", "--message", message)


def begin(root):
    """Make a root a repository with one commit."""
    git(root, "init", "--quiet", "--initial-branch=main")
    git(root, "config", "core.autocrlf", "false")
    commit(root)
    return root


def replace(root, file, *pairs):
    """Replace texts of a file, each of which stands there; the first only."""
    text = (root / file).read_text(encoding="utf-8")
    for before, after in pairs:
        assert before in text, before
        text = text.replace(before, after, 1)
    (root / file).write_text(text, encoding="utf-8")


def diff(root, capsys, *arguments, code=0):
    """Run `ziping diff`; its output."""
    assert main(["diff", "--root", str(root), *arguments]) == code
    return capsys.readouterr().out
