"""What grows with the number of projects: nothing, if memory and the cost of one more stay."""

from bench.grounds import Grounds
from bench.pipeline import OURS, report
from bench.processes import run_in_turn
from bench.tables import print_lack, print_row, print_title, times


def measure(grounds: Grounds, *, projects: int, indicators: int, rounds: int, most: int) -> None:
    """Print peak memory and the CPU of one more project, up to `most` times a year's projects.

    What the process costs with a single project is taken off: it is the start of the program.
    """
    single, unit = 1, max(2, projects)
    wanted = {single, projects // 10, projects // 5, unit, *(projects * n for n in (2, 10, 20))}
    sizes = sorted(size for size in wanted if 0 < size <= projects * most)
    names = {size: f"{size} 个项目" for size in sizes}
    commands = [report(names[size], grounds.make(size, indicators)) for size in sizes]
    measured = run_in_turn(commands, rounds)
    print_title(f"增长：{OURS}，{indicators} 条指标，{rounds} 轮", "内存", "CPU/项目")
    if {names[single], names[unit]} <= measured.runs.keys():
        start = measured.median(names[single], "cpu")
        more = {
            size: (measured.median(names[size], "cpu") - start) / (size - single)
            for size in sizes
            if size > single and names[size] in measured.runs
        }
        print_row(names[single], times(1), "—")
        for size, cost in more.items():
            peak = measured.ratio(names[size], names[single], "peak")
            print_row(names[size], times(peak), times(cost / more[unit]))
        print(f"内存以 {names[single]}为 1；CPU 以 {names[unit]}时的为 1", flush=True)
    for name, why in measured.failures.items():
        print_lack(name, why)
