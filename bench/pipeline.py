"""A whole year as whole processes: our report against other programs, and other ways to run it."""

from functools import partial

from bench.grounds import Ground, Grounds
from bench.peers import NODE, USUAL, Peer, commands, install_node, prove_documents
from bench.processes import Command, run, run_in_turn
from bench.tables import print_lack, print_ratios
from bench.usage import NoResultError

OURS = "ziping report --force"


def measure(grounds: Grounds, *, projects: int, indicators: int, rounds: int) -> None:
    """Print what a year costs by us and by others; all begin with no document and write all."""
    ground = grounds.make(projects, indicators)
    try:
        run(report("", ground))  # with its documents those of the others are compared
    except NoResultError as fault:
        print_lack(OURS, str(fault))
        return
    peers = commands((USUAL, *_node_peers()), ground)
    measured = run_in_turn((*_ours(ground), *peers), rounds)
    title = f"整年：{projects} 个项目 × {indicators} 条指标，{rounds} 轮"
    print_ratios(title, measured, base=OURS)
    if OURS in measured.runs:
        each = measured.median(OURS, "cpu") / projects * 1000
        print(f"{OURS}：每个项目 CPU {each:.1f} 毫秒（毫秒只能与本机比）", flush=True)


def report(name: str, ground: Ground, *, jobs: int = 1) -> Command:
    """Return the command that writes all documents into an empty folder."""
    return Command(
        name,
        ground.ziping("report", "--force", "--jobs", str(jobs)),
        before=partial(ground.put_aside, ground.out),
        prove=partial(prove_documents, ground.out, ground),
    )


def first(name: str, ground: Ground, *, jobs: int = 1) -> Command:
    """Return the command of a run that nothing is known before."""
    return Command(name, ground.ziping("report", "--jobs", str(jobs)), before=ground.forget)


def _ours(ground: Ground) -> list[Command]:
    return [
        report(OURS, ground),
        report(f"{OURS}，两个进程", ground, jobs=2),
        first("ziping report，第一次运行", ground),
        first("ziping report，第一次运行，两个进程", ground, jobs=2),
        Command("ziping check", ground.ziping("check")),
    ]


def _node_peers() -> tuple[Peer, ...]:
    try:
        install_node()
    except NoResultError as fault:
        print_lack("Node 的程序", str(fault))
        return ()
    return NODE
