"""The programs that are measured beside ours, over the same year: their commands, their proof."""

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench.dialects import CARBONE, DOCXTEMPLATER, DOCXTPL
from bench.grounds import YEAR, Ground
from bench.peer_templates import Dialect, write_templates
from bench.printed import prove_same
from bench.processes import PYTHON, ROOT, Command
from bench.usage import NoResultError

_NODE = Path(__file__).with_name("node")
_INSTALLED = ROOT / "build/bench-node"
_PACKAGES = ("package.json", "package-lock.json", ".npmrc")
_DOCUMENTS = 2  # of each project


@dataclass(frozen=True, slots=True)
class Peer:
    """A program that writes the same documents; what it leaves undone is said in docs/速度.md."""

    name: str
    program: tuple[str, ...]
    dialect: Dialect


USUAL = Peer("通常写法（ruamel+jsonschema+docxtpl）", (PYTHON, "-m", "bench.usual"), DOCXTPL)
NODE = (
    Peer("docxtemplater（Node）", ("node", str(_INSTALLED / "docxtemplater.mjs")), DOCXTEMPLATER),
    Peer("carbone（Node）", ("node", str(_INSTALLED / "carbone.mjs")), CARBONE),
)


def commands(peers: tuple[Peer, ...], ground: Ground) -> Iterator[Command]:
    """Yield a command for each peer; our documents of the same year have to be there."""
    for peer in peers:
        folder = ground.root / "peers"
        out = folder / "output" / peer.dialect.name
        templates = folder / peer.dialect.name
        if not templates.is_dir():
            write_templates(peer.dialect, ROOT, folder)
        yield Command(
            peer.name,
            (*peer.program, str(ground.root), str(YEAR), str(templates), str(out)),
            before=partial(ground.put_aside, out),
            prove=partial(prove_documents, out, ground),
        )


def prove_documents(out: Path, ground: Ground) -> None:
    """Compare what a peer wrote with our own documents.

    Raises:
        NoResultError: It wrote other documents, or not all.
    """
    prove_same(out / str(YEAR), ground.out / str(YEAR), documents=_DOCUMENTS * len(ground.files))


def install_node() -> None:
    """Install the peers in Node at exactly the versions of the lock file, once.

    Raises:
        NoResultError: There is no Node, or npm did not install; its last line says why.
    """
    if not shutil.which("node") or not shutil.which("npm"):
        raise NoResultError("没有装 node 和 npm")
    _INSTALLED.mkdir(parents=True, exist_ok=True)
    for script in _NODE.glob("*.mjs"):
        shutil.copy(script, _INSTALLED)
    is_same = all(
        (_INSTALLED / name).is_file()
        and (_INSTALLED / name).read_bytes() == (_NODE / name).read_bytes()
        for name in _PACKAGES
    )
    if is_same and (_INSTALLED / "node_modules/.package-lock.json").is_file():
        return
    for name in _PACKAGES:
        shutil.copy(_NODE / name, _INSTALLED)
    done = subprocess.run(
        ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        cwd=_INSTALLED,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if "error" in line] or ["npm 没有装成"]
        raise NoResultError(lines[0])
