"""Tables on a terminal; a Chinese character is as wide as two others."""

import unicodedata
from collections.abc import Sequence

from bench.usage import Measured

_COSTS = {"CPU": "cpu", "墙钟": "wall", "内存": "peak"}
_FIRST, _OTHER = 40, 12


def print_title(title: str, *columns: str) -> None:
    """Print the head of a table below a blank line."""
    print(f"\n{title}\n{_line(('', *columns))}", flush=True)


def print_row(name: str, *cells: str) -> None:
    """Print a row as soon as it is known."""
    print(_line((name, *cells)), flush=True)


def print_ratios(title: str, measured: Measured, *, base: str) -> None:
    """Print what runs cost, the base being 1, with the least and the greatest ratio of CPU."""
    if base not in measured.runs:
        print_title(title)
        for name, why in measured.failures.items():
            print_lack(name, why)
        return
    print_title(f"{title}（{base} = 1）", *_COSTS, "CPU 各轮")
    for name in measured.runs:
        spread = measured.ratios(name, base, "cpu")
        cells = (times(measured.ratio(name, base, what)) for what in _COSTS.values())
        print_row(name, *cells, f"{times(min(spread))}–{times(max(spread))}")
    for name, why in measured.failures.items():
        print_lack(name, why)


def print_lack(name: str, why: str) -> None:
    """Print what could not be measured; no number stands for it."""
    print(f"{name}：没有量到（{why}）", flush=True)


def times(ratio: float | None) -> str:
    """Return a ratio in three digits."""
    if ratio is None:
        return "—"
    return f"{ratio:.0f}" if ratio >= 100 else f"{ratio:.1f}" if ratio >= 10 else f"{ratio:.2f}"


def _line(cells: Sequence[str]) -> str:
    first, *others = cells
    padded = (" " * (_OTHER - _width(cell)) + cell for cell in others)
    return first + " " * (_FIRST - _width(first)) + "".join(padded)


def _width(text: str) -> int:
    return sum(1 + (unicodedata.east_asian_width(one) in "WF") for one in text)
